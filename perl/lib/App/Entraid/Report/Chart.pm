package App::Entraid::Report::Chart;

# The chart of a list: its lines over time, what came and went, and when runs failed.
#
# It is as wide as the page, and its text keeps its size: places across are percentages, and only
# what has no text is stretched. So it needs no script.
use 5.016;
use strict;
use warnings;

use App::Entraid::Report::Markup qw(element);
use App::Entraid::Report::Scale  qw(level_ticks time_ticks);
use App::Entraid::Report::Words  qw(count number plain_moment);
use Exporter                     qw(import);
use List::Util                   qw(max min);

our @EXPORT_OK = qw(chart);

# Heights in pixels.
use constant { TOP => 20, LINES => 170, STRIP => 8, BARS => 84, FOOT => 26, GAP => 18 };

# How wide the chart is in the units of what is stretched, how wide at least what must be seen is,
# and how many marks it has at most.
use constant { WIDTH => 1000, LEAST => 4, MARKS => 100 };

# What is explained below the chart, if it is there: the class of its sample, and its name.
my @LEGEND = (
  [ lines   => 'Lines' ],
  [ unsure  => 'Lines while no run went well' ],
  [ came    => 'Came' ],
  [ gone    => 'Gone' ],
  [ failed  => 'Runs failed' ],
  [ missing => 'No runs' ],
  [ stopped => 'The guard stopped a change' ],
);

# The names of a column's part of time.
my %UNIT = ( hour => 'Hour', day => 'Day', week => 'Week from' );

# A figure with the chart and the same figures in a table. The series has a run. The name is unique
# in the page.
sub chart {
  my ( $series, $name ) = @_;
  my $self = bless {
    series => $series,
    name   => $name,
    parts  => [ $series->parts ],
    has    => {},
    },
    __PACKAGE__;
  return element( 'figure', { class => 'chart' }, $self->_image, $self->_legend, $self->_table );
}

sub _image {
  my ($self) = @_;
  $self->{bottom} = TOP;
  my @drawn  = ( $self->_lines, $self->_strip, $self->_bars );
  my $height = $self->{bottom} + FOOT;
  my ( $title, $description ) = map { "$self->{name}-$_" } qw(title description);
  return element(
    'svg',
    {
      class             => 'graph',
      role              => 'img',
      width             => '100%',
      height            => $height,
      overflow          => 'visible',
      'aria-labelledby' => "$title $description",
    },
    element( 'title', { id => $title },       'Lines over time' ),
    element( 'desc',  { id => $description }, $self->_description ),
    $self->_times,
    @drawn
  );
}

# What somebody is told who does not see the chart.
sub _description {
  my ($self)   = @_;
  my $series   = $self->{series};
  my @levels   = map { $_->[1] } $series->levels;
  my @episodes = $series->episodes;
  my $stops    = grep { $_->{status} eq 'guard' } @episodes;
  my $totals   = $series->totals;
  my @said     = ( join ' to ', map { plain_moment($_) } $series->begin, $series->end );
  push @said, sprintf 'from %s to %s, %s at least, %s at most', count( $levels[0], 'line' ),
    count( $levels[-1], 'line' ), map { number($_) } min(@levels), max(@levels)
    if @levels;
  push @said, count( $totals->{came},   'line' ) . ' came, ' . number( $totals->{gone} ) . ' gone';
  push @said, count( $totals->{failed}, 'run' ) . ' failed';
  push @said, 'changes that the guard stopped: ' . number($stops) if $stops;
  return join( '; ', @said ) . '. The table below has the same figures.';
}

# Where a time is, in units of what is stretched, and as a percentage.
sub _unit {
  my ( $self,  $time ) = @_;
  my ( $begin, $end )  = ( $self->{series}->begin, $self->{series}->end );
  return sprintf '%.1f', max( 0, min( WIDTH, WIDTH * ( $time - $begin ) / ( $end - $begin ) ) );
}

sub _percent {
  my ( $self, $time ) = @_;
  return 100 * $self->_unit($time) / WIDTH . '%';
}

