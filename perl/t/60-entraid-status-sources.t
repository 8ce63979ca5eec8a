# entraid status: what tells when a run last went well, after a logrotate and without an audit, too.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid::AuditFile;
use App::Entraid::ExitStatus qw(exit_status_name);
use App::Entraid::ListCheck;
use App::Entraid::RunHistory;
use Entraid qw(entraid);
use EntraSync;
use IO::Compress::Gzip qw(gzip);
use POSIX              qw(strftime);
use Scratch            qw(folder write_file);

my $folder = folder();
my $list   = write_file( "$folder/list.txt", "user\@example.com\n" );
my $audit  = "$folder/audit.log";
my $now    = 1_000_000_000;

# A line of an audit, for a run that ended so many hours ago: `good`, `failed` or of another list.
sub line {
  my ( $hours, $end ) = @_;
  my $time = strftime( '%Y-%m-%dT%H:%M:%SZ', gmtime $now - 3600 * $hours );
  my %text = (
    good   => "$list: unchanged: 1 people, 1 lines",
    new    => "$list: replaced: 1 people, 1 lines",
    failed => "$list: failed (network): audited $hours",
    other  => "$list.x: unchanged: 1 people, 1 lines",
  );
  return "$time [1] $text{$end}\n";
}

# Lines of an audit: hours and how the run ended, the oldest first.
sub lines {
  my (@runs) = @_;
  my $text = q();
  while ( my ( $hours, $end ) = splice @runs, 0, 2 ) { $text .= line( $hours, $end ) }
  return $text;
}

