# No call leaks memory: many rounds leave the process no larger than as many rounds before them.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Scalar::Util qw(weaken);
use Test::More;

use EntraSync;
use SecAtGW::EntraID ();
use Scratch          qw(folder write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start;
my $conf      = $simulator->configuration( "$folder/single.entraidconf", GROUPID      => 'single' );
my $wrong     = $simulator->configuration( "$folder/wrong.entraidconf",  CLIENTSECRET => 'wrong' );
my $broken    = write_file( "$folder/broken.entraidconf", "TENANTID = x y z\n" );
my $client    = EntraSync::Client->open($conf);
my $lookup    = EntraSync::Lookup->new( clients => [$client] );
my $list      = EntraSync::List->new( file => "$folder/list.txt", clients => [$client] );

sub resident_kilobytes {
  open my $status, '<', '/proc/self/status' or die;
  my ($line) = grep { /^VmRSS:/ } <$status>;
  return $line =~ /(\d+)/ ? $1 : die;
}

# By how many bytes one round makes the process larger, after as many rounds to warm up.
sub left_by {
  my ( $rounds, $code ) = @_;
  $code->() for 1 .. $rounds;
  my $before = resident_kilobytes();
  $code->() for 1 .. $rounds;
  return ( resident_kilobytes() - $before ) * 1024 / $rounds;
}

my @kept;
cmp_ok left_by( 10_000, sub { push @kept, \my $value } ), '>', 24,
  'the measurement sees one more value a round';
undef @kept;

# The smallest Perl value takes 24 bytes, the smallest object of the library more.
for my $case (
  [ 'a client', 3_000, sub { EntraSync::Client->open($conf) } ],
  [
    'a client with callbacks',
    3_000,
    sub {
      EntraSync::Client->open( $conf, progress => sub { }, log => sub { } );
    }
  ],
  [
    'a broken configuration',
    3_000,
    sub {
      eval { EntraSync::Client->open($broken) }
    }
  ],
  [
    'a path that is refused',
    10_000,
    sub {
      eval { EntraSync::Client->open("\x{263A}") }
    }
  ],
  [ 'a list', 10_000, sub { EntraSync::List->new( template => '{mail}', clients => [$client] ) } ],
  [
    'a bad template',
    10_000,
    sub {
      eval { EntraSync::List->new( template => '{' ) }
    }
  ],
  [ 'a lookup', 10_000, sub { EntraSync::Lookup->new( clients => [$client] ) } ],
  [ 'an answer that needs no question', 3_000, sub { $lookup->find('*') } ],
  [
    'an undefined address',
    5_000,
    sub {
      eval { $lookup->find(undef) }
    }
  ],
  [ 'a check',  10_000, sub { EntraSync::Check->new($client) } ],
  [ 'a report', 5_000,  sub { $list->clear } ],
  [
    'a failed run',
    5_000,
    sub {
      eval { EntraSync::List->new->fetch }
    }
  ],
  )
{
  my ( $what, $rounds, $code ) = @{$case};
  cmp_ok left_by( $rounds, $code ), '<', 24, "$what leaks no memory";
}

# A run that dies before it sends anything.
{
  my $client = EntraSync::Client->open( $conf, progress => sub { die "enough\n" } );
  my $list   = EntraSync::List->new( clients => [$client] );
  cmp_ok left_by(
    3_000,
    sub {
      eval { $list->fetch }
    }
    ),
    '<', 24, 'a die in a callback leaks no memory';
}

# Whole runs, whose buffers vary in size.
{
  local $SIG{__WARN__} = sub { };
  cmp_ok left_by( 50, sub { SecAtGW::EntraID::entraid_search($conf) } ), '<', 4_000,
    'a search leaks no memory';
  cmp_ok left_by( 50, sub { SecAtGW::EntraID::entraid_search($wrong) } ), '<', 4_000,
    'a failing search leaks no memory';
  cmp_ok left_by( 100, sub { $lookup->find( $Simulator::ADDRESS, 'stranger@example.com' ) } ), '<',
    2_000, 'a lookup leaks no memory';
  cmp_ok left_by( 50, sub { EntraSync::Check->new($client)->run } ), '<', 4_000,
    'a check leaks no memory';
}

subtest 'objects are freed when the last reference goes' => sub {
  my $callback = sub { return $folder };
  my $client   = EntraSync::Client->open( $conf, progress => $callback, log => $callback );
  my $list     = EntraSync::List->new( clients => [ $client, $client ] );
  my $report   = $list->fetch;
  weaken( my $weak = $callback );
  undef $callback;
  ok $weak, 'the client keeps its callbacks';
  undef $client;
  ok $weak, 'the list keeps its client';
  undef $list;
  is $weak,            undef, 'the client\'s callbacks are freed with the list';
  is $report->written, 1,     'a report outlives its list';
};

done_testing;
