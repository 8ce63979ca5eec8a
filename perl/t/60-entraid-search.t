# entraid search: the lines of configurations, for a person and for programs.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid entraid_on_terminal);
use Scratch qw(folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 30));
my $person    = $Simulator::ADDRESS;

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

# All names in the folder.
sub names {
  opendir my $handle, $folder or die "$folder: $!";
  return join ' ', sort readdir $handle;
}

my $single  = configuration( 'single', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
my $nobody  = configuration( 'nobody', GROUPID => 'empty' );
my $figures = '1 person, 1 line, 0 left out, 0 excluded';

subtest 'the lines' => sub {
  my $names = names();
  my $run   = entraid( 'search', $single );
  is $run->output, "$person $Simulator::PHONE\n", 'search without a template shows all attributes';
  is $run->complaints,  '',                       'search prints nothing on the standard error';
  is $run->exit_status, 0,                        'search gives exit status 0';
  is entraid( 'search', '--template', 'reg-rules', $single )->output, "* $person <reg> - 0\n",
    'search with a template by name';
  is entraid( 'search', '--template={mail}', $single )->output, "$person\n",
    'search with a template in full';
  is names(), $names, 'search writes no file';
};

subtest 'several configurations' => sub {
  my @lines = split /\n/,
    entraid( qw(search --template senders), configuration('main'), $single )->output;
  is scalar @lines, 31, 'search merges several configurations';
  is_deeply \@lines, [ sort @lines ], 'search sorts the lines of several configurations';
  is scalar( grep { $_ eq $person } @lines ), 1,
    'search shows the person of the second configuration';
};

subtest 'figures' => sub {
  my $run = entraid( 'search', '--verbose', $single );
  is $run->complaints, "$figures\n", 'search --verbose prints figures on the standard error';
  is $run->output, "$person $Simulator::PHONE\n",
    'search --verbose prints lines alone on the standard output';
  is entraid_on_terminal( 'search', $single )->complaints, "$figures\n",
    'search prints figures on a terminal';
};

subtest 'people who are left out' => sub {
  my $run = entraid( 'search', '-v', configuration( 'oddities', GROUPID => 'oddities', KEY => 1 ) );
  my ( $doubt, @remarks ) = split /\n/, $run->complaints;
  like $doubt, qr/\Awarning: .*: unknown key KEY; it is ignored\z/,
    'search -v prints a doubt first';
  my ($left_out) = pop(@remarks) =~ /, (\d+) left out, / or fail 'figures';
  cmp_ok $left_out, '>', 20, 'search counts the people who are left out';
  is scalar( grep { /\Aleft out: [0-9a-f-]{36}: \S/ } @remarks ), $left_out,
    'search -v names each person who is left out';
  is scalar @remarks, $left_out, 'search -v prints no other remarks';
  unlike $run->output, qr/left out/, 'search prints nobody who is left out among the lines';
  is $run->exit_status, 0, 'search gives exit status 0 when people are left out';
};

subtest 'nobody' => sub {
  my $run = entraid( 'search', $nobody );
  is $run->exit_status, 1,  'search of an empty group gives exit status 1';
  is $run->output,      '', 'search of an empty group prints no lines';
  is $run->complaints,
    'entraid: nobody was found: 0 people, 0 lines, 0 left out, 0 excluded; check GROUPID' . "\n",
    'search of an empty group says that nobody was found';
  $run = entraid( 'search', '--json', $nobody );
  is $run->exit_status, 1, 'search --json of an empty group gives exit status 1';
  is_deeply $run->record->{lines}, [], 'search --json of an empty group gives no lines';
};

subtest 'failures' => sub {
  my $wrong = configuration( 'wrong', CLIENTSECRET => 'a-secret-that-is-wrong' );
  for my $case (
    [ 2, qr/\Q$wrong\E: .*AADSTS7000215.*/,           $single, $wrong ],
    [ 2, qr{\Q$folder\E/none: there is no such file}, "$folder/none" ],
    [ 3, qr/\Q$nobody\E: .*\{phone\}.*/,              '--template', 'sms', $single, $nobody ],
    )
  {
    my ( $status, $complaint, @arguments ) = @{$case};
    my $run = entraid( 'search', @arguments );
    like $run->complaints, qr/\Aentraid: $complaint\n\z/, "$arguments[-1]: the message is one line";
    unlike $run->complaints, qr/a-secret-that/, "$arguments[-1]: the message has no secret";
    is $run->exit_status, $status, "$arguments[-1]: the exit status";
    is $run->output,      '', "$arguments[-1]: no lines, since a part of the people would mislead";
  }
};

subtest 'for programs' => sub {
  my @keys = sort qw(configurations contacts devices disputed error excluded fetched lines
    nested_groups readings seconds service_principals skips unknown_kinds warnings written);
  my $run    = entraid( qw(search --json --template senders), $single );
  my $record = $run->record;
  is $run->complaints, '', 'search --json prints nothing on the standard error';
  cmp_ok delete $record->{seconds}, '>', 0, 'search --json: seconds is above 0';
  is_deeply $record,
    {
    configurations => [$single],
    disputed       => 0,
    error          => undef,
    excluded       => 0,
    fetched        => 1,
    lines          => [$person],
    nested_groups  => 0,
    ( map { $_ => 0 } qw(contacts devices service_principals unknown_kinds) ),
    readings => 1,
    skips    => [],
    warnings => [],
    written  => 1,
    },
    'search --json: the other keys';

  $run    = entraid( qw(search --json), "$folder/none" );
  $record = $run->record;
  is $run->exit_status, 2, 'search --json: the exit status of a failure';
  is_deeply [ sort keys %{$record} ], \@keys, 'search --json: a failure has the same keys';
  is_deeply [ grep { defined $record->{$_} } @keys ], [qw(configurations error warnings)],
    'search --json: a failure leaves the other keys null';
  is $record->{error}{status}, 'file', 'search --json: the error of a failure';
};

done_testing;
