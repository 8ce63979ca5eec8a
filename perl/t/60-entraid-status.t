# entraid status: what it tells monitoring about lists, from the disk alone.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use POSIX qw(mkfifo);
use Test::More;

use Entraid qw(entraid plugin_text);
use Instance;
use Scratch qw(folder state_of write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 30));
my $person    = $Simulator::ADDRESS;
my $single    = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
my $file      = "$folder/list.txt";
my %status    = ( OK => 0, WARNING => 1, CRITICAL => 2, UNKNOWN => 3 );
my $hour      = 3600;

# Makes a list that was changed so many hours ago.
sub list {
  my ( $hours, @lines ) = @_;
  unlink glob "$file*";
  write_file( $file, map { "$_\n" } @lines );
  return aged( $file, $hours );
}

sub aged {
  my ( $path, $hours ) = @_;
  my $time = time - $hours * $hour;
  utime $time, $time, $path or die "$path: $!";
  return $path;
}

# Checks that status prints one line with this word and text, and has the word's exit status.
sub says {
  my ( $word, $what, $name, @arguments ) = @_;
  my $run = entraid( 'status', @arguments );
  like plugin_text( $run->output ), qr/\A$word $what\n\z/, $name;
  is $run->exit_status, $status{$word}, "$name: the exit status";
  is $run->complaints,  '',             "$name: nothing on the standard error";
  return;
}

subtest 'a list' => sub {
  list( 2.5, $person, 'zz@example.com' );
  my $before = state_of($file);
  says(
    'OK',
    qr/\Q$file\E: 2 lines, changed 2 h ago/,
    'a list with its lines and its age',
    '--file', $file
  );
  is_deeply state_of($file), $before, 'status leaves the list unchanged';
  list( 0.5, $person );
  says( 'OK', qr/.*: 1 line, changed 30 min ago/, 'an age in minutes', '--file', $file, $single );
  list( 100, $person );
  says( 'OK', qr/.*: 1 line, changed 4 days ago/, 'an age in days', '--file', $file );
  list( -2, $person );
  says( 'OK', qr/.*: 1 line, changed 0 min ago/, 'a list from the future', '--file', $file );
  list(0);
  says(
    'WARNING',
    qr/.*: 0 lines, changed 0 min ago; it is empty/,
    'an empty list',
    '--file', $file
  );
  unlink $file;
  says(
    'CRITICAL',
    qr/\Q$file\E: there is no such file/,
    'a list that does not exist',
    '--file', $file
  );
  says(
    'CRITICAL',
    qr/\Q$folder\E: it is not a regular file/,
    'a folder in the place of a list',
    '--file', $folder
  );
};

subtest 'the age of a list' => sub {
  list( 5, $person );
  my @status = ( '--file', $file );
  says(
    'WARNING',
    qr/.*; it was changed more than 4 h ago/,
    'an age above --warning',
    @status, '--warning', 4
  );
  says( 'OK', qr/.* 5 h ago/, 'an age below --warning', @status, '--warning', 6, '--critical', 12 );
  says(
    'CRITICAL',
    qr/.*; it was changed more than 4.5 h ago/,
    'an age above --critical',
    @status, '--warning=2', '--critical=4.5'
  );
  for my $case (
    [ 'WARNING',  '4.5 h',  qw(-w 270m -c 2d) ],
    [ 'WARNING',  '1.5 h',  qw(-w 90m) ],
    [ 'WARNING',  '59 min', qw(-w 3540s) ],
    [ 'CRITICAL', '4 h',    qw(-w 4 -c4h) ],
    [ 'CRITICAL', '0 min',  qw(-c 0) ],
    [ 'OK',       undef,    qw(-w 0.25d -c 1w) ],
    )
  {
    my ( $word, $span, @limits ) = @{$case};
    my $text = defined $span ? "; it was changed more than $span ago" : 'changed 5 h ago';
    says( $word, qr/.*\Q$text\E/, "@limits", @status, @limits );
  }
};

subtest 'the configurations' => sub {
  list( 0, $person );
  my @status = ( '--file', $file, '--template' );
  says(
    'CRITICAL',
    qr{.*; \Q$folder\E/none: there is no such file},
    'a configuration that does not exist',
    @status, 'senders', $single, "$folder/none"
  );
  says(
    'CRITICAL',
    qr/.*; \Q$single\E: .*\{phone\}.*/,
    'a configuration that does not fit the template',
    @status, 'sms', $single
  );
  my $open = $simulator->configuration( "$folder/open.entraidconf", KEY => 'x' );
  chmod 0644, $open;
  my $run = entraid( 'status', @status, 'senders', $open );
  like $run->output, qr/\AWARNING .*; \Q$open\E: line 5: unknown key KEY/,
    'a doubt about a configuration is shown';
  like $run->output, qr/; \Q$open\E: every user of this system can read it/,
    'a secret that all users can read is shown';
  is $run->exit_status, 1, 'doubts about a configuration give exit status 1';
  unlike $run->output, qr/\Q@{[ $simulator->secret ]}\E/, 'status shows no secret';
};

