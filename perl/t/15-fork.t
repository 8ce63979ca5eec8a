# Objects in two processes.
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

# What code returns in a child process.
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
  'a child can search before the parent has';
ok $list->fetch, 'the parent after it';
is in_child( sub { $list->fetch; join ',', $list->lines } ), $Simulator::ADDRESS,
  'a child uses the parent\'s objects after a run, signed in as they are';
is in_child( sub { join ',', $list->lines } ), $Simulator::ADDRESS, 'and reads the parent\'s lines';
is in_child( sub { undef $list; 'gone' } ),    'gone',              'and drops them';
ok $list->write, 'the parent\'s still work';
is content("$folder/list.txt"), "$Simulator::ADDRESS\n", 'and write';

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
cmp_ok $ours, '>', 1000, 'the parent searches while its children do';
is_deeply [ map { scalar readline $_ } @children ], [ ($ours) x 4 ], 'all find the same people';

done_testing;
