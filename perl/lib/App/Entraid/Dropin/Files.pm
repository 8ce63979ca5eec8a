package App::Entraid::Dropin::Files;

# Makes, replaces and removes files, each in one step.
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

# The SHA-256 of bytes, by which a file is recognised.
sub digest { return sha256_hex( $_[0] ) }

# Whether anything has that name, even a symbolic link without a target. Throws if the path cannot
# be examined, so that such a path does not count as missing.
sub is_there {
  my ($path) = @_;
  return 1 if defined +( lstat $path )[0];
  return 0 if $!{ENOENT};
  EntraSync::Error->throw( printable_path($path) . " cannot be read ($!)", 'file' );
}

# Calls code that makes a system call for a path, and throws if that fails. Every change that this
# module makes goes through here, so that tests can make each of the calls fail.
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

# Makes or replaces a file in one step: a process that opens it meanwhile gets the old file or the
# new one. The attributes are what stat returns; the file gets their mode, owner and group.
sub put {
  my ( $path, $bytes, @attributes ) = @_;
  my ( $mode, @owner ) = @attributes ? @attributes[ 2, 4, 5 ] : ( 0644, $>, 0 + $) );
  _through_temporary(
    $path,
    sub {
      my ($new) = @_;
      sysopen my $file, $new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600 or return;
      print {$file} $bytes or return;

      # Only root can change the owner of a file.
      $> or chown @owner, $file or return;
      chmod S_IMODE($mode), $file or return;
      return $file->flush && $file->sync && close $file;
    } );
  return;
}

# Makes the path a hard link to a file, in one step. It replaces whatever the path was before.
sub lead {
  my ( $path, $file ) = @_;
  _through_temporary( $path, sub { link $file, $_[0] } );
  return;
}

# Removes a file, if it exists.
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

# Removes a folder if it is empty.
sub drop_folder {
  my ($path) = @_;
  attempt(
    $path,
    'cannot be removed',
    sub { rmdir $path or $!{ENOTEMPTY} or $!{EEXIST} or $!{ENOENT} } );
  return;
}

# A new temporary path in a folder. It is never the path of a module.
sub temporary {
  my ($folder) = @_;
  state $count = 0;
  return sprintf '%s/.entrasync-%d-%d.tmp', $folder, $$, ++$count;
}

# The temporary files that killed runs have left in a folder.
sub leftovers {
  my ($folder) = @_;
  opendir my $handle, $folder or return;
  return map { "$folder/$_" } grep { /\A\.entrasync-\d+-\d+\.tmp\z/ } readdir $handle;
}

# Calls code that makes a temporary file, and then renames that file to the path.
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

  # If both names are hard links of one file, rename(2) does nothing and leaves the temporary name.
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
