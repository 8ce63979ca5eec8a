package App::Entraid::NamedLists;

# Knows the lists that a command line names.
use 5.016;
use strict;
use warnings;

use Cwd            qw(realpath);
use Exporter       qw(import);
use File::Basename qw(basename dirname);

our @EXPORT_OK = qw(is_input);

# Whether a path is that of one of these lists, or of a file that says what one of them holds. A
# file that is still missing counts too. The lists are hashes as App::Entraid::ListCheck takes them.
sub is_input {
  my ( $path, @lists ) = @_;
  my %is_input;
  for my $list (@lists) {
    my @files = ( $list->{path}, @{ $list->{configurations} // [] }, @{ $list->{sources} // [] } );
    $is_input{$_} = 1 for map { _identities($_) } grep { defined } @files;
  }
  return !!grep { $is_input{$_} } _identities($path);
}

# By what a file is recognised: its place, and what is there, which may have several names.
sub _identities {
  my ($path)   = @_;
  my $folder   = realpath( dirname($path) ) // dirname($path);
  my @identity = stat $path;
  return ( "$folder/" . basename($path), @identity ? "@identity[0, 1]" : () );
}

1;
