package MadeRuns;

# Runs of a list as EntraSync::History has them, made up: the same ones each time.
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(failed_run good_run hourly_runs remember stopped_run);

use constant HOUR => 3600;

# The runs that EntraSync::History returns from now on, by the path of the list.
my %remembered;

# Lets EntraSync::History return these runs of a list in place of those that are remembered. It gets
# them as it returns them: the latest first.
sub remember {
  my ( $path, @runs ) = @_;
  require EntraSync::History;
  $remembered{$path} = \@runs;
  no warnings 'redefine';
  *EntraSync::History::runs = \&_runs;
  return;
}

sub _runs {
  my ( $class, %named ) = @_;
  my @runs = grep { $_->{began} >= ( $named{since} // 0 ) } @{ $remembered{ _path(%named) } // [] };
  my $most = $named{most} // @runs;
  splice @runs, $most if @runs > $most;
  return @runs;
}

# A list may be an object that does not tell its path. Then there is one list.
sub _path {
  my (%named) = @_;
  return ref $named{list} ? ( keys %remembered )[0] : $named{list};
}

# A run that went well. The lines are those before and after it.
sub good_run {
  my ( $began, $before, $after, %other ) = @_;
  return {
    began          => $began,
    seconds        => 1.25,
    status         => 'ok',
    message        => undef,
    changed        => $before != $after,
    lines_before   => $before,
    lines_after    => $after,
    added          => $after > $before ? $after - $before : 0,
    removed        => $after < $before ? $before - $after : 0,
    fetched        => $after + 3,
    excluded       => 2,
    disputed       => 0,
    skipped        => 3,
    requests       => 4,
    configurations => ['/server/example/config/entraid/senders.entraidconf'],
    groups         => [
      { id => '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d', excluded => 0, people => $after + 5 },
      { id => '0b1c2d3e-4f5a-4b6c-8d7e-8f9a0b1c2d3e', excluded => 1, people => 2 },
    ],
    reasons => [
      { reason => 'has no mail',             count => 2 },
      { reason => "mail \x{2026} has no \@", count => 1 },
    ],
    %other,
  };
}

# A run that failed.
sub failed_run {
  my ( $began, $status, $message, %other ) = @_;
  return {
    %{ good_run( $began, 0, 0 ) },
    status  => $status,
    message => $message,
    ( map { $_ => 0 } qw(fetched excluded skipped requests) ),
    ( map { $_ => [] } qw(groups reasons) ),
    %other,
  };
}

# A run whose change the guard stopped.
sub stopped_run {
  my ( $began, $lines, $added, $removed, %other ) = @_;
  return {
    %{ good_run( $began, $lines, $lines ) },
    status  => 'guard',
    message => "senders.txt: $removed of its $lines lines would go, and MAXREMOVED allows 50%",
    added   => $added,
    removed => $removed,
    %other,
  };
}

# An hourly run for each of some days before a time, the latest first. The code is given the hour,
# from 0 on, the time and the lines so far, and may return a run; otherwise people come and go.
sub hourly_runs {
  my ( $now,   $days, $code ) = @_;
  my ( $lines, $seed, @runs ) = ( 1180, 7 );
  my $hours = int 24 * $days;
  for my $hour ( 0 .. $hours - 1 ) {
    my $began = $now - HOUR * ( $hours - $hour ) + 1800;
    my $run   = $code ? $code->( $hour, $began, $lines ) : undef;
    if ( !$run ) {
      $seed = ( 1_103_515_245 * $seed + 12_345 ) % 2**31;
      my $step         = $seed >> 16;
      my $hour_of_week = $hour % 168;
      my $is_work      = $hour_of_week < 120 && $hour % 24 > 7 && $hour % 24 < 18;
      my $change       = $is_work && $step % 9 == 0 ? ( $step >> 4 ) % 9 - 3 : 0;
      $change += 34 if $hour % 8760 == 5904;
      $run = good_run( $began, $lines, $lines + $change, seconds => 0.9 + ( $step % 70 ) / 100 );
    }
    $lines = $run->{lines_after} if $run->{status} eq 'ok';
    unshift @runs, $run;
  }
  return @runs;
}

1;
