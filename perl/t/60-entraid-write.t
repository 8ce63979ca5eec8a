# entraid write: the list, and what a person, cron and monitoring get to read.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid entraid_on_terminal);
use Scratch qw(content folder state_of write_file);
use Simulator;

my $folder    = folder();
my $file      = "$folder/list.txt";
my $simulator = Simulator->start(qw(--members 30));
my $person    = $Simulator::ADDRESS;
my $single    = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
my @write     = ( 'write', '--file', $file, '--template', 'senders', $single );

subtest 'all is well' => sub {
  my $run = entraid(@write);
  is $run->exit_status,               0,           'write gives exit status 0';
  is content($file),                  "$person\n", 'write makes the list';
  is $run->output . $run->complaints, '',          'write prints nothing without a terminal';
  my $before = state_of($file);
  is entraid(@write)->exit_status, 0, 'a second write gives exit status 0';
  is_deeply state_of($file), $before, 'a second write does not touch the list';
};

subtest 'to a person' => sub {
  unlink $file or die;
  my $figures = '0 removed, 0 left out, 0 excluded';
  is entraid_on_terminal(@write)->output,
    "$file was written: 1 person, 1 line, 1 added, $figures\n",
    'write on a terminal says that the list was written';
  is entraid_on_terminal(@write)->output,
    "$file is as it was: 1 person, 1 line, 0 added, $figures\n",
    'write on a terminal says that the list is unchanged';
  is entraid( @write, $_ )->output,
    "$file is as it was: 1 person, 1 line, 0 added, $figures\n",
    "write $_ says so without a terminal"
    for qw(--verbose -v);
};

subtest 'the guard' => sub {
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  my $before = state_of($file);
  my $run    = entraid(@write);
  is $run->exit_status, 1, 'write gives exit status 1 for a change that the guard stops';
  like $run->complaints,
    qr/\Aentraid: \Q$file\E: the list was left as it is: .*\.proposed\.diff.*\n\z/,
    'the guard: one line says what to do';
  is $run->output, '', 'the guard: nothing on the standard output';
  is_deeply state_of($file), $before, 'the guard: the list is unchanged';

  my $stopped = $run->complaints;
  unlink "$file.proposed", "$file.proposed.diff";
  $run = entraid( @write, '--accept-change' );
  is $run->exit_status, 1, '--accept-change without a proposal gives exit status 1';
  is $run->complaints,
    $stopped =~
    s/\n\z/; nothing was accepted, since no stopped run has left a proposal that can be read\n/r,
    '--accept-change without a proposal: one line says what to do';
  is_deeply state_of($file), $before, '--accept-change without a proposal changes nothing';
  write_file( $file, content($file), "user30\@example.com\n" );
  like entraid( @write, '--accept-change' )->complaints,
    qr/; nothing was accepted, since the proposal was of another change\n\z/,
    '--accept-change accepts no other change than the one that is shown';
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );

  $run = entraid( @write, '--accept-change', '--verbose' );
  is $run->exit_status, 0,           '--accept-change gives exit status 0';
  is content($file),    "$person\n", '--accept-change makes the change';
  like $run->output, qr/; accepted: none of its 20 lines would stay\n\z/,
    '--accept-change: the output has the objection';

  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  is entraid(@write)->exit_status, 1, '--accept-change does not hold for the next run';
  write_file("$file.accept");
  is entraid(@write)->exit_status, 0,           'an .accept file accepts the next run';
  is content($file),               "$person\n", 'an .accept file: the run makes the change';
  ok !-e "$file.accept", 'an .accept file is removed by the run';
};

