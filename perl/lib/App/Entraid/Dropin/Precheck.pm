package App::Entraid::Dropin::Precheck;

# Refuses a folder in which entrasync's modules would be of no use to the product's scripts.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Loader qw(own_folders);
use App::Entraid::Printable      qw(printable_path);
use EntraSync::Error             ();
use Exporter                     qw(import);

our @EXPORT_OK = qw(refuse_unfit);

# Throws unless the modules of a folder can be replaced so that the product's scripts find ours.
# `is_new` allows a folder in which there is nothing to replace.
sub refuse_unfit {
  my ( $folder, $script, $is_new ) = @_;
  my $lib = $folder->lib;
  for my $own ( own_folders() ) {
    _refuse( $lib, 'holds entrasync itself; name the product\'s folder' )
      if _identity($own) eq _identity($lib);
  }
  my @modules = $folder->modules;
  _refuse( $lib,
        'has nothing to replace, since there is no '
      . join( ' and no ', map { 'SecAtGW/' . $_->name . '.pm' } @modules )
      . '; name the product\'s folder of modules, or put entrasync\'s there all the same with --new'
  ) unless $is_new || grep { $_->record || $_->state ne 'missing' } @modules;
  _check_search_path( $lib, $script, map { $_->name } @modules ) if defined $script->init;
  return;
}

# Throws unless perl looks for these modules in this folder first, as init.pl sets its search path.
sub _check_search_path {
  my ( $lib, $script, @names ) = @_;
  my $init    = printable_path( $script->init );
  my @folders = map { m{\A/} ? $_ : "/$_" } $script->search_path;
  my ($place) = grep { _identity( $folders[$_] ) eq _identity($lib) } 0 .. $#folders;
  my $others  = join ', ', map { printable_path($_) } grep { -d } @folders;
  _refuse( $lib,
    "is not in the search path that $init makes, so that no script looks there; name another file"
      . " by --init, or one of $others" )
    unless defined $place;
  for my $name (@names) {
    my ($other) = grep { -f } map { "$_/SecAtGW/$name.pm" } @folders[ 0 .. $place - 1 ];
    _refuse( $lib,
          "comes after another folder in the search path that $init makes, and scripts find "
        . printable_path($other)
        . '; name that folder by --lib, or move that file away' )
      if defined $other;
  }
  return;
}

# What two paths of one folder have in common.
sub _identity { return join ' ', ( stat $_[0] )[ 0, 1 ] }

sub _refuse {
  my ( $path, $reason ) = @_;
  return EntraSync::Error->throw( '--lib: ' . printable_path($path) . " $reason" );
}

1;
