# The change guard in a Perl program. Cases have the names that sync tools use for them.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use Scratch qw(content folder state_of write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 5));
my $folder    = folder();
my $file      = "$folder/list.txt";
my $only      = $Simulator::ADDRESS;

# A list fed by a configuration with these settings.
sub list {
  my (%settings) = @_;
  my $conf =
    $simulator->configuration( "$folder/test.entraidconf", GROUPID => 'single', %settings );
  return EntraSync::List->new(
    file     => $file,
    template => '{mail}',
    clients  => [ EntraSync::Client->open($conf) ] );
}

# Addresses of people who are in no group.
sub strangers {
  my ($count) = @_;
  return map { sprintf 'zz%03d@example.com', $_ } 1 .. $count;
}

sub fill {
  return write_file( $file, map { "$_\n" } @_ );
}

# The names of the files that the guard keeps beside the list.
sub companions {
  opendir my $handle, $folder or die;
  return sort grep { /\Alist[.]txt[.]/ } readdir $handle;
}

# Runs the list; gives 'written' or the name of the error's status. A stopped run changes nothing.
sub ends_with {
  my ($list) = @_;
  my $before = -e $file ? state_of($file) : undef;
  return 'written' if eval { $list->write };
  my $name = $@->status_name;
  is_deeply state_of($file), $before, 'a failed run leaves the list unchanged';
  return $name unless $name eq 'guard';
  like $@, qr/\A\Q$file\E: the list was left as it is: .* touch \Q$file\E[.]accept\z/,
    'the guard\'s message says how to accept the change';
  is_deeply [ companions() ], [qw(list.txt.proposed list.txt.proposed.diff)],
    'the guard keeps a proposal beside the list';
  return $name;
}

# One of the people of the group `nested`.
my $people = list( GROUPID => 'nested' );
$people->fetch;
my ($nested) = $people->lines;

my @many = ( $only, strangers(19) );
for my $case (
  [ 'HitRemovalThreshold, by a percentage', {}, [@many], 'guard' ],
  [ 'HitRemovalThreshold, by a count', { MAXREMOVED => 2 }, [ $only, strangers(3) ], 'guard' ],
  [ 'as many removals as MAXREMOVED',  { MAXREMOVED => 2 }, [ $only, strangers(2) ], 'written' ],
  [
    'HitAdditionsThreshold, by a percentage',
    { GROUPID => 'nested', MAXADDED => '20%', MAXREMOVED => 'off' },
    [ $nested, strangers(9) ], 'guard'
  ],
  [
    'HitAdditionsThreshold, by a count',
    { GROUPID => 'nested', MAXADDED => 5, MAXREMOVED => 'off' },
    [$nested], 'guard'
  ],
  [
    'MAXADDED is 200% by default for a list of ten lines',
    { GROUPID => 'nested', MAXREMOVED => 'off' },
    [ $nested, strangers(9) ],
    'guard'
  ],
  [
    'MAXADDED is 200% by default, and exempts a list of nine lines',
    { GROUPID => 'nested', MAXREMOVED => 'off' },
    [ $nested, strangers(8) ], 'written'
  ],
  [ 'one line of which none would stay',   { MAXREMOVED => 'off' }, [ strangers(1) ], 'guard' ],
  [ 'nine lines of which none would stay', {},                      [ strangers(9) ], 'guard' ],
  [ 'a percentage does not stop a list of nine lines', {}, [ $only, strangers(8) ],   'written' ],
  [ 'a percentage stops a list of ten lines',          {}, [ $only, strangers(9) ],   'guard' ],
  [ 'emptying a small list',        { GROUPID => 'empty' },                      [$only], 'guard' ],
  [ 'emptying without a threshold', { GROUPID => 'empty', MAXREMOVED => 'off' }, [@many], 'guard' ],
  [ 'FirstRun of an empty list',    { MAXREMOVED => 0, MAXADDED => 0 }, [],         'written' ],
  [ 'NoMembershipChanges',          { MAXREMOVED => 0, MAXADDED => 0 }, [$only],    'written' ],
  [ 'MAXREMOVED = 0 stops a removal', { MAXREMOVED => 0 }, [ $only, strangers(1) ], 'guard' ],
  [
    'MAXREMOVED = off allows 99 removals',
    { MAXREMOVED => 'off' },
    [ $only, strangers(99) ],
    'written'
  ],
  [
    'MAXADDED = 0 stops an addition', { GROUPID => 'nested', MAXADDED => 0, MAXREMOVED => 'off' },
    [$nested], 'guard'
  ],
  [
    'MAXADDED = off allows any addition',
    { GROUPID => 'nested', MAXADDED => 'off', MAXREMOVED => 'off' },
    [ $nested, strangers(9) ], 'written'
  ],
  )
{
  my ( $name, $settings, $lines, $end ) = @{$case};
  fill( @{$lines} );
  is ends_with( list( %{$settings} ) ), $end, $name;
  unlink map { "$folder/$_" } companions();
}

unlink $file;
is ends_with( list( MAXREMOVED => 0, MAXADDED => 0 ) ), 'written', 'FirstRun of a missing list';

