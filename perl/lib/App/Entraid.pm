package App::Entraid;

use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus qw(OK exit_status_of);
use App::Entraid::Manual     ();
use App::Entraid::Options    ();
use App::Entraid::Output     ();
use App::Entraid::Printable  qw(printable_path);
use App::Entraid::Signals    qw(stop_on_signal);
use EntraSync                ();

our $VERSION = '0.1.0';

# The commands: each is a class with `options` and `run`, loaded when it is asked for.
my %CLASS = (
  completion => 'App::Entraid::Command::Completion',
  diff       => 'App::Entraid::Command::Diff',
  dropin     => 'App::Entraid::Command::Dropin',
  help       => 'App::Entraid::Command::Help',
  lookup     => 'App::Entraid::Command::Lookup',
  search     => 'App::Entraid::Command::Search',
  status     => 'App::Entraid::Command::Status',
  test       => 'App::Entraid::Command::Test',
  write      => 'App::Entraid::Command::Write',
);

sub new {
  my ( $class, %named ) = @_;
  return bless { manual => App::Entraid::Manual->new( $named{manual} ) }, $class;
}

sub run {
  my ( $self, @arguments ) = @_;
  my $output = App::Entraid::Output->new;
  my $status = eval {
    my $task = $self->_task( $output, @arguments );
    stop_on_signal(
      sub {
        my $status = $task->();
        $output->finish;
        return $status;
      } );
  };
  return $status if defined $status;
  my $error = $@;
  $output->complain("entraid: $error");
  return exit_status_of($error);
}

sub manual { return $_[0]{manual} }

sub commands { return sort keys %CLASS }

# The class of a subcommand, loaded.
sub class_of {
  my ( $self, $name ) = @_;
  my $class = $CLASS{$name} // return;
  require( ( $class =~ s{::}{/}gr ) . '.pm' );
  return $class;
}

# What a command line asks for: code that does it and returns the exit status.
sub _task {
  my ( $self, $output, @arguments ) = @_;
  my $name = shift @arguments // EntraSync::Error->throw('a command is missing; see entraid help');
  if ( $name eq '--version' ) {
    return sub { $output->say("entraid $VERSION"); OK };
  }
  $name = 'help' if $name =~ /\A(?:-h|--help)\z/;
  my $class = $self->class_of($name)
    // EntraSync::Error->throw( 'there is no command '
      . printable_path($name)
      . '; there are '
      . join( ', ', $self->commands )
      . '; see entraid help' );
  my $options = App::Entraid::Options->new( $name, [ $class->options, 'help|h' ] );
  $options->read(@arguments);
  if ( $options->value('help') ) {
    return sub { $output->say( $self->manual->of_command($name) ); OK };
  }
  return sub { $class->run( $self, $options, $output ) };
}

1;

__END__

=encoding utf8

=head1 NAME

App::Entraid - the command entraid, without the process around it

=head1 SYNOPSIS

  use App::Entraid;

  my @arguments = ( 'diff', '--file', 'senders.txt', 'senders.entraidconf' );
  my $status    = App::Entraid->new->run(@arguments);
  print "exit status $status\n";

=head1 DESCRIPTION

F<entraid> is the administrator's command; C<man entraid> is its manual. This module finds the
subcommand that is asked for, has its options read, runs it, and turns whatever is thrown into one
line on the standard error and an exit status.

A subcommand is a class below C<App::Entraid::Command> with two methods: C<options> returns what
L<Getopt::Long> shall know beside C<--help>, and C<run> is given this object, the
options (C<App::Entraid::Options>) and the output (C<App::Entraid::Output>), and
returns the exit status. It has a line in the table above and a section in the command's manual. A
third method, C<completion>, may say what a shell completes beside files: a list of pairs, of which
C<operands>, or the name of an option, has a reference to an array of words, or C<any>, C<folders>,
C<configurations> or C<nothing>.
What several of them share is below C<App::Entraid>.

=head1 METHODS

=head2 new

  my $command = App::Entraid->new( manual => $path );

C<manual> is the file with the manual's POD, which C<entraid help> shows parts of.

=head2 run

  my $status = $command->run(@arguments);

Runs a subcommand, given as on the command line, in bytes. It prints on the standard output and the
standard error, and returns the exit status: 0, 1, 2 or 3 as the manual says. A signal (HUP, INT or
TERM) that comes meanwhile stops the run and then ends the process.

=head2 manual

The manual.

=head2 commands

The names of the subcommands.

=head2 class_of

  my $class = $command->class_of($name);

The class of a subcommand, loaded; C<undef> where there is no such subcommand.

=head1 ERRORS

None are thrown.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
