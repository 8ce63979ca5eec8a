package App::Entraid::Report::Series;

# What the runs of a list say about its course.
#
# That is its lines over time, what came and went, and when runs failed. A year of hourly runs
# becomes some hundred figures, and no stop is lost.
use 5.016;
use strict;
use warnings;

use POSIX qw(mktime);

# How far another clock may be ahead, in seconds. Later runs are left out.
use constant AHEAD => 300;

# How many points of time a line has at most. Each shows the first, the lowest, the highest and the
# last number of lines.
use constant POINTS => 400;

# Of so many runs it is known how often a list is kept.
use constant ENOUGH => 10;

use constant { HOUR => 3600, DAY => 86_400 };

# Up to how long a time is counted by the hour, and by the day. A longer one is by the week.
use constant { HOURLY => 3 * DAY, DAILY => 92 * DAY };

# Reads runs, as EntraSync::History has them, the latest first, up to the time `now`.
sub new {
  my ( $class, $runs, $now ) = @_;
  my @known = grep { $_->{began} <= $now + AHEAD } reverse @{$runs};

  # Runs that began in the same second keep their order.
  my @runs  = sort { $a->{began} <=> $b->{began} } @known;
  my $end   = @runs && $runs[-1]{began} > $now      ? $runs[-1]{began} : $now;
  my $begin = @runs && $end - $runs[0]{began} > DAY ? $runs[0]{began}  : $end - DAY;
  return bless { runs => \@runs, begin => $begin, end => $end }, $class;
}

# The runs, the oldest first.
sub runs { return @{ $_[0]{runs} } }

# The time that is shown.
sub begin { return $_[0]{begin} }
sub end   { return $_[0]{end} }

# How many lines the list had when, as pairs of a time and a number. The number holds until the next
# pair. A failed run says nothing about the lines. If the list was changed between two runs, the
# later run knows how many lines it found.
sub levels {
  my ($self) = @_;
  return @{
    $self->{levels} //= do {
      my @levels;
      for my $run ( grep { _knows_lines($_) } $self->runs ) {
        my ( $began, $before, $after ) = @{$run}{qw(began lines_before lines_after)};
        push @levels, [ $began, $before ] if @levels && $levels[-1][1] != $before;
        push @levels, [ $began, $after ] if !@levels || $levels[-1][1] != $after;
      }
      \@levels;
    }
  };
}

# The levels, but no more than a chart can show.
sub points {
  my ($self) = @_;
  my $width = ( $self->end - $self->begin ) / POINTS;
  my @slots;
  for my $level ( $self->levels ) {
    push @{ $slots[ ( $level->[0] - $self->begin ) / $width ] }, $level;
  }
  return map { _thinned($_) } grep { defined } @slots;
}

# What happened in each hour, day or week: hashes with `begin`, `end`, `runs`, `failed`, `stopped`,
# `came`, `gone`, and `lines`, `low` and `high`, which are undef until a run knows the lines.
sub parts {
  my ($self) = @_;
  my @bounds = $self->_bounds;
  my @parts  = map { _part( @bounds[ $_, $_ + 1 ] ) } 0 .. $#bounds - 1;
  my $index  = 0;
  for my $run ( $self->runs ) {
    $index++ while $index < $#parts && $run->{began} >= $parts[$index]{end};
    my $part = $parts[$index];
    $part->{runs}++;
    $part->{stopped}++ if $run->{status} eq 'guard';
    $part->{failed}++ if _is_failed($run);
    next unless $run->{status} eq 'ok';
    $part->{came} += $run->{added};
    $part->{gone} += $run->{removed};
  }
  _put_levels( \@parts, $self->levels );
  return @parts;
}

# What a part is: hour, day or week.
sub unit {
  my ($self) = @_;
  my $length = $self->end - $self->begin;
  return $length <= HOURLY ? 'hour' : $length <= DAILY ? 'day' : 'week';
}

# Times in which each run ended alike without success, the oldest first: hashes with `status`;
# `first` and `last`, the runs; `count`; and `until`, when the next run began, or the end.
sub episodes {
  my ($self) = @_;
  my @episodes;
  my $before;
  for my $run ( $self->runs ) {
    my $status = $run->{status};
    $before->{until} = $run->{began} if $before && $before->{status} ne $status;
    if ( $status eq 'ok' ) {
      $before = undef;
    } elsif ( $before && $before->{status} eq $status ) {
      $before->{last} = $run;
      $before->{count}++;
    } else {
      $before = { status => $status, first => $run, last => $run, count => 1, until => $self->end };
      push @episodes, $before;
    }
  }
  return @episodes;
}

