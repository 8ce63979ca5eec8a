# A proxy that wants a user and offers some methods: offering.pl ADDRESS PORT LOG METHOD...
#
# It takes the user gate by any of its methods. Of Basic it checks the password, of Digest and NTLM
# only that the client speaks them. A method with a minus before it, as in -NTLM, is offered and
# refused. The log has a word for each CONNECT: what the client showed. Tunnels lead to port 443 of
# the first address.
use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use IO::Select;
use IO::Socket::INET;
use MIME::Base64 qw(decode_base64 encode_base64);

use Server qw(serve);

my ( $address, $port, $log, @methods ) = @ARGV;
my %is_refused = map { /^-(.*)/ ? ( $1 => 1 ) : () } @methods;
s/^-// for @methods;

# NTLM's second message: signature, type, no target, flags (Unicode, NTLM) and a challenge.
my $challenge =
  encode_base64( pack( 'a8 V v v V V a8 a8', "NTLMSSP\0", 2, 0, 0, 32, 0x0201, 'challeng', q{} ),
  q{} );
my %parameters = (
  Digest => ' realm="a, Basic", nonce="b", qop="auth", algorithm=MD5',
  Basic  => ' realm="c"'
);

# What a client shows: a method's name, with the number of NTLM's message.
sub shown {
  my ($header) = @_;
  return 'nothing' if !defined $header;
  my ( $method, $rest ) = split q{ }, $header, 2;
  $method .= ord substr decode_base64($rest), 8, 1 if $method eq 'NTLM';
  return $method;
}

# Whether that opens the tunnel.
sub suffices {
  my ( $shown, $header ) = @_;
  my ($method) = $shown =~ /^(\D+)/;
  return 0 if $is_refused{$method} || !grep { $_ eq $method } @methods;
  return $header eq 'Basic ' . encode_base64( 'gate:open-sesame', q{} ) if $shown eq 'Basic';
  return $header =~ /username="gate"/ if $shown eq 'Digest';
  return $shown eq 'NTLM3';
}

# Carries bytes both ways until one side ends.
sub tunnel {
  my ($client) = @_;
  my $server   = IO::Socket::INET->new("$address:443") or die "no server: $!\n";
  my %other    = ( $client => $server, $server => $client );
  my $ready    = IO::Select->new( $client, $server );
  while (1) {
    for my $from ( $ready->can_read ) {
      return if !sysread $from, my $bytes, 65_536;
      print { $other{$from} } $bytes;
    }
  }
}

sub answer {
  my ($client) = @_;
  my $header;
  while ( my $line = <$client> ) {
    $header = $1 if $line =~ /^Proxy-Authorization:[ ](.*?)\r?\n/i;
    next if $line !~ /^\r?\n/;
    my $shown = shown($header);
    open my $file, '>>', $log or die "$log: $!\n";
    print {$file} "$shown\n";
    close $file;
    if ( suffices( $shown, $header ) ) {
      print {$client} "HTTP/1.1 200 Connected\r\n\r\n";
      return tunnel($client);
    }
    my @offers =
      $shown eq 'NTLM1' ? "NTLM $challenge" : map { $_ . ( $parameters{$_} // q{} ) } @methods;
    print {$client} "HTTP/1.1 407 Who are you?\r\n",
      ( map { "Proxy-Authenticate: $_\r\n" } @offers ),
      "Content-Length: 4\r\n\r\nWho?";
    $header = undef;
  }
  return;
}

serve(
  $address, $port,
  sub {
    my ($client) = @_;
    $client->autoflush(1);
    answer($client);
  } );
