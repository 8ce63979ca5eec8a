package Simulator;

# The simulator of Entra ID and Graph, served while an object of this class lives.
use strict;
use warnings;

use Carp    qw(croak);
use Scratch qw(write_file);
use Tree    qw(needs_of_tree top);

# No test remembers its runs in the folder of an installed entrasync.
$ENV{ENTRASYNC_STATEDIR} //= 'none';    ## no critic (RequireLocalizedPunctuationVars)

# The object id of a group that the simulator does not have.
our $UNKNOWN_GROUP = 'a0000000-0000-4000-8000-0000000000ff';

# The one person of the group `single`, as lists show it.
our $ADDRESS = 'ainoa.jasen@example.com';
our $PHONE   = '040123123123';

sub program {
  my ($program) = grep { defined && -x } $ENV{GRAPH_SIMULATOR},
    map { top() . "/.build/$_/graph-simulator" } qw(release debug);
  needs_of_tree('graph-simulator') unless defined $program;
  return $program // croak 'graph-simulator is not built; run make build, or set GRAPH_SIMULATOR';
}

# Starts it; the flags are the program's.
sub start {
  my ( $class, @flags ) = @_;
  my $program = program();

  # The death signal ends it even where the test is killed.
  my $pid = open my $output, '-|', qw(setpriv --pdeathsig TERM), $program, @flags
    or croak "$program: $!";
  my $self = bless { pid => $pid, output => $output, owner => $$ }, $class;
  $self->_read($output) or croak "$program ended before it was ready";
  return $self;
}

# One that somebody else has started; its configuration is in this file.
sub at {
  my ( $class, $path ) = @_;
  open my $file, '<', $path or croak "$path: $!";
  my $self = bless {}, $class;
  $self->_read($file);
  return $self;
}

# Reads the configuration and the ids of groups that it prints, up to the line `# ready`.
sub _read {
  my ( $self, $output ) = @_;
  $self->{groups} = { unknown => $UNKNOWN_GROUP };
  while ( my $line = <$output> ) {
    return 1 if $line =~ /^# ready/;
    $self->{values}{$1} = $2 if $line =~ /^(\w+) = (.*)/;
    $self->{groups}{$1} = $2 if $line =~ /^# group (\w+) (\S+)/;
  }
  return 0;
}

# Writes a configuration for it, with these values instead of its own. GROUPID may be the name of a
# group; undef leaves a key out.
sub configuration {
  my ( $self, $path, %other ) = @_;
  my %values = ( %{ $self->{values} }, %other );
  $values{GROUPID} = $self->{groups}{ $values{GROUPID} } // $values{GROUPID};
  return write_file( $path,
    map { "$_ = $values{$_}\n" } grep { defined $values{$_} } sort keys %values );
}

# The object id of a group.
sub group {
  my ( $self, $name ) = @_;
  return $self->{groups}{$name} // croak "the simulator names no group $name";
}

# The client secret as the configuration has it.
sub secret {
  my ($self) = @_;
  return $self->{values}{CLIENTSECRET};
}

# Kills the simulator, which has nothing to tidy up, and waits until it has ended. A configuration
# that is made from it afterwards has no time to ask a second time.
sub stop {
  my ($self) = @_;
  my $pid = delete $self->{pid} or return;
  $self->{values}{TIMEOUT} = 2;
  local ( $?, $! );
  kill KILL => $pid;
  close $self->{output};
  return;
}

# A thread has no copy that could end it.
sub CLONE_SKIP { return 1 }

sub DESTROY {
  my ($self) = @_;
  $self->stop if $self->{pid} && $self->{owner} == $$;
  return;
}

1;