subtest 'a change that the guard stopped' => sub {
  list( 0, map { "user$_\@example.com" } 10 .. 29 );
  is entraid( 'write', '--file', $file, $single )->exit_status, 1, 'the guard stops a run';
  my $stopped = qr/the guard stopped a change: none of its 20 lines would stay/;
  says(
    'WARNING',
    qr/.*; $stopped \(1 added, 20 removed\); look at \Q$file\E\.proposed\.diff/,
    'a change that the guard stopped, with its figures',
    '--file', $file
  );
  symlink $file, "$folder/link.txt" or die;
  says(
    'WARNING',
    qr/.*; $stopped.*/,
    'a stopped change of a symbolic link\'s target',
    '--file', "$folder/link.txt"
  );
  write_file("$file.accept");
  says(
    'WARNING',
    qr/.*; $stopped \(1 added, 20 removed\); it is accepted for the next run/,
    'a stopped change that is accepted',
    '--file', $file
  );
  is entraid( 'write', '--file', $file, $single )->exit_status, 0,
    'the next run makes the accepted change';
  says( 'OK', qr/.*: 1 line, .*/, 'a list after the accepted change', '--file', $file );
  write_file("$file.accept");
  says(
    'WARNING',
    qr/.*; \Q$file\E\.accept accepts nothing: no stopped run has left a proposal that can be read; remove it/,
    'an .accept file without a stopped change',
    '--file',
    $file
  );
};

subtest 'an .accept file that the next run does not trust' => sub {
  my $look   = qr/\(1 added, 20 removed\); look at \Q$file\E\.proposed\.diff/;
  my $accept = "$file.accept";
  my $stop   = sub {
    list( 0, map { "user$_\@example.com" } 10 .. 29 );
    entraid( 'write', '--file', $file, $single );
  };

  # What is wrong, as status and the run say it, and how it is made.
  for my $case (
    [ 'is a symbolic link', sub { symlink $file, $accept } ],
    [ 'is a folder',        sub { mkdir $accept } ],
    [ 'has a hard link',    sub { link $file, $accept } ],
    [
      'can be changed by other users (mode 666)',
      sub { write_file($accept) and chmod 0666, $accept }
    ],
    [ 'is not a regular file', sub { mkfifo( $accept, 0600 ) } ],
    $> ? () : [ 'belongs to user id 1001', sub { write_file($accept) and chown 1001, 0, $accept } ],
    )
  {
    my ( $flaw, $make ) = @{$case};
    $stop->();
    ok $make->(), "a file that $flaw is made";
    my $words = "$accept is ignored, since it $flaw; remove it";
    says( 'WARNING', qr/.* $look; \Q$words\E/, "an .accept file that $flaw", '--file', $file );
    ok !entraid( 'status', '--json', '--file', $file )->record->{lists}[0]{accepted},
      "an .accept file that $flaw: --json says that nothing is accepted";
    like entraid( 'write', '--file', $file, $single )->complaints, qr/; \Q$words\E\n\z/,
      "an .accept file that $flaw: the run says the same";
    rmdir $accept if -d $accept && !-l $accept;
  }

  $stop->();
  write_file($accept);
  utime 1, 1, $accept;
  my $older = "it is older than $file.proposed.diff; look at that, and accept it anew";
  says(
    'WARNING',
    qr/.*; look at .*; \Q$accept accepts nothing: $older\E/,
    'an acceptance that is older than the proposal',
    '--file', $file
  );
  like entraid( 'write', '--file', $file, $single )->complaints,
    qr/; \Q$accept accepted nothing: $older\E\n\z/,
    'an acceptance that is older than the proposal: the run says the same';

  $stop->();
  write_file( "$file.proposed.diff", "- $person\n" );
  write_file($accept);
  says(
    'WARNING',
    qr/.*; look at .*; \Q$accept accepts nothing: $file.proposed and $file.proposed.diff do not agree; remove it\E/,
    'a proposal that somebody has changed',
    '--file',
    $file
  );
  like entraid( 'write', '--file', $file, $single )->complaints,
    qr/; \Q$accept accepted nothing: $file.proposed and $file.proposed.diff do not agree\E\n\z/,
    'a proposal that somebody has changed: the run says the same';

  $stop->();
  write_file($accept);
  chmod 0666, "$file.proposed";
  says(
    'WARNING',
    qr/.*; look at .*; \Q$file.proposed is ignored, since it can be changed by other users (mode 666); remove it; $accept accepts nothing: no stopped run\E.*/,
    'a proposal that the next run does not trust',
    '--file',
    $file
  );
  $stop->();
};