# What a check says. `audit` holds files by what comes behind the audit's name, and `runs` what is
# remembered, the latest first: hours, negative for a run that failed, or why it cannot be read.
sub says {
  my (%named) = @_;
  unlink glob "$audit*";
  write_file( "$audit$_", $named{audit}{$_} ) for keys %{ $named{audit} // {} };
  my $runs = $named{runs} // [];
  no warnings 'redefine';
  local *EntraSync::History::runs = sub {
    EntraSync::Error->throw( $runs, 'file' ) unless ref $runs;
    return map {
      {
        began   => $now - 3600 * abs,
        status  => $_ > 0 ? 'ok'  : 'network',
        message => $_ > 0 ? undef : 'remembered ' . abs,
      }
    } @{$runs};
  };
  my $check = App::Entraid::ListCheck->new(
    { path => $list, configurations => [] },
    now     => $now,
    audit   => $named{audit} ? App::Entraid::AuditFile->new($audit) : undef,
    history => App::Entraid::RunHistory->new(undef),
  );
  my ($run) = $check->line =~ /, (a run went well \d+ (?:min|h|days) ago|no run of it is known)/;
  return join '; ', exit_status_name( $check->status ) . ( defined $run ? ", $run" : q() ),
    map { $_->{message} } $check->findings;
}

my $good = 'a run went well 1 h ago';
my $none = 'UNKNOWN; the audit names no run that went well';
for my $case (
  [ 'nothing at all', 'OK, no run of it is known' ],
  [ 'an audit', "OK, $good", audit => { q() => lines( 1, 'good' ) } ],
  [
    'an audit, and runs that are remembered', "OK, $good",
    audit => { q() => lines( 3, 'good' ) },
    runs  => [1]
  ],
  [ 'an audit that knows more', "OK, $good", audit => { q() => lines( 1, 'new' ) }, runs => [9] ],
  [ 'an audit that is new and empty', $none, audit => { q() => q() } ],
  [
    'an audit that is new, and runs that are remembered', "OK, $good",
    audit => { q() => q() },
    runs  => [1]
  ],
  [
    'an audit of another list, and runs that are remembered', "OK, $good",
    audit => { q() => lines( 1, 'other' ) },
    runs  => [1]
  ],
  [ 'after a logrotate', "OK, $good", audit => { q() => q(), '.1' => lines( 1, 'good' ) } ],
  [ 'after a logrotate without a new audit', "OK, $good", audit => { '.1' => lines( 1, 'good' ) } ],
  [
    'after a logrotate that names the day',
    "OK, $good",
    audit => { '-20010909' => lines( 1, 'good' ) }
  ],
  [
    'after a logrotate that packs',
    "OK, $good", audit => { '.1.gz' => \lines( 2, 'failed', 1, 'good' ) }
  ],
  [ 'a packed audit without this list', $none, audit => { '.1.gz' => \lines( 1, 'other' ) } ],
  [ 'a packed audit that is none',      $none, audit => { '.1.gz' => 'x' } ],
  [
    'a file of another audit',
    $none, audit => { q() => q(), '.1x' => lines( 1, 'good' ), '2' => lines( 1, 'good' ) }
  ],
  [
    'a failure since a logrotate',
    "WARNING, $good; the last run failed: audited 0.5",
    audit => { q() => lines( 0.5, 'failed' ), '.1' => lines( 1, 'good' ) }
  ],
  [
    'a failure before a logrotate, and none since',
    "OK, $good",
    audit => { q() => lines( 1, 'good' ), '.1' => lines( 2, 'failed' ) }
  ],
  [
    'a failure that only the audit knows',
    "WARNING, $good; the last run failed: audited 0.5",
    audit => { q() => lines( 0.5, 'failed' ) },
    runs  => [1]
  ],
  [
    'a failure that is remembered alone',
    "WARNING, $good; the last run failed: remembered 0.5",
    audit => { q() => lines( 1, 'good' ) },
    runs  => [-0.5]
  ],
  [
    'a failure that both know',
    "WARNING, $good; the last run failed: remembered 0.5",
    audit => { q() => lines( 0.6, 'failed' ) },
    runs  => [ -0.5, 1 ]
  ],
  [
    'a failure that is over by what is remembered', "OK, $good",
    audit => { q() => lines( 2, 'failed' ) },
    runs  => [1]
  ],
  [
    'a failure that is over by the audit', "OK, $good",
    audit => { q() => lines( 1, 'good' ) },
    runs  => [-2]
  ],
  [
    'runs that have only failed',
    "UNKNOWN; the audit names no run that went well; the last run failed: remembered 1",
    audit => { q() => q() },
    runs  => [ -1, -2 ]
  ],
  [ 'an audit from the future', $none, audit => { q() => lines( -2, 'good' ) } ],
  [
    'an audit with a line from the future',
    "OK, $good",
    audit => { q() => lines( 1, 'good', -2, 'good' ) }
  ],
  [ 'a failure in the future', "OK, $good", audit => { q() => lines( 1, 'good', -2, 'failed' ) } ],
  [
    'a history that cannot be read',
    'UNKNOWN, no run of it is known; it is broken',
    runs => 'it is broken'
  ],
  [
    'an audit, and a history that cannot be read', "OK, $good",
    audit => { q() => lines( 1, 'good' ) },
    runs  => 'it is broken'
  ],
  [
    'neither can be read',
    'UNKNOWN; it is broken; the audit names no run that went well',
    audit => { q() => q() },
    runs  => 'it is broken'
  ],
  )
{
  my ( $what, $says, %named ) = @{$case};
  for my $text ( grep { ref } values %{ $named{audit} // {} } ) {
    gzip $text => \my $packed or die;
    $text = $packed;
  }
  is says(%named), $says, $what;
}

# The command, from the file to the line.
write_file( $audit,     q() );
write_file( "$audit.1", lines( 1, 'good' ) );
like entraid( 'status', '--file', $list, '--audit', $audit )->output,
  qr/\ACRITICAL .*; a run went well more than 12 h ago/,
  'the command reads the audit before';
unlink glob "$audit*";
is entraid( 'status', '--file', $list, '--audit', $audit )->exit_status, 3,
  'an audit without any file is refused';

done_testing;
