# entraid with DOMAINS, EXCLUDEADDRESSES, COUNTRYCODE and PHONES, in lists and in lookups.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid);
use Scratch qw(folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start;
my $person    = $Simulator::ADDRESS;

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

# What search prints of a group: its lines, and what it says of people who are left out.
sub search {
  my $run = entraid( 'search', '--verbose', configuration( 'search', @_ ) );
  return ( $run->output, $run->complaints );
}

subtest 'addresses in a list' => sub {
  my ( $lines, $remarks ) = search(
    GROUPID          => 'oddities',
    DOMAINS          => 'Example.com,*.example.com',
    EXCLUDEADDRESSES => 'a@example.com, *@sub.example.com'
  );
  like $lines,   qr/^plain\@example\.com$/m,     'an address in DOMAINS is listed';
  unlike $lines, qr/onmicrosoft/,                'an address outside DOMAINS is not listed';
  unlike $lines, qr/^a\@|\@sub\.example\.com$/m, 'an address in EXCLUDEADDRESSES is not listed';
  like $remarks, qr/onmicrosoft\.com" is in no domain of DOMAINS$/m, 'DOMAINS is the reason';
  like $remarks, qr/"a\@example\.com" is left out by EXCLUDEADDRESSES$/m,
    'EXCLUDEADDRESSES is the reason';
};

subtest 'telephone numbers in a list' => sub {
  my %people = ( GROUPID => 'oddities', QUERYFILTER => 'mail,mobilePhone' );
  my ( $lines, $remarks ) = search(%people);
  like $lines, qr/^user\@example\.com 0405550085$/m, 'without COUNTRYCODE a number stays';
  like $lines, qr/ \+390669812345$/m,                'a 0 that belongs to the number stays';
  like $remarks,
    qr/"\+44 07700 900123" keeps the national prefix 0 after its country code \+44$/m,
    'a national prefix after a country code is named';
  like $remarks, qr/"040 1234567-050 7654321" seems to be two numbers$/m,
    'two numbers with a hyphen between are named';
  ( $lines, $remarks ) = search( %people, COUNTRYCODE => '+358', PHONES => 'mobile' );
  like $lines,   qr/^user\@example\.com \+358405550085$/m, 'with COUNTRYCODE it is in E.164';
  unlike $lines, qr/ \d+$/m,                               'with COUNTRYCODE every number is';
  like $remarks, qr/"0600 12345" is no number of \+358 that a text message reaches/,
    'PHONES = mobile names a premium number';
};

for my $case (
  [ 0, "$person: member: $person +35840123123123",   COUNTRYCODE      => '+358' ],
  [ 0, "$person: member: $person $Simulator::PHONE", DOMAINS          => 'example.com' ],
  [ 1, "$person: not a member",                      DOMAINS          => '*.example.com' ],
  [ 1, "$person: not a member",                      EXCLUDEADDRESSES => '*@example.com' ],
  [ 0, "$person: member: $person $Simulator::PHONE", EXCLUDEADDRESSES => 'boss@example.com' ],
  )
{
  my ( $status, $line, %keys ) = @{$case};
  my ($key) = %keys;
  my $conf = configuration(
    'lookup',
    GROUPID     => 'single',
    QUERYFILTER => 'mail,mobilePhone',
    %keys
  );
  my $run = entraid( 'lookup', $person, $conf );
  is $run->output,      "$line\n", "lookup with $key = $keys{$key}: $line";
  is $run->exit_status, $status,   "lookup with $key = $keys{$key}: exit status $status";
}

my $wrong = configuration( 'wrong', DOMAINS => 'example' );
like entraid( 'search', $wrong )->complaints,
  qr/: DOMAINS is wrong in its entry 1, which is no domain/,
  'a malformed value is named with its key';

done_testing;
