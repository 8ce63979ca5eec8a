# Looks an address up through the module as it ships, before and after each of its children did,
# and says what was found: look_up.pl CONFIGURATION ADDRESS
#
# The first child looks up too, the second only gives back what it inherited, the third just ends.
use strict;
use warnings;

use EntraSync;
use POSIX ();

my ( $configuration, $address ) = @ARGV;
binmode STDOUT, ':encoding(UTF-8)';
my $client = EntraSync::Client->open($configuration);
my $lookup = EntraSync::Lookup->new( clients => [$client] );

# What is found; the name in front tells in the order of the log whose request it was.
sub find {
  my ($who) = @_;
  my $answer = $lookup->find($address);
  print "$who: ", ( $answer->is_member ? 'member' : $answer->error // 'no member' ), "\n";
}

# Runs a child to its end.
sub child {
  my ($body) = @_;
  $| = 1;
  my $child = fork // die "cannot fork: $!\n";
  if ( !$child ) {
    $body->();

    # Without what perl would give back at its end.
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
