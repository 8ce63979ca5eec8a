package EntraSync::History::Quiet;

# What cron is told of a run: of a trouble that lasts, only what is news.
use 5.016;
use strict;
use warnings;

use EntraSync::Error   ();
use EntraSync::History ();

# Failures of one kind: nobody answers, whatever the reason.
my %OUTAGE = map { $_ => 1 } qw(network timeout throttled server);

# Failures of which the words change only if the fault does.
my %IS_STATIC = map { $_ => 1 } qw(configuration file invalid_argument permission not_found);

# Notes how a run has ended. It takes `list`, an EntraSync::List, if there is one; `subject`, what
# the run was about; `error`, an EntraSync::Error, if it has failed; and `warnings`, an array. If it
# is `loud`, or if it cannot be noted, everything is told, and nothing is over.
sub of {
  my ( $class, %named ) = @_;
  my @warnings = @{ $named{warnings} // [] };
  my $self     = bless {
    error    => $named{error},
    warnings => \@warnings,
    suffix   => q(),
    ended    => [] }, $class;
  return $self if $named{loud};
  my @news;
  my $failed = EntraSync::Error->catch(
    sub {
      @news = EntraSync::History->news(
        list     => $named{list},
        subject  => $named{subject},
        failure  => $named{error} ? _kind( $named{error} ) : undef,
        warnings => \@warnings
      );
    } );
  return $self if $failed || grep { !$_->{noted} } @news;
  $self->{is_noted} = 1;
  $self->{warnings} = [ map { $_->{text} } grep { !$_->{failure} && $_->{news} ne 'ends' } @news ];
  $self->{ended}    = [ grep { $_->{news} eq 'ends' } @news ];
  my ($failure) = grep { $_->{failure} && $_->{news} ne 'ends' } @news;
  if ($failure) {
    $self->{suffix} = _suffix($failure);
  } else {
    delete $self->{error};
  }
  return $self;
}

# Whether it was noted how the run has ended. Otherwise everything is told.
sub is_noted { return $_[0]{is_noted} }

# The error, if cron is told of it; otherwise undef.
sub error { return $_[0]{error} }

# What is to be added to the error's text, such as ` (since 10:00)`.
sub suffix { return $_[0]{suffix} }

# The warnings of which cron is told.
sub warnings { return @{ $_[0]{warnings} } }    ## no critic (ProhibitBuiltinHomonyms)

# What is said of troubles that are over, as an array of texts. A failure that another kind of
# failure follows is not over for whoever reads it.
sub ended {
  my ( $self, $is_failed ) = @_;
  return if $is_failed;
  return map { _over($_) } @{ $self->{ended} };
}

# The kind of a failure. An outage changes its face from hour to hour. Any other failure is another
# one if another configuration is at fault, and a fault in a file if the words are others.
sub _kind {
  my ($error) = @_;
  my $name = $error->status_name;
  return 'outage' if $OUTAGE{$name};
  my $message = $error->message;
  my ($place) = $message =~ /\A(.*?\.entraidconf): /i;
  my $words   = $IS_STATIC{$name} ? $message =~ s/[0-9]+/.../gr : undef;
  return join q( ), $name, grep { defined } $error->aadsts_code, $error->server_code,
    $words // $place;
}

# Whether somebody is looking, who is told everything: a person at a terminal, or systemd's journal.
sub is_watched { return -t STDOUT || defined $ENV{JOURNAL_STREAM} }

sub _suffix {
  my ($trouble) = @_;
  my $since = clock_time( $trouble->{since} );
  return
      $trouble->{news} eq 'lasts'   ? " (since $since)"
    : $trouble->{news} eq 'returns' ? " (again; it comes and goes since $since)"
    :                                 q();
}

sub _over {
  my ($trouble) = @_;
  my $well      = 'since ' . clock_time( $trouble->{end} );
  my $long      = 'after ' . duration( $trouble->{end} - $trouble->{since} );
  return "all well again $well, $long" if $trouble->{failure};
  return "no longer $well, $long: $trouble->{text}";
}

# A time of the day, with the day if it is not today.
sub clock_time {
  my ( $time, $now ) = @_;
  my ( $minute, $hour, $day, $month, $year ) = ( localtime $time )[ 1 .. 5 ];
  my $clock    = sprintf '%02d:%02d', $hour, $minute;
  my $is_today = join( q( ), $day, $month, $year ) eq join q( ),
    ( localtime( $now // time ) )[ 3 .. 5 ];
  return $is_today ? $clock : sprintf '%d-%02d-%02d %s', $year + 1900, $month + 1, $day, $clock;
}

# How long something has lasted: `40 min`, `5 h` or `3 days`.
sub duration {
  my ($seconds) = @_;
  return int( $seconds / 60 + 0.5 ) . ' min' if $seconds < 5400;
  return int( $seconds / 3600 + 0.5 ) . ' h' if $seconds < 48 * 3600;
  return int( $seconds / 86_400 + 0.5 ) . ' days';
}

1;
