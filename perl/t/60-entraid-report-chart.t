# entraid report: what it makes of many runs, of few and of none.
use strict;
use warnings;
use utf8;

BEGIN { $ENV{TZ} = 'Europe/Helsinki' }    ## no critic (RequireLocalizedPunctuationVars)

use FindBin;
use lib "$FindBin::Bin/lib";
use List::Util qw(max min sum);
use Test::More;
use Time::Local qw(timegm);

use App::Entraid::Report::Chart   qw(chart);
use App::Entraid::Report::LeftOut qw(kind_of left_out_by_reason);
use App::Entraid::Report::Markup  qw(element markup);
use App::Entraid::Report::Scale   qw(level_ticks time_ticks);
use App::Entraid::Report::Series  ();
use App::Entraid::Report::Words   qw(ago count lasting number plain_moment);
use MadeRuns                      qw(failed_run good_run hourly_runs stopped_run);
use Page;

my $hour = 3600;
my $day  = 24 * $hour;
my $now  = timegm( 0, 40, 12, 29, 10, 2026 );

sub series_of { return App::Entraid::Report::Series->new( \@_, $now ) }

# The elements of a chart.
sub drawn {
  my ($series) = @_;
  my $markup = markup( element( 'html', chart( $series, 'chart' ) ) );
  utf8::encode($markup);
  return Page->parse("<!DOCTYPE html>\n$markup");
}

# The titles of what is drawn.
sub titles { return drawn( $_[0] )->texts('title') }

subtest 'a year of hourly runs' => sub {
  my @runs = hourly_runs(
    $now, 365,
    sub {
      my ( $hour, $began, $lines ) = @_;
      return stopped_run( $began, $lines, 2, 900 ) if $hour == 4000;
      return failed_run( $began, 'network', 'no way' ) if $hour =~ /\A(?:77|500\d)\z/;
      return good_run( $began, $lines, 5 * $lines ) if $hour == 6000;
      return good_run( $began, $lines, $lines / 5 ) if $hour == 6001;
      return;
    } );
  my $series = series_of(@runs);
  is scalar( $series->runs ), 8760, 'all runs are read';
  my @points = $series->points;
  cmp_ok scalar @points, '<=', 4 * App::Entraid::Report::Series::POINTS + 4, 'the line is thin';
  my %peak = map { $_ => 1 } map { $_->[1] } @points;
  ok $peak{ max( map { $_->{lines_after} } @runs ) }, 'an hour with many lines is not lost';
  is $points[-1][1], $runs[0]{lines_after}, 'the line ends at the last number of lines';
  is $series->unit,  'week',                'it is counted by the week';
  my @parts = $series->parts;
  cmp_ok scalar @parts, '<=', 54, 'the table is short';
  my $totals = $series->totals;
  is sum( map { $_->{runs} } @parts ), 8760, 'each run is in one week';

  for my $key (qw(came gone failed stopped)) {
    is sum( map { $_->{$key} } @parts ), $totals->{$key}, "the weeks have all that is $key";
  }
  is_deeply [ map { ( localtime $_->{begin} )[ 6, 2, 1, 0 ] } @parts ],
    [ map { ( 1, 0, 0, 0 ) } @parts ], 'each begins at midnight before a Monday, also in summer';
  is $parts[-1]{lines}, $runs[0]{lines_after}, 'the last week has the lines of the end';
  my @titles = titles($series);
  is
    scalar( grep { /\Athe guard stopped a change of .*: 2 would have come and 900 gone\z/ }
      @titles ),
    1, 'the one stop among them is marked';
  is_deeply [ map { /\A(\d+ runs?) failed, / ? $1 : () } @titles ], [ '1 run', '10 runs' ],
    'a single failure is seen too';
  cmp_ok length( drawn($series)->bytes ), '<', 80_000, 'the chart is small';
};

