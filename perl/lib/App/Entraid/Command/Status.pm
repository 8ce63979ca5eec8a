package App::Entraid::Command::Status;

# Reports the state of lists to monitoring: entraid status.
use 5.016;
use strict;
use warnings;

use App::Entraid::AgeLimits  ();
use App::Entraid::ExitStatus qw(UNKNOWN compare_exit_statuses exit_status_name worst_exit_status);
use App::Entraid::ListCheck  ();
use App::Entraid::NamedLists qw(check_paths is_input named_lists);
use App::Entraid::PerformanceData qw(performance_data);
use App::Entraid::Printable       qw(plugin_line printable_path);
use App::Entraid::Record          qw(error_record json_line);
use App::Entraid::RunHistory      ();
use App::Entraid::Templates       qw(template_names);

sub options {
  return qw(file=s template=s instance=s@ cron=s@ init=s audit=s compare=s state=s
    prometheus=s json), App::Entraid::AgeLimits->options;
}

sub completion {
  return (
    operands   => 'configurations',
    template   => [ template_names() ],
    instance   => 'folders',
    state      => 'folders',
    cron       => 'any',
    init       => 'any',
    compare    => 'any',
    prometheus => 'any',
    map { $_ => 'nothing' } qw(warning critical max-age),
  );
}

# Reports the state of lists without asking a server: a line for each list, the worst list first.
# Monitoring takes the first line as the summary, and whatever is behind the first `|` as figures.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  _check_metrics($options);
  my ( @lists, @found );
  if ( !eval { @lists = named_lists($options); @found = _checks( $options, @lists ); 1 } ) {
    my $error = $@;
    _disown_metrics( $options, @lists );
    die $error;
  }
  my @checks  = sort { compare_exit_statuses( $a->status, $b->status ) } @found;
  my $failure = _write_metrics( $options, \@lists, @checks );
  my $status  = worst_exit_status( $failure ? UNKNOWN : (), map { $_->status } @checks );

  if ( $options->value('json') ) {
    my %record = (
      status => exit_status_name($status),
      error  => $failure && error_record($failure),
      lists  => [ map { $_->record } @checks ],
    );
    $output->say( json_line( \%record ) );
    return $status;
  }
  my @lines =
    sort { compare_exit_statuses( $a->[0], $b->[0] ) } ( map { [ $_->status, $_->line ] } @checks ),
    $failure ? [ UNKNOWN, "UNKNOWN: $failure" ] : ();
  my ( $first, @others ) = map { plugin_line( $_->[1] ) } @lines;
  my $bad = grep { $_->status } @checks;
  $first .= "; $bad of " . @checks . ' lists are not OK' if $bad > 1;
  $output->say( join( ' | ', $first, performance_data(@found) || () ), @others );
  return $status;
}

# The checks of these lists.
sub _checks {
  my ( $options, @lists ) = @_;
  check_paths($options);
  my %named = (
    now    => time,
    limits => App::Entraid::AgeLimits->read($options),
    _audit( $options->value('audit') ),
    history => App::Entraid::RunHistory->new( $options->value('state') ),
    compare => scalar _copy( $options, @lists ),
  );
  return map { App::Entraid::ListCheck->new( $_, %named ) } @lists;
}

# Refuses a file for Prometheus that cannot be meant.
sub _check_metrics {
  my ($options) = @_;
  my $path = $options->value('prometheus') // return;
  return if $path =~ m{[^/][.]prom\z};
  return $options->refuse( '--prometheus takes a file that ends in .prom, since node_exporter reads'
      . ' no other, and not '
      . printable_path($path) );
}

# The audit that the command line names, or why it cannot be read: named arguments of a check.
sub _audit {
  my ($path) = @_;
  return unless defined $path;
  require App::Entraid::AuditFile;
  my $audit;
  my $fault = EntraSync::Error->catch( sub { $audit = App::Entraid::AuditFile->new($path) } );
  return $fault ? ( audit_fault => $fault->message ) : ( audit => $audit );
}

# Writes the file for Prometheus, if the command line names one. Returns the error, or undef. Then
# the lists are reported all the same.
sub _write_metrics {
  my ( $options, $lists, @checks ) = @_;
  my $path = $options->value('prometheus') // return;
  require App::Entraid::Metrics;
  require App::Entraid::MetricsFile;
  return EntraSync::Error->catch(
    sub {
      EntraSync::Error->throw(
        printable_path($path) . ' is a list or one of its configurations; name another file' )
        if is_input( $path, @{$lists} );
      App::Entraid::MetricsFile::write_metrics_file( $path,
        App::Entraid::Metrics::metrics_text(@checks) );
    } );
}

# Lets the file for Prometheus say nothing more of how the lists were. They are UNKNOWN, as far as
# they are known by name. Without any, a file that is there is emptied but for its first comment.
sub _disown_metrics {
  my ( $options, @lists ) = @_;
  return if !@lists && !-e ( $options->value('prometheus') // return );
  my @checks = map {
    App::Entraid::ListCheck->new(
      {
        label          => defined $_->{path} ? printable_path( $_->{path} ) : $_->{label},
        unknown        => q(),
        configurations => [],
      } )
  } @lists;
  return _write_metrics( $options, \@lists, @checks );
}

# Says why nothing is known, where monitoring reads it: on the standard output.
sub fail {
  my ( $class, $error, $output, @arguments ) = @_;
  my $line = plugin_line( 'UNKNOWN: ' . $error =~ s/\s+\z//r );
  if ( grep { $_ eq '--json' } @arguments ) {
    my %record =
      ( status => exit_status_name(UNKNOWN), lists => [], error => error_record($error) );
    $line = json_line( \%record );
  }
  return UNKNOWN
    if !$output->has_failed && eval { $output->say($line); $output->finish; 1 };
  $output->complain("entraid: $error");
  return UNKNOWN;
}

# Where the copies of another node are. A file, or the standard input, is the copy of one list.
sub _copy {
  my ( $options, @lists ) = @_;
  my $copy = $options->value('compare') // return;
  $options->refuse('--compare takes a copy of a list, and not an empty name') unless length $copy;
  my %names = map { ( $_->{path} // q() ) =~ s{.*/}{}sr => 1 } @lists;
  $options->refuse('--compare with --instance takes a folder with copies of the lists')
    if $options->value('instance') && !-d $copy;
  $options->refuse('--compare takes one instance at a time')
    if keys %names < @lists;
  return $copy;
}

1;
