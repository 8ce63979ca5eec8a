# entraid write --adopt: the first run over a list that was kept by hand. And the groups that are
# remembered for the guard.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid entraid_on_terminal);
use EntraSync;
use Instance;
use Scratch qw(content folder state_of write_file);
use Simulator;

my $folder    = folder();
my $list      = "$folder/list.txt";
my $simulator = Simulator->start(qw(--members 30));
my $conf      = $simulator->configuration( "$folder/test.entraidconf", STATEDIR => 'state' );
my @people    = map { "$_\n" } split /\n/, entraid( 'search', $conf )->output;
my @partners  = map { "partner$_\@example.org\n" } 1 .. 3;
my $remark    = 'no earlier run over the list is remembered; this run removes';

subtest 'a list that was kept by hand' => sub {
  write_file( $list, sort @people, @partners );
  my $before = state_of($list);
  my $why =
      'no earlier run over it is remembered, and 3 of its '
    . ( @people + @partners )
    . ' lines would be removed';
  my $run = entraid( 'write', '--file', $list, $conf );
  is $run->exit_status, 1, 'the first run is stopped';
  like $run->complaints, qr/the list was left as it is: \Q$why\E; look at /, 'it says why';
  is_deeply state_of($list), $before, 'the list is as it was';
  $run = entraid( 'diff', '--file', $list, $conf );
  is $run->exit_status, 1, 'diff warns';
  like $run->output, qr/^- \Qpartner2\E\@example\.org$/m,      'it shows who would go';
  like $run->output, qr/^the guard would stop it: \Q$why\E$/m, 'and why the run would be stopped';

  $run = entraid( 'write', '--adopt', '--file', $list, $conf );
  is $run->exit_status, 0, 'write --adopt';
  like $run->complaints, qr/\Q$remark\E 3 lines: "partner1\@example\.org", /, 'it names who goes';
  is content($list), join( q(), sort @people ), 'the list has the people of the group';
  like entraid( "write", "--file", $list, $conf )->complaints,
    qr{\A\S+: all well again since [^\n]+\n\z},
    "the next run says that the trouble is over";
  is entraid( "write", "--file", $list, $conf )->complaints, q(), "then nothing is said";
};

subtest 'what somebody adds later' => sub {
  write_file( $list, sort @people, $partners[0] );
  my $run = entraid( 'write', '--file', $list, $conf );
  is $run->exit_status, 0, 'the run goes well';
  like $run->complaints,
    qr/something else has changed the list since the last run; this run removes one line: /,
    'it names what goes';
};

subtest 'an object may be adopted once, and a preview takes that back' => sub {
  my $other  = "$folder/other.txt";
  my $client = EntraSync::Client->open($conf);
  my $people = EntraSync::List->new( file => $other, template => '{mail}', clients => [$client] );
  my $is_stopped = sub {
    write_file( $other, sort @people, @partners );
    return eval { $people->write; 1 } ? 0 : $@->status_name eq 'guard';
  };
  ok $is_stopped->(), 'without adopt';
  is $people->adopt, $people, 'adopt returns the list';
  $people->adopt(0);
  ok $is_stopped->(), 'after adopt(0)';
  $people->adopt->preview;
  ok $is_stopped->(), 'after a preview';
  $people->adopt;
  ok !$is_stopped->(), 'after adopt';
};

subtest 'an exclusion that loses its people' => sub {
  my $file   = "$folder/single.txt";
  my $small  = Simulator->start(qw(--members 5));
  my $excl   = $simulator->group('main');
  my $listed = sub {
    my ( $tenant, @options ) = @_;
    my $single = $tenant->configuration(
      "$folder/single.entraidconf",
      GROUPID        => 'single',
      EXCLUDEGROUPID => $excl,
      STATEDIR       => 'state'
    );
    return entraid( @options, '--file', $file, $single );
  };
  is $listed->( $simulator, 'write' )->exit_status, 0, 'an exclusion of 30 people';
  my $before = state_of($file);
  my $loss   = "excluded group $excl had 30 people, and has 5";
  my $run    = $listed->( $small, 'write' );
  is $run->exit_status, 1, 'an exclusion of 5 people';
  like $run->complaints,
    qr/: \Q$loss\E, a loss of more than MAXREMOVED \(50%\) allows; look at /,
    'it says what has happened';
  is_deeply state_of($file), $before, 'the list is as it was';
  $run = $listed->( $small, 'diff' );
  like $run->output, qr/^the guard would stop it: \Q$loss\E/m,      'diff says so';
  like $run->output, qr/^if the change is right, .*accept-change/m, 'and how to accept it';
  is $listed->( $small, 'write', '--accept-change' )->exit_status, 0, 'it is accepted';
  is $listed->( $small, 'write' )->exit_status, 0, 'the next run goes well';
};

subtest 'a list in real time is emptied of what was put there by hand, once' => sub {
  local $ENV{ENTRASYNC_STATEDIR} = folder();
  my $instance = Instance->new($simulator);
  my %settings = $instance->settings( envelope => { LDAPSENDERMODE => 'realtime' } );
  $instance->configure( 'sms', QUERYFILTER => 'mail,mobilePhone' );
  write_file( $instance->path('senders.txt'), @partners );
  my ( $all_well, $messages ) = $instance->run(%settings);
  is $all_well, 0, 'run_scripts says that a person should look';
  like $messages, qr/ was written with 1 warning: \Q$remark\E 3 lines: "partner1/, 'it names them';
  is $instance->senders, '', 'the list is empty';
  is_deeply [ $instance->run(%settings) ], [ 1, q(), q() ], 'the next run says nothing';
};

done_testing;
