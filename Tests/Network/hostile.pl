# A server, or a proxy, whose answers have no end or are packed in ways that nobody asked for:
# hostile.pl ADDRESS PORT
#
# The first part of a request's path names the case. A proxy has one case, which PROXY_CASE names.
# ASKED is a file that gets a line for each request.
use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use Compress::Zlib qw(memGzip);

use Server qw(serve);

my ( $address, $port ) = @ARGV;
my $zeros = "\0" x ( 1 << 20 );

# Writes the beginning, and then the rest again and again.
sub endless {
  my ( $socket, $beginning, $rest ) = @_;
  print {$socket} $beginning;
  $rest x= 1 + int 65_536 / length $rest;
  1 while print {$socket} $rest;
  return;
}

# Bytes in chunks.
sub chunk { my ($bytes) = @_; return sprintf "%x\r\n%s\r\n", length $bytes, $bytes }

# A gzip file of zeros, packed so often.
sub packed {
  my ($times) = @_;
  my $bytes = $zeros x 16;
  $bytes = memGzip($bytes) for 1 .. $times;
  return $bytes;
}

my $json   = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
my $token  = '{"token_type":"Bearer","expires_in":3599,"access_token":"a"}';
my $denied = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
my $login  = "HTTP/1.1 407 Log in\r\nProxy-Authenticate: Digest realm=\"a, b\", nonce=\"c\"\r\n"
  . "Proxy-Authenticate: Basic realm=\"d\"\r\n";

my %answers = (
  headers  => sub { endless( $_[0], $json,             "X-More: and more\r\n" ) },
  line     => sub { endless( $_[0], "${json}X-More: ", 'x' ) },
  interim  => sub { endless( $_[0], q{}, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" ) },
  trailers => sub {
    endless(
      $_[0],
      "${json}Transfer-Encoding: chunked\r\n\r\n" . chunk($token) . "0\r\n",
      "X-More: and more\r\n"
    );
  },
  extension => sub { endless( $_[0], "${json}Transfer-Encoding: chunked\r\n\r\n5;", 'x' ) },
  blanks    => sub {
    endless( $_[0], "${json}Transfer-Encoding: chunked\r\n\r\n", chunk( q{ } x 99 ) );
  },
  refusal => sub { endless( $_[0], "$denied\r\n",                           chunk('<p>no</p>') ) },
  bomb    => sub { endless( $_[0], "${json}Content-Encoding: gzip\r\n\r\n", packed(1) ) },
  'packed-refusal' => sub {
    endless( $_[0], "${denied}Content-Encoding: gzip\r\n\r\n", chunk( packed(1) ) );
  },
  'twice-packed' => sub {
    endless( $_[0], "${json}Content-Encoding: gzip, gzip\r\n\r\n", packed(2) );
  },
  'twice-packed-refusal' => sub {
    my $head = "${denied}Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n";
    endless( $_[0], $head, chunk( packed(2) ) );
  },
  'packed-transfer' => sub {
    my $head = "${json}Content-Encoding: gzip\r\nTransfer-Encoding: gzip, chunked\r\n\r\n";
    endless( $_[0], $head, chunk( packed(2) ) );
  },
  deflate => sub { endless( $_[0], "${json}Content-Encoding: deflate\r\n\r\n", packed(1) ) },

  'proxy-headers' => sub { endless( $_[0], $login,             "X-More: and more\r\n" ) },
  'proxy-line'    => sub { endless( $_[0], "${login}X-More: ", 'x' ) },
  'proxy-body'    => sub { endless( $_[0], "${login}Content-Length: 99999999999\r\n\r\n", 'x' ) },
  'proxy-chunks'  => sub {
    endless( $_[0], "${login}Transfer-Encoding: chunked\r\n\r\n", chunk('no') );
  },
  'proxy-refusal' => sub { endless( $_[0], "$denied\r\n", chunk('<p>no</p>') ) },
  'proxy-interim' =>
    sub { endless( $_[0], q{}, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" ) },
);

serve(
  $address, $port,
  sub {
    my ($socket) = @_;
    my ( $case, $length ) = ( 'proxy-body', 0 );
    while ( my $line = <$socket> ) {
      $case   = $1 if $line =~ m{^(?:GET|POST)[ ]/([^/ ]+)};
      $length = $1 if $line =~ /^content-length:[ ]*(\d+)/i;
      last if $line =~ /^\r?\n/;
    }

    $case = $ENV{PROXY_CASE} if $ENV{PROXY_CASE};
    read $socket, my ($form), $length if $length;
    open my $asked, '>>', $ENV{ASKED} or die "$ENV{ASKED}: $!\n";
    print {$asked} "$case\n";
    close $asked;
    $answers{$case}->($socket) if $answers{$case};
  } );
