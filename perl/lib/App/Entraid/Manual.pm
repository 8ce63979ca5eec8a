package App::Entraid::Manual;

# Shows parts of entraid's manual as help.
use 5.016;
use strict;
use warnings;

# Opens the manual. The file holds its POD; without a file the help refers to man.
sub new {
  my ( $class, $file ) = @_;
  return bless { file => $file }, $class;
}

# How to call the command, and what it is for.
sub overview {
  my ($self) = @_;
  return $self->_text( 'SYNOPSIS', 'DESCRIPTION', 'EXIT STATUS' );
}

# The help for one subcommand.
sub of_command {
  my ( $self, $command ) = @_;
  return $self->_text( "COMMANDS/$command", qw(OPTIONS TEMPLATES), 'EXIT STATUS' );
}

sub _text {
  my ( $self, @sections ) = @_;
  return 'see man entraid' unless defined $self->{file};
  require Pod::Usage;
  open my $output, '>', \my $text or die "memory: $!\n";
  Pod::Usage::pod2usage(
    -input    => $self->{file},
    -output   => $output,
    -sections => \@sections,
    -verbose  => 99,
    -exitval  => 'NOEXIT',
  );
  close $output or die "memory: $!\n";
  utf8::decode($text);
  return $text =~ s/\s+\z//r;
}

1;
