# entraid status --prometheus: the file that node_exporter's textfile collector reads.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";
use POSIX qw(mkfifo);
use Test::More;

use App::Entraid::ListCheck;
use App::Entraid::Metrics qw(metrics_text);
use App::Entraid::MetricsFile;
use App::Entraid::RunHistory;
use Entraid qw(entraid);
use EntraSync;
use Scratch qw(content folder state_of write_file);
use Simulator;

my $now    = 1_000_000_000;
my $folder = folder();
my $path   = write_file( "$folder/list.txt", "a\@example.com\n" );

# A line with a sample.
my $LABEL  = qr/[a-z_]+="(?:[^"\\]|\\[\\"n])*"/;
my $SAMPLE = qr/\A(?<series>(?<name>[a-z_]+)\{$LABEL(?:,$LABEL)*\}) (?<value>-?\d+(?:\.\d+)?)\z/;

# Reads the text format of Prometheus strictly. Returns the samples by their series, and dies of
# whatever a reader would refuse.
sub samples {
  my ($text) = @_;
  utf8::decode($text) or die "not UTF-8\n";
  $text =~ /\n\z/     or die "no newline at the end\n";
  my ( %value, %type, %has_help, $family );
  for my $line ( split /\n/, $text ) {
    if ( $line =~ /\A# HELP ([a-z_]+) [^\\]+\z/ ) {
      die "$line: twice\n" if $has_help{$1}++;
      $family = $1;
    } elsif ( $line =~ /\A# TYPE ([a-z_]+) gauge\z/ ) {
      die "$line: in the wrong place\n" if $1 ne $family || $type{$1}++;
    } elsif ( $line =~ $SAMPLE ) {
      die "$line: not below its TYPE\n" if $+{name} ne $family || !$type{$family};
      die "$line: twice\n" if exists $value{ $+{series} };
      $value{ $+{series} } = $+{value};
    } else {
      die "$line: not understood\n";
    }
  }
  return \%value;
}

# A check of a list, of which these runs are remembered.
sub check {
  my ( $list, @runs ) = @_;
  no warnings 'redefine';
  local *EntraSync::History::runs = sub { return @runs };
  return App::Entraid::ListCheck->new(
    { path => $path, configurations => [], %{$list} },
    now     => $now,
    history => App::Entraid::RunHistory->new(undef),
  );
}

sub run_at {
  my ( $began, %other ) = @_;
  return {
    began   => $began,
    status  => 'ok',
    message => undef,
    added   => 2,
    removed => 1,
    skipped => 3,
    seconds => 1.5,
    reasons => [],
    %other
  };
}

subtest 'all metrics of a list' => sub {
  utime 900_000_000, 900_000_000, $path or die;
  my @reasons = map { +{ reason => "reason $_", count => 20 - $_ } } 1 .. 12;
  my $check   = check(
    {},
    run_at( $now - 60,   status  => 'network', message => 'no way' ),
    run_at( $now - 3600, skipped => 162,       reasons => \@reasons ),
    map { run_at( $now - 3600 * $_ ) } 2 .. 5
  );
  my $text   = metrics_text($check);
  my %series = %{ samples($text) };
  my %value;
  for my $series ( keys %series ) {
    $value{ $series =~ s/\Aentrasync_list_(\w+)\{list="\Q$path\E",?(.*)\}\z/$1 $2/r =~ s/ \z//r } =
      $series{$series};
  }
  is_deeply \%value,
    {
    status                         => 1,
    lines                          => 1,
    changed_timestamp_seconds      => 900_000_000,
    last_run_timestamp_seconds     => $now - 60,
    last_success_timestamp_seconds => $now - 3600,
    interval_seconds               => 3600,
    last_success_duration_seconds  => 1.5,
    last_success_added_lines       => 2,
    last_success_removed_lines     => 1,
    last_success_left_out          => 162,
    guard_stopped                  => 0,
    ( map { ( qq(last_success_left_out_by_reason reason="reason $_") => 20 - $_ ) } 1 .. 10 ),
    'last_success_left_out_by_reason reason="other"' => 9 + 8,
    },
    'the values';
  my $promtool = $ENV{PROMTOOL} // 'promtool';
SKIP: {
    my $complaints = check_by( $promtool, $text ) // skip "there is no $promtool", 1;
    is $complaints, q(), 'promtool check metrics has no complaint';
  }
};

# What promtool says about a text; undef if there is no promtool.
sub check_by {
  my ( $promtool, $text ) = @_;
  my $file = write_file( folder() . '/x.prom', $text );
  return if system("command -v '$promtool' > /dev/null 2>&1");
  return scalar qx('$promtool' check metrics < '$file' 2>&1);
}

subtest 'lists that are unlike' => sub {
  my %series = %{ samples( metrics_text( check( {} ), check( {} ) ) ) };
  is_deeply [ sort map { /_list_(\w+)/ } keys %series ],
    [qw(changed_timestamp_seconds guard_stopped lines status)],
    'no run is known, and a list that is named twice has one series';
  %series =
    %{ samples( metrics_text( check( { path => undef, label => 'x', unknown => 'y' } ) ) ) };
  is_deeply \%series, { 'entrasync_list_status{list="x"}' => 3 }, 'an instance without lists';
  my $hostile = qq($folder/a"b\\c\nd,e="f"}\x{E4}.txt);
  utf8::encode($hostile);
  %series = %{ samples( metrics_text( check( { path => write_file($hostile) } ) ) ) };
  is_deeply [ sort keys %series ],
    [ map { qq(entrasync_list_$_\{list="$folder/a\\"b\\\\c\\\\u{a}d,e=\\"f\\"}\x{E4}.txt"}) }
      qw(changed_timestamp_seconds guard_stopped lines status) ],
    'a hostile path is escaped';
  my $run = run_at( $now, reasons => [ { reason => qq(a "b" \\ \n\e c), count => 1 } ] );
  like metrics_text( check( {}, $run ) ),
    qr/,reason="a \\"b\\" \\\\ \\\\u\{a\}\\\\u\{1b\} c"\} 1\n/,
    'a reason is escaped';
};

my $prom   = "$folder/x.prom";
my @status = ( 'status', '--file', $path, '--prometheus' );

# What is left in the folder beside what the test has made.
sub leftovers {
  opendir my $handle, $folder or die;
  return [ grep { /entrasync/ } readdir $handle ];
}

subtest 'the file' => sub {
  my $before = umask 077;
  my $run    = entraid( @status, $prom );
  umask $before;
  is $run->exit_status, 0, 'the exit status is that of the lists';
  like $run->output, qr/\AOK /, 'the line is printed all the same';
  is samples( content($prom) )->{qq(entrasync_list_lines{list="$path"})}, 1, 'it has the metrics';
  is( ( stat $prom )[2] & oct 7777, oct 644, 'everybody may read it, whatever the umask is' );
  my $inode = ( stat $prom )[1];
  write_file( $path, "a\@example.com\nb\@example.com\n" );
  chmod 0600, $prom or die;
  is entraid( @status, $prom )->exit_status,                              0, 'a second time';
  is samples( content($prom) )->{qq(entrasync_list_lines{list="$path"})}, 2, 'it is replaced';
  isnt( ( stat $prom )[1], $inode, 'it is replaced by renaming' );
  is( ( stat $prom )[2] & oct 7777, oct 644, 'everybody may read it again' );
  is_deeply leftovers(), [], 'no temporary file is left';
  chdir $folder or die;
  is entraid( @status, 'y.prom' )->exit_status, 0, 'a path without a folder';
  ok -s 'y.prom', 'the file is in the working folder';
};

subtest 'files that are not written' => sub {
  for my $name ( "$folder/x.txt", "$folder/.prom", '.prom', "$folder/x.prom/", q(),
    "$folder/x.prom\n" )
  {
    my $run = entraid( @status, $name );
    like $run->output,
      qr/\AUNKNOWN: status: --prometheus takes a file that ends in \.prom, since node_exporter reads no other, and not [^\n]*\n\z/,
      "'$name' is refused";
    is $run->exit_status, 3, "'$name': the exit status";
  }
  my $other = write_file( "$folder/other.prom", "# HELP node_x x\n" );
  my $empty = write_file("$folder/empty.prom");
  mkdir "$folder/folder.prom"         or die;
  mkfifo( "$folder/fifo.prom", 0600 ) or die;
  symlink $prom,            "$folder/link.prom"     or die;
  symlink "$folder/beyond", "$folder/dangling.prom" or die;
  for my $case (
    [ $other,                  'was not written by entraid status; name another file' ],
    [ $empty,                  'was not written by entraid status; name another file' ],
    [ "$folder/folder.prom",   'is not a regular file; name another one' ],
    [ "$folder/fifo.prom",     'is not a regular file; name another one' ],
    [ "$folder/link.prom",     'is not a regular file; name another one' ],
    [ "$folder/dangling.prom", 'is not a regular file; name another one' ],
    [ "$folder/none/x.prom", 'cannot be written (No such file or directory); nothing was changed' ],
    [ "$folder/list.txt/x.prom", 'cannot be looked at (Not a directory)' ],
    )
  {
    my ( $file, $text ) = @{$case};
    my $before = -f $file ? state_of($file) : undef;
    my $run    = entraid( @status, $file );
    like $run->output,
      qr/\AUNKNOWN: \Q$file $text\E [|] lines=2;[^\n]*\nOK \Q$path\E: 2 lines, [^|\n]*\n\z/,
      "$file: it is said, and the list is reported all the same";
    is $run->exit_status, 3, "$file: the exit status";
    my $record = entraid( @status, $file, '--json' )->record;
    is_deeply [ $record->{status}, $record->{error}{message}, $record->{lists}[0]{status} ],
      [ 'UNKNOWN', "$file $text", 'OK' ], "$file: --json";
    is_deeply -f $file ? state_of($file) : undef, $before, "$file: it is as it was";
  }
  ok !-e "$folder/beyond", 'nothing is written behind a link';
  my $conf = write_file( "$folder/conf.prom", content($prom) );
  for my $case (
    [ $empty,                 '--file', $empty ],
    [ "$folder/missing.prom", '--file', "$folder/missing.prom" ],
    [ $conf,                  '--file', $path, $conf ],
    )
  {
    my ( $file, @named ) = @{$case};
    my $before = -e $file && state_of($file);
    my $run    = entraid( 'status', '--prometheus', $file, @named );
    like $run->output,
      qr/^UNKNOWN: \Q$file\E is a list or one of its configurations; name another file\b/m,
      "$file: it is no file for metrics";
    is_deeply -e $file && state_of($file), $before,
      "$file: a list or a configuration stays as it is";
  }
  my $run = entraid( 'status', '--file', "$folder/none.txt", '--prometheus', $other );
  is_deeply [ $run->output =~ /^(\w+)/mg ], [qw(CRITICAL UNKNOWN)],
    'a list that is worse comes first';
  is $run->exit_status, 2, 'a list that is worse: the exit status';
  is_deeply leftovers(), [], 'no temporary file is left';
};

subtest 'a failure' => sub {
  my $prom = "$folder/failed.prom";
  my $head = "# HELP entrasync_list_status How the list is: 0 is OK, 1 WARNING, 2 CRITICAL and "
    . "3 UNKNOWN.\n# TYPE entrasync_list_status gauge\n";
  my $unknown = qq(${head}entrasync_list_status{list="$path"} 3\n);
  for my $case (
    [ 'a state that is missing',    $unknown, '--file', $path, '--state',   "$folder/no" ],
    [ 'limits that are wrong',      $unknown, '--file', $path, '--warning', 'x' ],
    [ 'a copy without a name',      $unknown, '--file', $path, '--compare=' ],
    [ 'no list',                    $head ],
    [ 'an instance without name',   $head, '--instance=' ],
    [ 'an init.pl that is missing', $head, '--instance', $folder, '--init', "$folder/x" ],
    )
  {
    my ( $what, $text, @arguments ) = @{$case};
    is entraid( @status, $prom )->exit_status, 0, "$what: all is well before";
    like content($prom), qr/^entrasync_list_status\S+ 0$/m, "$what: the file says so";
    my $run = entraid( 'status', '--prometheus', $prom, @arguments );
    is $run->exit_status, 3, "$what: the exit status";
    like $run->output, qr/\AUNKNOWN: status: [^\n]*\n\z/, "$what: it is said as before"
      if $what !~ /init/;
    is content($prom), $text, "$what: the file does not say any more that all is well";
    ok eval { samples($text); 1 }, "$what: the file can be read" or diag $@;
  }
  is entraid( @status, $prom )->exit_status, 0, 'the next run that goes well';
  like content($prom), qr/^entrasync_list_status\S+ 0$/m, 'the file says that all is well again';
  unlink $prom or die;
  entraid( 'status', '--prometheus', $prom, '--instance=' );
  ok !-e $prom, 'no file is made if no list is known';
  my $other = write_file( "$folder/other.prom", "# HELP node_x x\n" );
  entraid( 'status', '--prometheus', $other, '--instance=' );
  is content($other), "# HELP node_x x\n", 'a file of somebody else stays as it is';
};

subtest 'a disk that is full' => sub {
  my $before = state_of($prom);
  my $code =
    'use EntraSync; use App::Entraid::MetricsFile q(write_metrics_file); write_metrics_file @ARGV';
  my $command = q(trap '' XFSZ; ulimit -f 1; exec "$@" 2>&1 < /dev/null);
  open my $output, '-|', 'bash', '-c', $command, 'bash', $^X, ( map { "-I$_" } @INC ), '-e', $code,
    $prom, '# HELP entrasync_' . 'x' x 100_000
    or die;
  my $said = join q(), <$output>;
  close $output;
  like $said, qr/\Q$prom\E cannot be written \(File too large\); nothing was changed/, 'it is said';
  is_deeply state_of($prom), $before, 'the file is as it was';
  is_deeply leftovers(),     [],      'no temporary file is left';
};

subtest 'runs' => sub {
  my $simulator = Simulator->start(qw(--members 30));
  my $conf      = $simulator->configuration(
    "$folder/main.entraidconf",
    QUERYFILTER => 'mail,mobilePhone',
    STATEDIR    => 'state'
  );
  my $list = "$folder/written.txt";
  is entraid( 'write', '--file', $list, $conf )->exit_status, 0, 'a run that goes well';
  my $began = time;
  is entraid( 'status', '--file', $list, '--prometheus', $prom, $conf )->exit_status, 0, 'status';
  my %series = %{ samples( content($prom) ) };
  my $value  = sub { return $series{"entrasync_list_$_[0]\{list=\"$list\"}"} };
  is $value->('last_success_added_lines'), $value->('lines'), 'all lines came';
  cmp_ok abs( $value->('last_success_timestamp_seconds') - $began ), '<', 60, 'when it was';
  my %reason = map { /reason="(.*)"/ ? ( $1 => $series{$_} ) : () } keys %series;
  my $sum    = 0;
  $sum += $_ for values %reason;
  is $sum, $value->('last_success_left_out'), 'the reasons add up';
  cmp_ok $sum, '>', 0, 'somebody is left out';
};

done_testing;
