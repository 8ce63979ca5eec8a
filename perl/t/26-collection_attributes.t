# EntraSync::collection_attributes: the attributes that can have several values in Graph.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use HTTP::Tiny;
use JSON::PP qw(decode_json);
use Test::More;

use EntraSync;
use SecAtGW::EntraID qw(entraid_lookup);
use Scratch          qw(folder);
use Simulator;

# All attributes that the simulator knows and a QUERYFILTER can name.
my @attributes = qw(mail businessPhones displayName givenName id jobTitle mobilePhone officeLocation
  otherMails preferredLanguage proxyAddresses surname userPrincipalName);

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 200));
my $conf      = $simulator->configuration(
  "$folder/all.entraidconf",
  QUERYFILTER => join ',',
  @attributes
);

# The people of the configuration's group as Graph gives them in JSON.
sub people {
  my $values = $simulator->{values};
  my $secret = $simulator->secret =~ s/\A"|"\z//gr;
  utf8::decode($secret);
  my $http  = HTTP::Tiny->new( timeout => 20 );
  my $token = $http->post_form(
    "$values->{LOGINURL}/$values->{TENANTID}/oauth2/v2.0/token",
    {
      grant_type    => 'client_credentials',
      client_id     => $values->{CLIENTID},
      client_secret => $secret,
      scope         => 'https://graph.microsoft.com/.default',
    } );
  my $select  = join ',', @attributes;
  my $members = $http->get(
    "$values->{GRAPHURL}/v1.0/groups/$values->{GROUPID}/members/microsoft.graph.user"
      . "?\$select=$select&\$top=999",
    {
      headers => { Authorization => 'Bearer ' . decode_json( $token->{content} )->{access_token} } }
  );
  return @{ decode_json( $members->{content} )->{value} };
}

my @expected = sort( EntraSync::collection_attributes() );

my @people = people();
cmp_ok scalar @people, '>=', 100, 'the simulator answers with people';
my %is_array;
for my $person (@people) {
  for my $name (@attributes) { $is_array{$name}++ if ref $person->{$name} eq 'ARRAY' }
}
is_deeply [ sort keys %is_array ], \@expected,
  'the collection attributes are those that are arrays';
is_deeply [ grep { $is_array{$_} != @people } @expected ], [],
  'the collection attributes are arrays for everybody';

my ($several) =
  grep { $_->{mail} && @{ $_->{proxyAddresses} } > 1 && @{ $_->{otherMails} } } @people;
ok $several, 'somebody has several values of proxyAddresses';

# Somebody who lacks an attribute of the QUERYFILTER has no line. businessPhones may be empty, and
# names have spaces in them.
@attributes = qw(mail id otherMails proxyAddresses userPrincipalName);
@expected   = grep { $_ ne 'businessPhones' } @expected;
$conf       = $simulator->configuration( $conf, QUERYFILTER => join ',', @attributes );
my $member = entraid_lookup( $conf, $several->{mail} );
is_deeply [ sort grep { ref $member->{$_} eq 'ARRAY' } keys %{$member} ], \@expected,
  'entraid_lookup gives arrays for the collection attributes alone';
is_deeply [ sort keys %{$member} ], [ sort @attributes ], 'entraid_lookup gives all attributes';

done_testing;
