package EntraSync::Command::Write;

use 5.016;
use strict;
use warnings;

use EntraSync::CommandLine::ExitStatus qw(OK);
use EntraSync::CommandLine::ListRun    ();
use EntraSync::CommandLine::Printable  qw(printable printable_path);
use EntraSync::CommandLine::Run        ();

sub options { return ( EntraSync::CommandLine::ListRun::options(), qw(accept-change verbose|v) ) }

sub completion { return EntraSync::CommandLine::Run::completion() }

# Brings a list up to date.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my $run    = EntraSync::CommandLine::ListRun->new($options);
  my $accept = $options->value('accept-change') // 0;
  $run->attempt( sub { $_[0]->accept_change($accept)->write } );
  $output->has_done('the list was written') if $run->report && $run->report->changed;
  my $talks = $options->value('verbose') || $output->is_terminal;
  $run->tell( $output, sub { $talks ? _summary($run) : () } );
  return $run->error ? EntraSync::CommandLine::ExitStatus::of( $run->error ) : OK;
}

sub _summary {
  my ($run)    = @_;
  my $report   = $run->report;
  my $verdict  = $report->changed       ? 'was written'                   : 'is as it was';
  my $accepted = defined $report->guard ? '; accepted: ' . $report->guard : '';
  return printable_path( $run->file ) . " $verdict: " . $run->figures . printable($accepted);
}

1;

__END__

=head1 NAME

EntraSync::Command::Write - entraid write

=cut
