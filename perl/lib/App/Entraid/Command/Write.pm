package App::Entraid::Command::Write;

# Brings a list up to date: entraid write.
use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus  qw(OK exit_status_of);
use App::Entraid::ListSession ();
use App::Entraid::Printable   qw(printable printable_path);
use App::Entraid::Session     ();

sub options {
  return ( App::Entraid::ListSession->options, qw(accept-change adopt loud verbose|v) );
}

sub completion { return App::Entraid::Session->completion }

# Brings a list up to date.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my $run = App::Entraid::ListSession->new($options);
  my ( $accept, $adopt ) = map { $options->value($_) // 0 } qw(accept-change adopt);
  $run->attempt( sub { $_[0]->accept_change($accept)->adopt($adopt)->write } );
  $output->has_done('the list was written') if $run->report && $run->report->changed;
  $run->quieten unless _is_watched( $options, $output );
  my $talks = $options->value('verbose') || $output->is_terminal;
  $run->tell( $output, sub { $talks ? ( $run->skips, _summary($run) ) : () } );
  return $run->error ? exit_status_of( $run->error ) : OK;
}

# Whether somebody may be looking, who is told everything: a person, a program or a journal.
sub _is_watched {
  my ( $options, $output ) = @_;
  return 1 if grep { $options->value($_) } qw(accept-change adopt json loud verbose);
  require EntraSync::History::Quiet;
  return EntraSync::History::Quiet::is_watched() || -t STDERR || -t STDIN;
}

sub _summary {
  my ($run)    = @_;
  my $report   = $run->report;
  my $verdict  = $report->changed       ? 'was written'                   : 'is as it was';
  my $accepted = defined $report->guard ? '; accepted: ' . $report->guard : '';
  return printable_path( $run->file ) . " $verdict: " . $run->figures . printable($accepted);
}

1;
