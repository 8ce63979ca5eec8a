package App::Entraid::Command::Help;

# Shows parts of the manual: entraid help.
use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus qw(OK);
use App::Entraid::Printable  qw(printable_path);

sub options { return }

sub completion { return ( operands => [ App::Entraid->commands ] ) }

# Shows how to call entraid, or describes one of its commands.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my ( $name, @more ) = $options->operands;
  $options->refuse('it takes one command') if @more;
  if ( defined $name ) {
    $options->refuse( 'there is no command ' . printable_path($name) )
      unless grep { $_ eq $name } $command->commands;
    $output->say( $command->manual->of_command($name) );
  } else {
    $output->say( $command->manual->overview );
  }
  return OK;
}

1;
