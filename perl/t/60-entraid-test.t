# entraid test: checks a configuration step by step.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use POSIX qw(strftime);
use Test::More;

use Entraid qw(entraid);
use Scratch qw(content folder write_file);
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
  is shift @lines, $single, 'test names the configuration first';
  my $marks = join q( ), map { /\A  (\S+) (\w+): \S/ ? "$1$2" : () } @lines;
  my $good  = "\xE2\x9C\x93";
  is $marks,
    join( q( ),
    map { "$good$_" }
      qw(file host token permissions host group members attribute attribute credential) ),
    'test marks every step as passed';
  my ($until) = $run->output =~ /the token is valid until (\d\d:\d\d)$/m;
  ok( ( grep { strftime( '%H:%M', localtime( time + $_ ) ) eq $until } 3480 .. 3660 ),
    'test shows when the token ends' );
  like $run->output, qr/group "[^"]+" \(\Q${\ $simulator->group('single') }\E\) was found/,
    'test shows the group\'s name';
  like $run->output,
    qr/permissions: the application has GroupMember\.Read\.All, OrgContact\.Read\.All, User\.Read\.All$/m,
    'test shows the permissions';
  like $run->output, qr/^    such as \Q$person $Simulator::PHONE\E$/m, 'test shows a sample';
  is $run->complaints,  '', 'test prints nothing on the standard error';
  is $run->exit_status, 0,  'test gives exit status 0 for a good configuration';
};

subtest 'masked samples' => sub {
  my $run = entraid( 'test', '--mask', $single );
  like $run->output, qr/^    such as a\*\*\*\@example\.com \*{10}23$/m,
    'test --mask hides the person in the sample';
  unlike $run->output, qr/\Q$person\E|\Q$Simulator::PHONE\E/,
    'test --mask shows the person nowhere';
};

subtest 'doubts' => sub {
  my $run = entraid( 'test', configuration( 'main', SOMETHING => 1 ) );
  like $run->output, qr/^  ! file: .*unknown key SOMETHING/m, 'test shows a doubt about the file';
  like $run->output, qr/^  ! members: 40 people were read, .*2 nested groups/m,
    'test shows a doubt about nested groups';
  is $run->exit_status, 1, 'test gives exit status 1 for doubts';
  $run = entraid( 'test', configuration( 'empty', GROUPID => 'empty' ) );
  like $run->output, qr/^  ! members: 0 people were read/m,
    'test shows a doubt about a group without people';
  is $run->exit_status, 1, 'test gives exit status 1 for a group without people';
};

