package Turns;

# Rounds in which everything that is compared takes its turn, so that a slow minute of the machine
# is slow for all of it.
use strict;
use warnings;
use Cost     qw(cost median_of);
use Exporter qw(import);

our @EXPORT_OK = qw(rounds rounds_for);

# How many rounds count: fewer where one takes long.
sub rounds_for {
  my ( $setting, $size ) = @_;
  my $most = $size > 100_000 ? 2 : $setting eq 'far' ? 3 : 5;
  return $ENV{ROUNDS} < $most ? $ENV{ROUNDS} : $most;
}

# Measures each run in each round, and returns the medians by the runs' names. The first round warms
# up and does not count. Cost.pm says what a run is.
sub rounds {
  my ( $rounds, @runs ) = @_;
  my %costs;
  for my $round ( 0 .. $rounds ) {
    for my $run (@runs) {
      my $cost = cost($run);
      push @{ $costs{ $run->{name} } }, $cost if $round > 0;
    }
  }
  return { map { $_ => median_of( @{ $costs{$_} } ) } keys %costs };
}

1;
