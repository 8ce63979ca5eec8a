package App::Entraid::RunHistory;

# Tells from the runs that are remembered how the last runs over a list ended.
use 5.016;
use strict;
use warnings;

use EntraSync::History ();

# How many of the last runs are looked at.
use constant RUNS => 50;

# From how many good runs on it is known how often a list is kept.
use constant ENOUGH => 4;

# The runs in a folder; undef stands for the usual one.
sub new {
  my ( $class, $folder ) = @_;
  return bless { folder => $folder }, $class;
}

# Returns a hash reference, or undef if no run over the list is remembered. `success` is when a run
# last went well, in seconds since 1970. `failure` is the message of the last run that has failed
# since then. `interval` is how many seconds there usually are between two good runs. A key that
# does not apply is absent.
sub last_runs {
  my ( $self, $list ) = @_;
  my @runs = EntraSync::History->runs( list => $list, folder => $self->{folder}, most => RUNS )
    or return;
  my %last;
  $last{failure} = $runs[0]{message} if defined $runs[0]{message};
  my @good = map { $_->{began} } grep { $_->{status} eq 'ok' } @runs;
  return \%last unless @good;
  $last{success} = $good[0];
  my @between = sort { $a <=> $b } map { $good[$_] - $good[ $_ + 1 ] } 0 .. $#good - 1;
  $last{interval} = $between[ $#between / 2 ] if @good >= ENOUGH;
  return \%last;
}

1;
