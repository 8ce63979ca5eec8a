package EntraSync::CommandLine::Output;

use 5.016;
use strict;
use warnings;

use EntraSync::CommandLine::Printable qw(printable);

# What the command prints: text in, UTF-8 out, whatever the environment says.
sub new {
  my ($class) = @_;
  binmode $_ for *STDOUT, *STDERR;
  return bless {}, $class;
}

# Whether a person sees what is printed.
sub is_terminal { return -t STDOUT }

# Prints lines on the standard output as they are. Who calls this has made them printable.
sub say {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, @lines ) = @_;
  for my $line (@lines) {
    my $bytes = "$line\n";
    utf8::encode($bytes);
    print {*STDOUT} $bytes or _fail();
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
  *STDOUT->flush or _fail();
  return;
}

sub _fail {
  die "the standard output cannot be written to: $!\n";    ## no critic (RequireCarping)
}

1;

__END__

=head1 NAME

EntraSync::CommandLine::Output - what entraid prints, and where

=cut
