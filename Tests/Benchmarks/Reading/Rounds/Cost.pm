package Cost;

# What one run of a program costs, and whether it wrote the right list.
use strict;
use warnings;
use Exporter   qw(import);
use File::Path qw(remove_tree);

our @EXPORT_OK = qw(cost median_of);

# Runs a command with a list in a new folder and returns its cost: seconds of CPU, seconds, MiB.
#
# `reference` refers to the path of a list that all must equal; the first list becomes it. Without
# one, no list is expected.
sub cost {
  my ( $reference, $command ) = @_;
  mkdir 'run' or die "run: $!\n";
  my @command = $command->('run/list.txt');
  run(@command);
  compare( $reference, @command ) if $reference;
  my ( $cpu, $wall, $peak ) = split q( ), content('cost.txt');
  remove_tree('run');
  return { cpu => $cpu, wall => $wall, peak => $peak / 1024 };
}

sub run {
  my (@command) = @_;
  my $pid = fork // die "fork: $!\n";
  if ( !$pid ) {
    open STDIN,  '<', '/dev/null'  or die "stdin: $!\n";
    open STDOUT, '>', 'output.txt' or die "output.txt: $!\n";
    open STDERR, '>', 'errors.txt' or die "errors.txt: $!\n";
    exec "$ENV{BENCH}/bin/measure", 'cost.txt', @command or die "measure: $!\n";
  }
  waitpid $pid, 0;
  die "failed: @command\n", content('errors.txt') if $?;
  return;
}

sub compare {
  my ( $reference, @command ) = @_;
  my $list = 'run/list.txt';
  die "wrote no list: @command\n" unless -s $list;
  if ( !${$reference} ) {
    ${$reference} = sprintf 'reference-%x.txt', $reference + 0;
    rename $list, ${$reference} or die "$list: $!\n";
    return;
  }
  return if system( 'cmp', '-s', $list, ${$reference} ) == 0;
  system 'diff', ${$reference}, $list;
  die "wrote another list than the others: @command\n";
}

sub content {
  my ($file) = @_;
  open my $in, '<', $file or die "$file: $!\n";
  local $/ = undef;
  my $text = <$in>;
  close $in or die "$file: $!\n";
  return $text;
}

# Returns the median of each figure by itself, and how many runs there were.
sub median_of {
  my (@costs) = @_;
  my %median;
  for my $figure (qw(cpu wall peak)) {
    my @sorted = sort { $a <=> $b } map { $_->{$figure} } @costs;
    $median{$figure} = ( $sorted[ $#sorted / 2 ] + $sorted[ @sorted / 2 ] ) / 2;
  }
  return \%median;
}

1;
