package Product;

# A product's folder of modules, made up, with modules of its own in it.
use strict;
use warnings;

use Carp       qw(croak);
use Entraid    qw(entraid);
use Exporter   qw(import);
use File::Glob qw(bsd_glob);
use Scratch    qw(content folder perl_folder write_file);

our @EXPORT_OK = qw(dropin init_for loaded_by portrait);

# What the product's own modules are like.
our %MODE  = ( EntraID => 0640, LDAPCrons => 0755 );
our $MTIME = 1_577_836_800;

# Makes the folder with these modules of the product's in it, and returns its path.
sub make {
  my ( $class, @names ) = @_;
  my $lib = folder() . '/lib';
  mkdir "$_" or croak "$_: $!" for $lib, "$lib/SecAtGW";
  $class->put( $lib, $_, content( source_of($_) ) ) for @names, 'LDAPStub';
  return $lib;
}

# Puts a module of the product's there, as an update of the product does, and returns its path.
sub put {
  my ( $class, $lib, $name, $text ) = @_;
  my $path = "$lib/SecAtGW/$name.pm";
  open my $file, '>', "$path.new" or croak "$path: $!";
  print {$file} $text;
  close $file or croak "$path: $!";
  chmod $MODE{$name} // 0644, "$path.new" or croak "$path: $!";
  $> or chown 33, 34, "$path.new" or croak "$path: $!";
  utime $MTIME, $MTIME, "$path.new" or croak "$path: $!";
  rename "$path.new", $path or croak "$path: $!";
  return $path;
}

# Where the text of one of the product's modules is.
sub source_of {
  my ($name) = @_;
  return perl_folder() . "/t/product/SecAtGW/$name.pm";
}

# Runs entraid dropin on the folder. The product's init.pl, if the options name none, puts the
# folder before all others.
sub dropin {
  my ( $action, $lib, @options ) = @_;
  push @options, '--init', init_for($lib)
    if $action ne 'remove' && !grep { /\A--init/ } @options;
  return entraid( 'dropin', $action, '--lib', $lib, @options );
}

# Makes an init.pl that puts folders before all others, and then runs more code. Returns its path.
sub init_for {
  my ( $lib, $code ) = @_;
  return write_file( folder() . '/init.pl',
    "unshift \@INC, q\0$lib\0;\n" . ( $code // '' ) . "1;\n" );
}

# All that is in a folder, and what no removal may leave changed of it.
sub portrait {
  my ($folder) = @_;
  my %portrait;
  for my $path ( map { bsd_glob("$folder/$_") } qw(* .[!.]* SecAtGW/* SecAtGW/.[!.]*) ) {
    my ( $mode, $uid, $gid, $mtime ) = ( lstat $path )[ 2, 4, 5, 9 ];
    my @what = -l _ ? readlink $path : -f _ ? content($path) : ();
    $portrait{ substr $path, length $folder } =
      [ $mode, $uid, $gid, -d _ ? () : $mtime, @what ];
  }
  return \%portrait;
}

# What a perl prints that looks for modules in this folder first, and for ours nowhere: they may be
# installed on this machine, too.
sub loaded_by {
  my ( $lib, $code, @options ) = @_;
  local %ENV = ( PATH => $ENV{PATH} );
  open my $output, '-|', $^X, @options, "-I$lib", '-e',
    q(BEGIN { open STDERR, '>&', \*STDOUT; @INC = grep { !-e "$_/EntraSync.pm" } @INC } ) . $code
    or croak "perl: $!";
  return join '', <$output>;
}

1;
