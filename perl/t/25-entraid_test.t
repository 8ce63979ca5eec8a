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
  [ map { "passed $_" } qw(host token permissions host group members attribute) ],
  'every step';
is scalar( entraid_test($good) ), 1, 'in scalar context: whether all went well';
is_deeply [ ( entraid_test($good) )[0]{conf} ], [$good], 'each step names its configuration';
is_deeply \@warnings,                           [],      'no warning';
is scalar( () = steps( [ $good, $good ] ) ), 14, 'several configurations';

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
    is_deeply [ steps($conf) ], \@steps, 'the steps up to the failure';
    is scalar @warnings, 1, 'one warning';
    like $warnings[0], qr/\A\Q$conf\E: [^\n]+\n\z/, 'of one line, with the file';
    is last_error()->status_name,     $status, "which is $status";
    is scalar( entraid_test($conf) ), 0,       'in scalar context: 0';
  };
}

is scalar( entraid_test( [] ) ), 0, 'no configuration is none that is right';
is last_error()->message,        'there is no configuration to check', 'and that is told';

done_testing;
