package App::Entraid::Metrics;

# Describes lists as metrics, in the text format that Prometheus reads.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable);
use Exporter                qw(import);

our @EXPORT_OK = qw(metrics_text);

# How many reasons a list names at most. Each is a time series, and the rest are `other`.
use constant MOST_REASONS => 10;

# The metrics: name, help, and code that is given an App::Entraid::ListCheck and returns the value,
# undef if it is not known, or arrays of a value and further labels beside `list`. Times are those
# at which something happened, so that they stay right while nobody writes the file. What a run did
# is that of the last one that went well.
my @METRICS = (
  [
    entrasync_list_status => 'How the list is: 0 is OK, 1 WARNING, 2 CRITICAL and 3 UNKNOWN.',
    sub { $_[0]->status }
  ],
  [ entrasync_list_lines => 'Lines in the list.', sub { $_[0]->state && $_[0]->state->lines } ],
  [
    entrasync_list_changed_timestamp_seconds => 'When the list was last changed.',
    sub { $_[0]->state && $_[0]->state->changed }
  ],
  [
    entrasync_list_last_run_timestamp_seconds => 'When the last run over the list began or ended.',
    sub { $_[0]->last->{run} }
  ],
  [
    entrasync_list_last_success_timestamp_seconds => 'When a run over the list last went well.',
    sub { $_[0]->last->{success} }
  ],
  [
    entrasync_list_interval_seconds => 'The usual time between two runs that went well.',
    sub { $_[0]->last->{interval} }
  ],
  [
    entrasync_list_last_success_duration_seconds => 'How long the last run took that went well.',
    sub { $_[0]->good->{seconds} }
  ],
  [
    entrasync_list_last_success_added_lines => 'Lines that came by the last run that went well.',
    sub { $_[0]->good->{added} }
  ],
  [
    entrasync_list_last_success_removed_lines => 'Lines that went by the last run that went well.',
    sub { $_[0]->good->{removed} }
  ],
  [
    entrasync_list_last_success_left_out =>
      'People or values that the last run that went well has left out.',
    sub { $_[0]->good->{skipped} }
  ],
  [
    entrasync_list_last_success_left_out_by_reason =>
      'The same by the kind of reason; the rarest ones are other.',
    sub { _by_reason( $_[0]->good ) }
  ],
  [
    entrasync_list_guard_stopped => 'Whether the guard holds a change of the list back.',
    sub { $_[0]->state && ( $_[0]->state->proposal ? 1 : 0 ) }
  ],
  [
    entrasync_list_credential_expiry_timestamp_seconds =>
      'When the first credential of the list ends.',
    sub { $_[0]->credential_end }
  ],
);

# The metrics of these checks. If two are of the same list, the first one counts. The first metric
# is named even if there are none: by that a file is known as one of entraid status.
sub metrics_text {
  my (@checks) = @_;
  my $text = q();
  for my $metric (@METRICS) {
    my ( $name, $help, $value ) = @{$metric};
    my ( @samples, %is_there );
    for my $check (@checks) {
      for my $found ( $value->($check) ) {
        my ( $number, @others ) = ref $found ? @{$found} : $found;
        my $labels = _labels( list => $check->label, @others );
        push @samples, "$name$labels " . _number($number) . "\n"
          if defined $number && !$is_there{$labels}++;
      }
    }
    $text .= join q(), "# HELP $name $help\n", "# TYPE $name gauge\n", @samples
      if @samples || $text eq q();
  }
  utf8::encode($text);
  return $text;
}

# How many were left out for which kinds of reasons.
sub _by_reason {
  my ($run)   = @_;
  my @reasons = @{ $run->{reasons} // [] };
  my @named   = splice @reasons, 0, MOST_REASONS;
  my $other   = 0;
  $other += $_->{count} for @reasons;
  return ( map { [ $_->{count}, reason => $_->{reason} ] } @named ),
    $other ? [ $other, reason => 'other' ] : ();
}

# Labels, with what would end a value escaped. A newline is printable by then.
#
# Source: Prometheus, "Exposition formats".
sub _labels {
  my (@pairs) = @_;
  my @labels;
  while ( my ( $name, $value ) = splice @pairs, 0, 2 ) {
    my $escaped = printable($value) =~ s/([\\\x22])/\\$1/gr;
    push @labels, qq($name="$escaped");
  }
  return '{' . join( ',', @labels ) . '}';
}

sub _number {
  my ($number) = @_;
  return 0 + sprintf '%.3f', $number;
}

1;
