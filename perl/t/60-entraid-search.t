# entraid search: the lines that configurations give, for a person and for programs.
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
  is $run->output,      "$person $Simulator::PHONE\n", 'all attributes without a template';
  is $run->complaints,  '',                            'and nothing else';
  is $run->exit_status, 0,                             'exit status';
  is entraid( 'search', '--template', 'reg-rules', $single )->output, "* $person <reg> - 0\n",
    'a template by name';
  is entraid( 'search', '--template={mail}', $single )->output, "$person\n", 'or written out';
  is names(),                                                   $names,      'nothing is written';
};

subtest 'several configurations' => sub {
  my @lines = split /\n/,
    entraid( qw(search --template senders), configuration('main'), $single )->output;
  is scalar @lines, 31, 'are merged';
  is_deeply \@lines, [ sort @lines ], 'in one order';
  is scalar( grep { $_ eq $person } @lines ), 1, 'and the person of the second is among them';
};

subtest 'figures' => sub {
  my $run = entraid( 'search', '--verbose', $single );
  is $run->complaints, "$figures\n",                                     'are apart from the lines';
  is $run->output,     "$person $Simulator::PHONE\n",                    'which stay alone';
  is entraid_on_terminal( 'search', $single )->complaints, "$figures\n", 'a person is told too';
};

subtest 'who is left out' => sub {
  my $run = entraid( 'search', '-v', configuration( 'oddities', GROUPID => 'oddities', KEY => 1 ) );
  my ( $doubt, @remarks ) = split /\n/, $run->complaints;
  like $doubt, qr/\Awarning: .*: unknown key KEY; it is ignored\z/, 'after a doubt';
  my ($left_out) = pop(@remarks) =~ /, (\d+) left out, / or fail 'figures';
  cmp_ok $left_out, '>', 20, 'many';
  is scalar( grep { /\Aleft out: [0-9a-f-]{36}: \S/ } @remarks ), $left_out, 'are named';
  is scalar @remarks, $left_out, 'and nothing else is said';
  unlike $run->output, qr/left out/, 'nor among the lines';
  is $run->exit_status, 0, 'which is no failure';
};

subtest 'nobody' => sub {
  my $run = entraid( 'search', $nobody );
  is $run->exit_status, 1,  'is a warning';
  is $run->output,      '', 'without lines';
  is $run->complaints,
    'entraid: nobody was found: 0 people, 0 lines, 0 left out, 0 excluded; check GROUPID' . "\n",
    'that is said';
  $run = entraid( 'search', '--json', $nobody );
  is $run->exit_status, 1, 'for programs too';
  is_deeply $run->record->{lines}, [], 'which get no lines';
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
    like $run->complaints,   qr/\Aentraid: $complaint\n\z/, "$arguments[-1]: one line";
    unlike $run->complaints, qr/a-secret-that/,             'without the secret';
    is $run->exit_status, $status, 'exit status';
    is $run->output,      '',      'and no line: half of the people are not shown';
  }
};

subtest 'for programs' => sub {
  my @keys = sort qw(configurations error excluded fetched lines nested_groups seconds skips
    warnings written);
  my $run    = entraid( qw(search --json --template senders), $single );
  my $record = $run->record;
  is $run->complaints, '', 'nothing is on the standard error';
  cmp_ok delete $record->{seconds}, '>', 0, 'seconds';
  is_deeply $record,
    {
    configurations => [$single],
    error          => undef,
    excluded       => 0,
    fetched        => 1,
    lines          => [$person],
    nested_groups  => 0,
    skips          => [],
    warnings       => [],
    written        => 1,
    },
    'the rest';

  $run    = entraid( qw(search --json), "$folder/none" );
  $record = $run->record;
  is $run->exit_status, 2, 'a failure';
  is_deeply [ sort keys %{$record} ], \@keys, 'has the same keys';
  is_deeply [ grep { defined $record->{$_} } @keys ], [qw(configurations error warnings)],
    'of which the rest is not known';
  is $record->{error}{status}, 'file', 'and says why';
};

done_testing;
