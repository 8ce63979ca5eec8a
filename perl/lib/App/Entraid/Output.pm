package App::Entraid::Output;

# Prints entraid's output.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable);

# Opens the output. It takes text and prints UTF-8, whatever the environment says.
sub new {
  my ($class) = @_;
  binmode $_ for *STDOUT, *STDERR;
  return bless {}, $class;
}

# Whether the standard output is a terminal.
sub is_terminal { return -t STDOUT }

# Notes what was done and cannot be undone. If the output then cannot be written, the error says so.
sub has_done {
  my ( $self, $what ) = @_;
  $self->{done} = $what;
  return;
}

# Prints lines on the standard output as they are. The caller has made them printable.
sub say {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, @lines ) = @_;
  for my $line (@lines) {
    my $bytes = "$line\n";
    utf8::encode($bytes);
    print {*STDOUT} $bytes or $self->_fail;
  }
  return;
}

# Whether the standard output could not be written.
sub has_failed { return $_[0]{has_failed} }

# Prints bytes on the standard output as they are.
sub print_bytes {
  my ( $self, $bytes ) = @_;
  print {*STDOUT} $bytes or $self->_fail;
  return;
}

# Prints one line on the standard error. It makes the line printable.
sub complain {
  my ( $self, $complaint ) = @_;
  my $line = printable( $complaint =~ s/\s+\z//r ) . "\n";
  utf8::encode($line);
  print {*STDERR} $line;
  return;
}

# Writes out what is still buffered, and throws if that fails.
sub finish {
  my ($self) = @_;

  # A print flushes if $| is set, and says if that fails. The method `flush` would load IO::File.
  no warnings 'closed';
  my $before = select STDOUT;
  my $is_out = do { local $| = 1; print {*STDOUT} q() };
  select $before;
  $self->_fail unless $is_out;
  return;
}

sub _fail {
  my ($self) = @_;
  my $reason = "the standard output cannot be written to: $!\n";
  $self->{has_failed} = 1;
  $reason = "$self->{done}, but $reason" if defined $self->{done};
  die $reason;
}

1;
