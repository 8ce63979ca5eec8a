# entraid history, and what entraid status makes of the runs that are remembered.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use JSON::PP ();
use Test::More;

use App::Entraid::AgeLimits;
use App::Entraid::ExitStatus qw(exit_status_name);
use App::Entraid::ListCheck;
use App::Entraid::RunHistory;
use Entraid qw(entraid plugin_text);
use EntraSync::History;
use Scratch qw(content folder write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 30));
my $list      = "$folder/list.txt";
my $conf      = $simulator->configuration(
  "$folder/single.entraidconf",
  GROUPID  => 'single',
  STATEDIR => 'state'
);
my @write   = ( 'write',   '--file', $list, $conf );
my @history = ( 'history', '--file', $list, '--state', "$folder/state" );
my @status  = ( 'status',  '--file', $list, '--state', "$folder/state" );

subtest 'before the first run' => sub {
  my $run = entraid(@history);
  is $run->output,      '',                                                   'no run is shown';
  is $run->complaints,  "entraid: no run of the last 7 days is remembered\n", 'that is said';
  is $run->exit_status, 1, 'the exit status is 1';
  is_deeply entraid( @history, '--json' )->record, { list => $list, runs => [] }, '--json';
  ok !-e "$folder/state/history.sqlite", 'looking makes no file';
};

subtest 'runs' => sub {
  is entraid(@write)->exit_status, 0, 'a run that writes the list' for 1 .. 2;
  write_file( $list, map { "user$_\@example.com\n" } 10 .. 29 );
  is entraid(@write)->exit_status, 1, 'a run that the guard stops';
  my $run = entraid(@history);
  is $run->complaints,  '', 'nothing on the standard error';
  is $run->exit_status, 0,  'the exit status is 0';
  my $time  = qr/\d{4}-\d\d-\d\d \d\d:\d\d/;
  my @lines = split /\n/, $run->output;
  is @lines, 3, 'a line for each run, the latest first';
  like $lines[0], qr/\A$time failed \(guard\): \Q$list\E: .* none of its 20 lines would stay/,
    'a run that the guard stopped';
  like $lines[1],
    qr/\A$time unchanged: 1 lines, 0 added, 0 removed, 1 people, 0 left out, \d+\.\d s\z/,
    'a run that changed nothing';
  like $lines[2], qr/\A$time replaced: 1 lines, 1 added, 0 removed, /, 'a run that wrote the list';

  my @runs = @{ entraid( @history, '--json' )->record->{runs} };
  is_deeply [ map { $_->{status} } @runs ], [qw(guard ok ok)], '--json: how the runs ended';
  is_deeply [ map { $_->{changed} } @runs ], [ (JSON::PP::false) x 2, JSON::PP::true ],
    '--json: which of them replaced the list';
  is_deeply [ map { [ @{$_}{qw(lines_before lines_after added removed)} ] } @runs ],
    [ [ 20, 20, 1, 20 ], [ 1, 1, 0, 0 ], [ 0, 1, 1, 0 ] ], '--json: lines';
  is_deeply $runs[1]{configurations}, [$conf], '--json: the configurations';
  is_deeply [ map { [ @{$_}{qw(excluded people)} ] } @{ $runs[1]{groups} } ],
    [ [ JSON::PP::false, 1 ] ], '--json: the groups';
  is_deeply [ EntraSync::History->runs( list => $list, folder => "$folder/state", most => 1 ) ]
    ->[0]{status}, 'guard', 'EntraSync::History reads the same';
  is_deeply [
    EntraSync::History->runs(
      list   => $list,
      folder => "$folder/state",
      since  => time + 60
    )
    ],
    [], 'since leaves out what began before';
  is entraid( @history, '--days', 0.5 )->exit_status, 0, '--days';
  is entraid( 'history', '--file', "$list.other", '--state', "$folder/state" )->exit_status, 1,
    'another list has no runs';
  my $bytes = content("$folder/state/history.sqlite");
  unlike $bytes, qr/\Q$_\E/, "the file has no $_"
    for $Simulator::ADDRESS, $simulator->secret, 'user10@';
};

subtest 'wrong command lines' => sub {
  for my $case (
    [ ['history'],                   qr/--file, the list, is missing/ ],
    [ [ @history, 'more' ],          qr/it takes no operands/ ],
    [ [ @history, '--days', 'two' ], qr/--days takes a number, such as 30, and not two/ ],
    )
  {
    my ( $arguments, $text ) = @{$case};
    my $run = entraid( @{$arguments} );
    like $run->complaints, qr/\Aentraid: history: $text; see entraid help history\n\z/, $text;
    is $run->exit_status, 3, 'exit status 3';
  }
};

