# Objects in a process and its children.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use POSIX ();
use Test::More;

use EntraSync;
use SecAtGW::EntraID ();
use Scratch          qw(content folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 1500));
my $conf      = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
my $list      = EntraSync::List->new(
  file    => "$folder/list.txt",
  clients => [ EntraSync::Client->open($conf) ],
);

# Runs code in a child process and returns what it prints.
sub in_child {
  my ($code) = @_;
  my $child = open( my $output, '-|' ) // die "fork: $!";
  if ( !$child ) {
    print eval { $code->() } // "died: $@";
    close STDOUT;
    POSIX::_exit(0);
  }
  my $said = join '', <$output>;
  close $output;
  return $? ? "status $?" : $said;
}

is in_child( sub { scalar SecAtGW::EntraID::entraid_search($conf) } ), 1,
  'a child can search before the parent has searched';
ok $list->fetch, 'the parent can fetch after a child has searched';
is in_child( sub { $list->fetch; join ',', $list->lines } ), $Simulator::ADDRESS,
  'a child can fetch with the parent\'s list';
is in_child( sub { join ',', $list->lines } ), $Simulator::ADDRESS,
  'a child can read the lines of the parent\'s list';
is in_child( sub { undef $list; 'gone' } ), 'gone', 'a child can drop the parent\'s list';
ok $list->write, 'the parent can write after a child has dropped the list';
is content("$folder/list.txt"), "$Simulator::ADDRESS\n",
  'the parent\'s write gives the list\'s lines';

my $main     = $simulator->configuration( "$folder/main.entraidconf", GROUPID => 'main' );
my @children = map {
  open( my $output, '-|' ) // die "fork: $!" or do {
    print scalar SecAtGW::EntraID::entraid_search($main);
    close STDOUT;
    POSIX::_exit(0);
  };
  $output;
} 1 .. 4;
my $ours = SecAtGW::EntraID::entraid_search($main);
cmp_ok $ours, '>', 1000, 'the parent can search while its children search';
is_deeply [ map { scalar readline $_ } @children ], [ ($ours) x 4 ],
  'all processes find the same number of people';

done_testing;
