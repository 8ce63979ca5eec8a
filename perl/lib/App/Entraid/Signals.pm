package App::Entraid::Signals;

# Stops a run cleanly after a signal.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(stop_on_signal);

my %NUMBER = ( HUP => 1, INT => 2, TERM => 15 );

# Runs code that a signal can stop, and returns what the code returns. After a signal the code dies,
# so that it gives up what it has begun. Then the process ends by that signal, as if the signal had
# not been caught. If a module was just being loaded, the `die` looks like a fault of that module,
# which nobody sees.
sub stop_on_signal {
  my ($code) = @_;

  # A signal that is ignored stays ignored, as under nohup.
  my @names = grep { ( $SIG{$_} // '' ) ne 'IGNORE' } sort keys %NUMBER;
  my ( $signal, $result );

  # The first signal stops the run cleanly. A second one, from an impatient person, ends it at once.
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

  # If the signal is blocked, exit with the status that a shell would show for it.
  exit 128 + $NUMBER{$signal};
}

1;