# What is as wide as the chart, however wide that is.
sub _stretched {
  my ( $y, $height, @drawn ) = @_;
  my %attributes = (
    y                   => $y,
    width               => '100%',
    height              => $height,
    viewBox             => join( q( ), 0, 0, WIDTH, $height ),
    preserveAspectRatio => 'none',
    overflow            => 'visible',
  );
  return element( 'svg', \%attributes, @drawn );
}

# A line across, and the label above it. What is drawn between the two is never over the label.
sub _across {
  my ( $y, $class ) = @_;
  return element( 'line', { class => $class, x2 => '100%', y1 => $y, y2 => $y } );
}

sub _label {
  my ( $y, $text ) = @_;
  return element( 'text', { y => $y - 4 }, $text );
}

# The times below the chart, each with a thin line through it.
sub _times {
  my ($self) = @_;
  my $foot = $self->{bottom};
  return map {
    my ( $time, $label ) = @{$_};
    my ( $unit, $x )     = ( $self->_unit($time), $self->_percent($time) );
    my $anchor = $unit < 0.04 * WIDTH ? 'start' : $unit > 0.96 * WIDTH ? 'end' : 'middle';
    (
      element( 'line', { class => 'tick', x1 => $x, x2 => $x, y1 => TOP, y2 => $foot + 5 } ),
      element( 'text', { x     => $x,     y  => $foot + 19, 'text-anchor' => $anchor }, $label ),
    );
  } time_ticks( $self->{series}->begin, $self->{series}->end );
}

