# EntraSync refuses a library that is older than the one it was built for, or of another ABI.
use strict;
use warnings;

use Config;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Scratch qw(content folder write_file);
use Tree    qw(needs_of_tree top);

needs_of_tree('include/entrasync.h') unless -f top() . '/include/entrasync.h';

# Loads EntraSync with a preloaded library that replaces the two version functions.
sub load_with {
  my ($number) = @_;
  my $folder   = folder();
  my $source   = write_file( "$folder/version.c", <<"C" );
#include <entrasync.h>
uint32_t entrasync_version_number(void) { return $number; }
const char *entrasync_version(void) { return "of the test"; }
C
  system( $Config{cc},
    qw(-shared -fPIC),
    '-I' . top() . '/include',
    '-o', "$folder/version.so", $source
    ) == 0
    or die "$Config{cc} failed";
  local $ENV{LD_PRELOAD} = "$folder/version.so";
  open my $output, '-|', $^X, ( map { "-I$_" } @INC ), '-e',
    'eval { require EntraSync } ? print "loaded" : print $@'
    or die;
  return join '', <$output>;
}

require EntraSync;
my ( $major, $minor ) = $EntraSync::VERSION =~ /^(\d+)\.(\d+)\./;
my $ours = 10_000 * $major + 100 * $minor;

is load_with($ours), 'loaded', 'a library of our own version is loaded';

my $version = sprintf '%d.%d', $major, $minor;
is load_with( $ours + 99 ),  'loaded', "a library of $version with another patch is loaded";
is load_with( $ours + 100 ), 'loaded', 'a library of the next minor version is loaded';
is load_with( $ours - $ours % 10_000 + 9_999 ), 'loaded', 'so is one of the last minor version';
for my $number ( $ours - 1, $ours + 10_000, 0 ) {
  like load_with($number), qr/^EntraSync was built for libentrasync \S+ but finds of the test; /,
    "library version number $number is refused";
  like load_with($number), qr/; install the library and the Perl modules of one version at /,
    "library version number $number: the message says what to do";
}

# An upgrade replaces one file after the other.
sub load_edited {
  my ( $from, $to ) = @_;
  my $folder = folder();
  my $text   = content( $INC{'EntraSync.pm'} );
  $text =~ s/$from/$to/ or die "nothing to edit";
  write_file( "$folder/EntraSync.pm", $text );
  open my $output, '-|', $^X, "-I$folder", ( map { "-I$_" } @INC ), '-e',
    'eval { require EntraSync } ? print "loaded" : print $@'
    or die;
  return join '', <$output>;
}

is load_edited( qr/VERSION = '[\d.]+'/, "VERSION = '9.9.9'" ), 'loaded',
  'a module of another version is loaded with the XS module that is there';
like load_edited( qr/INTERFACE = \d+/, 'INTERFACE = 999' ),
  qr/^EntraSync.pm and its XS module are of different versions; install entrasync again/,
  'one that expects something else of the XS module is refused';

done_testing;
