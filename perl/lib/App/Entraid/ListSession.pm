package App::Entraid::ListSession;

# One list, its configurations, and the result of a run.
use 5.016;
use strict;
use warnings;

use parent qw(App::Entraid::Session);

use Cwd qw(realpath);

use App::Entraid::Printable qw(printable_path shell_word);
use App::Entraid::Record    qw(change_record);
use EntraSync               ();

# The options of a subcommand that works on a list.
sub options { return ( 'file=s', App::Entraid::Session->options ) }

# Reads a list and its configurations from the command line.
sub new {
  my ( $class, $options ) = @_;
  my $file = $options->value('file');
  $options->refuse('--file, the list, is missing') unless length( $file // '' );
  my $self = $class->SUPER::new($options);
  $self->{file} = $file;
  return $self;
}

# The list's path, in bytes.
sub file { return $_[0]{file} }

sub place { return ( file => $_[0]{file} ) }

sub changes {
  my ($self) = @_;
  return map { $self->report->$_ . " $_" } qw(added removed);
}

sub record { return change_record( $_[0] ) }

# A command line that runs another subcommand on the same list.
sub command {
  my ( $self, @words ) = @_;
  my @template = defined $self->{template} ? ( '--template', $self->{template} ) : ();
  return join ' ', 'entraid', map { shell_word($_) } @words, '--file', $self->{file}, @template,
    ( grep { /\A-/ } $self->configurations ) ? '--' : (), $self->configurations;
}

sub open_list {
  my ($self) = @_;

  # Writing the list over a configuration would destroy the secret in it. The library recognises a
  # configuration only by the end of its name.
  EntraSync::Error->throw(
    printable_path( $self->{file} ) . ": is a configuration and no list; name the list's file" )
    if grep { _is_same( $self->{file}, $_ ) } $self->configurations;
  return $self->SUPER::open_list;
}

# Keeps to itself what cron was told before, if runs are remembered. Of troubles that are over it
# tells that.
sub quieten {
  my ($self) = @_;
  require EntraSync::History::Quiet;
  my $error = $self->error;
  my $quiet = EntraSync::History::Quiet->of(
    list     => $self->{list},
    subject  => realpath( $self->{file} ) // $self->{file},
    error    => $error,
    warnings => $error ? [] : $self->{warnings} );
  if ($error) {
    $self->{is_silent} = !$quiet->error;
    $self->{suffix}    = $quiet->suffix;
  } else {
    $self->{warnings} = [ $quiet->warnings ];
  }
  $self->{ended} = [ map { printable_path( $self->{file} ) . ": $_" } $quiet->ended($error) ];
  return;
}

# Whether two paths name the same file.
sub _is_same {
  my ( $one, $other ) = map { join q( ), ( stat $_ )[ 0, 1 ] } @_;
  return length $one && $one eq $other;
}

1;
