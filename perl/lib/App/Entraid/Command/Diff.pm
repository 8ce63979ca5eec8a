package App::Entraid::Command::Diff;

# Shows what a run would change: entraid diff.
use 5.016;
use strict;
use warnings;

use App::Entraid::Color       qw(paint wants_color);
use App::Entraid::ExitStatus  qw(OK WARNING exit_status_of);
use App::Entraid::ListSession ();
use App::Entraid::ListState   ();
use App::Entraid::Options     ();
use App::Entraid::Printable   qw(printable printable_path shell_path);
use App::Entraid::Session     ();

sub options { return ( App::Entraid::ListSession->options, 'color=s' ) }

sub completion {
  return ( App::Entraid::Session->completion, color => [ App::Entraid::Options->choices ], );
}

# Shows what a run would change.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my $when = $options->choice('color');
  my $run  = App::Entraid::ListSession->new($options);
  $run->attempt( sub { $_[0]->preview } );
  my $is_colored = wants_color( $when, $output->is_terminal, \%ENV );
  $run->tell( $output, sub { _lines( $run, $is_colored ) } );
  return exit_status_of( $run->error ) if $run->error;
  return defined $run->report->guard ? WARNING : OK;
}

# The lines that a person is shown.
sub _lines {
  my ( $run, $is_colored ) = @_;
  my $report = $run->report;
  my @lines;
  for my $change ( _changes($report) ) {
    my ( $sign, $line ) = @{$change};
    $line = "$sign " . printable($line);
    push @lines, $is_colored ? paint( $sign, $line ) : $line;
  }
  push @lines, $run->skips;
  my $verdict = $report->changed ? 'would change' : 'would stay as it is';
  push @lines, printable_path( $run->file ) . " $verdict: " . $run->figures;
  push @lines, _advice( $run, $report->guard ) if defined $report->guard;
  return @lines;
}

# The removed and the added lines, merged in bytewise order.
sub _changes {
  my ($report) = @_;
  my @removed  = $report->removed_lines;
  my @added    = $report->added_lines;
  my @changes;
  while ( @removed || @added ) {
    my $goes = @removed && ( !@added || $removed[0] lt $added[0] );
    push @changes, $goes ? [ '-', shift @removed ] : [ '+', shift @added ];
  }
  return @changes;
}

# Why the guard would stop the change, and how a person can accept it.
sub _advice {
  my ( $run, $objection ) = @_;
  my @advice = printable("the guard would stop it: $objection");

  # Nobody can accept that nothing is found for a list without lines.
  my $report = $run->report;
  return @advice unless $report->removed || $report->written;

  # An acceptance is for what a stopped run has shown, and only for that.
  my $file   = $run->file;
  my $accept = $run->command(qw(write --accept-change));
  my $state  = App::Entraid::ListState->new($file);
  return @advice, 'to accept it, let a run propose it first: ' . $run->command('write'),
    'then look at ' . shell_path( $state->proposal_text ) . " and accept that once: $accept"
    unless $state->shows($report);
  push @advice,
      'if the change is right, as '
    . shell_path( $state->proposal_text )
    . " shows it, accept it once: $accept";

  # If the list is a symbolic link, the next run looks for the file beside the link's target.
  push @advice, 'or for the next run of cron: touch ' . shell_path("$file.accept") unless -l $file;
  return @advice;
}

1;
