# entraid test: what is right and what is wrong with a configuration, step by step.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use POSIX qw(strftime);
use Test::More;

use Entraid qw(entraid);
use Scratch qw(content folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 40));
my $limited   = Simulator->start(qw(--members 40 --roles GroupMember.Read.All));
my $unasked   = Simulator->start( qw(--members 40 --roles), '' );
my $stopped   = Simulator->start;
my $person    = $Simulator::ADDRESS;

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

my $single = configuration( 'single', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );

subtest 'all is well' => sub {
  my $run   = entraid( 'test', $single );
  my @lines = split /\n/, $run->output;
  is shift @lines, $single, 'the configuration';
  my $marks = join q( ), map { /\A  (\S+) (\w+): \S/ ? "$1$2" : () } @lines;
  my $good  = "\xE2\x9C\x93";
  is $marks,
    join( q( ),
    map { "$good$_" } qw(file host token permissions host group members attribute attribute) ),
    'every step is marked';
  my ($until) = $run->output =~ /the token is valid until (\d\d:\d\d)$/m;
  ok( ( grep { strftime( '%H:%M', localtime( time + $_ ) ) eq $until } 3480 .. 3660 ),
    'the end of the token' );
  like $run->output, qr/group "[^"]+" \(\Q$Simulator::GROUP{single}\E\) was found/,
    'the group by name';
  like $run->output, qr/permissions: the application has GroupMember\.Read\.All, User\.Read\.All$/m,
    'the permissions';
  like $run->output, qr/^    such as \Q$person $Simulator::PHONE\E$/m, 'a sample';
  is $run->complaints,  '', 'nothing else';
  is $run->exit_status, 0,  'exit status';
};

subtest 'masked samples' => sub {
  my $run = entraid( 'test', '--mask', $single );
  like $run->output,   qr/^    such as a\*\*\*\@example\.com \*{10}23$/m, 'hide the person';
  unlike $run->output, qr/\Q$person\E|\Q$Simulator::PHONE\E/,             'everywhere';
};

subtest 'doubts' => sub {
  my $run = entraid( 'test', configuration( 'main', SOMETHING => 1 ) );
  like $run->output, qr/^  ! file: .*unknown key SOMETHING/m,                   'of the file';
  like $run->output, qr/^  ! members: 40 people were read, .*2 nested groups/m, 'of nested groups';
  is $run->exit_status, 1, 'exit status';
  $run = entraid( 'test', configuration( 'empty', GROUPID => 'empty' ) );
  like $run->output, qr/^  ! members: 0 people were read/m, 'of a group without people';
  is $run->exit_status, 1, 'exit status';
};

my $dead = do { $stopped->stop; $stopped->configuration("$folder/dead.entraidconf") };
for my $case (
  [ 'a missing file',   "$folder/none.entraidconf", 2, 'file: there is no such file' ],
  [ 'a malformed file', configuration( 'client', CLIENTID => '12' ), 2, 'file: line 1: CLIENTID' ],
  [ 'a server that is not there', $dead,                             2, 'host: cannot connect to' ],
  [
    'a wrong secret',
    configuration( 'secret', CLIENTSECRET => 'a-wrong-secret' ),
    2, 'token: sign-in refused (AADSTS7000215)'
  ],
  [
    'an unknown group',
    configuration( 'group', GROUPID => 'unknown' ),
    2, "group: the tenant has no group $Simulator::GROUP{unknown}"
  ],
  [
    'nothing to be read', $unasked->configuration("$folder/unasked.entraidconf"),
    2,                    'group: Graph refuses to show group'
  ],
  [
    'people that are not shown', $limited->configuration("$folder/limited.entraidconf"),
    2,                           'members: Graph shows no mail for any of the 40 people'
  ],
  )
{
  my ( $what, $conf, $status, $text ) = @{$case};
  subtest $what => sub {
    my $run = entraid( 'test', $conf );
    my ($last) = $run->output =~ /^  (.*)\n\z/m;
    like $last,          qr/\A\xE2\x9C\x97 \Q$text\E/, 'the last line says what is wrong';
    unlike $run->output, qr/a-wrong-secret/,           'without the secret';
    is scalar( () = $run->output =~ /\xE2\x9C\x97/g ), 1,       'and is the only failure';
    is $run->exit_status,                              $status, 'exit status';
    is $run->complaints,                               '',      'nothing else';
  };
}
like entraid( 'test', "$folder/limited.entraidconf" )->output,
  qr/^  ! permissions: the token does not name User\.Read\.All; give the application it /m,
  'which permission is missing';

subtest 'several configurations' => sub {
  my $run = entraid( 'test', $single, $dead, $single );
  is scalar( () = $run->output =~ /^\//mg ), 3, 'all of them are looked at';
  is $run->exit_status,                      2, 'the worst counts';
};

subtest 'for programs' => sub {
  my $run    = entraid( 'test', '--json', $single, "$folder/none.entraidconf" );
  my $record = $run->record;
  my ( $good, $bad ) = @{ $record->{configurations} };
  is $good->{configuration}, $single, 'the path';
  is_deeply [ map { $_->{name} } @{ $good->{steps} } ],
    [qw(file host token permissions host group members attribute attribute)], 'the steps';
  is_deeply $good->{samples}, ["$person $Simulator::PHONE"], 'the samples';
  cmp_ok $good->{token_end}, '>', time, 'the end of the token';
  is $good->{error},        undef,  'no error';
  is $bad->{error}{status}, 'file', 'an error';
  is_deeply $bad->{steps},
    [ { name => 'file', outcome => 'failed', text => 'there is no such file' } ], 'and its step';
  is $run->exit_status, 2, 'exit status';
};

subtest 'the command line' => sub {
  my $run = entraid('test');
  is $run->exit_status, 3, 'no configuration';
  like $run->complaints, qr/\Aentraid: test: the configuration file is missing; /, 'is told';
};

done_testing;
