# A server whose HTTP/2 does not work: faulty_h2.pl ADDRESS PORT CERTIFICATE KEY FAULT
#
# What is asked over HTTP/1.1 reaches the simulator, at port 8080. Over HTTP/2 each connection ends
# with the first request. FAULT is
#
#     goaway   the answer begins, then the connection goes away
#     closed   the answer begins, then the connection is closed without a word
#     reset    the stream is reset, HTTP/2 itself fails
#     http11   the stream is reset, HTTP/1.1 is required
#     stall    the answer begins, then nothing more comes
#
# or one of these, by which the server sends frames without end that bring nothing:
#
#     priority      PRIORITY
#     acknowledged  PING that acknowledges one which was never sent
#     unknown       frames of a type that nobody knows
#     empty         DATA without data, after the answer has begun
#
# ASKED, if it is set, is a file that gets a line for each request over HTTP/2.
use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::SSL;

use Server qw(serve);

my ( $address, $port, $certificate, $key, $fault ) = @ARGV;

# A frame (RFC 9113, section 4.1).
sub frame {
  my ( $type, $flags, $stream, $payload ) = @_;
  return
    pack( 'C n C C N', length($payload) >> 16, length($payload) & 0xFFFF, $type, $flags, $stream )
    . $payload;
}

sub settings { return frame( 4, @_, 0, q{} ) }

# `:status: 200` is the eighth entry of HPACK's static table (RFC 7541, appendix A).
sub beginning { return frame( 1, 4, $_[0], "\x88" ) . frame( 0, 0, $_[0], '{"value":[' ) }

my %ends = (
  goaway => sub { return beginning( $_[0] ) . frame( 7, 0, 0, pack 'N N', 0, 2 ) },
  closed => sub { return beginning( $_[0] ) },
  stall  => sub { return beginning( $_[0] ) },
  reset  => sub { return frame( 3, 0, $_[0], pack 'N', 2 ) },
  http11 => sub { return frame( 3, 0, $_[0], pack 'N', 13 ) },
  empty  => sub { return beginning( $_[0] ) },
);

my %floods = (
  priority     => sub { return frame( 2,   0, $_[0], pack 'N C', 0, 15 ) },
  acknowledged => sub { return frame( 6,   1, 0,     'whatever' ) },
  unknown      => sub { return frame( 240, 0, 0,     'whatever' ) },
  empty        => sub { return frame( 0,   0, $_[0], q{} ) },
);

sub read_bytes {
  my ( $client, $length ) = @_;
  my $bytes = q{};
  while ( length $bytes < $length ) {
    return if !$client->sysread( $bytes, $length - length $bytes, length $bytes );
  }
  return $bytes;
}

sub note_request {
  return if !$ENV{ASKED};
  open my $asked, '>>', $ENV{ASKED} or die "$ENV{ASKED}: $!\n";
  print {$asked} "$fault\n";
  return close $asked;
}

# Sends frames until the client has gone.
sub flood {
  my ( $client, $stream ) = @_;
  my $frame  = $floods{$fault}->($stream);
  my $record = $frame x int 16_384 / length $frame;
  while (1) {
    my $rest = $record;
    while ( length $rest ) {
      my $count = $client->syswrite($rest) or return;
      $rest = substr $rest, $count;
    }
  }
  return;
}

sub break_off {
  my ($client) = @_;
  read_bytes( $client, 24 ) or return;
  $client->syswrite( settings(0) );
  while ( defined( my $head = read_bytes( $client, 9 ) ) ) {
    my ( $high, $low, $type, $flags, $stream ) = unpack 'C n C C N', $head;
    my $length = $high << 16 | $low;
    read_bytes( $client, $length ) if $length;
    $client->syswrite( settings(1) ) if $type == 4 && !( $flags & 1 );
    next if $type != 1;
    note_request();
    $client->syswrite( $ends{$fault}->($stream) ) if $ends{$fault};
    flood( $client, $stream ) if $floods{$fault};
    last if $fault eq 'goaway' || $fault eq 'closed';
  }
  return $client->close;
}

# Carries bytes both ways until one side ends.
sub carry {
  my ($client) = @_;
  my $server   = IO::Socket::INET->new('127.0.0.1:8080') or die "no simulator: $!\n";
  my $ready    = IO::Select->new( $client, $server );
  while (1) {
    for my $from ( $client->pending ? $client : $ready->can_read ) {
      return if !$from->sysread( my $bytes, 65_536 );
      my $to = $from == $client ? $server : $client;
      $bytes = substr $bytes, $to->syswrite($bytes) while length $bytes;
    }
  }
}

serve(
  $address, $port,
  sub {
    my ($client) = @_;
    IO::Socket::SSL->start_SSL(
      $client,
      SSL_server         => 1,
      SSL_cert_file      => $certificate,
      SSL_key_file       => $key,
      SSL_alpn_protocols => [ 'h2', 'http/1.1' ] ) or exit 1;
    if   ( ( $client->alpn_selected // q{} ) eq 'h2' ) { break_off($client) }
    else                                               { carry($client) }
  } );
