# Without the rest of the tree, as in the tarball, the tests that need more than this folder skip
# and say why. In the tree they fail.
use strict;
use warnings;

use File::Copy qw(copy);
use File::Path qw(make_path);
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Scratch qw(folder perl_folder write_file);

# Runs a test in a folder that has t/lib and these other files. Returns what it says and its status.
sub run_in {
  my ( $files, $code ) = @_;
  my $top = folder();
  make_path("$top/perl/t/lib");
  copy( $_, "$top/perl/t/lib" ) or die "$_: $!" for glob quotemeta( perl_folder() ) . '/t/lib/*.pm';
  write_file( "$top/$_", '' ) for @{$files};
  my $test = write_file( "$top/perl/t/some.t", <<"PERL" );
BEGIN { open STDERR, '>&', \\*STDOUT or die }
use FindBin;
use lib "\$FindBin::Bin/lib";
use Scratch qw(credentials);
use Simulator;
use Test::More;
$code
done_testing;
PERL
  local $ENV{GRAPH_SIMULATOR};
  open my $output, '-|', $^X, $test or die "$^X: $!";
  my $said = join '', <$output>;
  close $output;
  return ( $said, $? >> 8 );
}

my $reason = 'needs graph-simulator, which only the whole source tree has';
my %case   = (
  'at its beginning' => [ 'Simulator->start;', "1..0 # SKIP $reason\n" ],
  'later'            =>
    [ 'pass "first"; Simulator->start; fail;', "ok 1 - first\nok 2 # skip $reason\n1..2\n" ],
  'in a subtest' => [
    'pass "first"; subtest some => sub { Simulator->start; fail };',
    "ok 1 - first\n    1..0 # SKIP $reason\nok 2 # skip $reason\n1..2\n"
  ],
  'for its certificates' =>
    [ 'credentials();', '1..0 # SKIP ' . $reason =~ s{graph-simulator}{Tests/credentials}r . "\n" ],
);
for my $when ( sort keys %case ) {
  my ( $code, $expected ) = @{ $case{$when} };
  my ( $said, $status )   = run_in( [], $code );
  $said =~ s/^# Subtest: some\n//gm;
  $said =~ s/^    # Subtest: some\n//gm;
  is_deeply [ $said, $status ], [ $expected, 0 ], "a test that skips $when";
  ( $said, $status ) = run_in( ['Package.swift'], $code );
  isnt $status, 0, "a test in the tree that fails $when";
  unlike $said, qr/skip/i, "a test in the tree that fails $when skips nothing";
}

done_testing;
