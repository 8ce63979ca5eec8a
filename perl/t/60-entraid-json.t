# entraid --json: one object with the keys of the manual, whatever happens.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid);
use Scratch qw(content folder perl_folder write_file);
use Simulator;

my $folder    = folder();
my $file      = "$folder/list.txt";
my $simulator = Simulator->start(qw(--members 30 --fault throttle:100:3600@nested));
my $person    = $Simulator::ADDRESS;
my $single    = $simulator->configuration(
  "$folder/single.entraidconf",
  GROUPID => 'single',
  KEY     => 'x'
);
my $inner = $simulator->configuration( "$folder/inner.entraidconf", GROUPID => 'inner' );
my $doubt = "$single: line 5: unknown key KEY; it is ignored";

# The keys as the manual has them.
my ($section) =
  content( perl_folder() . '/script/entraid' ) =~ /^=head1 JSON\n(.*?)^=head1 /ms;
my @keys  = sort map { /C<(\w+)>/g } $section =~ /^=item (.*)$/mg;
my @error = qw(aadsts_code http_status message request_id retry_after server_code status);
like $section, qr/C<$_>/, "the manual names $_ of an error" for @error;

# Runs a subcommand on the list with --json, and returns the object.
sub record_of {
  my ( $status, $command, @arguments ) = @_;
  my $run    = entraid( $command, '--json', '--file', $file, @arguments );
  my $record = $run->record;
  is $run->complaints,  '',      "$command --json prints nothing on the standard error";
  is $run->exit_status, $status, "$command --json: the exit status";
  is_deeply [ sort keys %{$record} ], \@keys, "$command --json: the keys are those of the manual";
  is $run->output, JSON::PP->new->canonical->utf8->encode($record) . "\n",
    "$command --json: the keys are sorted";
  return $record;
}

subtest 'diff' => sub {
  my ( $kept, @come ) =
    @{ entraid( qw(search --json --template senders), $inner )->record->{lines} };
  write_file( $file, "aa\@example.com\n$kept\nzz\@example.com\n" );
  my $record = record_of( 0, 'diff', '--template', 'senders', $single, $inner );
  cmp_ok delete $record->{seconds}, '>', 0, 'diff --json: seconds is above 0';
  ok delete $record->{changed}, 'diff --json: changed is true';
  is_deeply $record,
    {
    list           => $file,
    configurations => [ $single, $inner ],
    fetched        => 4,
    written        => 4,
    added          => [ sort $person, @come ],
    removed        => [qw(aa@example.com zz@example.com)],
    skips          => [],
    excluded       => 0,
    disputed       => 0,
    nested_groups  => 1,
    readings       => 1,
    ( map { $_ => 0 } qw(contacts devices service_principals unknown_kinds) ),
    guard    => undef,
    warnings => [$doubt],
    error    => undef,
    },
    'diff --json: the other keys';
  ok !record_of( 0, 'diff', '--template', '{mail}', write_file( $file, "$person\n" ) && $single )
    ->{changed}, 'diff --json: changed is false for the same lines';
};

subtest 'types' => sub {
  my $output = entraid( 'diff', '--json', '--file', $file, $single )->output;
  like $output, qr/"changed":false[,}]/, 'changed is true or false in JSON';
  like $output, qr/"$_":\d+[,}]/, "$_ is a number in JSON"
    for qw(fetched written excluded disputed nested_groups readings contacts devices
    service_principals unknown_kinds);
  like $output, qr/"seconds":\d+(?:\.\d{1,3})?[,}]/, 'seconds is a number in JSON';
};

subtest 'people who are left out' => sub {
  my $oddities = $simulator->configuration( "$folder/oddities.entraidconf", GROUPID => 'oddities' );
  unlink $file or die;
  my $record = record_of( 0, 'diff', $oddities );
  my @skips  = @{ $record->{skips} };
  cmp_ok scalar @skips, '>', 20, 'skips has the people who are left out';
  my $names = 'display_name name reason sign_in_name';
  is scalar( grep { join( ' ', sort keys %{$_} ) ne $names } @skips ), 0,
    'each skip has an id, a reason and names';
  like $skips[0]{display_name}, qr/\AOddity \d+\z/, 'a skip has the display name';
  is $skips[0]{sign_in_name}, "$skips[0]{name}\@simulated.onmicrosoft.com",
    'a skip has the sign-in name';
};

subtest 'the guard' => sub {
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  my $objection = 'none of its 20 lines would stay';
  my $diff      = record_of( 1, 'diff', $single );
  is $diff->{guard}, $objection, 'diff --json: guard has the objection';
  is $diff->{error}, undef,      'diff --json: the guard\'s objection is no error';

  my $stopped = record_of( 1, 'write', $single );
  is $stopped->{error}{status}, 'guard', 'write --json: a stopped change is an error';
  like $stopped->{guard}, qr/\Q$objection\E/, 'write --json: guard has the objection';
  is $stopped->{guard}, $stopped->{error}{message}, 'write --json: guard is the error\'s message';
  is_deeply [ grep { defined $stopped->{$_} } @keys ],
    [qw(configurations error guard list warnings)],
    'write --json: a stopped change leaves the other keys null';

  my $accepted = record_of( 0, 'write', '--accept-change', $single );
  is $accepted->{guard}, $objection, 'write --json --accept-change: guard has the objection';
  ok $accepted->{changed}, 'write --json --accept-change: changed is true';
  is scalar @{ $accepted->{removed} }, 20, 'write --json --accept-change: removed has the lines';
  ok !record_of( 0, 'write', $single )->{changed},
    'write --json: changed is false for the same lines';
};

subtest 'failures' => sub {
  my $wrong =
    $simulator->configuration( "$folder/wrong.entraidconf",
    CLIENTSECRET => 'a-wrong-secret-of-it' );
  for my $command (qw(diff write)) {
    my $record = record_of( 2, $command, $single, $wrong );
    my $error  = $record->{error};
    is_deeply [ sort keys %{$error} ], \@error, "$command --json: the keys of an error";
    is $error->{status}, 'authentication', "$command --json: the status of an error";
    like $error->{message}, qr/\A\Q$wrong\E: .*AADSTS7000215/,
      "$command --json: the message of an error";
    unlike $error->{message}, qr/a-wrong-secret/, "$command --json: no secret in the message";
    is_deeply [ @{$error}{qw(http_status aadsts_code server_code retry_after)} ],
      [ 401, 7_000_215, 'invalid_client', undef ],
      "$command --json: http_status, aadsts_code, server_code and retry_after";
    like $error->{request_id}, qr/\A[0-9a-f-]{36}\z/, "$command --json: the request_id of an error";
    is_deeply $record->{warnings}, [$doubt], "$command --json: an error leaves the warnings";
    is_deeply $record->{configurations}, [ $single, $wrong ],
      "$command --json: an error leaves the configurations";
  }
  my $missing = record_of( 2, 'diff', "$folder/none" );
  is $missing->{error}{status}, 'file', 'a missing file: the status is file';
  is_deeply [ grep { defined $missing->{error}{$_} } @error ], [qw(message status)],
    'a missing file: the keys of a server are null';

  my $busy = $simulator->configuration( "$folder/busy.entraidconf", GROUPID => 'nested' );
  is record_of( 2, 'diff', $busy )->{error}{retry_after}, 3600,
    'a busy server: retry_after gives the seconds';
  is record_of( 3, 'diff', '--template', '{phone}', $single )->{error}{status},
    'invalid_argument', 'a wrong template: the status is invalid_argument';
};

done_testing;