# Times of which no run is remembered although the list is kept more often than that: hashes with
# `from` and `until`. Nights and weekends without runs are as long as many others, and do not count.
sub gaps {
  my ($self) = @_;
  my @times  = ( ( map { $_->{began} } $self->runs ), $self->end );
  my @gaps   = map { { from => $times[$_], until => $times[ $_ + 1 ] } } 0 .. $#times - 1;
  return if @gaps < ENOUGH;
  my @lengths = sort { $a <=> $b } map { $_->{until} - $_->{from} } @gaps;
  my ( $usual, $long ) = @lengths[ $#lengths / 2, 0.985 * $#lengths ];
  my $most = 3 * $usual > 1.5 * $long ? 3 * $usual : 1.5 * $long;
  return grep { $_->{until} - $_->{from} > $most } @gaps;
}

# How many of the runs went well, replaced the list, failed and were stopped; what came and went.
sub totals {
  my ($self) = @_;
  my %totals = map { $_ => 0 } qw(runs ok replaced failed stopped came gone);
  for my $run ( $self->runs ) {
    $totals{runs}++;
    $totals{stopped}++ if $run->{status} eq 'guard';
    $totals{failed}++ if _is_failed($run);
    next unless $run->{status} eq 'ok';
    $totals{ok}++;
    $totals{replaced}++ if $run->{changed};
    $totals{came} += $run->{added};
    $totals{gone} += $run->{removed};
  }
  return \%totals;
}

sub _is_failed {
  my ($run) = @_;
  return $run->{status} ne 'ok' && $run->{status} ne 'guard';
}

# Whether a run came to know how many lines the list has.
sub _knows_lines {
  my ($run) = @_;
  return !_is_failed($run);
}

# The first, the lowest, the highest and the last of some levels, in the order of time.
sub _thinned {
  my ($levels) = @_;
  return @{$levels} if @{$levels} <= 4;
  my ( $low, $high ) = ( 0, 0 );
  for my $index ( 1 .. $#{$levels} ) {
    $low  = $index if $levels->[$index][1] < $levels->[$low][1];
    $high = $index if $levels->[$index][1] > $levels->[$high][1];
  }
  my %kept = map { $_ => 1 } 0, $low, $high, $#{$levels};
  return map { $levels->[$_] } sort { $a <=> $b } keys %kept;
}

sub _part {
  my ( $begin, $end ) = @_;
  return {
    begin => $begin,
    end   => $end,
    map { $_ => 0 } qw(runs failed stopped came gone)
  };
}

# Notes in each part the lines at its end, and the fewest and most.
sub _put_levels {
  my ( $parts, @levels ) = @_;
  my $lines;
  for my $part ( @{$parts} ) {
    my @known = defined $lines ? $lines : ();
    while ( @levels && ( $levels[0][0] < $part->{end} || $part == $parts->[-1] ) ) {
      $lines = ( shift @levels )->[1];
      push @known, $lines;
    }
    @known = sort { $a <=> $b } @known;
    @{$part}{qw(lines low high)} = ( $lines, @known[ 0, -1 ] ) if @known;
  }
  return;
}

# The beginnings of the parts in local time, and the end of the last one. Days of 23 and 25 hours
# are days too, and weeks begin on Monday.
sub _bounds {
  my ($self) = @_;
  my $unit   = $self->unit;
  my @bounds = _whole( $self->begin, $unit );
  while ( $bounds[-1] <= $self->end ) {
    push @bounds,
      $unit eq 'hour' ? $bounds[-1] + HOUR : _midnight( $bounds[-1], $unit eq 'day' ? 1 : 7 );
  }
  return @bounds;
}

# When the hour, day or week of a time began.
sub _whole {
  my ( $time, $unit ) = @_;
  return $time - $time % HOUR if $unit eq 'hour';
  return _midnight( $time, $unit eq 'day' ? 0 : -( ( ( localtime $time )[6] + 6 ) % 7 ) );
}

# The midnight before a time, or some days from there.
sub _midnight {
  my ( $time, $days ) = @_;
  my ( $day, $month, $year ) = ( localtime $time )[ 3, 4, 5 ];
  return mktime( 0, 0, 0, $day + $days, $month, $year, 0, 0, -1 );
}

1;