my $dead = do { $stopped->stop; $stopped->configuration("$folder/dead.entraidconf") };
for my $case (
  [ 'a missing file',   "$folder/none.entraidconf", 2, 'file: there is no such file' ],
  [ 'a malformed file', configuration( 'client', CLIENTID => '12' ), 2, 'file: line 1: CLIENTID' ],
  [
    'a CAFILE that is missing',
    configuration( 'authorities', CAFILE => 'none.pem' ),
    2, 'file: CAFILE (line 1): '
  ],
  [ 'a server that is not there', $dead, 2, 'host: cannot connect to' ],
  [
    'a wrong secret',
    configuration( 'secret', CLIENTSECRET => 'a-wrong-secret' ),
    2, 'token: sign-in refused (AADSTS7000215)'
  ],
  [
    'an unknown group',
    configuration( 'group', GROUPID => 'unknown' ),
    2, "group: the tenant has no group $Simulator::UNKNOWN_GROUP"
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
    like $last,          qr/\A\xE2\x9C\x97 \Q$text\E/, "$what: the last line says what is wrong";
    unlike $run->output, qr/a-wrong-secret/,           "$what: no secret is shown";
    is scalar( () = $run->output =~ /\xE2\x9C\x97/g ), 1,       "$what: one step fails";
    is $run->exit_status,                              $status, "$what: the exit status";
    is $run->complaints,                               '', "$what: nothing on the standard error";
  };
}
SKIP: {
  skip 'only root can give files away', 2 if $>;
  subtest 'a configuration that others can write' => sub {
    my $open = configuration('open');
    chmod 0606, $open or die $!;
    my $run = entraid( 'test', $open );
    like $run->output,
      qr/^  \xE2\x9C\x97 file: it is not used, since every user of this system can change it; chmod o-w \Q$open\E\n\z/m,
      'test refuses a configuration that every user can write, and says what to do';
    is $run->exit_status, 2, 'a configuration that every user can write: the exit status';

    mkdir "$folder/$_" or die $! for qw(theirs roots);
    write_file( "$folder/roots/secret", $simulator->secret );
    for my $case (
      [ CLIENTSECRETFILE => "$folder/roots/secret", CLIENTSECRET => undef ],
      [ AUDITFILE        => "$folder/roots/audit.log" ],
      [ STATEDIR         => "$folder/roots/state" ],
      [ CAFILE           => "$folder/roots/secret" ],
      )
    {
      my ( $key, $value, %other ) = @{$case};
      $other{$key} = $value;
      my $theirs = configuration( 'theirs/theirs', %other );
      chown 1001, 1001, $theirs or die $!;
      my $tested = entraid( 'test', $theirs );
      like $tested->output . $tested->complaints,
        qr/$key \(line \d+\).* cannot be used: user id 1001 can change or replace this configuration, /,
        "test refuses a $key of root's in another user's configuration, and says why";
      is $tested->exit_status, 2,
        "a $key of root's in another user's configuration: the exit status";
    }
  };
  subtest 'a list of a configuration that others can write' => sub {
    my $theirs = configuration( 'theirs/theirs', AUDITFILE => "$folder/roots/audit.log" );
    chown 1001, 1001, $theirs or die $!;
    my $run = entraid( 'write', '--file', "$folder/list", '--template', 'senders', $theirs );
    like $run->output . $run->complaints,
      qr/AUDITFILE \(line \d+\): \Q$folder\E\/roots\/audit\.log cannot be used: user id 1001 can change /,
      'write refuses an AUDITFILE of another user\'s configuration, and says why';
    ok !-e "$folder/$_", "write makes no $_ then" for qw(list roots/audit.log);
  };
}

like entraid( 'test', "$folder/limited.entraidconf" )->output,
  qr/^  ! permissions: the token does not name User\.Read\.All; give the application it /m,
  'test names the missing permission';

subtest 'several configurations' => sub {
  my $run = entraid( 'test', $single, $dead, $single );
  is scalar( () = $run->output =~ /^\//mg ), 3, 'test checks all of several configurations';
  is $run->exit_status, 2, 'the exit status is that of the worst configuration';
};

subtest 'for programs' => sub {
  my $run    = entraid( 'test', '--json', $single, "$folder/none.entraidconf" );
  my $record = $run->record;
  my ( $good, $bad ) = @{ $record->{configurations} };
  is $good->{configuration}, $single, 'test --json: the path';
  is_deeply [ map { $_->{name} } @{ $good->{steps} } ],
    [qw(file host token permissions host group members attribute attribute credential)],
    'test --json: the steps';
  is_deeply $good->{samples}, ["$person $Simulator::PHONE"], 'test --json: the samples';
  cmp_ok $good->{token_end}, '>', time, 'test --json: the end of the token';
  is $good->{error},        undef,  'test --json: the error of a good configuration is null';
  is $bad->{error}{status}, 'file', 'test --json: the error of a missing file';
  is_deeply $bad->{steps},
    [ { name => 'file', outcome => 'failed', text => 'there is no such file' } ],
    'test --json: the step of a missing file';
  is $run->exit_status, 2, 'test --json: the exit status';
};

subtest 'the command line' => sub {
  my $run = entraid('test');
  is $run->exit_status, 3, 'test without a configuration gives exit status 3';
  like $run->complaints, qr/\Aentraid: test: the configuration file is missing; /,
    'test without a configuration: the message';
};

done_testing;
