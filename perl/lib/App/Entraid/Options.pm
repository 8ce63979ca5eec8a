package App::Entraid::Options;

# The options of one of entraid's subcommands.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);
use EntraSync::Error        ();
use Getopt::Long            ();

# The options of a subcommand, as Getopt::Long describes them: `file=s`, `verbose|v`.
sub new {
  my ( $class, $command, $known ) = @_;
  return bless { command => $command, known => $known, values => {}, operands => [] }, $class;
}

# Reads a command line.
sub read {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, @arguments ) = @_;
  my $values = $self->{values};
  my %many   = map { s/[|=].*//r => 1 } grep { /@\z/ } @{ $self->{known} };
  my $take   = sub {
    my ( $name, $value ) = map { "$_" } @_;
    return push @{ $values->{$name} }, $value if $many{$name};
    die "--$name is given twice\n" if exists $values->{$name};
    $values->{$name} = $value;
  };
  my @complaints;
  my $before  = Getopt::Long::Configure(qw(default gnu_getopt no_auto_abbrev no_ignore_case));
  my $is_good = do {
    local $SIG{__WARN__} = sub { push @complaints, @_ };
    Getopt::Long::GetOptionsFromArray( \@arguments, map { $_ => $take } @{ $self->{known} } );
  };
  Getopt::Long::Configure($before);
  chomp @complaints;
  $self->refuse( lcfirst printable_path( $complaints[0] ) ) unless $is_good;
  $self->{operands} = \@arguments;
  return;
}

# What was given for an option, in an array where it may be given several times; undef where it was
# not given.
sub value {
  my ( $self, $name ) = @_;
  return $self->{values}{$name};
}

# When something shall be done, as an option says: `auto`, `always` or `never`.
sub choice {
  my ( $self, $name ) = @_;
  my $when = $self->value($name) // 'auto';
  return $when if grep { $_ eq $when } choices();
  return $self->refuse( "--$name takes auto, always or never, and not " . printable_path($when) );
}

# What such an option takes.
sub choices { return qw(auto always never) }

# What is no option.
sub operands {
  my ($self) = @_;
  return @{ $self->{operands} };
}

# Takes the first of them away.
sub take_operand {
  my ($self) = @_;
  return shift @{ $self->{operands} };
}

# Says what is wrong with the command line, and where to read about it.
sub refuse {
  my ( $self, $complaint ) = @_;
  return EntraSync::Error->throw("$self->{command}: $complaint; see entraid help $self->{command}");
}

1;
