# SecAtGW::LDAPCrons tells of a trouble when it begins, once a day, and when it is over.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync::History::Quiet;
use Instance;
use Scratch qw(folder write_file);
use SecAtGW::LDAPCrons::Failures;
use Simulator;

my $simulator = Simulator->start(qw(--members 20));
my $stopped   = Simulator->start;
$stopped->stop;
local $ENV{ENTRASYNC_STATEDIR} = folder();

# Runs an instance: whether all is well, and what cron gets. No other instance has told the same.
sub run {
  my ($instance) = @_;
  SecAtGW::LDAPCrons::Failures::rest();
  return run_after_others($instance);
}

# Runs an instance in one process with others.
sub run_after_others {
  my ($instance) = @_;
  my ( $all_well, $messages, $printed ) = $instance->run( $instance->settings );
  is $printed, '', 'run_scripts prints nothing';
  return ( $all_well, $messages );
}

# An instance with a configuration for each list, answered by this simulator.
sub instance {
  my ( $name, $served, %other ) = @_;
  my $instance = Instance->new( $served, $name );
  $instance->configure( 'senders', GROUPID => 'single', %other );
  $instance->configure( 'sms',     GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone', %other );
  return $instance;
}

subtest 'an outage' => sub {
  my $instance = instance( 'outage', $stopped );
  my ( $all_well, $messages ) = run($instance);
  is $all_well, 0, 'the first run is not well';
  like $messages, qr/\Aoutage: .*were left as they were: .*cannot connect/, 'it is told';
  for ( 1 .. 3 ) {
    ( $all_well, $messages ) = run($instance);
    is $all_well, 0,  'the next run is not well';
    is $messages, '', 'that is not told again';
  }
  $simulator->configuration( $instance->path('entraid/senders.entraidconf'), GROUPID => 'single' );
  ( $all_well, $messages ) = run($instance);
  is $all_well, 0, 'one list is well';
  like $messages,
    qr{\Aoutage: \S+/senders[.]txt: all well again since \d\d:\d\d, after \d+ min\n\z},
    'that one list is well is told';
  $simulator->configuration(
    $instance->path('entraid/sms.entraidconf'),
    GROUPID     => 'single',
    QUERYFILTER => 'mail,mobilePhone'
  );
  ( $all_well, $messages ) = run($instance);
  is $all_well, 0, 'there is something to print though both lists are well';
  like $messages, qr{\Aoutage: \S+/sms[.]txt: all well again}, 'that the other is well is told';
  is_deeply [ run($instance) ], [ 1, q() ], 'then nothing is told';
};

subtest 'another kind of failure' => sub {
  my $instance = instance( 'kinds', $stopped );
  run($instance);
  $simulator->configuration( $instance->path("entraid/$_.entraidconf"), CLIENTSECRET => 'wrong' )
    for qw(senders sms);
  my ( undef, $messages ) = run($instance);
  like $messages,   qr/AADSTS7000215/, 'is told at once';
  unlike $messages, qr/well again/,    'and nothing is well';
  ( undef, $messages ) = run($instance);
  is $messages, '', 'once';
};

subtest 'a warning' => sub {
  my $instance = Instance->new( $simulator, 'warning' );
  $instance->configure( 'sms', GROUPID => 'doubles', QUERYFILTER => 'mail,mobilePhone' );
  $instance->configure( 'senders', GROUPID => 'single' );
  my ( $all_well, $messages ) = run($instance);
  is $all_well, 0, 'the run is not well';
  like $messages, qr/was written with 2 warnings \(2 addresses disputed\): /, 'it is told';
  ( $all_well, $messages ) = run($instance);
  is $all_well, 0,  'the next run is not well';
  is $messages, '', 'that is not told again';
  $instance->configure( 'sms', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
  unlink $instance->path('sms.txt') or die;
  ( $all_well, $messages ) = run($instance);
  is $all_well, 0, 'there is something to print though all is well';
  like $messages, qr/sms[.]txt: no longer since \d\d:\d\d, after \d+ min: /, 'that is told';
};

subtest 'a failure without a list' => sub {
  my $instance = Instance->new( $simulator, 'nolist' );
  my @run      = ( envelopeconf => { ALLOWEDLDAPSENDERFILE => '/x', LDAPSENDERMODE => 'hourly' } );
  like( ( $instance->run(@run) )[1], qr/LDAPSENDERMODE/, 'is told' );
  is( ( $instance->run(@run) )[1], '', 'once' );
};

subtest 'a configuration that cannot be read for a time, and names a folder of its own' => sub {
  my $instance = Instance->new( $simulator, 'broken' );
  my $mend     = sub {
    my %other = ( GROUPID => 'single', STATEDIR => 'state', @_ );
    $instance->configure( 'senders', %other );
    $instance->configure( 'sms',     QUERYFILTER => 'mail,mobilePhone', %other );
    return ( run($instance) )[1];
  };
  like $mend->( TENANTID => q() ), qr/TENANTID/, 'it is told';
  is $mend->( TENANTID => q() ), q(), 'once';
  like $mend->(), qr/all well again/, 'it is told that it is over';
  is $mend->(), q(), 'once';
  like $mend->( TENANTID => q() ), qr/TENANTID.* \(again; it comes and goes since /,
    'it is told that it is back';
};

subtest 'the same failure of another configuration' => sub {
  my $instance = Instance->new( $simulator, 'two' );
  $instance->configure( 'sms', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
  my @wrong  = ( GROUPID => 'single', CLIENTSECRET => 'wrong' );
  my $failed = sub {
    my ( $wrong, $right ) = @_;
    $instance->configure( $wrong, @wrong );
    $instance->configure( $right, GROUPID => 'single' );
    return ( run($instance) )[1];
  };
  like $failed->(qw(one two)), qr/one\.entraidconf: .*AADSTS7000215/, 'the first one is told';
  like $failed->(qw(two one)), qr/two\.entraidconf: .*AADSTS7000215/, 'the other one is told too';
};

subtest 'as it was' => sub {
  my $instance = instance( 'loud', $stopped );
  local $SecAtGW::LDAPCrons::LOUD = 1;
  for ( 1 .. 2 ) {
    my ( undef, $messages ) = run($instance);
    like $messages, qr/\Aloud: .*cannot connect/, 'LOUD tells it in every run';
  }
  undef $SecAtGW::LDAPCrons::LOUD;
  local $ENV{ENTRASYNC_STATEDIR} = 'none';
  for ( 1 .. 2 ) {
    my ( undef, $messages ) = run($instance);
    like $messages, qr/\Aloud: .*cannot connect/, 'so does a gateway that remembers nothing';
  }
};

subtest 'one reason in many instances' => sub {
  SecAtGW::LDAPCrons::Failures::rest();
  my %wrong     = ( CLIENTSECRET => 'wrong' );
  my @instances = map { instance( "customer$_", $simulator, %wrong ) } 1 .. 20;
  my @lines     = map { ( run_after_others($_) )[1] } @instances;
  like $lines[0], qr/\Acustomer1: .*AADSTS7000215/, 'the first one is told';
  is join( q(), @lines[ 1 .. 19 ] ), '', 'the others are not told one by one';
  is_deeply [ SecAtGW::LDAPCrons::Failures::rest() ],
    [   '19 more instances have the same failure as customer1: '
      . join( ', ', map { "customer$_" } 2 .. 20 )
      . "\n" ],
    'the end of the process names them in one line';
  is_deeply [ SecAtGW::LDAPCrons::Failures::rest() ], [], 'once';
};

subtest 'times' => sub {
  my $noon  = 1_700_000_000;
  my $clock = sub { EntraSync::History::Quiet::clock_time(@_) };
  like $clock->( $noon, $noon + 60 ),      qr/\A\d\d:\d\d\z/,             'today';
  like $clock->( $noon, $noon + 172_800 ), qr/\A2023-11-1\d \d\d:\d\d\z/, 'another day';
  is EntraSync::History::Quiet::duration( $_->[0] ), $_->[1], $_->[1]
    for [ 0, '0 min' ], [ 3600, '60 min' ], [ 18_000, '5 h' ], [ 259_200, '3 days' ];
};

done_testing;
