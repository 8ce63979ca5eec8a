# entraid write: the list, and what is said of it to a person, to cron and to a monitor.
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
  is $run->exit_status,               0,           'exit status';
  is content($file),                  "$person\n", 'the list';
  is $run->output . $run->complaints, '',          'cron has nothing to mail';
  my $before = state_of($file);
  is entraid(@write)->exit_status, 0, 'again';
  is_deeply state_of($file), $before, 'does not touch the list';
};

subtest 'to a person' => sub {
  unlink $file or die;
  my $figures = '0 removed, 0 left out, 0 excluded';
  is entraid_on_terminal(@write)->output,
    "$file was written: 1 person, 1 line, 1 added, $figures\n", 'what was done';
  is entraid_on_terminal(@write)->output,
    "$file is as it was: 1 person, 1 line, 0 added, $figures\n", 'or was not needed';
  is entraid( @write, $_ )->output,
    "$file is as it was: 1 person, 1 line, 0 added, $figures\n", "elsewhere with $_"
    for qw(--verbose -v);
};

subtest 'the guard' => sub {
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  my $before = state_of($file);
  my $run    = entraid(@write);
  is $run->exit_status, 1, 'what it stops is a warning';
  like $run->complaints,
    qr/\Aentraid: \Q$file\E: the list was left as it is: .*\.proposed\.diff.*\n\z/,
    'with what to do, in one line';
  is $run->output, '', 'and nothing else';
  is_deeply state_of($file), $before, 'the list is as it was';

  $run = entraid( @write, '--accept-change', '--verbose' );
  is $run->exit_status, 0,           'once accepted';
  is content($file),    "$person\n", 'it is made';
  like $run->output, qr/; accepted: 20 of 20 lines would be removed, .*\n\z/, 'and told of';

  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  is entraid(@write)->exit_status, 1, 'but that once alone';
  write_file("$file.accept");
  is entraid(@write)->exit_status, 0,           'a file beside the list accepts the next run';
  is content($file),               "$person\n", 'which makes the change';
  ok !-e "$file.accept", 'and takes the file away';
};

subtest 'several configurations' => sub {
  my $main = $simulator->configuration("$folder/main.entraidconf");
  is entraid( @write, $main )->exit_status, 0, 'are merged';
  cmp_ok -s $file, '>', 20 * length $person, 'into one list';
  like content($file), qr/^\Q$person\E$/m, 'of the people of all';
};

subtest 'failures' => sub {
  my $before = state_of($file);
  my $wrong =
    $simulator->configuration( "$folder/wrong.entraidconf",
    CLIENTSECRET => 'a-wrong-secret-of-it' );
  for my $run ( map { entraid( qw(write --accept-change --file), $file, $_ ) } $wrong,
    "$folder/none" )
  {
    is $run->exit_status, 2, 'exit status';
    like $run->complaints,   qr{\Aentraid: \Q$folder\E/(?:wrong|none)[^\n]+\n\z}, 'one line';
    unlike $run->complaints, qr/a-wrong-secret/, 'without the secret';
    is $run->output, '', 'and nothing else';
    is_deeply state_of($file), $before, 'the list is as it was';
  }
  my $run = entraid( 'write', '--file', "$folder/none/list.txt", $single );
  is $run->exit_status, 2, 'a folder that is not there';
};

subtest 'a doubt about the configuration' => sub {
  my $doubtful = $simulator->configuration(
    "$folder/doubtful.entraidconf",
    GROUPID => 'single',
    KEY     => 'x'
  );
  my $run = entraid( 'write', '--file', "$folder/new.txt", $doubtful );
  is $run->complaints,  "warning: $doubtful: line 5: unknown key KEY; it is ignored\n", 'is told';
  is $run->exit_status, 0, 'and is no failure';
};

subtest 'a standard output that cannot be written to' => sub {
  my $failure = 'the standard output cannot be written to';
  my $old     = "old\@example.com\n";
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
    is $run->exit_status, 2, "is a failure: @{$arguments}";
    is $run->complaints,  "entraid: $complaint: No space left on device\n", 'with one line';
    is content($file),    $content, 'which tells the truth about the list';
  }

  # As after `1>&-`.
  write_file( $file, $old );
  my $run = Entraid->start_to( undef, @write, '--verbose' )->finish;
  is $run->exit_status, 2, 'one that is closed is a failure';
  like $run->complaints, qr/\Aentraid: the list was written, but \Q$failure\E: [^\n]+\n\z/,
    'with one line';
  is content($file), "$person\n", 'and the list is written';
};

done_testing;
