package Scratch;

# Makes files for tests and reads facts about them. In the tree the files are below its own .build,
# if that has a plain path.
use strict;
use warnings;

use Exporter       qw(import);
use File::Basename qw(dirname);
use File::Path     qw(make_path);
use File::Temp     qw(tempdir);
use Tree           qw(in_tree needs_of_tree perl_folder top);

our @EXPORT_OK = qw(content credentials folder perl_folder state_of top write_file);

# The folder of the certificates and keys that tests share.
sub credentials {
  needs_of_tree('Tests/credentials');
  chomp( my $folder = qx{"@{[ top() ]}/Tests/credentials"} );
  return $folder || die "Tests/credentials failed\n";
}

# A new folder that is removed at the end. Its path is one plain word, wherever the tree lies: tests
# look for it in messages, and LD_PRELOAD takes no path with a space.
sub folder {
  my $parent = in_tree() && top() =~ m{\A[\w./+-]+\z}a ? top() . '/.build/tmp' : '/tmp';
  make_path($parent);
  return tempdir( 'perl-XXXXXXXX', DIR => $parent, CLEANUP => 1 );
}

# Makes a file, with the folders above it, and returns its path.
sub write_file {
  my ( $path, @content ) = @_;
  make_path( dirname($path) );
  open my $file, '>', $path or die "$path: $!";
  print {$file} @content;
  close $file or die "$path: $!";

  # A secret is for its owner alone, and would be warned of otherwise.
  chmod 0600, $path if grep { /CLIENT(?:SECRET|KEYPASSWORD)/ } @content;
  return $path;
}

# The bytes of a file; undef where there is none.
sub content {
  my ($path) = @_;
  open my $file, '<', $path or return;
  local $/;
  return scalar <$file>;
}

# What no run that fails may change of a file.
sub state_of {
  my ($path) = @_;
  my ( $inode, $mode, $mtime ) = ( lstat $path )[ 1, 2, 9 ];
  return { content => content($path), inode => $inode, mode => $mode, mtime => $mtime };
}

1;
