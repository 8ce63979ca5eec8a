# Looks an address up through the module as it ships, before and after each of three children, and
# prints the answers: look_up.pl CONFIGURATION ADDRESS
#
# The first child looks the address up too. The second one only frees what it inherited. The third
# one just ends.
use strict;
use warnings;

use EntraSync;
use POSIX ();

my ( $configuration, $address ) = @ARGV;
binmode STDOUT, ':encoding(UTF-8)';
my $client = EntraSync::Client->open($configuration);
my $lookup = EntraSync::Lookup->new( clients => [$client] );

# Prints the answer after the name of the process that asked.
sub find {
  my ($who) = @_;
  my $answer = $lookup->find($address);
  print "$who: ", ( $answer->is_member ? 'member' : $answer->error // 'no member' ), "\n";
}

# Runs a child and waits for its end.
sub child {
  my ($body) = @_;
  $| = 1;
  my $child = fork // die "cannot fork: $!\n";
  if ( !$child ) {
    $body->();

    # Ends without freeing anything, which `exit` would do.
    POSIX::_exit(0);
  }
  waitpid $child, 0;
  die "the child ended with status $?\n" if $?;
}

find('parent');
child( sub { find('child'); undef $lookup; undef $client } );
find('parent');
child( sub { undef $lookup; undef $client } );
find('parent');
child( sub { } );
find('parent');
