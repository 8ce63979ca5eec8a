package Machine;

# What is said about the machine: nothing that names it.
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(machine);

sub lines_of {
  my ($file) = @_;
  open my $in, '<', $file or return;
  my @lines = <$in>;
  close $in;
  return @lines;
}

sub machine {
  my @cpu      = lines_of('/proc/cpuinfo');
  my ($model)  = map { /^model name\s*:\s*(.*)/ ? $1 : () } @cpu;
  my ($system) = map { /^PRETTY_NAME="(.*)"/    ? $1 : () } lines_of('/etc/os-release');
  return {
    cpu    => $model // 'an unknown CPU',
    cores  => scalar( grep { /^processor/ } @cpu ),
    system => $system // 'Linux',
  };
}

1;
