package App::Entraid;

use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus qw(OK exit_status_of);
use App::Entraid::Manual     ();
use App::Entraid::Output     ();
use App::Entraid::Printable  qw(printable_path);
use App::Entraid::Signals    qw(stop_on_signal);
use EntraSync                ();

our $VERSION = '1.0.0';

# The subcommands. Each is a class with `options` and `run`, loaded when it is used.
my %CLASS = (
  completion => 'App::Entraid::Command::Completion',
  diff       => 'App::Entraid::Command::Diff',
  dropin     => 'App::Entraid::Command::Dropin',
  help       => 'App::Entraid::Command::Help',
  history    => 'App::Entraid::Command::History',
  lookup     => 'App::Entraid::Command::Lookup',
  report     => 'App::Entraid::Command::Report',
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
  delete $self->{class};
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
  my $class = $self->{class};
  return $class->fail( $error, $output, @arguments ) if $class && $class->can('fail');
  $output->complain("entraid: $error");
  return exit_status_of($error);
}

sub manual { return $_[0]{manual} }

sub commands { return sort keys %CLASS }

# Loads the class of a subcommand.
sub class_of {
  my ( $self, $name ) = @_;
  my $class = $CLASS{$name} // return;
  require( ( $class =~ s{::}{/}gr ) . '.pm' );
  return $class;
}

# Reads a command line. Returns code that does what it asks for and returns the exit status.
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
  $self->{class} = $class;
  require App::Entraid::Options;
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
subcommand that the command line names, reads its options and runs it. It turns whatever is thrown
into one line on the standard error and an exit status.

A subcommand is a class below C<App::Entraid::Command> with two methods. C<options> returns the
options that L<Getopt::Long> reads beside C<--help>. C<run> is given this object, the options
(C<App::Entraid::Options>) and the output (C<App::Entraid::Output>), and returns the exit status.
Each subcommand has an entry in C<%CLASS> in this file and a section in the command's manual.

A third method, C<completion>, is optional and says what a shell completes. It returns pairs. The
key of a pair is C<operands> or the name of an option. The value is a reference to an array of
words, or C<any> for every file, C<folders>, C<configurations> or C<nothing>.

So is a fourth one, C<fail>, of a subcommand that says in a way of its own why it could not do its
work. It is given what was thrown, the output and the command line, and returns the exit status.

Code that several subcommands share is in modules below C<App::Entraid>.

=head1 METHODS

=head2 new

  my $command = App::Entraid->new( manual => $path );

C<manual> is the file with the manual's POD. C<entraid help> shows parts of it.

=head2 run

  my $status = $command->run(@arguments);

Runs a subcommand. The arguments are those of the command line, in bytes. It prints on the standard
output and the standard error, and returns the exit status: 0, 1, 2 or 3 as the manual says. If a
signal (HUP, INT or TERM) arrives meanwhile, it stops the run and then ends the process.

=head2 manual

The manual, an C<App::Entraid::Manual>.

=head2 commands

The names of the subcommands.

=head2 class_of

  my $class = $command->class_of($name);

Loads the class of a subcommand and returns its name; C<undef> if there is no such subcommand.

=head1 ERRORS

No method throws.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