# The lines of the list, and a mark for each change that the guard stopped.
sub _lines {
  my ($self) = @_;
  my @points = $self->{series}->points or return;
  $self->{has}{lines} = 1;
  my @levels = map { $_->[1] } @points;
  my @ticks  = level_ticks( min(@levels), max(@levels) );
  my $height = sub { LINES * ( $ticks[-1] - $_[0] ) / ( $ticks[-1] - $ticks[0] ) };
  my ( $end, $y ) = ( $self->{series}->end, sprintf '%.1f', TOP + $height->( $levels[-1] ) );
  my @heights = map { sprintf '%.1f', TOP + $height->($_) } @ticks;
  $self->{bottom} = TOP + LINES;
  return (
    ( map { _across( $_, 'rule' ) } @heights ),
    _stretched( TOP, LINES, $self->_course( $height, @points ) ),
    element( 'circle', { class => 'end', cx => '100%', cy => $y, r => 3.5 } ),
    ( map { _label( $heights[$_], number( $ticks[$_] ) ) } 0 .. $#ticks ),
    $self->_stops($height),
  );
}

# The course of the lines: whole where runs went well, and broken elsewhere.
sub _course {
  my ( $self, $height, @points ) = @_;
  my ( %paths, %pen, $level );
  for my $event ( $self->_events(@points) ) {
    my ( $time, $class, $lines ) = @{$event};
    $level = $lines // $level // next;
    my ( $x, $y ) = ( $self->_unit($time), sprintf '%.1f', $height->($level) );
    if ( defined $pen{x} && ( $x != $pen{x} || $y != $pen{y} ) ) {
      $paths{$class} .= "M$pen{x} $pen{y}" if ( $pen{class} // q() ) ne $class;
      $paths{$class} .= "H$x" . ( $y ne $pen{y} ? "V$y" : q() );
      $pen{class} = $class;
    }
    @pen{qw(x y)} = ( $x, $y );
  }
  $self->{has}{unsure} = 1 if $paths{unsure};
  return map { element( 'path', { class => "course $_", d => $paths{$_} } ) } sort keys %paths;
}

# Arrays of a time, the class of the line until then, and the number of lines from then on, if that
# becomes another: in the order of time.
sub _events {
  my ( $self, @points ) = @_;
  my @events = sort { $a->[0] <=> $b->[0] } (
    ( map { [ $_->[0], undef, $_->[1] ] } @points ),
    ( map { ( [ $_->{from}, 'lines' ], [ $_->{until}, 'unsure' ] ) } $self->_unsure ),
    [ $self->{series}->end, undef ],
  );
  my $class = 'lines';
  for my $event ( reverse @events ) { $class = $event->[1] //= $class }
  return @events;
}

# When no run went well.
sub _unsure {
  my ($self) = @_;
  return $self->_joined( $self->_failures, $self->{series}->gaps );
}

sub _failures {
  my ($self) = @_;
  return map { { from => $_->{first}{began}, until => $_->{until}, count => $_->{count} } }
    grep { $_->{status} ne 'guard' } $self->{series}->episodes;
}

# Times that overlap, or are too close to each other to be told apart, as one.
sub _joined {
  my ( $self, @times ) = @_;
  my $least = LEAST * ( $self->{series}->end - $self->{series}->begin ) / WIDTH;
  my @joined;
  for my $time ( sort { $a->{from} <=> $b->{from} } @times ) {
    my $last = $joined[-1];
    if ( $last && $time->{from} <= $last->{until} + $least ) {
      $last->{until} = max( $last->{until}, $time->{until} );
      $last->{count} += $time->{count} // 0;
    } else {
      push @joined, { count => 0, %{$time} };
    }
  }
  return @joined;
}

# A band below the lines that shows when runs failed, and when there was none.
sub _strip {
  my ($self)   = @_;
  my @failures = $self->_joined( $self->_failures );
  my @gaps     = $self->_joined( $self->{series}->gaps );
  return unless @failures || @gaps;
  my $y = $self->{bottom} + 6;
  $self->{bottom}       = $y + STRIP;
  $self->{has}{failed}  = 1 if @failures;
  $self->{has}{missing} = 1 if @gaps;
  return _stretched(
    $y, STRIP,
    ( map { $self->_band( 'missing', $_, 'no run' ) } @gaps ),
    ( map { $self->_band( 'failed',  $_, count( $_->{count}, 'run' ) . ' failed' ) } @failures ),
  );
}

# One time in that band.
sub _band {
  my ( $self, $class, $time, $what ) = @_;
  my ( $from, $until ) = map { $self->_unit( $time->{$_} ) } qw(from until);
  my $width = max( LEAST, $until - $from );
  my $when  = join ' to ', map { plain_moment( $time->{$_} ) } qw(from until);
  my %place = ( x => min( $from, WIDTH - $width ), width => $width, height => STRIP );
  return element( 'rect', { class => $class, %place }, element( 'title', "$what, $when" ) );
}

# The marks of changes that the guard stopped, where the line is.
sub _stops {
  my ( $self, $height ) = @_;
  my @stops = grep { $_->{status} eq 'guard' } $self->{series}->episodes;
  $self->{has}{stopped} = 1 if @stops;
  my %marks;
  for my $stop (@stops) {
    my $place = int( MARKS * $self->_unit( $stop->{first}{began} ) / WIDTH );
    push @{ $marks{$place} }, $stop;
  }
  return map { $self->_stop( $height, @{ $marks{$_} } ) } sort { $a <=> $b } keys %marks;
}

# The mark of stops that are too close to each other to be told apart.
sub _stop {
  my ( $self, $height, @stops ) = @_;
  my $run   = $stops[0]{first};
  my $when  = plain_moment( $run->{began} );
  my $title = "the guard stopped a change of $when: $run->{added} would have come and "
    . "$run->{removed} gone";
  $title .= ', and ' . count( @stops - 1, 'other change' ) . ' soon after' if @stops > 1;
  my $y = sprintf '%.1f', TOP + $height->( $run->{lines_before} );
  return element(
    'svg',
    { x => $self->_percent( $run->{began} ), y => $y, overflow => 'visible' },
    element( 'path', { class => 'stopped', d => 'M0-7 7 5H-7z' }, element( 'title', $title ) ) );
}

# Bars up for lines that came, and down for lines that have gone.
sub _bars {
  my ($self) = @_;
  my @parts = @{ $self->{parts} };
  my ( $came, $gone ) = map {
    my $key = $_;
    max( map { $_->{$key} } @parts )
  } qw(came gone);
  return unless $came || $gone;
  @{ $self->{has} }{qw(came gone)} = ( $came, $gone );
  my $top  = $self->{bottom} + GAP + 10;
  my $unit = BARS / ( $came + $gone );
  my $zero = sprintf '%.1f', $came * $unit;
  $self->{bottom} = $top + BARS;
  my @bars = map {
    my $part = $_;
    map { $self->_bar( $part, $_, $zero, $unit ) } qw(came gone)
  } @parts;
  return (
    ( $came ? _across( $top,        'rule' ) : () ),
    ( $gone ? _across( $top + BARS, 'rule' ) : () ),
    _stretched( $top, BARS, @bars ),
    _across( $top + $zero, 'zero' ),
    ( $came ? _label( $top,        '+' . number($came) )        : () ),
    ( $gone ? _label( $top + BARS, "\x{2212}" . number($gone) ) : () ),
  );
}

sub _bar {
  my ( $self, $part, $key, $zero, $unit ) = @_;
  my $lines = $part->{$key} or return;
  my ( $from, $until ) = map { $self->_unit( $part->{$_} ) } qw(begin end);
  my $height = max( 1, sprintf '%.1f', $lines * $unit );
  my $room   = ( $until - $from ) / 8;
  my %place  = (
    x      => sprintf( '%.1f', $from + $room ),
    width  => sprintf( '%.1f', max( 1, $until - $from - 2 * $room ) ),
    y      => $key eq 'came' ? $zero - $height : $zero,
    height => $height,
  );
  my $title = $self->_name_of($part) . q(: ) . count( $lines, 'line' ) . " $key";
  return element( 'rect', { class => $key, %place }, element( 'title', $title ) );
}

# What the colours and marks mean.
sub _legend {
  my ($self) = @_;
  return element(
    'ul',
    { class => 'legend' },
    map { element( 'li', _sample( $_->[0] ), $_->[1] ) } grep { $self->{has}{ $_->[0] } } @LEGEND
  );
}

sub _sample {
  my ($class) = @_;
  my %size = ( width => 16, height => 12, 'aria-hidden' => 'true' );
  my $drawn =
    $class =~ /\A(?:lines|unsure)\z/
    ? element( 'path', { class => "course $class", d => 'M0 6H16' } )
    : $class eq 'stopped' ? element( 'path', { class => $class, d => 'M8 0 15 12H1z' } )
    :   element( 'rect', { class => $class, x => 2, y => 1, width => 12, height => 10 } );
  return element( 'svg', \%size, $drawn );
}

# The same figures, the latest first.
sub _table {
  my ($self) = @_;
  my @parts  = @{ $self->{parts} };
  my $unit   = $UNIT{ $self->{series}->unit };
  my @heads  = ( $unit, 'Lines', 'Came', 'Gone', 'Runs', 'Failed', 'Stopped' );
  return element(
    'details',
    element( 'summary', 'The figures of the chart' ),
    element(
      'table',
      { class => 'figures' },
      element( 'caption', 'Lines at the end, and what happened. The latest come first.' ),
      element( 'thead',   element( 'tr', map { element( 'th', { scope => 'col' }, $_ ) } @heads ) ),
      element( 'tbody',   map { $self->_row($_) } reverse @parts ),
    ) );
}

sub _row {
  my ( $self, $part ) = @_;
  my $lines = defined $part->{lines} ? number( $part->{lines} ) : "\x{2013}";
  $lines .= sprintf ' (%s to %s)', map { number( $part->{$_} ) } qw(low high)
    if defined $part->{lines} && $part->{low} != $part->{high};
  my @name = split / /, $self->_name_of($part);
  return element(
    'tr',
    element( 'th', { scope => 'row' }, map { ( element( 'span', $_ ), q( ) ) } @name ),
    element( 'td', $lines ),
    map { element( 'td', number( $part->{$_} ) ) } qw(came gone runs failed stopped)
  );
}

# The hour, the day, or the first day of the week.
sub _name_of {
  my ( $self, $part ) = @_;
  my $name = plain_moment( $part->{begin} );
  return $self->{series}->unit eq 'hour' ? $name : $name =~ s/ .*//r;
}

1;
