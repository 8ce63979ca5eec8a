package App::Entraid::Dropin::Change;

# Changes several files: all of them, or none.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Files qw(drop drop_folder is_there lead make_folder put temporary);
use EntraSync::Error            ();
use File::Basename              qw(dirname);
use POSIX                       qw(SIG_BLOCK SIG_SETMASK);
use Scalar::Util                qw(blessed);

# Calls the code, which changes files through this object: all of them, or none. Signals are blocked
# until it ends, which takes milliseconds.
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

# These methods do what the functions of App::Entraid::Dropin::Files do, and can be undone.
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

# Makes a hard link to a file. It keeps the file with all its attributes, so that the file can be
# put back.
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

# Undoes every change, the last one first. Returns whether that could be done. If it could not, the
# files are as a killed run leaves them, and the next run can go on from there.
sub _undo {
  my ($self) = @_;
  return eval { $_->() for reverse @{ $self->{undo} }; 1 };
}

1;
