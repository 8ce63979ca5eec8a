package App::Entraid::Report::Scale;

# Round numbers for the axes of a chart.
use 5.016;
use strict;
use warnings;

use App::Entraid::Report::Words qw(day month);
use Exporter                    qw(import);
use POSIX                       qw(ceil floor mktime);

our @EXPORT_OK = qw(level_ticks time_ticks);

# How many labels there is room for on a phone.
use constant MOST_TIMES => 6;

use constant { HOUR => 3600, DAY => 86_400 };

# Whole numbers from one at or below the lowest level to one at or above the highest. They begin at
# 0, unless the levels are close to each other and far from it.
sub level_ticks {
  my ( $low, $high ) = @_;
  $low  = 0 if $low < 0.6 * $high || $low == $high;
  $high = 1 if !$high;
  my $step  = _step( ( $high - $low ) / 4 );
  my $first = $step * floor( $low / $step );
  my $last  = $step * ceil( $high / $step );
  return map { $first + $_ * $step } 0 .. ( $last - $first ) / $step;
}

# Pairs of a time and its label.
sub time_ticks {
  my ( $begin, $end ) = @_;
  my $length = $end - $begin;
  return _hours( $begin, $end ) if $length <= 3 * DAY;
  return _months( $begin, $end ) if $length > 80 * DAY;
  my ($stride) = grep { $length / DAY / $_ < MOST_TIMES } 1, 2, 5, 7, 14, 28;
  my @ticks;
  for ( my $days = 1 ; ; $days += $stride ) {
    my $time = _time( $begin, 0, 0, $days );
    return @ticks if $time >= $end;
    push @ticks, [ $time, day($time) ];
  }
}

sub _hours {
  my ( $begin, $end ) = @_;
  my ($stride) = grep { ( $end - $begin ) / HOUR / $_ < MOST_TIMES } 1, 2, 3, 6, 12, 24;
  my @ticks;
  for ( my $hours = 0 ; ; $hours += $stride ) {
    my $time = _time( $begin, 0, $hours, 0 );
    return @ticks if $time >= $end;
    next if $time < $begin;
    my ( $minute, $hour ) = ( localtime $time )[ 1, 2 ];
    push @ticks, [ $time, $hour ? sprintf '%02d:%02d', $hour, $minute : day($time) ];
  }
}

# January has its year in place of its name.
sub _months {
  my ( $begin, $end ) = @_;
  my ($stride) = grep { ( $end - $begin ) / DAY / 30 / $_ < MOST_TIMES } 1, 2, 3, 6, 12, 24, 60;
  $stride //= 120;
  my @ticks;
  for ( my $months = 1 ; ; $months++ ) {
    my $time = _time( $begin, $months );
    return @ticks if $time >= $end;
    my ( $month, $year ) = ( localtime $time )[ 4, 5 ];
    next if ( 12 * $year + $month ) % $stride;
    push @ticks, [ $time, $month ? month($time) : 1900 + $year ];
  }
}

# The beginning of a month, or of a day and hour, that is so many after that of a time.
sub _time {
  my ( $time, $months, $hours, $days ) = @_;
  my ( $day, $month, $year ) = ( localtime $time )[ 3, 4, 5 ];
  return mktime( 0, 0, 0,      1,            $month + $months, $year, 0, 0, -1 ) if $months;
  return mktime( 0, 0, $hours, $day + $days, $month,           $year, 0, 0, -1 );
}

# A round whole number of at least this: 1, 2 or 5, with zeros.
sub _step {
  my ($least) = @_;
  my $power = 1;
  while (1) {
    for my $digit ( 1, 2, 5 ) { return $digit * $power if $digit * $power >= $least }
    $power *= 10;
  }
}

1;
