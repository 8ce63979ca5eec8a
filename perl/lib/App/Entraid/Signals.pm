package App::Entraid::Signals;

# Stops in good order when a signal says so.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(stop_on_signal);

my %NUMBER = ( HUP => 1, INT => 2, TERM => 15 );

# Runs code that a signal shall stop, and returns what it does. After such a signal all that the
# code has begun is given up, and then the process ends by that signal, as if nobody had caught it.
# What is still to be loaded is better loaded before: a `die` there is taken for a module's fault.
sub stop_on_signal {
  my ($code) = @_;

  # What nohup and the like have switched off stays off.
  my @names = grep { ( $SIG{$_} // '' ) ne 'IGNORE' } sort keys %NUMBER;
  my ( $signal, $result );

  # The first one stops in good order; one more, of somebody who cannot wait, at once.
  my $stop = sub {
    ($signal) = @_;
    $SIG{$_} = 'DEFAULT' for @names;
    die "stopped\n";
  };
  my $is_done = eval {
    local @SIG{@names} = ($stop) x @names;
    $result = $code->();
    1;
  };
  my $reason = $@;
  _end_by($signal) if defined $signal;
  return $result if $is_done;
  die $reason;
}

sub _end_by {
  my ($signal) = @_;
  local $SIG{$signal} = 'DEFAULT';
  kill $signal => $$;

  # Where it is blocked: what a shell would say.
  exit 128 + $NUMBER{$signal};
}

1;
