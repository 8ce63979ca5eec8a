# A sign-in by certificate, as a Perl program sees it.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use Scratch qw(credentials folder);
use SecAtGW::EntraID;
use Simulator;

my $credentials = credentials();
my $folder      = folder();
my $simulator   = Simulator->start( '--certificate', "$credentials/good.pem" );

# A configuration of the group `single` that signs in by these files.
sub certified {
  my ( $certificate, $key ) = @_;
  return $simulator->configuration(
    "$folder/test.entraidconf",
    GROUPID           => 'single',
    CLIENTSECRET      => undef,
    CLIENTCERTIFICATE => "$credentials/$certificate",
    CLIENTKEY         => "$credentials/$key"
  );
}

my $good = certified( 'good.pem', 'good.key' );
is_deeply [ SecAtGW::EntraID::entraid_search($good) ], [$Simulator::ADDRESS],
  'a sign-in by certificate finds the people of the group';

my @log;
my $client = EntraSync::Client->open($good);
$client->on_log( sub { push @log, "@_" } );
EntraSync::List->new( clients => [$client] )->fetch;
ok + ( grep { /with the thumbprint [0-9A-F]{40}, which ends on 20/ } @log ),
  'the log names the thumbprint of the certificate';
ok !( grep { /eyJ|PRIVATE/ } @log ), 'the log has neither the key nor the client assertion';

my $bad  = certified( 'expired.pem', 'good.key' );
my $list = EntraSync::List->new( clients => [ EntraSync::Client->open($bad) ] );
ok !eval { $list->fetch; 1 }, 'an expired certificate is an exception';
is $@->status_name, 'configuration', 'an expired certificate is an error of the configuration';
like $@, qr/CLIENTCERTIFICATE [(]line \d[)] expired on \d{4}-\d\d-\d\d /,
  'the message of an expired certificate names key, line and day';

done_testing;
