package App::Entraid::Dropin::Change;

# Changes of several files, of which all are made or none.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Files qw(drop drop_folder is_there lead make_folder put temporary);
use EntraSync::Error            ();
use File::Basename              qw(dirname);
use POSIX                       qw(SIG_BLOCK SIG_SETMASK);
use Scalar::Util                qw(blessed);

# Has the code change files through this object: all of them, or none. It takes milliseconds, so
# that a signal waits for its end.
sub make {
  my ( $class, $code ) = @_;
  my $self   = bless { undo => [], held => [] }, $class;
  my $block  = POSIX::SigSet->new( POSIX::SIGHUP(), POSIX::SIGINT(), POSIX::SIGTERM() );
  my $before = POSIX::SigSet->new;
  my $done   = eval {
    POSIX::sigprocmask( SIG_BLOCK, $block, $before );
    $code->($self);
    1;
  };
  my $error     = $@;
  my $is_undone = $done || $self->_undo;
  eval { drop($_) } for @{ $self->{held} };
  POSIX::sigprocmask( SIG_SETMASK, $before );
  return if $done;
  die $error if !blessed $error;
  my $outcome = $is_undone ? 'all is as it was' : 'not all is as it was';
  EntraSync::Error->throw( "$error; $outcome; mend that, or run it as root, and try again",
    $error->status_name );
}

# These do what those of App::Entraid::Dropin::Files do.
sub put_file {
  my ( $self, $path, @content ) = @_;
  $self->_hold($path);
  put( $path, @content );
  return;
}

sub lead_to {
  my ( $self, $path, $file ) = @_;
  $self->_hold($path);
  lead( $path, $file );
  return;
}

sub drop_file {
  my ( $self, $path ) = @_;
  $self->_hold($path);
  drop($path);
  return;
}

sub make_folder_for {
  my ( $self, $path ) = @_;
  push @{ $self->{undo} }, sub { drop_folder($path) };
  make_folder($path);
  return;
}

# Gives a file another name, by which it can be put back, with all that is known of it.
sub _hold {
  my ( $self, $path ) = @_;
  if ( !is_there($path) ) {
    push @{ $self->{undo} }, sub { drop($path) };
    return;
  }
  my $held = temporary( dirname($path) );
  push @{ $self->{held} }, $held;
  lead( $held, $path );
  push @{ $self->{undo} }, sub { lead( $path, $held ) };
  return;
}

# Puts everything back, in the order of the last one first. Returns whether that could be done: where
# it ends before, the files are as a killed run leaves them, for the next run to go on.
sub _undo {
  my ($self) = @_;
  return eval { $_->() for reverse @{ $self->{undo} }; 1 };
}

1;