subtest 'files of others beside the list' => sub {
  list( 0, $person );
  write_file("$file.proposed");
  write_file( "$file.proposed.diff", "# x\n# 2026-11-24 21:05 UTC: red \e[31m\n- \e[31m\n" );
  says(
    'WARNING',
    qr/.*; the guard stopped a change: red \\u\{1b\}\[31m \(0 added, 1 removed\); .*/,
    'a proposal with control characters is escaped',
    '--file', $file
  );
  unlike entraid( qw(status --json --file), $file )->output, qr/\e/,
    'status --json escapes control characters of a proposal';
  unlink "$file.proposed.diff";
  mkfifo( $_, 0600 ) or die "$_: $!" for "$file.proposed.diff", "$folder/fifo";
  says(
    'WARNING',
    qr/.*: its reason was not kept; .*/,
    'a FIFO in the place of a proposal is not waited for',
    '--file', $file
  );
  my $run = entraid( qw(status --file), $file, '--audit', "$folder/fifo" );
  like $run->output,
    qr/\AUNKNOWN \Q$file\E: .*; \Q$folder\E\/fifo: it is not a regular file; /,
    'a FIFO in the place of an audit is refused';
};

subtest 'files of killed runs' => sub {
  list( 0, $person );
  my $left = write_file("$folder/.entrasync-abc-1.tmp");
  says( 'OK', qr/.*/, 'a new temporary file is no finding', '--file', $file );
  aged( $left, 2 );
  says(
    'WARNING',
    qr/.*; killed runs left 1 \.entrasync-\*\.tmp in its folder; .*/,
    'an old temporary file of a killed run',
    '--file', $file
  );
  unlink $left;
};

subtest 'an audit' => sub {
  my $audit = "$folder/audit.log";
  my $conf  = $simulator->configuration(
    "$folder/audited.entraidconf",
    GROUPID   => 'single',
    AUDITFILE => $audit
  );
  my @status = ( '--file', $file, '--audit', $audit );
  list( 100, $person );
  is entraid( 'write', '--file', $file, '--template', 'senders', $conf )->exit_status, 0,
    'a run that writes the audit';
  says(
    'OK',
    qr/.*changed 4 days ago, a run went well 0 min ago/,
    'an old list with a recent run', @status
  );

  my $lines = Scratch::content($audit);
  my $at    = sub {
    my ($hours) = @_;
    my ( $second, $minute, $hour_, $day, $month, $year ) = gmtime time - $hours * $hour;
    return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ [1] ', $year + 1900, $month + 1, $day, $hour_,
      $minute, $second;
  };
  my $good = sub { $at->( $_[0] ) . "$file: unchanged: 1 people, 1 lines\n" };
  like $lines, qr/^\S+Z \[[^\]]+\] \Q$file\E: unchanged: 1 people, 1 lines, /m,
    'a run writes such lines to the audit';
  write_file( $audit, $good->(5) );
  says(
    'WARNING',
    qr/.*; a run went well more than 3 h ago/,
    'no run went well for three hours', @status
  );
  says(
    'OK',
    qr/.* a run went well 5 h ago/,
    'no run went well for fewer hours than --warning',
    @status, '--warning=6'
  );
  write_file( $audit, $good->(20), $at->(1) . "$file.other: unchanged: 1 people\n" );
  says(
    'CRITICAL',
    qr/.*; a run went well more than 12 h ago/,
    'no run went well for twelve hours', @status
  );
  write_file(
    $audit, $good->(2),
    $at->(1) . "$file: failed (network): no v\xC3\xA4yl\n",
    map { $at->(1) . "$file: - $_\@example.com: and a long rest of it\n" } 1 .. 40_000
  );
  my $run = entraid( 'status', @status );
  like $run->output, qr/a run went well 2 h ago; the last run failed: no v\xC3\xA4yl/,
    'a run that failed after the last good one is found far above the end';
  is $run->exit_status, 1, 'a run that failed after the last good one gives exit status 1';
  write_file( $audit, $at->(2) . "$file: failed (network): gone\n", $good->(1) );
  says(
    'OK',
    qr/.* a run went well 1 h ago/,
    'a run that failed before the last good one', @status
  );
  write_file( $audit, 'x' );
  says(
    'UNKNOWN',
    qr/.*; the audit names no run that went well/,
    'an audit without a run', @status
  );
  $run = entraid( 'status', '--file', $file, '--audit', "$folder/none" );
  like $run->output, qr{\AUNKNOWN \Q$file\E: .*; \Q$folder\E/none cannot be read: .*\n\z},
    'an audit that does not exist: the message';
  is $run->exit_status, 3, 'an audit that does not exist: exit status 3';
};

