package Entraid;

# The command entraid, run as a person or cron runs it.
use strict;
use warnings;

use Carp     qw(croak);
use Exporter qw(import);
use JSON::PP ();
use Scratch  qw(content folder perl_folder);
use Terminal;

our @EXPORT_OK = qw(entraid entraid_on_terminal entraid_watched plugin_text);

# What the command finds in its environment beside PATH; a test may change it.
our %ENVIRONMENT = ( TERM => 'xterm' );

# Whether it has a standard input, and the file that this is, if it is not the test's own. A test
# may change both.
our $HAS_INPUT = 1;
our $INPUT;

# Runs it, and waits for its end.
sub entraid {
  my (@arguments) = @_;
  return __PACKAGE__->start(@arguments)->finish;
}

# The same on a terminal.
sub entraid_on_terminal {
  my (@arguments) = @_;
  my $terminal    = Terminal->new;
  my $self        = __PACKAGE__->start_to( $terminal->slave, @arguments );
  $self->{output} = $terminal->content;
  return $self->finish;
}

# The same with the standard error alone on a terminal, where somebody watches.
sub entraid_watched {
  my (@arguments) = @_;
  return __PACKAGE__->start_watched( Terminal->new, @arguments )->finish;
}

# What entraid status has printed for a person: without the figures, and without the remark that the
# runs of a list are not known, since most tests remember none.
sub plugin_text {
  my ($output) = @_;
  return $output =~ s/, no run of it is known| [|] .*//gr;
}

# Starts it; it goes on meanwhile.
sub start {
  my ( $class, @arguments ) = @_;
  my ( $path,  $output )    = _file('output');
  my $self = $class->start_to( $output, @arguments );
  $self->{path} = $path;
  return $self;
}

# The same with a terminal for the standard error.
sub start_watched {
  my ( $class, $terminal, @arguments ) = @_;
  my ( $path, $output ) = _file('output');
  my $self = $class->_start( $output, $terminal->slave, @arguments );
  $self->{path}     = $path;
  $self->{terminal} = $terminal;
  return $self;
}

# The same with a handle to print to; none for a standard output that is closed.
sub start_to {
  my ( $class, $output, @arguments ) = @_;
  my ( $path, $complaints ) = _file('complaints');
  my $self = $class->_start( $output, $complaints, @arguments );
  $self->{complaints} = $path;
  return $self;
}

# A new file to print to.
sub _file {
  my ($name) = @_;
  my $path = folder() . "/$name";
  open my $handle, '>', $path or croak "$path: $!";
  return ( $path, $handle );
}

sub _start {
  my ( $class, $output, $complaints, @arguments ) = @_;
  my $child = fork // croak "fork: $!";
  if ( !$child ) {
    local %ENV = ( PATH => $ENV{PATH}, ENTRASYNC_STATEDIR => 'none', %ENVIRONMENT );
    open STDERR, '>&', $complaints or die;
    if ($output) { open STDOUT, '>&', $output or die }
    else         { close STDOUT or die }
    if ( defined $INPUT ) { open STDIN, '<', $INPUT or die }
    $HAS_INPUT or close STDIN or die;
    exec $^X, ( map { "-I$_" } @INC ), perl_folder() . '/script/entraid', @arguments
      or die;
  }
  return bless { child => $child }, $class;
}

# Waits for its end.
sub finish {
  my ($self) = @_;
  $self->{watched} = delete( $self->{terminal} )->content if $self->{terminal};
  waitpid $self->{child}, 0;
  $self->{status} = $?;
  $self->{output} = content( $self->{path} ) if defined $self->{path};
  return $self;
}

# Sends it a signal.
sub signal {
  my ( $self, $name ) = @_;
  return kill $name => $self->{child};
}

# What it printed: on the standard output, and on the standard error.
sub output     { return $_[0]{output} }
sub complaints { return $_[0]{watched} // content( $_[0]{complaints} ) }

# How it ended: an exit status, or the signal that ended it.
sub exit_status { return $_[0]{status} & 127 ? undef : $_[0]{status} >> 8 }
sub ending      { return $_[0]{status} & 127 }

# Its output as the one JSON object that it must be; dies where it is none.
sub record {
  my ($self) = @_;
  my ( $line, @more ) = split /^/m, $self->output;
  croak 'that is no single line' if @more || !defined $line || $line !~ /\n\z/;
  return JSON::PP->new->utf8->decode($line);
}

1;
