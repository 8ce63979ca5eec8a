package App::Entraid::Dropin::ScriptPerl;

# Runs a perl as the product's scripts do: with the product's init.pl, in a process of its own.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);
use EntraSync::Error        ();
use IO::Select              ();
use POSIX                   qw(WNOHANG);
use Time::HiRes             qw(sleep time);

# Where the product's scripts find init.pl, unless the command line names another one.
our $INIT = '/etc/opt/Sec@GW/init.pl';

# The perl of the product's scripts.
my $PERL = '/usr/bin/perl';

# How many seconds a child may take, and how many bytes of its output count.
our $LIMIT = 20;
my $MOST = 65_536;

# What the child runs. The answer goes where the standard output went, and what the product's files
# print goes to the standard error. A function of a module tells which file has answered.
my $PROGRAM = <<'PERL';
my ( $answer, $init, $lib, @asked );
BEGIN {
  open $answer, '>&', STDOUT or die;
  open STDOUT, '>&', STDERR or die;
  select( ( select($answer), $| = 1 )[0] );
  ( $init, $lib, @asked ) = splice @ARGV;
  if ( !length $init ) {
    unshift @INC, $lib if length $lib;
  } elsif ( !eval { require $init; 1 } ) {
    print {$answer} "died\0$@\n\0end\n\0";
    exit;
  }
}
print {$answer} join( "\0", 'inc', grep { !ref } @INC ), "\n\0";
print {$answer} join( "\0", 'base', defined $::base_path ? $::base_path : '' ), "\n\0";
require B if @asked;
while ( my ( $name, $function ) = splice @asked, 0, 2 ) {
  my @said;
  local $SIG{__WARN__} = sub { push @said, @_ };
  eval { require "SecAtGW/$name.pm"; 1 } or @said = $@;
  my $code = defined &{"SecAtGW::${name}::$function"} && \&{"SecAtGW::${name}::$function"};
  my $file = $code ? B::svref_2object($code)->FILE : '';
  print {$answer} join( "\0", $name, $file, @said ? $said[0] : '' ), "\n\0";
}
print {$answer} "end\n\0";
PERL

# A function that both the product's module and entrasync's have.
my %FUNCTION = ( EntraID => 'entraid_search', LDAPCrons => 'run_scripts' );