subtest 'an acceptance of nobody' => sub {
  my $empty = $simulator->configuration( "$folder/empty.entraidconf", GROUPID => 'empty' );
  write_file( $file, "$person\n", "zz\@example.com\n" );
  my $before = state_of($file);
  my @empty  = ( @write[ 0 .. $#write - 1 ], '--accept-change', $empty );
  is entraid(@empty)->exit_status, 1, '--accept-change does not empty a list unless that was shown';
  is_deeply state_of($file), $before, '--accept-change without a proposal: the list is unchanged';
  is entraid(@empty)->exit_status, 0,  '--accept-change empties a list when that was shown';
  is content($file),               '', '--accept-change: the list is empty';
};

subtest 'several configurations' => sub {
  my $main = $simulator->configuration("$folder/main.entraidconf");
  is entraid( @write, $main )->exit_status, 0,
    'write of several configurations gives exit status 0';
  cmp_ok -s $file, '>', 20 * length $person, 'write merges several configurations into one list';
  like content($file), qr/^\Q$person\E$/m,
    'write of several configurations has the person of the first';
};

subtest 'failures' => sub {
  my $before = state_of($file);
  my $wrong =
    $simulator->configuration( "$folder/wrong.entraidconf",
    CLIENTSECRET => 'a-wrong-secret-of-it' );
  for my $run ( map { entraid( qw(write --accept-change --file), $file, $_ ) } $wrong,
    "$folder/none" )
  {
    is $run->exit_status, 2, 'a failure: exit status 2';
    like $run->complaints, qr{\Aentraid: \Q$folder\E/(?:wrong|none)[^\n]+\n\z},
      'a failure: the message is one line';
    unlike $run->complaints, qr/a-wrong-secret/, 'a failure: no secret in the message';
    is $run->output, '', 'a failure: nothing on the standard output';
    is_deeply state_of($file), $before, 'a failure: the list is unchanged';
  }
  my $run = entraid( 'write', '--file', "$folder/none/list.txt", $single );
  is $run->exit_status, 2, 'a list in a folder that does not exist gives exit status 2';
};

subtest 'a doubt about the configuration' => sub {
  my $doubtful = $simulator->configuration(
    "$folder/doubtful.entraidconf",
    GROUPID => 'single',
    KEY     => 'x'
  );
  my $run = entraid( 'write', '--file', "$folder/new.txt", $doubtful );
  is $run->complaints, "warning: $doubtful: line 5: unknown key KEY; it is ignored\n",
    'a doubt about the configuration: the warning';
  is $run->exit_status, 0, 'a doubt about the configuration: exit status 0';
};

subtest 'a standard output that cannot be written to' => sub {
  my $failure = 'the standard output cannot be written to';
  my $old     = "$person\nold\@example.com\n";
  open my $full, '>', '/dev/full' or die "/dev/full: $!";
  for my $case (
    [ ['--version'],                      $failure,                             $old ],
    [ ['help'],                           $failure,                             $old ],
    [ [ 'diff', @write[ 1 .. $#write ] ], $failure,                             $old ],
    [ [ @write, '--json' ],               "the list was written, but $failure", "$person\n" ],
    [ [ @write, '--verbose' ],            "the list was written, but $failure", "$person\n" ],
    [ [ @write, '--verbose' ],            $failure,                             "$person\n" ],
    )
  {
    my ( $arguments, $complaint, $content ) = @{$case};
    write_file( $file, $old ) unless $arguments->[-1] eq '--verbose' && $complaint eq $failure;
    my $run = Entraid->start_to( $full, @{$arguments} )->finish;
    is $run->exit_status, 2, "a full standard output gives exit status 2: @{$arguments}";
    is $run->complaints, "entraid: $complaint: No space left on device\n",
      "a full standard output gives one line: @{$arguments}";
    is content($file), $content, "a full standard output: the list after @{$arguments}";
  }

  # As after `1>&-`.
  write_file( $file, $old );
  my $run = Entraid->start_to( undef, @write, '--verbose' )->finish;
  is $run->exit_status, 2, 'a closed standard output gives exit status 2';
  like $run->complaints, qr/\Aentraid: the list was written, but \Q$failure\E: [^\n]+\n\z/,
    'a closed standard output gives one line';
  is content($file), "$person\n", 'a closed standard output: the list is written';
};

subtest 'cron is told of a trouble once a day' => sub {
  my $quiet = "$folder/quiet.txt";
  my $conf  = "$folder/quiet.entraidconf";
  my @run   = ( 'write', '--file', $quiet, $conf );
  my %state = ( GROUPID => 'single', STATEDIR => 'state' );
  $simulator->configuration( $conf, %state, CLIENTSECRET => 'wrong' );
  my $run = entraid(@run);
  is $run->exit_status, 2, 'a run that fails';
  like $run->complaints, qr/\Aentraid: .*AADSTS7000215[^\n]*\n\z/, 'it says why';
  $run = entraid(@run);
  is $run->exit_status,               2,   'the next run has the same exit status';
  is $run->output . $run->complaints, q(), 'and says nothing';
  like entraid( @run, $_ )->complaints,   qr/AADSTS7000215/, "$_: it says why" for qw(--loud -v);
  like entraid( @run, '--json' )->output, qr/AADSTS7000215/, '--json has it';
  {
    local $Entraid::ENVIRONMENT{JOURNAL_STREAM} = '8:1';
    like entraid(@run)->complaints, qr/AADSTS7000215/, 'so has the journal';
  }
  $simulator->configuration( $conf, %state );
  like entraid(@run)->complaints,
    qr/\A\Q$quiet\E: all well again since \d\d:\d\d, after \d+ min\n\z/, 'it is over';
  is entraid(@run)->complaints, q(), 'that is said once';

  $simulator->configuration(
    $conf, %state,
    GROUPID     => 'doubles',
    QUERYFILTER => 'mail,mobilePhone'
  );
  unlink $quiet or die;
  like entraid(@run)->complaints, qr/\Awarning: /, 'a warning';
  is entraid(@run)->complaints, q(), 'is said once';
};

done_testing;
