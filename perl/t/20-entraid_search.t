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

ok !defined &main::entraid_search, 'nothing is exported unasked';
SecAtGW::EntraID->import('entraid_search');
ok defined &main::entraid_search, 'it can be asked for';

my $mail  = configuration('mail');
my $phone = configuration( 'phone', QUERYFILTER => 'mail,mobilePhone' );
my $main  = configuration( 'main',  GROUPID     => 'main' );

is_deeply search($mail),  [$Simulator::ADDRESS],                     'an address';
is_deeply search($phone), ["$Simulator::ADDRESS $Simulator::PHONE"], 'an address and a number';
is_deeply search(
  configuration( 'turned', QUERYFILTER => 'mail|userPrincipalName,mobilePhone,id' ) ),
  ["$Simulator::ADDRESS $Simulator::PHONE b0000000-0000-4000-8000-000000000001"],
  'the attributes in their order';
is scalar( SecAtGW::EntraID::entraid_search($mail) ), 1, 'in scalar context: how many';
is_deeply \@warnings, [], 'no warning';
is SecAtGW::EntraID::last_error(), undef, 'no error';

my $people = search($main);
cmp_ok scalar @{$people}, '>', 1000, 'more than a page';
is_deeply $people, [ sort @{$people} ], 'sorted bytewise';
is scalar( grep { utf8::is_utf8($_) && /[^\x00-\x7F]/ } @{$people} ), 0, 'bytes';
is scalar( grep { $_ ne lc } @{$people} ),                            0, 'in lower case';
is_deeply search( [ $main, $mail, $main ] ), [ sort @{$people}, $Simulator::ADDRESS ],
  'several configurations are merged';

my $oddities = search( configuration( 'oddities', GROUPID => 'oddities' ) );
is scalar( grep { !/^[^\s\@]+\@[^\s\@]+$/ } @{$oddities} ), 0,
  'one address a line, whatever is in the directory';
is scalar( grep { utf8::is_utf8($_) } @{$oddities} ), 0, 'all of them bytes';

is_deeply search( configuration( 'empty', GROUPID => 'empty' ) ), [], 'a group without members';
like "@warnings",
  qr/\A\S+empty\.entraidconf: nobody was found: 0 people in the groups, 0 left out; check GROUPID\n\z/,
  'is warned of, since the script in the field says nothing of the reason';
is SecAtGW::EntraID::last_error(), undef, 'but is no error';

is_deeply search( $phone, uc " $Simulator::ADDRESS " ), ["$Simulator::ADDRESS $Simulator::PHONE"],
  'one address: its line';
is_deeply search( $mail, 'stranger@example.com' ), [], 'a stranger: none';
is_deeply \@warnings,                              [], 'which is nothing to warn of';
is SecAtGW::EntraID::last_error(), undef, 'and no error';
is_deeply search( $mail, undef ), [], 'an undefined address is not taken for all people';
like "@warnings", qr/\A\S+mail\.entraidconf: the address to look up is undefined\n\z/, 'it is told';
is SecAtGW::EntraID::last_error()->status_name, 'invalid_argument', 'and an error';

is_deeply search( configuration( 'unknown', UNKNOWN => 'x' ) ), [$Simulator::ADDRESS],
  'an unknown key';
is_deeply \@warnings, [], 'is not worth a mail from cron';

# Failures: nothing comes back, and one warning names the file, once, and the reason.
$stopped->stop;
for my $case (
  [
    'wrong secret',                  'authentication',
    qr/AADSTS7000215.*CLIENTSECRET/, configuration( 'secret', CLIENTSECRET => 'wrong' )
  ],
  [
    'unknown group',                             'not_found',
    qr/\Q$Simulator::GROUP{unknown}\E.*GROUPID/, configuration( 'group', GROUPID => 'unknown' )
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
  is_deeply search($conf), [], "$what: nothing comes back";
  is scalar @warnings, 1, "$what: one warning";
  like $warnings[0], qr/\A\Q$shown\E: [^\n]+\n\z/, "$what: one line, with the file in front";
  is scalar( () = $warnings[0] =~ /\Q$shown\E/g ), 1, "$what: the file is named once";
  like $warnings[0],   $reason,                                       "$what: the reason";
  unlike $warnings[0], qr/[^\x00-\xFF]/,                              "$what: bytes";
  unlike $warnings[0], qr/wrong\b(?!;)|\Q${\ $simulator->secret }\E/, "$what: no secret";
  is SecAtGW::EntraID::last_error()->status_name,       $status, "$what: last_error";
  is scalar( SecAtGW::EntraID::entraid_search($conf) ), 0,       "$what: none in scalar context";
}

is_deeply search( [ $mail, "$folder/missing.entraidconf" ] ), [],
  'one failure among several fails them all';
like $warnings[0], qr/\A\Q$folder\E\/missing\.entraidconf: /, 'and is blamed on its file';

is_deeply search($_), [], 'no configuration at all' for undef, '', [];
is scalar @warnings, 1, 'is warned of, too';
ok SecAtGW::EntraID::entraid_search($mail) && !SecAtGW::EntraID::last_error(),
  'success ends last_error';

done_testing;
