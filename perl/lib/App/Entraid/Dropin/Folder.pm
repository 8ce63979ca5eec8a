package App::Entraid::Dropin::Folder;

# Installs our modules in the product's folder of modules, and removes them.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Change   ();
use App::Entraid::Dropin::Files    qw(attempt digest drop drop_folder leftovers);
use App::Entraid::Dropin::Loader   qw(loader_text);
use App::Entraid::Dropin::Manifest ();
use App::Entraid::Dropin::Module   ();
use App::Entraid::Printable        qw(printable_path);
use EntraSync::Error               ();
use Fcntl                          qw(:flock O_DIRECTORY O_RDONLY);

# Opens the product's folder of modules, for the named modules.
sub new {
  my ( $class, $lib, @names ) = @_;
  my $self = bless { lib => $lib, folder => "$lib/SecAtGW", names => \@names }, $class;
  $self->_refuse( $lib, 'is not a folder; name the one that holds the folder SecAtGW' )
    unless -d $lib;
  $self->_refuse( $self->{folder}, 'is a symbolic link; name the folder that has SecAtGW in it' )
    if -l $self->{folder};
  $self->_refuse( $self->{folder}, 'is not a folder; move it away' ) if -e _ && !-d _;
  return $self;
}

sub lib { return $_[0]{lib} }

# The named modules in their present state.
sub modules {
  my ($self)   = @_;
  my $manifest = App::Entraid::Dropin::Manifest->new( $self->{folder} );
  my $folder   = $self->{folder};
  return
    map { App::Entraid::Dropin::Module->new( $folder, $_, $manifest->record($_) ) }
    @{ $self->{names} };
}

# Replaces the product's modules with ours. Returns whether anything had to be changed.
sub install {
  my ( $self, $accepts_change ) = @_;
  my $lock    = $self->_lock;
  my @modules = $self->_modules_to( 'install', $accepts_change );
  my %text    = map { $_->name => loader_text( $_->name ) } @modules;
  @modules =
    grep { !( $_->state eq 'entrasync' && $_->text eq $text{ $_->name } ) } @modules;
  return 0 unless @modules;

  my $manifest = App::Entraid::Dropin::Manifest->new( $self->{folder} );
  App::Entraid::Dropin::Change->make(
    sub {
      my ($change) = @_;
      if ( !-d $self->{folder} ) {
        $change->make_folder_for( $self->{folder} );
        $manifest->made_folder;
      }
      $manifest->set( $_->name, _record( $_, $text{ $_->name } ) ) for @modules;
      _write( $change, $manifest );
      for my $module (@modules) {
        $change->lead_to( $module->kept, $module->file )
          if $module->state =~ /\A(?:original|changed)\z/;
        $change->put_file( $module->file, $text{ $module->name }, stat $module->file );
      }
    } );
  return 1;
}

# Puts the product's modules back. Returns whether anything had to be changed.
sub remove {
  my ( $self, $accepts_change ) = @_;
  my $lock    = $self->_lock;
  my @modules = grep { $_->record } $self->_modules_to( 'remove', $accepts_change );
  return 0 unless @modules;

  my $manifest = App::Entraid::Dropin::Manifest->new( $self->{folder} );
  App::Entraid::Dropin::Change->make(
    sub {
      my ($change) = @_;
      for my $module (@modules) {
        my $is_ours = $module->state =~ /\A(?:entrasync|missing)\z/;
        if ( $is_ours && defined $module->record->{original} ) {
          $change->lead_to( $module->file, $module->kept );
        } elsif ($is_ours) {
          $change->drop_file( $module->file );
        }
        $change->drop_file( $module->kept );
      }
      $manifest->set( $_->name, undef ) for @modules;
      _write( $change, $manifest );
    } );
  drop_folder( $self->{folder} ) if $manifest->is_empty && $manifest->has_made_folder;
  return 1;
}

# The modules to change. Throws if one of them must not be changed.
sub _modules_to {
  my ( $self, $action, $accepts_change ) = @_;
  drop($_) for leftovers( $self->{folder} );
  my @modules = $self->modules;

  # A file that entrasync never put there is not removed, whatever it is.
  @modules = grep { $_->record || $_->is_loader } @modules if $action eq 'remove';
  for my $module (@modules) {
    my $objection = $module->objection // next;
    next if $accepts_change && $module->state eq 'changed';
    EntraSync::Error->throw( $objection, 'file' );
  }
  return @modules;
}

# Locks the folder for this process. The lock lasts as long as the handle that is returned.
sub _lock {
  my ($self) = @_;
  my $handle;
  attempt(
    $self->{lib},
    'cannot be opened',
    sub { sysopen $handle, $self->{lib}, O_RDONLY | O_DIRECTORY } );
  return $handle if flock $handle, LOCK_EX | LOCK_NB;
  return EntraSync::Error->throw(
    printable_path( $self->{lib} ) . ' is locked by another entraid dropin; try again', 'busy' );
}

sub _refuse {
  my ( $self, $path, $reason ) = @_;
  return EntraSync::Error->throw( '--lib: ' . printable_path($path) . " $reason" );
}

# The manifest's record of a module that ours replaces. The record is written before the file, so
# that the next run knows whatever a killed run leaves.
sub _record {
  my ( $module, $text ) = @_;
  my $record    = $module->record // {};
  my $is_theirs = $module->state =~ /\A(?:original|changed)\z/;
  my $installed = digest($text);
  return {
    original  => $is_theirs ? $module->fingerprint : $record->{original},
    installed => [ $installed, grep { $_ ne $installed } @{ $record->{installed} // [] } ],
  };
}

sub _write {
  my ( $change, $manifest ) = @_;
  my $path = $manifest->path;
  if   ( $manifest->is_empty ) { $change->drop_file($path) }
  else                         { $change->put_file( $path, $manifest->text, stat $path ) }
  return;
}

1;
