# What entraid says of a client secret that ends.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync ();
use Entraid   qw(entraid);
use Scratch   qw(content folder write_file);
use Simulator;

my $DAY    = 86_400;
my $folder = folder();
my $far    = Simulator->start('--secret-ends=300');
my $near   = Simulator->start('--secret-ends=5.5');
my $silent = Simulator->start(qw(--secret-ends=5.5 --fault forbidden@application));

# The date so many days from now, as SECRETEXPIRES has it.
sub date {
  my ($days) = @_;
  my ( $day, $month, $year ) = ( gmtime time + $days * $DAY )[ 3 .. 5 ];
  return sprintf '%d-%02d-%02d', $year + 1900, $month + 1, $day;
}

# A configuration of the group `single`.
sub configuration {
  my ( $simulator, $name, %values ) = @_;
  return $simulator->configuration(
    "$folder/$name.entraidconf",
    GROUPID  => 'single',
    STATEDIR => 'none',
    %values
  );
}

my $subject = qr/the client secret of CLIENTSECRET [(]line 2[)]/;
my $list    = write_file( "$folder/list", "$Simulator::ADDRESS\n" );
my @write   = ( 'write',  '--file', $list );
my @status  = ( 'status', '--file', $list );

subtest 'test' => sub {
  my $run = entraid( 'test', configuration( $far, 'far' ) );
  is $run->exit_status, 0, 'a secret that ends much later is no doubt' or diag $run->output;
  like $run->output,
    qr/^  \xE2\x9C\x93 credential: $subject ends on \d{4}-\d\d-\d\d \d\d:\d\d UTC [(]days left: 299[)]$/m,
    'test says when the secret ends';

  $run = entraid( 'test', configuration( $near, 'near' ) );
  is $run->exit_status, 1, 'a secret that ends soon is a doubt';
  like $run->output,
    qr/^  ! credential: $subject ends on .* [(]days left: 5[)]; make a new one in Entra ID/m,
    'test says that the secret ends soon, and what to do';
  unlike $run->output . $run->complaints, qr/s&c/, 'test shows no part of the secret';

  $run = entraid( 'test', configuration( $silent, 'silent' ) );
  is $run->exit_status, 0, 'an end that Graph does not show is no doubt';
  like $run->output,
    qr/ credential: when $subject ends is not known, .*[(]Authorization_RequestDenied[)]; a line SECRETEXPIRES = /,
    'test says that the end is not known, and what tells it';

  $run = entraid( 'test', configuration( $far, 'wrong', SECRETEXPIRES => date(20) ) );
  is $run->exit_status, 1, 'a SECRETEXPIRES that Graph contradicts is a doubt';
  like $run->output, qr/^  ! credential: SECRETEXPIRES [(]line \d[)] is .*, but Graph says that/m,
    'test compares SECRETEXPIRES with what Graph says';

  my $record = entraid( 'test', '--json', configuration( $near, 'near' ) )->record;
  my ($step) = grep { $_->{name} eq 'credential' } @{ $record->{configurations}[0]{steps} };
  is $step->{outcome}, 'doubtful', 'test --json: the step of the credential is doubtful';
};

subtest 'write' => sub {
  my $run = entraid( @write, configuration( $near, 'near', STATEDIR => "$folder/state" ) );
  is $run->exit_status, 0, 'a list is written though the secret ends soon';
  like $run->complaints, qr/\Awarning: \S+: $subject ends on .* [(]days left: 5[)];.*\n\z/,
    'write: one warning says that the secret ends soon';
  $run = entraid( @write, configuration( $near, 'near', STATEDIR => "$folder/state" ) );
  is $run->complaints, '', 'write: the next run does not say it again';
  $run = entraid( @write, configuration( $far, 'dated', SECRETEXPIRES => date(2) ) );
  like $run->complaints, qr/\Awarning: \S+: $subject ends on /,
    'write: SECRETEXPIRES is said where nothing is remembered';
};

subtest 'status' => sub {
  my $run = entraid( @status, configuration( $far, 'dated', SECRETEXPIRES => date(20) ) );
  like $run->output, qr/\AWARNING .*: $subject ends on /, 'status warns of a secret that ends soon';
  is $run->exit_status, 1, 'status: a secret that ends soon is a warning';

  $run = entraid( @status, configuration( $far, 'over', SECRETEXPIRES => date(-3) ) );
  like $run->output, qr/\ACRITICAL .*: its credential has ended/, 'status: a secret has ended';
  like $run->output, qr/SECRETEXPIRES [(]line \d[)] says that the client secret ended on /,
    'status: SECRETEXPIRES is named as what says it';
  is $run->exit_status, 2, 'status: a secret that has ended is critical';

  $run = entraid( @status, configuration( $near, 'near', STATEDIR => "$folder/state" ) );
  like $run->output, qr/\AWARNING .*: $subject ends on .* [(]days left: 5[)];/,
    'status knows what Graph has said to an earlier run';

  my $path = configuration( $far, 'long', SECRETEXPIRES => date(200) );
  $run = entraid( @status, '--json', $path );
  is $run->exit_status, 0, 'status: a secret that ends much later is no warning';
  my $end = $run->record->{lists}[0]{credential_end};
  ok abs( $end - time - 200 * $DAY ) <= $DAY, 'status --json: credential_end is the date'
    or diag $end;
  is( EntraSync::Client->open($path)->credential_end, $end, 'credential_end is the same' );
  entraid( @status, '--prometheus', "$folder/lists.prom", $path );
  like content("$folder/lists.prom"),
    qr/^entrasync_list_credential_expiry_timestamp_seconds\{list="[^"]+"\} \Q$end\E$/m,
    'status --prometheus has it too';
  my @report = map { $_ eq 'status' ? 'report' : $_ } @status;
  like entraid( @report, $path )->output, qr{First credential ends</dt><dd>[^<]+ \(in \d+ days\)},
    'report has it too';

  $path = configuration( $silent, 'silent' );
  is( EntraSync::Client->open($path)->credential_end,
    undef, 'credential_end is undef where nobody knows it' );
  my $record = entraid( @status, '--json', $path )->record;
  is $record->{lists}[0]{credential_end}, undef, 'status --json: credential_end is null then';
};

done_testing;