# Prepares to run the init.pl that the command line names, or else the product's. Without one the
# folder `lib`, unless it is empty, comes first in perl's search path.
sub new {
  my ( $class, $lib, $named ) = @_;
  my $self = bless { lib => $lib, init => $named // $INIT }, $class;
  return $self if -f $self->{init} && -r _;
  EntraSync::Error->throw( '--init: '
      . printable_path($named)
      . ( -e $named ? ' cannot be read' : ' does not exist' )
      . '; name the file that the product\'s scripts begin with' )
    if defined $named;
  $self->{has_none} = !-e $self->{init};
  return $self;
}

# The init.pl; undef if the product has none.
sub init { return $_[0]{has_none} ? undef : $_[0]{init} }

# What was not checked, for a person, if the product has no init.pl.
sub doubt {
  my ($self) = @_;
  return unless $self->{has_none};
  return
      printable_path( $self->{init} )
    . ' does not exist, so it was not checked whether the product\'s scripts look into '
    . printable_path( $self->{lib} )
    . ' first; name the file that they begin with by --init';
}

# The folders in which the product's scripts look for modules, in their order.
sub search_path {
  my ($self) = @_;
  my ($path) = grep { $_->[0] eq 'inc' } $self->_ask;
  my ( undef, @folders ) = @{ $path // [] };
  return @folders;
}

# What the product's get_status.sh says of this node, as its scripts ask it: ACTIVE on the node that
# does the work. It is undef if that cannot be asked.
sub node_status {
  my ($self)  = @_;
  my ($base)  = map { $_->[1] } grep { $_->[0] eq 'base' } $self->_ask;
  my $command = "$base/bin/get_status.sh";
  return unless length $base && -x $command;
  my ( $printed, undef, $trouble ) = _run( $command, $base );
  return if defined $trouble || $?;
  return $printed =~ s/\s+\z//r;
}

# Loads modules as a script does. Returns a hash for each module: `file`, the file whose code has
# answered, undef if none has; and `said`, the first line of what was warned or died of.
sub answers {
  my ( $self, @names ) = @_;
  my %answer;
  for my $found ( $self->_ask( map { $_ => $FUNCTION{$_} } @names ) ) {
    my ( $name, $file, $said ) = @{$found};
    $answer{$name} = { file => length $file ? $file : undef, said => scalar _first_line($said) }
      if $FUNCTION{$name};
  }
  return map { $answer{$_} // { file => undef, said => undef } } @names;
}

# Runs the child with these questions. Returns its answers, each a list of fields.
sub _ask {
  my ( $self, @asked ) = @_;
  my $init = $self->init // '';
  my ( $printed, $complaint, $trouble ) =
    _run( -x $PERL ? $PERL : $^X, '-e', $PROGRAM, '--', $init, $self->{lib}, @asked );
  my @answers  = map { [ split /\0/, s/\n\z//r, -1 ] } split /(?<=\n)\0/, $printed;
  my $has_died = @answers && $answers[0][0] eq 'died';
  return @answers if !$has_died && @answers && $answers[-1][0] eq 'end';

  # A module may end the process, too. Then it is not init.pl that cannot be run.
  my $what = @answers && !$has_died ? 'a module of the product' : printable_path($init);
  $trouble //= _first_line( $has_died ? $answers[0][1] : $complaint ) // 'it ended the process';
  return EntraSync::Error->throw(
    "$what could not be run as a script of the product does: $trouble; mend that, or name another"
      . ' file by --init',
    'file'
  );
}

# Runs a command apart from this process: without input, with cron's environment, in a process group
# of its own, and for a limited time. Returns what it printed on the standard output and the
# standard error, and why it was ended, if it was.
sub _run {
  my (@command) = @_;
  my ( @read, @write, @null );

  # If a standard stream is closed, the pipes must not take its place.
  while ( !@null || fileno $null[-1] <= 2 ) {
    open my $null, '<', '/dev/null'
      or EntraSync::Error->throw( "/dev/null cannot be read: $!", 'file' );
    push @null, $null;
  }
  for my $stream ( 0, 1 ) {
    pipe $read[$stream], $write[$stream] or EntraSync::Error->throw( "pipe: $!", 'file' );
  }
  my $child = fork // EntraSync::Error->throw( "fork: $!", 'file' );
  _become( [ $null[-1], @write ], @command ) if !$child;
  close $_ for @write, @null;

  my @text     = ( '', '' );
  my $end      = time + $LIMIT;
  my $select   = IO::Select->new(@read);
  my $is_ended = 0;
  my $done     = eval {
    while ( !$is_ended && time < $end ) {
      $is_ended = waitpid( $child, WNOHANG ) == $child;

      # Something that the child has started may keep the streams open after the child's end.
      my $is_read = 1;
      while ( $is_read && time < $end ) {
        $is_read = 0;
        sleep 0.01 unless $select->count;
        for my $ready ( $select->can_read( $is_ended ? 0 : 0.01 ) ) {
          my $stream = $ready == $read[0] ? 0 : 1;
          $is_read = sysread( $ready, my $bytes, $MOST );
          $select->remove($ready) unless $is_read;
          $text[$stream] .= $bytes if length $text[$stream] < $MOST;
        }
      }
    }
    1;
  };
  my $error = $@;
  kill KILL => -$child;
  waitpid $child, 0 unless $is_ended;
  die $error unless $done;
  return ( @text, $is_ended ? undef : "it did not end within $LIMIT seconds" );
}

# Turns a forked process into the command, with these standard streams.
sub _become {
  my ( $streams, @command ) = @_;
  setpgrp;
  $SIG{$_} = 'DEFAULT' for qw(HUP INT TERM);
  local %ENV = ( PATH => '/usr/bin:/bin', SHELL => '/bin/sh', HOME => $ENV{HOME} // '/' );
  POSIX::dup2( fileno $streams->[$_], $_ ) // POSIX::_exit(127) for 0 .. 2;
  chdir '/' and exec { $command[0] } @command;
  POSIX::_exit(127);
}

# The first line of what was printed, in text; undef if nothing was printed.
sub _first_line {
  my ($text) = @_;
  my ($line) = grep { /\S/ } split /\n/, $text // '';
  return unless defined $line;
  return printable_path( $line =~ s/\A\s+|\s+\z//gr );
}

1;
