package Tree;

# Where the tests are: in the whole tree, or in a copy of the folder perl without the rest of it, as
# the tarball has one. There the tests that need more skip, and say why. In the tree nothing skips
# for this: what is missing there is a failure.
use strict;
use warnings;

use Exporter       qw(import);
use File::Basename qw(dirname);
use File::Spec     ();
use Test::More     ();

our @EXPORT_OK = qw(in_tree needs_of_tree perl_folder top);

my $perl = File::Spec->rel2abs( dirname(__FILE__) . '/../..' );
1 while $perl =~ s{/[^/]+/\.\.(?=/|\z)}{};

# The folder of the Perl modules' sources, and the folder of the whole tree.
sub perl_folder { return $perl }
sub top         { return dirname($perl) }

sub in_tree { return -e top() . '/Package.swift' }

# Skips the rest of the test, or of the subtest if it has only begun, unless this is the tree.
sub needs_of_tree {
  my ($what) = @_;
  return if in_tree();
  my $test   = Test::More->builder;
  my $reason = "needs $what, which only the whole source tree has";
  $test->skip_all($reason) unless $test->current_test;
  $test->skip($reason);
  $test->done_testing;
  exit 0;
}

1;