subtest 'instances' => sub {
  my $instance = Instance->new($simulator);
  my $config   = $instance->root . '/config';
  my @status   = ( 'status', '--instance', $instance->root . '/' );
  my ( $senders, $sms ) = map { $instance->path("$_.txt") } qw(senders sms);
  is entraid(@status)->exit_status, 3, 'a folder that is no instance gives exit status 3';
  write_file( "$config/envelope.cfg", "# the senders\n ALLOWEDLDAPSENDERFILE = $senders\r\n" );
  write_file( "$config/compose.cfg",  "LDAPGSMLISTFILE=$sms\nLDAPGSMMODE=realtime\n" );
  write_file( $senders,               "$person\n" );
  write_file($sms);
  is entraid(@status)->exit_status, 2, 'an instance without configurations gives exit status 2';
  my $conf = $instance->configure('senders');
  my $run  = entraid(@status);
  is_deeply [ $run->output =~ /^(\w+ \S+: \d lines?),/mg ],
    [ "OK $senders: 1 line", "OK $sms: 0 lines" ], 'status --instance shows both lists in order';
  is $run->exit_status, 0, 'a good instance gives exit status 0';

  write_file( $sms, "a\n" );
  my $other = folder();
  $run = entraid( @status, '--instance', $other );
  is_deeply [ map { s/, changed.*?; /; /r } split /\n/, plugin_text( $run->output ) ],
    [
    "UNKNOWN $other: it has no folder config; name an instance, such as /server/example;"
      . ' 2 of 3 lists are not OK',
    "WARNING $sms: 1 line; its addresses are looked up in real time, but it is not empty",
    ( split /\n/, plugin_text( $run->output ) )[2],
    ],
    'several instances: the worst line comes first';
  is $run->exit_status, 3, 'several instances: exit status 3 comes before a warning';
  my $record = entraid( @status, '--json' )->record;
  is_deeply [ map { $_->{configurations} } @{ $record->{lists} } ], [ [], [$conf] ],
    'status --json: the configurations of each list';
  write_file( "$config/envelope.cfg", "ALLOWEDLDAPSENDERFILE=senders.txt\n" );
  is plugin_text( entraid(@status)->output ) =~ s/\n.*//sr,
      'CRITICAL '
    . $instance->root
    . ': the sender list: '
    . 'ALLOWEDLDAPSENDERFILE of envelope.cfg must be an absolute path, beginning with /; '
    . '2 of 2 lists are not OK',
    'an instance with a wrong setting';
  write_file("$config/$_.cfg") for qw(envelope compose);
  is entraid(@status)->output,
    'UNKNOWN ' . $instance->root . ": neither its envelope.cfg nor its compose.cfg names a list\n",
    'an instance without settings';
};

