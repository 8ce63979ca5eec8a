package Terminal;

# A terminal that nobody sits at: a pseudo-terminal of Linux.
use strict;
use warnings;

use Carp  qw(croak);
use Fcntl qw(O_NOCTTY O_RDWR);

# ioctl(2): unlocks the terminal that belongs to an open /dev/ptmx, and tells its number.
use constant {
  TIOCSPTLCK => 0x40045431,
  TIOCGPTN   => 0x80045430,
};

sub new {
  my ($class) = @_;
  sysopen my $master, '/dev/ptmx', O_RDWR | O_NOCTTY or croak "/dev/ptmx: $!";
  my $number = pack 'i', 0;
  ioctl $master, TIOCSPTLCK, $number or croak "TIOCSPTLCK: $!";
  ioctl $master, TIOCGPTN,   $number or croak "TIOCGPTN: $!";
  my $path = '/dev/pts/' . unpack 'i', $number;
  sysopen my $slave, $path, O_RDWR | O_NOCTTY or croak "$path: $!";
  return bless { master => $master, slave => $slave }, $class;
}

# The handle for a program to print to.
sub slave { return $_[0]{slave} }

# What was printed, once all programs have closed it.
sub content {
  my ($self) = @_;
  close delete $self->{slave};
  my $content = '';
  1 while sysread $self->{master}, $content, 65_536, length $content;
  return $content =~ s/\r\n/\n/gr;
}

1;
