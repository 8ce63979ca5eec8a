package App::Entraid::Command::Search;

# Prints the lines that configurations give: entraid search.
use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus qw(OK WARNING exit_status_of);
use App::Entraid::Printable  qw(printable);
use App::Entraid::Session    ();

sub options { return ( App::Entraid::Session->options, 'verbose|v' ) }

sub completion { return App::Entraid::Session->completion }

# Prints the lines that configurations give. It touches no file.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my $run = App::Entraid::Session->new($options);
  $run->attempt( sub { $_[0]->fetch } );
  $run->tell(
    $output,
    sub {
      my $talks = $options->value('verbose') || $output->is_terminal;
      $output->complain($_) for _remarks( $run, $talks );
      return map { printable($_) } $run->lines;
    } );
  return exit_status_of( $run->error ) if $run->error;
  return $run->lines ? OK : WARNING;
}

# What the standard error shows beside the lines: who is left out and why, and the figures. The
# figures appear if they are asked for, or if nobody was found, since they say why.
sub _remarks {
  my ( $run, $talks ) = @_;
  my $figures = $run->figures;
  my @remarks = $run->skips;
  return @remarks, "entraid: nobody was found: $figures; check GROUPID" unless $run->lines;
  return @remarks, $talks ? $figures : ();
}

1;
