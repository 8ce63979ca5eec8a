# entraid --json: one object with the keys that the manual names, whatever happens.
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
my $doubt = "$single: line 5: unknown key KEY; it is ignored";

# The keys as the manual has them.
my ($section) =
  content( perl_folder() . '/script/entraid' ) =~ /^=head1 JSON\n(.*?)^=head1 /ms;
my @keys  = sort map { /C<(\w+)>/g } $section =~ /^=item (.*)$/mg;
my @error = qw(aadsts_code http_status message request_id retry_after server_code status);
like $section, qr/C<$_>/, "the manual names $_ of an error" for @error;

# Runs a subcommand on the list, and returns what it says to a program.
sub record_of {
  my ( $status, $command, @arguments ) = @_;
  my $run    = entraid( $command, '--json', '--file', $file, @arguments );
  my $record = $run->record;
  is $run->complaints,  '',      'nothing is on the standard error';
  is $run->exit_status, $status, 'exit status';
  is_deeply [ sort keys %{$record} ], \@keys, 'the keys are those of the manual';
  is $run->output, JSON::PP->new->canonical->utf8->encode($record) . "\n", 'in one order';
  return $record;
}

subtest 'diff' => sub {
  write_file( $file, "aa\@example.com\nzz\@example.com\n" );
  my $record = record_of( 0, 'diff', '--template', 'senders', $single );
  cmp_ok delete $record->{seconds}, '>', 0, 'seconds';
  ok delete $record->{changed}, 'changed';
  is_deeply $record,
    {
    list           => $file,
    configurations => [$single],
    fetched        => 1,
    written        => 1,
    added          => [$person],
    removed        => [qw(aa@example.com zz@example.com)],
    skips          => [],
    excluded       => 0,
    nested_groups  => 0,
    guard          => undef,
    warnings       => [$doubt],
    error          => undef,
    },
    'the rest';
  ok !record_of( 0, 'diff', '--template', '{mail}', write_file( $file, "$person\n" ) && $single )
    ->{changed}, 'not changed';
};

subtest 'types' => sub {
  my $output = entraid( 'diff', '--json', '--file', $file, $single )->output;
  like $output, qr/"changed":false[,}]/, 'changed is true or false';
  like $output, qr/"$_":\d+[,}]/, "$_ is a number" for qw(fetched written excluded nested_groups);
  like $output, qr/"seconds":\d+(?:\.\d{1,3})?[,}]/, 'seconds is a number';
};

subtest 'who is left out' => sub {
  my $oddities = $simulator->configuration( "$folder/oddities.entraidconf", GROUPID => 'oddities' );
  my $record   = record_of( 0, 'diff', $oddities );
  my @skips    = @{ $record->{skips} };
  cmp_ok scalar @skips, '>', 20, 'people';
  is scalar( grep { join( ' ', sort keys %{$_} ) ne 'name reason' } @skips ), 0, 'name and reason';
};

subtest 'the guard' => sub {
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  my $objection = '20 of 20 lines would be removed, more than MAXREMOVED (50%) allows';
  my $diff      = record_of( 1, 'diff', $single );
  is $diff->{guard}, $objection, 'diff: what it has against the change';
  is $diff->{error}, undef,      'which is no error';

  my $stopped = record_of( 1, 'write', $single );
  is $stopped->{error}{status}, 'guard', 'write: what it stopped is an error';
  like $stopped->{guard}, qr/\Q$objection\E/, 'with its words';
  is $stopped->{guard}, $stopped->{error}{message}, 'which are the error\'s';
  is_deeply [ grep { defined $stopped->{$_} } @keys ],
    [qw(configurations error guard list warnings)], 'nothing else is known';

  my $accepted = record_of( 0, 'write', '--accept-change', $single );
  is $accepted->{guard}, $objection, 'accepted';
  ok $accepted->{changed}, 'and made';
  is scalar @{ $accepted->{removed} }, 20, 'with its lines';
  ok !record_of( 0, 'write', $single )->{changed}, 'a write that changes nothing says so too';
};

subtest 'failures' => sub {
  my $wrong =
    $simulator->configuration( "$folder/wrong.entraidconf",
    CLIENTSECRET => 'a-wrong-secret-of-it' );
  for my $command (qw(diff write)) {
    my $record = record_of( 2, $command, $single, $wrong );
    my $error  = $record->{error};
    is_deeply [ sort keys %{$error} ], \@error, 'an error has its keys';
    is $error->{status}, 'authentication', 'status';
    like $error->{message},   qr/\A\Q$wrong\E: .*AADSTS7000215/, 'message';
    unlike $error->{message}, qr/a-wrong-secret/,                'without the secret';
    is_deeply [ @{$error}{qw(http_status aadsts_code server_code retry_after)} ],
      [ 401, 7_000_215, 'invalid_client', undef ], 'what the server said';
    like $error->{request_id}, qr/\A[0-9a-f-]{36}\z/, 'and its id';
    is_deeply $record->{warnings},       [$doubt],            'warnings are still there';
    is_deeply $record->{configurations}, [ $single, $wrong ], 'and what was asked';
  }
  my $missing = record_of( 2, 'diff', "$folder/none" );
  is $missing->{error}{status}, 'file', 'no such file';
  is_deeply [ grep { defined $missing->{error}{$_} } @error ], [qw(message status)],
    'no server has said anything';

  my $busy = $simulator->configuration( "$folder/busy.entraidconf", GROUPID => 'nested' );
  is record_of( 2, 'diff', $busy )->{error}{retry_after}, 3600, 'how long to wait';
  is record_of( 3, 'diff', '--template', '{phone}', $single )->{error}{status},
    'invalid_argument', 'what cannot be done';
};

done_testing;
