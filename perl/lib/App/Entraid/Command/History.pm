package App::Entraid::Command::History;

# Shows the runs of a list that are remembered: entraid history.
use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus qw(OK WARNING);
use App::Entraid::Printable  qw(printable printable_path);
use App::Entraid::Record     qw(json_line json_truth);
use EntraSync::History       ();
use POSIX                    ();

# How many days are shown, if the command line does not say.
use constant DAYS => 7;

sub options { return qw(file=s state=s days=s json) }

sub completion { return ( state => 'folders', days => 'nothing' ) }

# Prints a line for each run, the latest first.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my $file = $options->value('file');
  $options->refuse('--file, the list, is missing') unless length( $file // '' );
  $options->refuse('it takes no operands') if $options->operands;
  my $days = $options->value('days') // DAYS;
  $options->refuse( '--days takes a number, such as 30, and not ' . printable_path($days) )
    unless $days =~ /\A[0-9]{1,5}(?:\.[0-9]+)?\z/;
  my @runs = EntraSync::History->runs(
    list   => $file,
    folder => $options->value('state'),
    since  => int( time - $days * 86_400 ),
  );
  if ( $options->value('json') ) {
    my %record = ( list => printable_path($file), runs => [ map { _record($_) } @runs ] );
    $output->say( json_line( \%record ) );
  } else {
    $output->say( map { printable( _line($_) ) } @runs );
    $output->complain("entraid: no run of the last $days days is remembered") unless @runs;
  }
  return @runs ? OK : WARNING;
}

sub _line {
  my ($run)   = @_;
  my $outcome = $run->{status} ne 'ok' ? 'failed' : $run->{changed} ? 'replaced' : 'unchanged';
  my @figures = ( POSIX::strftime( '%Y-%m-%d %H:%M', localtime $run->{began} ), $outcome );
  return join ' ', @figures, "($run->{status}): $run->{message}" if defined $run->{message};
  my @parts = (
    "$run->{lines_after} lines",
    "$run->{added} added",
    "$run->{removed} removed",
    "$run->{fetched} people",
    "$run->{skipped} left out",
    sprintf '%.1f s',
    $run->{seconds},
  );
  return "@figures: " . join ', ', @parts;
}

sub _record {
  my ($run) = @_;
  return {
    %{$run},
    changed        => json_truth( $run->{changed} ),
    configurations => [ map { printable($_) } @{ $run->{configurations} } ],
    groups         => [
      map {
        { %{$_}, excluded => json_truth( $_->{excluded} ) }
      } @{ $run->{groups} }
    ],
  };
}

1;
