package Terminal;

# A terminal that nobody sits at: a pseudo-terminal of Linux.
use strict;
use warnings;

use Carp  qw(croak);
use Fcntl qw(O_NOCTTY O_RDWR);

# ioctl(2): unlocks the terminal that belongs to an open /dev/ptmx, and tells its number; sets a
# terminal's size.
use constant {
  TIOCSPTLCK => 0x40045431,
  TIOCGPTN   => 0x80045430,
  TIOCSWINSZ => 0x5414,
};

sub new {
  my ($class) = @_;
  sysopen my $master, '/dev/ptmx', O_RDWR | O_NOCTTY or croak "/dev/ptmx: $!";
  my $number = pack 'i', 0;
  ioctl $master, TIOCSPTLCK, $number or croak "TIOCSPTLCK: $!";
  ioctl $master, TIOCGPTN,   $number or croak "TIOCGPTN: $!";
  my $path = '/dev/pts/' . unpack 'i', $number;
  sysopen my $slave, $path, O_RDWR | O_NOCTTY or croak "$path: $!";
  return bless { master => $master, slave => $slave, content => '' }, $class;
}

# Makes it so many columns wide.
sub resize {
  my ( $self, $columns ) = @_;
  ioctl $self->{slave}, TIOCSWINSZ, pack 'S4', 24, $columns, 0, 0 or croak "TIOCSWINSZ: $!";
  return;
}

# Types something.
sub type {
  my ( $self, $text ) = @_;
  syswrite( $self->{master}, $text ) == length $text or croak "/dev/ptmx: $!";
  return;
}

# Waits until something has been printed, or all programs have closed it.
sub wait_for {
  my ( $self, $pattern ) = @_;
  close delete $self->{slave} if $self->{slave};
  until ( $self->{content} =~ $pattern ) { $self->_read or last }
  return $self->{content} =~ $pattern;
}

# The handle for a program to print to.
sub slave { return $_[0]{slave} }

# What was printed, once all programs have closed it.
sub content {
  my ($self) = @_;
  close delete $self->{slave} if $self->{slave};
  1 while $self->_read;
  return $self->{content} =~ s/\r\n/\n/gr;
}

sub _read {
  my ($self) = @_;
  return sysread $self->{master}, $self->{content}, 65_536, length $self->{content};
}

1;
