# SecAtGW::EntraID::entraid_search, as the scripts in the field call it.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Scratch qw(folder write_file);
use SecAtGW::EntraID;
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 1200));
my $stopped   = Simulator->start;
my @warnings;
local $SIG{__WARN__} = sub { push @warnings, @_ };

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", GROUPID => 'single', %other );
}

sub search {
  @warnings = ();
  my @lines = SecAtGW::EntraID::entraid_search(@_);
  return \@lines;
}

ok !defined &main::entraid_search, 'entraid_search is not exported by default';
SecAtGW::EntraID->import('entraid_search');
ok defined &main::entraid_search, 'entraid_search is exported on request';

my $mail  = configuration('mail');
my $phone = configuration( 'phone', QUERYFILTER => 'mail,mobilePhone' );
my $main  = configuration( 'main',  GROUPID     => 'main' );

is_deeply search($mail), [$Simulator::ADDRESS], 'entraid_search gives the address of a person';
is_deeply search($phone), ["$Simulator::ADDRESS $Simulator::PHONE"],
  'entraid_search gives an address and a number';
is_deeply search(
  configuration( 'turned', QUERYFILTER => 'mail|userPrincipalName,mobilePhone,id' ) ),
  ["$Simulator::ADDRESS $Simulator::PHONE b0000000-0000-4000-8000-000000000001"],
  'entraid_search gives the attributes in the order of QUERYFILTER';
is scalar( SecAtGW::EntraID::entraid_search($mail) ), 1,
  'entraid_search: in scalar context the number of lines';
is_deeply \@warnings, [], 'entraid_search gives no warning on success';
is SecAtGW::EntraID::last_error(), undef, 'last_error is undef after a success';

my $people = search($main);
cmp_ok scalar @{$people}, '>', 1000, 'entraid_search reads more than a page';
is_deeply $people, [ sort @{$people} ], 'the lines are sorted bytewise';
is scalar( grep { utf8::is_utf8($_) && /[^\x00-\x7F]/ } @{$people} ), 0, 'the lines are bytes';
is scalar( grep { $_ ne lc } @{$people} ), 0, 'the lines are in lower case';
is_deeply search( [ $main, $mail, $main ] ), [ sort @{$people}, $Simulator::ADDRESS ],
  'the lines of several configurations are merged';

my $oddities = search( configuration( 'oddities', GROUPID => 'oddities' ) );
is scalar( grep { !/^[^\s\@]+\@[^\s\@]+$/ } @{$oddities} ), 0,
  'hostile values in the directory give no line that is not one address';
is scalar( grep { utf8::is_utf8($_) } @{$oddities} ), 0, 'the lines of hostile values are bytes';

is_deeply search( configuration( 'empty', GROUPID => 'empty' ) ), [],
  'a group without members gives no lines';
like "@warnings",
  qr/\A\S+empty\.entraidconf: nobody was found: 0 people in the groups, 0 left out; check GROUPID\n\z/,
  'a group without members gives a warning, since callers print no reason';
is SecAtGW::EntraID::last_error(), undef, 'a group without members is no error';

is_deeply search( $phone, uc " $Simulator::ADDRESS " ), ["$Simulator::ADDRESS $Simulator::PHONE"],
  'one address: entraid_search gives the line of a member';
is_deeply search( $mail, 'stranger@example.com' ), [],
  'one address: entraid_search gives no line for a stranger';
is_deeply \@warnings, [], 'one address: a stranger gives no warning';
is SecAtGW::EntraID::last_error(), undef, 'one address: a stranger is no error';
is_deeply search( $mail, undef ), [], 'one address: an undefined address gives no lines';
like "@warnings", qr/\A\S+mail\.entraidconf: the address to look up is undefined\n\z/,
  'an undefined address gives a warning';
is SecAtGW::EntraID::last_error()->status_name, 'invalid_argument',
  'last_error is invalid_argument for an undefined address';

is_deeply search( configuration( 'unknown', UNKNOWN => 'x' ) ), [$Simulator::ADDRESS],
  'an unknown key does not stop entraid_search';
is_deeply \@warnings, [], 'an unknown key gives no warning, since cron would mail it at each run';

# Failures give no lines, and one warning that names the file once and the reason.
$stopped->stop;
for my $case (
  [
    'wrong secret',                  'authentication',
    qr/AADSTS7000215.*CLIENTSECRET/, configuration( 'secret', CLIENTSECRET => 'wrong' )
  ],
  [
    'unknown group',                            'not_found',
    qr/\Q$Simulator::UNKNOWN_GROUP\E.*GROUPID/, configuration( 'group', GROUPID => 'unknown' )
  ],
  [
    'stopped server',      'network',
    qr/cannot connect to/, $stopped->configuration("$folder/stopped.entraidconf")
  ],
  [
    'unknown tenant', 'authentication',
    qr/TENANTID/,     configuration( 'tenant', TENANTID => 'nobody.example' )
  ],
  [ 'malformed key', 'configuration', qr/CLIENTID/, configuration( 'client', CLIENTID => '12' ) ],
  [ 'missing file',  'file',          qr/no such file/, "$folder/missing.entraidconf" ],
  [
    'a file name with a newline', 'file',
    qr/no such file/,             "$folder/two\nlines",
    "$folder/two\\u{a}lines"
  ],
  [ 'a file name in bytes', 'file', qr/no such file/, "$folder/\xC5\x82.entraidconf" ],
  [
    'a file name with wide characters', 'invalid_argument',
    qr/wide characters/,                "$folder/\x{263A}",
    "$folder/\xE2\x98\xBA"
  ],
  )
{
  my ( $what, $status, $reason, $conf, $shown ) = @{$case};
  $shown //= $conf;
  is_deeply search($conf), [], "$what: entraid_search gives no lines";
  is scalar @warnings, 1, "$what: one warning";
  like $warnings[0], qr/\A\Q$shown\E: [^\n]+\n\z/,
    "$what: the warning is one line that begins with the file";
  is scalar( () = $warnings[0] =~ /\Q$shown\E/g ), 1, "$what: the warning names the file once";
  like $warnings[0],   $reason,          "$what: the warning has the reason";
  unlike $warnings[0], qr/[^\x00-\xFF]/, "$what: the warning is bytes";
  unlike $warnings[0], qr/wrong\b(?!;)|\Q${\ $simulator->secret }\E/,
    "$what: the warning has no secret";
  is SecAtGW::EntraID::last_error()->status_name,       $status, "$what: last_error has the status";
  is scalar( SecAtGW::EntraID::entraid_search($conf) ), 0,       "$what: 0 in scalar context";
}

is_deeply search( [ $mail, "$folder/missing.entraidconf" ] ), [],
  'one failing configuration among several gives no lines';
like $warnings[0], qr/\A\Q$folder\E\/missing\.entraidconf: /,
  'the warning names the configuration that failed';

is_deeply search($_), [], 'entraid_search gives no lines without a configuration' for undef, '', [];
is scalar @warnings, 1, 'a missing configuration gives one warning';
ok SecAtGW::EntraID::entraid_search($mail) && !SecAtGW::EntraID::last_error(),
  'last_error is undef after a later success';

done_testing;