subtest 'a history that cannot be read' => sub {
  my $state = "$folder/broken";
  mkdir $state, 0700 or die "$state: $!";
  write_file( "$state/history.sqlite", 'no database ' x 100 );
  chmod 0600, "$state/history.sqlite";
  my $run = entraid( 'history', '--file', $list, '--state', $state );
  like $run->complaints, qr/\Aentraid: no history .* \Q$state\E: history.sqlite is damaged\n\z/,
    'it is said';
  is $run->exit_status, 2, 'exit status 2';
  $run = entraid( 'status', '--file', $list, '--state', $state );
  like $run->output, qr/\AUNKNOWN .*; no history .* history\.sqlite is damaged/,
    'status says it too';
  is entraid( 'status', '--file', $list, '--state', "$folder/state" )->exit_status, 1,
    'status finds the run that the guard stopped';
};

subtest 'status' => sub {
  unlink glob "$list*";
  is entraid(@write)->exit_status, 0, 'a run that goes well';
  my $old = time - 100 * 86_400;
  utime $old, $old, $list or die "$list: $!";
  my $run = entraid(@status);
  like plugin_text( $run->output ), qr/\AOK .*changed 100 days ago, a run went well 0 min ago\n\z/,
    'an old list with a recent run';
  ok entraid( @status, '--json' )->record->{lists}[0]{run_age} < 3600, '--json: the age of the run';
  like entraid( 'status', '--file', $list, $conf )->output, qr/, a run went well 0 min ago [|] /,
    'the configuration says where runs are remembered';
  symlink 'list.txt', "$folder/link.txt" or die;
  like entraid( 'status', '--file', "$folder/link.txt", $conf )->output,
    qr/, a run went well 0 min ago [|] /, 'a link leads to the same runs';
  {
    local $Entraid::ENVIRONMENT{ENTRASYNC_STATEDIR} = "$folder/state";
    like entraid( 'status', '--file', $list )->output, qr/, a run went well 0 min ago [|] /,
      'the usual folder';
  SKIP: {
      skip 'root may look everywhere', 1 unless $>;
      chmod 0, "$folder/state" or die;
      like entraid( 'status', '--file', $list )->output, qr/, its runs are not known to this user/,
        'a folder that this user may not look into';
      chmod 0700, "$folder/state" or die;
    }
  }
  $simulator->configuration(
    $conf,
    GROUPID      => 'single',
    STATEDIR     => 'state',
    CLIENTSECRET => 'wrong'
  );
  entraid(@write);
  $run = entraid(@status);
  like $run->output,
    qr/\AWARNING .*, a run went well 0 min ago; the last run failed: .*CLIENTSECRET/,
    'the last run has failed';
};

# What a check says when the last runs began so many hours ago and ended so.
sub check {
  my ( $history, %named ) = @_;
  my $check = App::Entraid::ListCheck->new(
    { path => $list, configurations => [], template => undef },
    now     => 1_000_000_000,
    history => $history,
    %named
  );
  return exit_status_name( $check->status ) . join q(), map { "; $_->{message}" } $check->findings;
}

# A history of runs that began so many hours ago, as EntraSync::History has them. Those of negative
# hours have failed, and those of `future` were made by a clock that was ahead.
sub history_of {
  my (@hours) = @_;
  no warnings 'redefine';
  *EntraSync::History::runs = sub {
    my ( $class, %named ) = @_;
    my $most = $named{most} // @hours;
    return map { _run($_) } @hours[ 0 .. ( $most < @hours ? $most : @hours ) - 1 ];
  };
  return App::Entraid::RunHistory->new(undef);
}

sub _run {
  my ($hours) = @_;
  return { began => 2_000_000_000, status => 'ok' } if $hours eq 'future';
  my $is_good = $hours > 0;
  return {
    began   => 1_000_000_000 - 3600 * abs $hours,
    status  => $is_good ? 'ok'  : 'network',
    message => $is_good ? undef : 'no way',
  };
}