subtest 'a copy of the list from another node' => sub {
  my $copy  = "$folder/other.txt";
  my $other = sub {
    write_file( $copy, map { "$_\n" } @_ );
  };
  my @status = ( '--file', $file, '--compare', $copy );
  list( 2, $person, 'zz@example.com', '' );
  $other->( 'zz@example.com', $person );
  says(
    'OK',
    qr/\Q$file\E: 2 lines, changed 2 h ago, the same lines as \Q$copy\E/,
    'the same lines in another order', @status
  );
  $other->( 'zz@example.com', $person, $person );
  says(
    'WARNING',
    qr/.*; lines in it alone: 0, in .* alone: 1/,
    'a line that is there twice', @status
  );
  $other->( 'zz@example.com', "$person\r" );
  says( 'WARNING', qr/.*; lines in it alone: 1, in .* alone: 1/, 'a carriage return', @status );
  $other->( $person, 'new@example.com', "b\e[31m\@example.com" );
  says(
    'WARNING',
    qr/.*, changed 2 h ago; lines in it alone: 1, in \Q$copy\E alone: 2/,
    'lines that differ', @status
  );
  is_deeply entraid( 'status', '--json', @status )->record->{lists}[0]{comparison},
    {
    copy  => $copy,
    here  => ['zz@example.com'],
    there => [ 'b\u{1b}[31m@example.com', 'new@example.com' ]
    },
    'status --json: the lines that differ';
  my $not = 'it was not compared';
  unlink $copy;
  says( 'UNKNOWN', qr/.*; $not: there is no \Q$copy\E/, 'no copy', @status );
  is_deeply entraid( 'status', '--json', @status )->record->{lists}[0]{comparison},
    { copy => $copy, here => undef, there => undef }, 'status --json: no copy';
  mkfifo( $copy, 0600 ) or die "$copy: $!";
  says(
    'UNKNOWN',
    qr/.*; $not: \Q$copy\E is not a regular file/,
    'a FIFO is not waited for', @status
  );
  unlink $copy;
  my $copies = folder();
  says(
    'UNKNOWN',
    qr{.*; $not: there is no \Q$copies\E/list.txt},
    'a folder without a copy',
    '--file', $file, '--compare', $copies
  );
  write_file( "$copies/list.txt", "$person\nzz\@example.com\n" );
  says(
    'OK',
    qr{.*, the same lines as \Q$copies\E/list.txt},
    'a folder with a copy',
    '--file', $file, '--compare', "$copies/"
  );

  for my $wrong (
    [ '',      qr/a copy of a list/,       '--file',                             $file ],
    [ $file,   qr/a folder with copies/,   '--instance',                         $folder ],
    [ $copies, qr/one instance at a time/, map { ( '--instance', $_ ) } $folder, $folder ],
    )
  {
    my ( $named, $text, @which ) = @{$wrong};
    my $run = entraid( 'status', @which, "--compare=$named" );
    like $run->output, qr/\AUNKNOWN: .*--compare .*$text/, "--compare '$named' is refused";
    is $run->exit_status, 3, "--compare '$named': exit status 3";
  }
  local $Entraid::INPUT = "$copies/list.txt";
  says(
    'OK',
    qr{.*, the same lines as the standard input},
    'the standard input',
    '--file', $file, '--compare', '-'
  );
  $Entraid::INPUT = '/dev/null';
  says(
    'UNKNOWN',
    qr{.*; $not: the standard input is empty; was the copy read\?},
    'a standard input without lines',
    '--file', $file, '--compare', '-'
  );
  $Entraid::INPUT = $copies;
  says(
    'UNKNOWN',
    qr{.*; $not: the standard input cannot be read \(.*\)},
    'a standard input that cannot be read',
    '--file', $file, '--compare', '-'
  );
  local $Entraid::HAS_INPUT = 0;
  says(
    'UNKNOWN',
    qr{.*; $not: the standard input .*},
    'a standard input that is closed',
    '--file', $file, '--compare', '-'
  );
};

subtest 'for programs' => sub {
  list( 5, map { "user$_\@example.com" } 10 .. 29 );
  entraid( 'write', '--file', $file, $single );
  aged( $file, 5 );
  my $run    = entraid( 'status', '--json', '--critical', 4, '--file', $file, $single );
  my $record = $run->record;
  my $list   = $record->{lists}[0];
  is $run->exit_status, 2, 'status --json: the exit status';
  my $age = delete $list->{age};
  ok $age >= 5 * $hour && $age < 6 * $hour, 'status --json: the age in seconds';
  my $objection = 'none of its 20 lines would stay';
  is_deeply $record,
    {
    status => 'CRITICAL',
    error  => undef,
    lists  => [
      {
        list           => $file,
        status         => 'CRITICAL',
        lines          => 20,
        run_age        => undef,
        warning        => undef,
        critical       => 4 * $hour,
        added          => undef,
        removed        => undef,
        left_out       => undef,
        seconds        => undef,
        credential_end => undef,
        real_time      => JSON::PP::false,
        accepted       => JSON::PP::false,
        configurations => [$single],
        writers        => undef,
        interval       => undef,
        comparison     => undef,
        proposal       => { added => 1, removed => 20, objection => $objection },
        findings       => [
          { status => 'CRITICAL', message => 'it was changed more than 4 h ago' },
          {
            status  => 'WARNING',
            message => "the guard stopped a change: $objection (1 added, 20 removed); "
              . "look at $file.proposed.diff"
          },
        ],
      }
    ],
    },
    'status --json: the other keys';
  like $run->output, qr/"lines":20,/, 'status --json: numbers are JSON numbers';
};

$simulator->stop;
list( 0, $person );
says( 'OK', qr/.*: 1 line, .*/, 'status asks no server', '--file', $file, $single );

done_testing;
