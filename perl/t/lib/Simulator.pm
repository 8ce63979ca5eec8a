package Simulator;

# The simulator of Entra ID and Graph, served while an object of this class lives.
use strict;
use warnings;

use Carp    qw(croak);
use Scratch qw(top write_file);

# The object ids of the groups that the simulator has, and one that it has not.
our %GROUP = (
  main     => 'a0000000-0000-4000-8000-000000000001',
  nested   => 'a0000000-0000-4000-8000-000000000002',
  oddities => 'a0000000-0000-4000-8000-000000000004',
  empty    => 'a0000000-0000-4000-8000-000000000005',
  single   => 'a0000000-0000-4000-8000-000000000006',
  unknown  => 'a0000000-0000-4000-8000-0000000000ff',
);

# The one person of the group `single`, as lists show it.
our $ADDRESS = 'ainoa.jasen@example.com';
our $PHONE   = '040123123123';

sub program {
  my ($program) = grep { defined && -x } $ENV{GRAPH_SIMULATOR},
    map { top() . "/.build/$_/graph-simulator" } qw(release debug);
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

# Reads the configuration that it prints, to the line that says that it is ready.
sub _read {
  my ( $self, $output ) = @_;
  while ( my $line = <$output> ) {
    return 1 if $line =~ /^# ready/;
    $self->{values}{$1} = $2 if $line =~ /^(\w+) = (.*)/;
  }
  return 0;
}

# Writes a configuration for it, with other values in the place of some; undef leaves a key out.
sub configuration {
  my ( $self, $path, %other ) = @_;
  my %values = ( %{ $self->{values} }, %other );
  $values{GROUPID} = $GROUP{ $values{GROUPID} } // $values{GROUPID};
  return write_file( $path,
    map { "$_ = $values{$_}\n" } grep { defined $values{$_} } sort keys %values );
}

# The client secret as the configuration has it.
sub secret {
  my ($self) = @_;
  return $self->{values}{CLIENTSECRET};
}

# Ends it, at once and for sure since it leaves nothing to be tidied, and waits until it has. What is
# configured from it afterwards has no time to ask a second time.
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
