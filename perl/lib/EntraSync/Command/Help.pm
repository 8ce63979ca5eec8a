package EntraSync::Command::Help;

use 5.016;
use strict;
use warnings;

use EntraSync::CommandLine::ExitStatus qw(OK);
use EntraSync::CommandLine::Printable  qw(printable_path);

sub options { return }

sub completion { return ( operands => [ EntraSync::Command->commands ] ) }

# Shows how entraid is called, or all about one of its commands.
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

__END__

=head1 NAME

EntraSync::Command::Help - entraid help

=cut
