package App::Entraid::Output;

# What entraid prints, and where.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable);

# What the command prints: text in, UTF-8 out, whatever the environment says.
sub new {
  my ($class) = @_;
  binmode $_ for *STDOUT, *STDERR;
  return bless {}, $class;
}

# Whether a person sees what is printed.
sub is_terminal { return -t STDOUT }

# Keeps in mind what was done that cannot be undone, for the case that nothing can be printed of it.
sub has_done {
  my ( $self, $what ) = @_;
  $self->{done} = $what;
  return;
}

# Prints lines on the standard output as they are. Who calls this has made them printable.
sub say {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, @lines ) = @_;
  for my $line (@lines) {
    my $bytes = "$line\n";
    utf8::encode($bytes);
    print {*STDOUT} $bytes or $self->_fail;
  }
  return;
}

# Prints one line on the standard error, whatever is in it.
sub complain {
  my ( $self, $complaint ) = @_;
  my $line = printable( $complaint =~ s/\s+\z//r ) . "\n";
  utf8::encode($line);
  print {*STDERR} $line;
  return;
}

# Sees to it that all has been printed.
sub finish {
  my ($self) = @_;
  *STDOUT->flush or $self->_fail;
  return;
}

sub _fail {
  my ($self) = @_;
  my $reason = "the standard output cannot be written to: $!\n";
  $reason = "$self->{done}, but $reason" if defined $self->{done};
  die $reason;
}

1;
