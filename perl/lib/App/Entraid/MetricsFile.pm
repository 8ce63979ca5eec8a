package App::Entraid::MetricsFile;

# Writes the file that the textfile collector of Prometheus' node_exporter reads.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);
use EntraSync::Error        ();
use Errno                   qw(ENOENT);
use Exporter                qw(import);
use Fcntl                   qw(O_CREAT O_EXCL O_NOFOLLOW O_WRONLY);
use IO::Handle              ();

our @EXPORT_OK = qw(write_metrics_file);

# How a file begins that this has written.
use constant BEGINNING => '# HELP entrasync_';

# Replaces the file in one step, or leaves it as it was and throws. It is read by another user, so
# everybody may read it.
sub write_metrics_file {
  my ( $path, $text ) = @_;
  my $flaw = _flaw($path);
  EntraSync::Error->throw( printable_path($path) . " $flaw", 'file' ) if defined $flaw;

  # The collector takes every name that ends in .prom, and this one ends otherwise.
  my ($folder)  = $path =~ m{\A(.*/)}s;
  my $temporary = sprintf '%s.entrasync-%x-%x.tmp', $folder // q(), $$, rand 2**32;
  my $problem;
  my $is_done = eval {
    $problem = _written( $temporary, $text );
    $problem = "$!" if !defined $problem && !rename $temporary, $path;
    1;
  };
  my $error = $@;
  unlink $temporary if !$is_done || defined $problem;
  die $error unless $is_done;
  EntraSync::Error->throw(
    printable_path($path) . " cannot be written ($problem); nothing was changed", 'file' )
    if defined $problem;
  return;
}

# Makes a file with this text. Returns why that failed, or undef.
sub _written {
  my ( $path, $text ) = @_;
  sysopen my $file, $path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, oct 600 or return "$!";
  my $done = 0;
  while ( $done < length $text ) {
    $done += syswrite( $file, $text, length($text) - $done, $done ) // return "$!";
  }
  return chmod( oct 644, $file ) && $file->sync && close $file ? undef : "$!";
}

# Why a path is not to be written; undef if it may be.
sub _flaw {
  my ($path) = @_;
  if ( !lstat $path ) {
    return $! == ENOENT ? undef : "cannot be looked at ($!)";
  }
  return 'is not a regular file; name another one' unless -f _;
  open my $file, '<:raw', $path or return "cannot be read ($!)";
  read $file, my $beginning, length BEGINNING;
  return if $beginning eq BEGINNING;
  return 'was not written by entraid status; name another file';
}

1;
