# What the servers of these tests have in common: a process of its own for each connection.
package Server;

use strict;
use warnings;

use Exporter 'import';
use IO::Socket::INET;

our @EXPORT_OK = qw(serve);

# Listens, and answers each client by the code, which gets its socket.
sub serve {
  my ( $address, $port, $answer ) = @_;
  local $SIG{CHLD} = 'IGNORE';
  local $SIG{PIPE} = 'IGNORE';
  my $listener = IO::Socket::INET->new(
    LocalAddr => $address,
    LocalPort => $port,
    Listen    => 20,
    ReuseAddr => 1
  ) or die "$address:$port: $!\n";
  while ( my $client = $listener->accept ) {
    next if fork;
    close $listener;
    $answer->($client);
    exit 0;
  }
  return;
}

1;
