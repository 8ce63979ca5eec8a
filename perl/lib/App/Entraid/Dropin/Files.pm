package App::Entraid::Dropin::Files;

# Files that are replaced in one step.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);
use Digest::SHA             qw(sha256_hex);
use EntraSync::Error        ();
use Exporter                qw(import);
use Fcntl          qw(O_CREAT O_DIRECTORY O_EXCL O_NOFOLLOW O_NONBLOCK O_RDONLY O_WRONLY S_IMODE);
use File::Basename qw(dirname);
use IO::Handle     ();

our @EXPORT_OK = qw(attempt digest drop drop_folder is_there leftovers lead make_folder put slurp
  temporary);

# The digest that a file is known by.
sub digest { return sha256_hex( $_[0] ) }

# Whether there is anything of that name, be it a link that leads nowhere. What cannot be looked at
# is not taken for missing.
sub is_there {
  my ($path) = @_;
  return 1 if defined +( lstat $path )[0];
  return 0 if $!{ENOENT};
  EntraSync::Error->throw( printable_path($path) . " cannot be read ($!)", 'file' );
}

# Has the system do something with a path; what it has against that is thrown. All that this module
# changes goes through here, so that tests can let each of the calls fail.
sub attempt {
  my ( $path, $trouble, $code ) = @_;
  return if $code->();
  EntraSync::Error->throw( printable_path($path) . " $trouble ($!)", 'file' );
}

# The bytes of a regular file.
sub slurp {
  my ($path) = @_;
  my $bytes;
  attempt(
    $path,
    'cannot be read',
    sub {
      sysopen my $file, $path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK or return;
      local $/ = undef;
      $bytes = readline $file;
      return defined $bytes;
    } );
  return $bytes;
}

# Makes a file or replaces it, in one step: who opens it meanwhile finds the old one or the new one.
# It gets the mode, the owner and the group of the attributes, as stat tells them.
sub put {
  my ( $path, $bytes, @attributes ) = @_;
  my ( $mode, @owner ) = @attributes ? @attributes[ 2, 4, 5 ] : ( 0644, $>, 0 + $) );
  _through_temporary(
    $path,
    sub {
      my ($new) = @_;
      sysopen my $file, $new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600 or return;
      print {$file} $bytes or return;

      # Who is not root can give files to nobody.
      $> or chown @owner, $file or return;
      chmod S_IMODE($mode), $file or return;
      return $file->flush && $file->sync && close $file;
    } );
  return;
}

# Lets a second name lead to a file, in one step, whatever the name has led to.
sub lead {
  my ( $path, $file ) = @_;
  _through_temporary( $path, sub { link $file, $_[0] } );
  return;
}

# Takes a name away, if it is there.
sub drop {
  my ($path) = @_;
  attempt( $path, 'cannot be removed', sub { unlink $path or $!{ENOENT} } );
  _sync( dirname($path) );
  return;
}

sub make_folder {
  my ($path) = @_;
  attempt( $path, 'cannot be made', sub { mkdir $path } );
  attempt( $path, 'cannot be made', sub { chmod 0755, $path } );
  return;
}

# Removes a folder that is empty; one that is not stays.
sub drop_folder {
  my ($path) = @_;
  attempt(
    $path,
    'cannot be removed',
    sub { rmdir $path or $!{ENOTEMPTY} or $!{EEXIST} or $!{ENOENT} } );
  return;
}

# A new name in a folder, which is no module's.
sub temporary {
  my ($folder) = @_;
  state $count = 0;
  return sprintf '%s/.entrasync-%d-%d.tmp', $folder, $$, ++$count;
}

# The names that killed runs have left in a folder.
sub leftovers {
  my ($folder) = @_;
  opendir my $handle, $folder or return;
  return map { "$folder/$_" } grep { /\A\.entrasync-\d+-\d+\.tmp\z/ } readdir $handle;
}

# Has the code make a temporary name, and gives that the name that it shall have.
sub _through_temporary {
  my ( $path, $code ) = @_;
  my $folder = dirname($path);
  my $new    = temporary($folder);
  my $done   = eval {
    attempt( $path, 'cannot be written', sub { $code->($new) } );
    attempt( $path, 'cannot be written', sub { rename $new, $path } );
    _sync($folder);
    1;
  };
  my $error = $@;

  # Of two names of one file rename(2) leaves both.
  unlink $new;
  return if $done;
  die $error;
}

sub _sync {
  my ($folder) = @_;
  attempt(
    $folder,
    'cannot be synced',
    sub {
      sysopen my $handle, $folder, O_RDONLY | O_DIRECTORY or return;
      return $handle->sync;
    } );
  return;
}

1;
