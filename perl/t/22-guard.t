# The change guard, each case by the name that the field gives it, as a Perl program sees it.
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

# People of whom none is in any group.
sub strangers {
  my ($count) = @_;
  return map { sprintf 'zz%03d@example.com', $_ } 1 .. $count;
}

sub fill {
  return write_file( $file, map { "$_\n" } @_ );
}

# What stands beside the list.
sub companions {
  opendir my $handle, $folder or die;
  return sort grep { /\Alist[.]txt[.]/ } readdir $handle;
}

# How a run ends: 'written', or the name of its status; a stopped one changes nothing.
sub ends_with {
  my ($list) = @_;
  my $before = -e $file ? state_of($file) : undef;
  return 'written' if eval { $list->write };
  my $name = $@->status_name;
  is_deeply state_of($file), $before, 'the list is as it was';
  return $name unless $name eq 'guard';
  like $@, qr/\A\Q$file\E: the list was left as it is: .* touch \Q$file\E[.]accept\z/,
    'the line says what to do';
  is_deeply [ companions() ], [qw(list.txt.proposed list.txt.proposed.diff)], 'a proposal is kept';
  return $name;
}

my @many = ( $only, strangers(19) );
for my $case (
  [ 'HitRemovalThreshold, by a percentage', {}, [@many], 'guard' ],
  [ 'HitRemovalThreshold, by a count', { MAXREMOVED => 2 }, [ $only, strangers(3) ], 'guard' ],
  [ 'at the threshold',                { MAXREMOVED => 2 }, [ $only, strangers(2) ], 'written' ],
  [
    'HitAdditionsThreshold, by a percentage',
    { GROUPID => 'nested', MAXADDED => '20%', MAXREMOVED => 'off' },
    [ strangers(10) ], 'guard'
  ],
  [
    'HitAdditionsThreshold, by a count',
    { GROUPID => 'nested', MAXADDED => 5, MAXREMOVED => 'off' },
    [ strangers(1) ], 'guard'
  ],
  [ 'a list of nine is guarded by no percentage', {}, [ $only, strangers(8) ], 'written' ],
  [ 'one of ten is',                              {}, [ $only, strangers(9) ], 'guard' ],
  [ 'emptying a small list',        { GROUPID => 'empty' },                      [$only], 'guard' ],
  [ 'emptying without a threshold', { GROUPID => 'empty', MAXREMOVED => 'off' }, [@many], 'guard' ],
  [ 'FirstRun of an empty list',    { MAXREMOVED => 0, MAXADDED => 0 }, [],            'written' ],
  [ 'NoMembershipChanges',          { MAXREMOVED => 0, MAXADDED => 0 }, [$only],       'written' ],
  [ 'no removal with 0',            { MAXREMOVED => 0 },     [ $only, strangers(1) ],  'guard' ],
  [ 'any removal with off',         { MAXREMOVED => 'off' }, [ $only, strangers(99) ], 'written' ],
  [ 'no addition with 0', { MAXADDED => 0, MAXREMOVED => 'off' }, [ strangers(1) ],    'guard' ],
  [
    'any addition with off',
    { GROUPID => 'nested', MAXADDED => 'off', MAXREMOVED => 'off' },
    [ strangers(1) ], 'written'
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

# IgnoreThresholdOnce
fill(@many);
is ends_with( list() ), 'guard', 'IgnoreThresholdOnce: stopped at first';
like content("$file.proposed.diff"), qr/^- zz001\@example[.]com\n/m, 'what would go can be read';
is content("$file.proposed"), "$only\n", 'and what would stay';
my $report = list()->accept_change->write;
is $report->removed, 19, 'made when the program accepts it';
is $report->guard, '19 of 20 lines would be removed, more than MAXREMOVED (50%) allows',
  'the report says in spite of what';
is_deeply [ companions() ], [], 'the proposal is gone';

fill(@many);
is ends_with( list() ), 'guard', 'stopped the next time';
write_file("$file.accept");
is ends_with( list() ), 'written', 'made when a person left an acceptance';
is_deeply [ companions() ], [], 'which is gone';
fill(@many);
is ends_with( list() ), 'guard', 'so that it counts no second time';

# AllowEmptyDestination
is ends_with( list( GROUPID => 'empty' )->accept_change ), 'written',
  'AllowEmptyDestination: once, when accepted';
is content($file), '', 'then the list is empty';

# DryRun
fill( 'aa@example.com', strangers(19) );
write_file("$file.accept");
my $before = state_of($file);
$report = list()->preview;
is_deeply state_of($file),          $before,             'DryRun: nothing is changed';
is_deeply [ companions() ],         ['list.txt.accept'], 'nor used up';
is_deeply [ $report->added_lines ], [$only],             'the lines that would come';
is_deeply [ $report->removed_lines ], [ 'aa@example.com', strangers(19) ],
  'and those that would go';
is scalar( $report->removed_lines ), 20, 'in scalar context: how many';
like $report->guard, qr/\A20 of 20 lines would be removed/, 'what the guard has against it';
ok $report->changed, 'that it is a change';
is list( GROUPID => 'single', MAXREMOVED => 'off' )->preview->guard, undef,
  'nothing, where it has nothing';

done_testing;
