package App::Entraid::RunHistory;

# Tells from the runs that are remembered how the last runs over a list ended.
use 5.016;
use strict;
use warnings;

use EntraSync::History ();

# How many of the last runs are looked at. If none of them went well, all are.
use constant RUNS => 50;

# Good runs that are closer to each other, in seconds, were started by hand. Of so many longer times
# between two good runs it is known how often a list is kept.
use constant { SHORT => 300, ENOUGH => 3 };

# How far another clock may be ahead, in seconds.
use constant AHEAD => 300;

# The runs in a folder; undef stands for where the runs of a list are remembered.
sub new {
  my ( $class, $folder ) = @_;
  return bless { folder => $folder }, $class;
}

# Returns a hash reference, or undef if no run over the list is remembered. The list is an
# EntraSync::List with a file, and `now` the time. `run` is when the last run began, in seconds
# since 1970. `success` is when a run last went well, and `good` that run, as EntraSync::History has
# it. `failure` is the message of the last run that has failed since then, and `failed` when that
# was. `interval` is how many seconds there usually are between two good runs. A key that does not
# apply is absent. Runs that a clock which was ahead has put into the future do not count.
sub last_runs {
  my ( $self, $list, $path, $now ) = @_;
  my @which =
    defined $self->{folder} ? ( list => $path, folder => $self->{folder} ) : ( list => $list );
  my @read    = EntraSync::History->runs( @which, most => RUNS );
  my $is_past = sub { $_[0]{began} <= $now + AHEAD };
  my $all     = sub {
    grep { $is_past->($_) } EntraSync::History->runs(@which);
  };
  my @runs = grep { $is_past->($_) } @read;

  # Runs that do not count must not hide those that do.
  if ( @runs < @read ) {
    @runs = $all->();
    splice @runs, RUNS if @runs > RUNS;
  }
  return unless @runs;
  my %last = ( run => $runs[0]{began} );
  @last{qw(failure failed)} = @{ $runs[0] }{qw(message began)} if defined $runs[0]{message};
  my @good = _good(@runs);
  @good = _good( $all->() ) if !@good;
  return \%last unless @good;
  @last{qw(success good)} = ( $good[0]{began}, $good[0] );
  my @times = map { $_->{began} } @good;
  my @between =
    sort { $a <=> $b } grep { $_ >= SHORT } map { $times[$_] - $times[ $_ + 1 ] } 0 .. $#times - 1;
  $last{interval} = $between[ $#between / 2 ] if @between >= ENOUGH;
  return \%last;
}

# The usual folder in which runs are remembered, if this user may not look into it. Otherwise undef,
# and if another folder was named: that one's runs then cannot be read, which is an error.
sub hidden_folder {
  my ($self) = @_;
  return if defined $self->{folder};
  my $folder = $ENV{ENTRASYNC_STATEDIR} // '/var/lib/entrasync';
  return -d $folder && !( -r _ && -x _ ) ? $folder : undef;
}

# The good ones of these runs.
sub _good {
  return grep { $_->{status} eq 'ok' } @_;
}

1;
