# SecAtGW::EntraID::entraid_test: what a gateway's "test query" shows.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use SecAtGW::EntraID qw(entraid_test last_error);
use Scratch          qw(folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 30));
my $stopped   = Simulator->start;
my $limited   = Simulator->start(qw(--members 30 --roles GroupMember.Read.All));
my @warnings;
local $SIG{__WARN__} = sub { push @warnings, @_ };

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

sub steps {
  @warnings = ();
  return map { "$_->{outcome} $_->{name}" } entraid_test(@_);
}

my $good = configuration( 'good', GROUPID => 'single' );
is_deeply [ steps($good) ],
  [ map { "passed $_" } qw(host token permissions host group members attribute credential) ],
  'a good configuration passes every step';
is scalar( entraid_test($good) ), 1, 'entraid_test in scalar context gives 1 on success';
is_deeply [ ( entraid_test($good) )[0]{conf} ], [$good], 'each step names its configuration';
is_deeply \@warnings,                           [],      'a good configuration gives no warning';
is scalar( () = steps( [ $good, $good ] ) ), 16, 'two configurations give the steps of both';

my $dead = do { $stopped->stop; $stopped->configuration("$folder/dead.entraidconf") };
for my $case (
  [ 'a server that is not there', $dead, 'network', 'failed host' ],
  [
    'a wrong secret',
    configuration( 'secret', CLIENTSECRET => 'wrong' ),
    'authentication', 'passed host', 'failed token'
  ],
  [
    'an unknown group',
    configuration( 'group', GROUPID => 'unknown' ),
    'not_found', ( map { "passed $_" } qw(host token permissions host) ),
    'failed group'
  ],
  [
    'a missing permission',
    $limited->configuration("$folder/limited.entraidconf"),
    'permission',
    ( map { "passed $_" } qw(host token) ),
    'doubtful permissions',
    'passed host',
    'passed group',
    'failed members'
  ],
  [ 'a missing file', "$folder/missing.entraidconf", 'file' ],
  )
{
  my ( $what, $conf, $status, @steps ) = @{$case};
  subtest $what => sub {
    is_deeply [ steps($conf) ], \@steps, "$what: the steps up to the failure";
    is scalar @warnings, 1, "$what: one warning";
    like $warnings[0], qr/\A\Q$conf\E: [^\n]+\n\z/,
      "$what: the warning is one line that begins with the file";
    is last_error()->status_name,     $status, "$what: last_error is $status";
    is scalar( entraid_test($conf) ), 0,       "$what: 0 in scalar context";
  };
}

is scalar( entraid_test( [] ) ), 0, 'entraid_test gives 0 without a configuration';
is last_error()->message, 'there is no configuration to check',
  'last_error says that there is no configuration';

done_testing;