subtest 'how often a list is kept' => sub {
  for my $case (
    [ 'hourly runs',             'OK', 0.5, 1.5, 2.5, 3.5, 4.5 ],
    [ 'a run that is late',      'WARNING; a run went well more than 1.5 h ago', 1.6, 2.6 .. 9 ],
    [ 'a run that was left out', 'CRITICAL; a run went well more than 2 h ago',  2.1, 3.1 .. 9 ],
    [ 'one run that was left out earlier', 'OK', 1.4, 2.4, 8.4, 9.4, 10.4, 11.4 ],
    [ 'daily runs',               'OK',                                           30, 54, 78, 102 ],
    [ 'daily runs, one left out', 'CRITICAL; a run went well more than 48 h ago', 49, 73, 97, 121 ],
    [ 'few runs',                 'OK',                                           2.9, 3.9, 4.9 ],
    [ 'few runs, long ago',       'WARNING; a run went well more than 3 h ago',   3.1, 4.1 ],
    [ 'few runs, very long ago',  'CRITICAL; a run went well more than 12 h ago', 13 ],
    [ 'the last run has failed', 'WARNING; the last run failed: no way', -0.5, 1.2, 2.2, 3.2, 4.2 ],
    [
      'runs fail for hours',
      'CRITICAL; a run went well more than 2 h ago; the last run failed: no way',
      -0.5, -1.5, 2.5, 3.5, 4.5, 5.5
    ],
    [ 'runs by hand', 'OK', map { $_ / 1000 } 2000 .. 2009 ],
    [
      'hourly runs, and some by hand', 'OK', 1.4, 1.401, 1.402, 1.403, 1.404, 1.405, 2.4, 3.4, 4.4
    ],
    [
      'a clock that was ahead',
      'CRITICAL; a run went well more than 2 h ago',
      'future', 3, 4, 5, 6
    ],
    [
      'a clock that was ahead for a long time',
      'CRITICAL; a run went well more than 2 h ago',
      ( map { 'future' } 1 .. 60 ),
      3 .. 70
    ],
    [
      'a clock that was ahead for many runs',
      'CRITICAL; a run went well more than 2 h ago',
      ( map { 'future' } 1 .. 48 ),
      2.1, 3.1 .. 9
    ],
    [
      'a long outage',
      'CRITICAL; a run went well more than 2 h ago; the last run failed: no way',
      ( map { -$_ } 1 .. 60 ),
      61 .. 70
    ],
    [
      'no run ever went well',
      'UNKNOWN; no run that went well is remembered; the last run failed: no way',
      -1, -2
    ],
    )
  {
    my ( $what, $says, @hours ) = @{$case};
    is check( history_of(@hours) ), $says, $what;
  }
  for my $case (
    [ 'the command line\'s limits', 'OK', { warning => 6, critical => 8 }, 5 .. 9 ],
    [
      'a run that is older than --warning',
      'WARNING; a run went well more than 6 h ago',
      { warning => 6, critical => 8 },
      7 .. 9
    ],
    [
      '--warning that is later than what is usual',
      'CRITICAL; a run went well more than 2 h ago',
      { warning => 6 },
      5 .. 9
    ],
    [
      '--critical that is earlier than what is usual',
      'CRITICAL; a run went well more than 1 h ago',
      { critical => 1 },
      1.2, 2.2 .. 9
    ],
    [ '--max-age', 'OK', { max_age => 8 }, 5.9, 6.9, 7.9, 8.9 ],
    [
      'three quarters of --max-age',
      'WARNING; a run went well more than 6 h ago',
      { max_age => 8 },
      6.1, 7.1, 8.1, 9.1
    ],
    [
      'a run that is older than --max-age',
      'CRITICAL; a run went well more than 8 h ago',
      { max_age => 8 },
      8.1, 9.1
    ],
    [
      'a large --max-age',
      'CRITICAL; a run went well more than 1200 h ago',
      { max_age => 1200 }, 1201
    ],
    [
      '--warning with --max-age',
      'WARNING; a run went well more than 30 min ago',
      { warning => 0.5, max_age => 8 }, 0.6
    ],
    [
      '--max-age and no run that is known',
      'UNKNOWN; nothing tells when a run last went well',
      { max_age => 8 }
    ],
    )
  {
    my ( $what, $says, $hours, @runs ) = @{$case};
    my %limit = map { $_ => 3600 * $hours->{$_} } keys %{$hours};
    is check( history_of(@runs), limits => App::Entraid::AgeLimits->new(%limit) ), $says, $what;
  }
};

done_testing;
