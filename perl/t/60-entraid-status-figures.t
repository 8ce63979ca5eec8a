# entraid status: the figures behind its line, which monitoring draws.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid::AgeLimits;
use App::Entraid::ListCheck;
use App::Entraid::PerformanceData qw(performance_data);
use App::Entraid::RunHistory;
use Entraid qw(entraid);
use Scratch qw(folder write_file);
use Simulator;

my $folder = folder();
my $now    = 1_000_000_000;

# What monitoring makes of an output: the summary, the other lines, and the figures in their order.
# Everything behind the first bar of a line is figures, and behind a bar in a later line also all
# lines that follow.
sub understood {
  my ($output) = @_;
  my ( $first, @others ) = split /\n/, $output;
  my ( $summary, $figures ) = split /[|]/, $first, 2;
  my @figures;
  for my $datum ( split q( ), $figures // q() ) {
    $datum =~ /\A(?<label>[^\s='|;]+)=(?<value>-?\d+(?:[.]\d+)?)(?<unit>s?)
      ;(?<warning>\d*);(?<critical>\d*);0\z/x
      or return "no figure: $datum";
    push @figures, [ @+{qw(label value unit warning critical)} ];
  }
  return { summary => $summary, others => \@others, figures => \@figures };
}

# A check of a list, of which runs are remembered that began so many hours ago.
sub check {
  my ( $list, $hours, %named ) = @_;
  no warnings 'redefine';
  local *EntraSync::History::runs = sub {
    return map {
      {
        began   => $now - 3600 * $_,
        status  => 'ok',
        added   => 2,
        removed => 1,
        skipped => 3,
        seconds => 1.23456,
        message => undef,
        reasons => [],
      }
    } @{$hours};
  };
  return App::Entraid::ListCheck->new(
    { configurations => [], %{$list} },
    now     => $now,
    history => App::Entraid::RunHistory->new(undef),
    %named
  );
}

my $path = write_file( "$folder/list.txt", "a\@example.com\n" );
utime $now - 90, $now - 90, $path or die;

subtest 'a list with runs that are known' => sub {
  my $data = performance_data( check( { path => $path }, [ 1, 2, 3, 4, 5 ] ) );
  is_deeply understood("OK |$data")->{figures},
    [
    [ 'lines',    1,     q(), q(),  q() ],
    [ 'age',      90,    's', q(),  q() ],
    [ 'run_age',  3600,  's', 5400, 7200 ],
    [ 'added',    2,     q(), q(),  q() ],
    [ 'removed',  1,     q(), q(),  q() ],
    [ 'left_out', 3,     q(), q(),  q() ],
    [ 'seconds',  1.235, 's', q(),  q() ],
    [ 'guard',    0,     q(), q(),  q() ],
    ],
    'its figures and limits';
};

subtest 'a limit that is never reached' => sub {
  my $limits = App::Entraid::AgeLimits->new( critical => 3600 );
  my $check  = check( { path => $path }, [ 1, 2, 3, 4, 5 ], limits => $limits );
  like performance_data($check), qr/ run_age=3600s;;3600;0 /, 'a usual one is left out';
  $limits = App::Entraid::AgeLimits->new( warning => 3600, critical => 3600 );
  $check  = check( { path => $path }, [ 1, 2, 3, 4, 5 ], limits => $limits );
  like performance_data($check), qr/ run_age=3600s;3600;3600;0 /, 'one that is named is shown';
};

subtest 'a list without runs that are known' => sub {
  my $limits = App::Entraid::AgeLimits->new( critical => 60 );
  my $check  = check( { path => $path }, [], limits => $limits );
  is performance_data($check), 'lines=1;;;0 age=90s;;60;0 guard=0;;;0',
    'the limits are those of the last change';
  $check = check( { path => "$folder/none" }, [] );
  is performance_data($check), 'guard=0;;;0', 'a list that is missing has no lines and no age';
  is performance_data( check( { label => 'x', unknown => 'y' }, [] ) ), q(),
    'an instance without lists has no figures';
};

# The labels of the first figure of lists with these names of an instance and a list.
sub labels {
  my (@names) = @_;
  my @checks =
    map { check( { path => $path, instance => $_->[0], name => $_->[1] }, [] ) } @names;
  return [ map { /\A(.*)_lines=/ ? $1 : () } split q( ), performance_data(@checks) ];
}

subtest 'labels' => sub {
  is_deeply labels( [ 'example', 'sender' ], [ 'example', 'access-rights' ] ),
    [qw(sender access-rights)], 'one instance: the names of the lists';
  is_deeply labels( [ 'a', 'sender' ], [ 'b', 'sender' ] ), [qw(a_sender b_sender)],
    'several instances: their names, too';
  is_deeply labels( [ 'a', 'sender' ], [ 'a', 'sender' ] ), [qw(sender sender_2)],
    'an instance that is named twice';
  is_deeply labels( [ q(it's = x), 'sender' ], [ 'it|s;=::x', 'sender' ],
    [ "\x{C3}\x{A4}", 'sms' ] ),
    [qw(it_s___x_sender it_s____x_sender ___sms)], 'hostile names';
  is_deeply labels( [ q(a'b), 's' ], [ 'a=b', 's' ], [ 'a b', 's' ], [ 'a_b', 's_2' ] ),
    [qw(a_b_s a_b_2_s a_b_3_s a_b_4_s_2)], 'no two labels are equal';
  is_deeply labels( [ 'a', 's_lines' ], [ 'a_s', 'lines' ], [ 'a', 's' ], [ 'a_s', 'lines' ] ),
    [qw(a_s_lines a_s_lines_2 a_s a_s_lines_3)], 'no two labels of lists are equal';
  is_deeply labels( map { [ $_, 'sender' ] } qw(/srv/a/example /srv/b/example /srv/other) ),
    [qw(a_example_sender b_example_sender other_sender)],
    'two instances with one name: as much of the path as tells them apart';
  is_deeply labels( map { [ $_, 'sender' ] } qw(/example /a/example /a/b/example /c/b/example) ),
    [qw(example_sender a_example_sender a_b_example_sender c_b_example_sender)],
    'paths of several lengths';
  is_deeply labels( map { [ $_, 'sender' ] } qw(/x/a/b /y/c/b /z/a_b) ),
    [qw(a_b_sender c_b_sender a_b_2_sender)], 'a path that looks like the name of another instance';
  my @checks = (
    check( { instance => '/a/example', label => '/a/example', unknown => 'x' },      [] ),
    check( { instance => '/b/example', path  => $path,        name    => 'sender' }, [] ),
  );
  like performance_data(@checks), qr/\Ab_example_sender_lines=/,
    'an instance that is not known gives its label to no other one';
  shift @checks;
  like performance_data(@checks), qr/\Asender_lines=/, 'the same instance alone';
};

subtest 'the command' => sub {
  my $simulator = Simulator->start(qw(--members 30));
  my $conf      = $simulator->configuration(
    "$folder/single.entraidconf",
    GROUPID  => 'single',
    STATEDIR => 'state'
  );
  my $list = "$folder/written.txt";
  is entraid( 'write', '--file', $list, $conf )->exit_status, 0, 'a run that goes well';
  my $run    = entraid( 'status', '--file', $list,    $conf );
  my $record = entraid( 'status', '--json', '--file', $list, $conf )->record->{lists}[0];
  my $found  = understood( $run->output );
  my %value  = map { $_->[0] => $_->[1] } @{ $found->{figures} };
  is_deeply [ @value{qw(lines added removed left_out guard)} ], [ 1, 1, 0, 0, 0 ],
    'the figures of the run';
  is $record->{$_}, $value{$_}, "--json has the same figure $_" for qw(added removed left_out);
  is_deeply [ @{$record}{qw(warning critical)} ], [ 10_800, 43_200 ], '--json has the limits';

  # An instance whose name would be syntax, with a list that is missing and one that is empty.
  my $root = "$folder/it's|a = b";
  write_file( "$root/config/envelope.cfg", "ALLOWEDLDAPSENDERFILE=$root/config/senders|.txt\n" );
  write_file( "$root/config/compose.cfg",  "LDAPGSMLISTFILE=$root/config/sms.txt\n" );
  write_file("$root/config/sms.txt");
  my $other = folder();
  $run   = entraid( 'status', map { ( '--instance', $_ ) } $root, $other );
  $found = understood( $run->output );
  like $found->{summary}, qr{\ACRITICAL .*senders\\u\{7c\}.txt: .*; 3 of 3 lists are not OK \z},
    'the summary has the worst list, and says how many are not well';
  is_deeply [ map { s/ .*//sr } @{ $found->{others} } ], [qw(CRITICAL UNKNOWN)],
    'the other lists have a line each, without a bar';
  unlike $found->{others}[$_], qr/[|]/, "line $_ has no bar" for 0, 1;
  is_deeply [ map { $_->[0] } @{ $found->{figures} } ],
    [ map { "it_s_a___b_$_" } qw(sender_guard sms_lines sms_age sms_guard) ], 'the labels';
  my @roots = map { "$folder/$_/same" } qw(one two);
  write_file( "$_/config/compose.cfg", "LDAPGSMLISTFILE=$root/config/sms.txt\n" ) for @roots;
  $found = understood( entraid( 'status', map { ( '--instance', $_ ) } @roots )->output );
  is_deeply [ grep { /_lines/ } map { $_->[0] } @{ $found->{figures} } ],
    [qw(one_same_sms_lines two_same_sms_lines)], 'the labels of two instances with one name';
};

done_testing;