# FirstRun that finds nobody
for my $lines ( undef, [] ) {
  my $name = 'FirstRun that finds nobody, ' . ( $lines ? 'of an empty list' : 'of a missing list' );
  unlink $file;
  fill( @{$lines} ) if $lines;
  my $before = $lines && state_of($file);
  for my $accepts_change ( 0, 1 ) {
    my $list = list( GROUPID => 'empty', MAXREMOVED => 'off', MAXADDED => 'off' );
    ok !eval { $list->accept_change($accepts_change)->write }, "$name: it fails";
    is $@->status_name, 'guard', "$name: the status is guard";
    is $@->message,
        "$file: the list was left as it is: no line was found for it, and it has none yet; "
      . 'check GROUPID, EXCLUDEGROUPID and QUERYFILTER; a list that has to be empty is cleared on '
      . 'purpose', "$name: the message says what to do";
    is_deeply( ( -e $file ? state_of($file) : undef ), $before, "$name: nothing is written" );
    is_deeply [ companions() ], [], "$name: there is no proposal";
  }
  is list( GROUPID => 'empty' )->preview->guard, 'no line was found for it, and it has none yet',
    "$name: a preview says so too";
}
unlink $file;
ok list( GROUPID => 'empty' )->clear->changed, 'a list is cleared on purpose';
is content($file), '', 'a list that is cleared on purpose is there and empty';

# IgnoreThresholdOnce
fill(@many);
is ends_with( list() ), 'guard', 'IgnoreThresholdOnce: the first run is stopped';
like content("$file.proposed.diff"), qr/^- zz001\@example[.]com\n/m,
  'the proposed diff has the lines that would go';
is content("$file.proposed"), "$only\n", 'the proposal has the lines that would stay';
my $report = list()->accept_change->write;
is $report->removed, 19, 'accept_change: the run removes the lines';
is $report->guard, '19 of 20 lines would be removed, more than MAXREMOVED (50%) allows',
  'accept_change: the report gives the guard\'s objection';
is_deeply [ companions() ], [], 'accept_change: the proposal is removed';

fill(@many);
is ends_with( list() ), 'guard', 'accept_change does not hold for the next run';
write_file("$file.accept");
is ends_with( list() ), 'written', 'an .accept file lets the next run pass';
is_deeply [ companions() ], [], 'an .accept file is removed after the run';
fill(@many);
is ends_with( list() ), 'guard', 'an .accept file does not hold for a second run';

# What was shown is accepted, and nothing else
unlink map { "$folder/$_" } companions();
fill(@many);
write_file("$file.accept");
ok !eval { list()->write }, 'an .accept file without a proposal accepts nothing';
like $@,
  qr/\Q$file\E\.accept accepted nothing: no stopped run has left a proposal that can be read/,
  'an .accept file without a proposal: the message says so';
write_file("$file.accept");
ok !eval { list( GROUPID => 'empty' )->write }, 'an .accept file does not accept another change';
like $@, qr/\Q$file\E\.accept is used up, since it is for another change\z/,
  'an .accept file for another change: the message says so';
mkdir "$file.accept" or die;
ok !eval { list()->write }, 'a folder in the place of an .accept file accepts nothing';
like $@, qr/\Q$file\E\.accept is ignored, since it is a folder; remove it\z/,
  'a folder in the place of an .accept file is named';
fill( $only, strangers(1) );
is ends_with( list() ), 'written',
  'a folder in the place of an .accept file does not block the list';
rmdir "$file.accept" or die;

# The same for the caller
unlink map { "$folder/$_" } companions();
fill(@many);
ok !eval { list()->accept_change->write }, 'accept_change without a proposal accepts nothing';
like $@, qr/; nothing was accepted, since no stopped run has left a proposal that can be read\z/,
  'accept_change without a proposal: the message says so';
ok !eval { list( GROUPID => 'empty' )->accept_change->write },
  'accept_change does not accept another change';
like $@, qr/; nothing was accepted, since the proposal was of another change\z/,
  'accept_change of another change: the message says so';

# AllowEmptyDestination
is ends_with( list( GROUPID => 'empty' )->accept_change ), 'written',
  'AllowEmptyDestination: an accepted run empties the list';
is content($file), '', 'AllowEmptyDestination: the list is empty';

# DryRun
fill( 'aa@example.com', strangers(19) );
write_file("$file.accept");
my $before = state_of($file);
$report = list()->preview;
is_deeply state_of($file),          $before,             'DryRun: the list is unchanged';
is_deeply [ companions() ],         ['list.txt.accept'], 'DryRun: the .accept file stays';
is_deeply [ $report->added_lines ], [$only], 'DryRun: added_lines gives the lines that would come';
is_deeply [ $report->removed_lines ], [ 'aa@example.com', strangers(19) ],
  'DryRun: removed_lines gives the lines that would go';
is scalar( $report->removed_lines ), 20,
  'DryRun: removed_lines in scalar context gives their number';
is $report->guard, 'none of its 20 lines would stay', 'DryRun: guard gives the objection';
ok $report->changed, 'DryRun: the report says that the list would change';
fill( $only, strangers(19) );
is list( GROUPID => 'single', MAXREMOVED => 'off' )->preview->guard, undef,
  'DryRun: guard is undef for a change that would pass';

done_testing;
