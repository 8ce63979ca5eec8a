package App::Entraid::Command::Completion;

# Prints what a shell completes for entraid: entraid completion.
use 5.016;
use strict;
use warnings;

use App::Entraid::Completion qw(bash_completion);
use App::Entraid::ExitStatus qw(OK);

sub options { return }

sub completion { return ( operands => ['bash'] ) }

# Prints a script with which a shell completes entraid's command line.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  $options->refuse('it takes the name of a shell, which is bash')
    unless join( q( ), $options->operands ) eq 'bash';
  my $script =
    bash_completion( map { $_ => $command->class_of($_) } $command->commands );
  $output->say( $script =~ s/\n\z//r );
  return OK;
}

1;