subtest 'failures by turns' => sub {
  my @runs = hourly_runs( $now, 365,
    sub { $_[0] % 2 ? failed_run( $_[1], 'network', 'x' ) : stopped_run( $_[1], $_[2], 1, 1 ) } );
  $runs[-1] = good_run( $runs[-1]{began}, 0, 10 );
  my $page = drawn( series_of(@runs) );
  is scalar( grep { /runs failed/ } $page->texts('title') ), 1, 'they are joined';
  my @marks = grep { /\Athe guard/ } $page->texts('title');
  cmp_ok scalar @marks, '<=', 101, 'marks do not pile up';
  is sum( map { /, and ([\d,]+) other/ ? 1 + $1 =~ s/,//r : 1 } @marks ), 4379,
    'each stop is in a mark';
};

subtest 'a list that failed for a month' => sub {
  my @runs =
    hourly_runs( $now, 60, sub { $_[0] > 720 ? failed_run( $_[1], 'network', 'no way' ) : () } );
  my $series = series_of(@runs);
  is_deeply [ map { [ @{$_}{qw(status count until)} ] } $series->episodes ],
    [ [ 'network', 719, $now ] ], 'it is one failure, which goes on';
  my %paths =
    map { $_->{values}{class} => $_->{values}{d} } reverse drawn($series)->elements('path');
  like $paths{'course unsure'},  qr/\AM50\d\.\d [\d.]+H1000\.0\z/, 'the line is broken to the end';
  unlike $paths{'course lines'}, qr/H1000/,                        'and whole before';
};

subtest 'one run, or none' => sub {
  my $one = series_of( good_run( $now - $hour, 0, 12 ) );
  is_deeply [ $one->levels ], [ [ $now - $hour, 12 ] ], 'one run: the lines that it left';
  is $one->end - $one->begin, $day, 'one run: a day is shown';
  my $page = drawn($one);
  is_deeply [ map { $_->{values}{d} } grep { $_->{inside}[-1] eq 'svg' } $page->elements('path') ],
    [ 'M958.3 34.0H1000.0', 'M0 6H16' ], 'one run: a line to the end, and its sample';
  my $failed = series_of( failed_run( $now - $hour, 'network', 'no way' ) );
  is_deeply [ $failed->levels ], [], 'one that failed: nothing is known of lines';
  is_deeply [ grep { /failed/ } titles($failed) ],
    ['1 run failed, 2026-11-29 13:40 to 2026-11-29 14:40'], 'one that failed: that is drawn';
  is_deeply [ series_of()->runs ], [], 'none';
  is_deeply [ series_of( good_run( $now + $day, 0, 1 ) )->runs ], [],
    'a run of a clock that was ahead does not count';
};

subtest 'levels' => sub {
  my $series = series_of(
    good_run( $now - 3 * $hour, 0, 10 ),
    failed_run( $now - 2.5 * $hour, 'network', 'x' ),
    good_run( $now - 2 * $hour, 10, 10 ),
    good_run( $now - $hour,     25, 12 ),
  );
  is_deeply [ map { $_->[1] } $series->levels ], [ 10, 25, 12 ],
    'what somebody else has changed is seen, and what failed is not';
  my $close = series_of( stopped_run( $now, 75, 1, 6 ), good_run( $now, 0, 70 ) );
  is_deeply [ map { $_->[1] } $close->levels ], [ 70, 75 ],
    'runs that began in the same second keep their order';
};

subtest 'times without runs' => sub {
  my @hourly = map { good_run( $now - $_ * $hour, 10, 10 ) } 1 .. 40, 140 .. 200;
  is_deeply [ map { ( $_->{until} - $_->{from} ) / $hour } series_of(@hourly)->gaps ], [100],
    'a gap among hourly runs';
  ok scalar( grep { /\Ano run, / } titles( series_of(@hourly) ) ), 'it is drawn';
  my @work = map {
    my $days = $_;
    map { good_run( $now - $days * $day - $_ * $hour, 10, 10 ) } 1 .. 10
  } grep { $_ % 7 > 1 } 2 .. 60;
  is_deeply [ series_of( good_run( $now - $hour, 10, 10 ), @work )->gaps ], [],
    'nights and weekends of a list that is kept in working hours';
  is_deeply [ series_of( good_run( $now - 30 * $day, 0, 1 ) )->gaps ], [], 'too few runs to tell';
  my ($last) = series_of( map { good_run( $now - 9 * $day - $_ * $hour, 10, 10 ) } 1 .. 40 )->gaps;
  is $last->{until}, $now, 'a cron that is dead';
};

subtest 'parts of time' => sub {
  is series_of( map { good_run( $now - $_ * $hour, 1, 1 ) } 1, 50 )->unit,  'hour', 'hours';
  is series_of( map { good_run( $now - $_ * $day,  1, 1 ) } 1, 50 )->unit,  'day',  'days';
  is series_of( map { good_run( $now - $_ * $day,  1, 1 ) } 1, 400 )->unit, 'week', 'weeks';
  my @days = series_of( map { good_run( $now - $_ * $day, 1, 1 ) } 1, 50 )->parts;
  is_deeply [ sort { $a <=> $b } keys %{ { map { $_->{end} - $_->{begin} => 1 } @days } } ],
    [ $day, 25 * $hour ], 'a day may have 25 hours';
};

subtest 'scales' => sub {
  for my $case (
    [ 0,   0,       '0 1' ],
    [ 1,   1,       '0 1' ],
    [ 120, 120,     '0 50 100 150' ],
    [ 118, 123,     '118 120 122 124' ],
    [ 0,   7,       '0 2 4 6 8' ],
    [ 10,  1000,    '0 500 1000' ],
    [ 900, 1000,    '900 950 1000' ],
    [ 0,   250_000, '0 100000 200000 300000' ],
    )
  {
    my ( $low, $high, $ticks ) = @{$case};
    is join( ' ', level_ticks( $low, $high ) ), $ticks, "$low to $high lines";
  }
  for my $length ( 1, 2, 3, 4, 9, 20, 33, 79, 81, 200, 365, 400, 1500 ) {
    my @ticks = time_ticks( $now - $length * $day, $now );
    cmp_ok scalar @ticks, '>=', 2, "$length days: two labels at least";
    cmp_ok scalar @ticks, '<=', 6, "$length days: not more than a phone has room for";
    is scalar( grep { $_->[0] < $now - $length * $day || $_->[0] > $now } @ticks ), 0,
      "$length days: all are within them";
  }
  is join( ' ', map { $_->[1] } time_ticks( $now - 365 * $day, $now ) ), '2026 Apr Jul Oct',
    'a year has months';
};

subtest 'words' => sub {
  is number(1_234_567),                 '1,234,567',    'a number';
  is count( 1, 'run' ),                 '1 run',        'one';
  is count( 2000, 'person', 'people' ), '2,000 people', 'many';
  is_deeply [ map { ago($_) } 0, 60, 3599, 3600, 172_799, 172_800 ],
    [ 'just now', '1 minute ago', '59 minutes ago', '1 hour ago', '47 hours ago', '2 days ago' ],
    'times';
  is plain_moment($now), '2026-11-29 14:40', 'a time of this machine\'s zone';
};

subtest 'reasons' => sub {
  my $id = '3b5f6a0e-9d0c-4f43-8a55-0c9f8c1f2a11';
  is kind_of(qq(mail "a"b" has no @, as "c"; see $id)), 'mail …; see …',
    'what is quoted and ids are taken out';
  my @kinds = left_out_by_reason(
    [ { reason => 'has no mail', count => 7 } ],
    { reason => 'has no mail' },
    { reason => 'mail "x" is odd' },
    { reason => 'mail "y" is odd' },
  );
  is_deeply [ map { [ $_->{kind}, $_->{count}, scalar @{ $_->{people} } ] } @kinds ],
    [ [ 'has no mail', 7, 1 ], [ 'mail … is odd', 2, 2 ] ], 'the run counts, and the audit names';
};

done_testing;
