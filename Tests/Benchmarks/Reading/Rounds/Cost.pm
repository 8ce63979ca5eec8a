package Cost;

# What one run of a program costs, and whether it wrote the right list.
use strict;
use warnings;
use Exporter   qw(import);
use File::Copy qw(copy);
use File::Path qw(remove_tree);

our @EXPORT_OK = qw(cost median_of);

my $list = 'run/list.txt';

# Measures one run and returns its cost: seconds of CPU, seconds, MiB. A run has
#
# - name: what it is called if it fails.
# - command: a function that returns the command for a list.
# - right: a reference to the path of the right list. The first list becomes it. Without this
#   reference no list is expected.
# - begins_with: a reference to the path of the list that is there already.
sub cost {
  my ($run) = @_;
  mkdir 'run'                             or die "run: $!\n";
  copy( ${ $run->{begins_with} }, $list ) or die "$list: $!\n" if $run->{begins_with};
  start( $run, $run->{command}->($list) );
  compare($run) if $run->{right};
  my ( $cpu, $wall, $peak ) = split q( ), content('cost.txt');
  remove_tree('run');
  return { cpu => $cpu, wall => $wall, peak => $peak / 1024 };
}

sub start {
  my ( $run, @command ) = @_;
  my $pid = fork // die "fork: $!\n";
  if ( !$pid ) {
    open STDIN,  '<', '/dev/null'  or die "stdin: $!\n";
    open STDOUT, '>', 'output.txt' or die "output.txt: $!\n";
    open STDERR, '>', 'errors.txt' or die "errors.txt: $!\n";
    exec "$ENV{BENCH}/bin/measure", 'cost.txt', @command or die "measure: $!\n";
  }
  waitpid $pid, 0;
  die "$run->{name} failed: @command\n", content('errors.txt') if $?;
  return;
}

sub compare {
  my ($run) = @_;
  my $right = $run->{right};
  die "$run->{name} wrote no list\n" unless -s $list;
  if ( !${$right} ) {
    ${$right} = "list-of-$run->{name}-" . ( $right + 0 );
    copy( $list, ${$right} ) or die "${$right}: $!\n";
  }
  return if system( 'cmp', '-s', ${$right}, $list ) == 0;
  my ($first) = ${$right} =~ /^list-of-(.*)-\d+$/;
  system "diff ${$right} $list | head -n 20";
  die "$run->{name} (>) wrote another list than $first (<)\n";
}

sub content {
  my ($file) = @_;
  open my $in, '<', $file or die "$file: $!\n";
  local $/ = undef;
  my $text = <$in>;
  close $in or die "$file: $!\n";
  return $text;
}

# Returns the median of each figure by itself.
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
