# The rules that no list may break, as a person at the command sees them: one address has one
# person, an exclusion never vanishes, hidden members are not nobody, and a large change is read
# twice.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Doubles qw(%DOUBLES address dispute id);
use Entraid qw(entraid);
use Scratch qw(content folder write_file);
use Simulator;

my $folder    = folder();
my $file      = "$folder/list.txt";
my $simulator = Simulator->start(qw(--members 60));

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

# A person of the group as messages name one.
sub person {
  my ($number) = @_;
  return id($number) . qq{ ("Double $number", double$number\@doubles.example)};
}

my $refused = 'mobilePhone "* <sms> - 0" contains "*", which no telephone number has';
my $doubles = configuration( 'doubles', %DOUBLES );

# For each address: whose number a line has, or why there is no line.
my %expected = (
  alone => 1,
  anna  => dispute( anna => 2, 3 ),
  bo    => 5,
  cleo  => 7,
  dan   => 9,
  eva   => 10,
  finn  => 'has no mobilePhone',
  gun   => 14,
  hal   => 16,
  iris  => dispute( iris => 18, 19 ),
  jon   => $refused,
  kim   => 22,
);

sub line { return address( $_[0] ) . sprintf ' 040700%04d', $_[1] }

my @lines =
  map { line( $_, $expected{$_} ) } grep { $expected{$_} =~ /\A\d+\z/ } sort keys %expected;

subtest 'one address, one person: a list' => sub {
  my $run  = entraid( 'search', '--verbose', $doubles );
  my @said = split /\n/, $run->complaints;
  is $run->output, join( '', map { "$_\n" } @lines ), 'search: each address has one line or none';
  is_deeply [ grep { /\Awarning: / } @said ],
    [ map { "warning: list: $expected{$_}" } qw(anna iris) ],
    'search: an address that nobody gets is a warning with both ids';
  is $said[-1], '22 people, 8 lines, 14 left out, 0 excluded, 2 addresses disputed',
    'search: the figures count disputed addresses';

  $run = entraid( 'diff', '--file', $file, $doubles );
  for my $left_out (
    [ 2, $expected{anna} ],
    [ 3, $expected{anna} ],
    [
      4,
      '"bo@doubles.example" is the address of ' . id(5) . ', since a member comes before a guest'
    ],
    [ 12, $expected{finn} ],
    [
      13,
      '"finn@doubles.example" is the address of '
        . id(12)
        . ', since a member comes before a guest'
    ],
    [ 18, $expected{iris} ],
    [ 20, $refused ],
    )
  {
    my ( $number, $reason ) = @{$left_out};
    like $run->output, qr/^left out: \Q@{[ person($number) ]}: $reason\E$/m,
      "diff names double $number, who is left out";
  }
  like $run->output, qr/, 2 addresses disputed$/m, 'diff counts disputed addresses';
  is $run->exit_status, 0, 'diff: a disputed address does not change the exit status';

  $run = entraid( 'write', '--verbose', '--file', $file, $doubles );
  is content($file), join( '', map { "$_\n" } @lines ), 'write writes the same lines';
  like $run->output, qr/^left out: \Q@{[ person(2) ]}\E: /m,
    'write --verbose names who is left out';
  is scalar( grep { /\Awarning: .*\Q$expected{anna}\E\z/ } split /\n/, $run->complaints ), 1,
    'write warns once of an address that nobody gets';

  $run = entraid( 'test', $doubles );
  like $run->output, qr/^  ! members: \Q$expected{$_}\E$/m, "test names the people of $_"
    for qw(anna iris);
  is $run->exit_status, 1, 'test: a disputed address is a doubt';
};

subtest 'one address, one person: lookups' => sub {
  for my $name ( sort keys %expected ) {
    my $is_line = $expected{$name} =~ /\A\d+\z/;
    my $run     = entraid( 'lookup', address($name), $doubles );
    is $run->output,
      address($name)
      . (
      $is_line
      ? ': member: ' . line( $name, $expected{$name} )
      : ": in the groups, but without a line: $expected{$name}"
      ) . "\n", "lookup of $name\@ agrees with the list";
    is $run->exit_status, $is_line ? 0 : 1, "lookup of $name\@: the exit status";
  }
  my $run = entraid( 'lookup', address('finn'), $doubles );
  like $run->complaints, qr/^left out: \Q@{[ person(12) ]}: has no mobilePhone\E$/m,
    'lookup names the person who has no number';
  my $record = entraid( 'lookup', '--json', address('finn'), $doubles )->record;
  my $answer = $record->{answers}[0];
  is_deeply $answer->{member}, JSON::PP::false(), '--json: somebody without a line is no member';
  is $answer->{reason}, 'has no mobilePhone', '--json: reason says why there is no line';
  is_deeply $answer->{lines}, [], '--json: somebody without a line has no lines';
  is $record->{skips}[0]{display_name}, 'Double 12', '--json: skips has the display name';
};

subtest 'a list of addresses alone' => sub {
  my $alone = configuration( 'alone', %DOUBLES, QUERYFILTER => 'mail' );
  my $run   = entraid( 'search', $alone );
  my @names = grep { $_ ne 'dan' } sort keys %expected;
  is $run->output, join( '', map { address($_) . "\n" } sort @names, 'dan' ),
    'each address has its one line';
  is entraid( 'lookup', address('anna'), $alone )->exit_status, 0,
    'a lookup agrees with a list of addresses alone';
};

subtest 'an excluded group without people' => sub {
  my $empty   = $simulator->group('empty');
  my $stopped = configuration( 'empty', %DOUBLES, EXCLUDEGROUPID => $empty );
  my $reason =
      "$stopped: nobody is in the excluded group $empty (EXCLUDEGROUPID (line 3)); correct the "
    . 'group, or write EXCLUDEEMPTY = allowed if it may be empty';
  my $run = entraid( 'search', $stopped );
  is $run->complaints,  "entraid: $reason\n", 'search names the group';
  is $run->output,      '',                   'search prints no lines';
  is $run->exit_status, 2,                    'search: the exit status';
  is entraid( 'lookup', address('alone'), $stopped )->output,
    address('alone') . ": cannot tell: $reason\n", 'a lookup cannot tell';

  my $allowed =
    configuration( 'empty', %DOUBLES, EXCLUDEGROUPID => $empty, EXCLUDEEMPTY => 'allowed' );
  is entraid( 'lookup', address('alone'), $allowed )->exit_status, 0,
    'EXCLUDEEMPTY = allowed: a lookup';
  is entraid( 'search', $allowed )->exit_status, 0, 'EXCLUDEEMPTY = allowed: a list';
  like entraid( 'test', $allowed )->output,
    qr/^  ! group: excluded group $empty: 0 people are in it, and are left out$/m,
    'test shows that an excluded group is empty';
};

subtest 'an excluded address' => sub {
  my %excluded = ( %DOUBLES, EXCLUDEGROUPID => $simulator->group('leavers') );
  my $leavers  = configuration( 'leavers', %excluded );
  my $reason   = '"eva@doubles.example" is the address of somebody whom EXCLUDEGROUPID leaves out';
  for my $confs ( [$leavers], [ $leavers, $doubles ], [ $doubles, $leavers ] ) {
    my $name = join ' and ', map { m{(\w+)\.entraidconf\z} } @{$confs};
    unlike entraid( 'search', @{$confs} )->output, qr/^eva@/m, "$name: nobody brings it back";
    my $run = entraid( 'lookup', address('eva'), @{$confs} );
    is $run->output, address('eva') . ": in the groups, but without a line: $reason\n",
      "$name: a lookup agrees";
    is $run->complaints, 'left out: ' . person(11) . ": $reason\n",
      "$name: a lookup names once who has the address too";
  }
  like entraid( 'test', $leavers )->output,
    qr/^  \S+ group: excluded group \S+: 1 people are in it, and are left out$/m,
    'test shows how many people a group excludes';
};

subtest 'a group that hides its members' => sub {
  my $group = $simulator->group('hidden');
  my $hides =
    "group $group hides its members (visibility HiddenMembership), and the token does not";
  for my $conf (
    configuration( 'hidden',  GROUPID        => 'hidden' ),
    configuration( 'without', EXCLUDEGROUPID => $group ),
    )
  {
    my $name   = $conf =~ s{.*/}{}r;
    my $reason = "$conf: $hides name Member.Read.Hidden; give the application Member.Read.Hidden "
      . '(type Application) with admin consent';
    is entraid( 'search', $conf )->complaints, "entraid: $reason\n",
      "$name: search names the group";
    my $run = entraid( 'lookup', address('alone'), $conf );
    is $run->output, address('alone') . ": cannot tell: $reason\n", "$name: a lookup cannot tell";
    is $run->exit_status, 2, "$name: a lookup: the exit status";
  }

  my $seeing = Simulator->start( qw(--members 60 --roles),
    'GroupMember.Read.All,User.Read.All,Member.Read.Hidden' );
  my $conf = $seeing->configuration( "$folder/seeing.entraidconf", GROUPID => 'hidden' );
  is scalar( () = entraid( 'search', $conf )->output =~ /\n/g ), 8,
    'with Member.Read.Hidden the members are there';
  is entraid( 'lookup', address('alone'), $conf )->output, address('alone') . ": not a member\n",
    'with Member.Read.Hidden a lookup can tell';

  my $opaque = Simulator->start(qw(--members 60 --fault opaque-token@token));
  $conf = $opaque->configuration( "$folder/opaque.entraidconf", GROUPID => 'hidden' );
  my $reason = "$conf: $hides show its permissions, so it cannot be known whether the application "
    . 'sees them; give it Member.Read.Hidden (type Application) with admin consent';
  is entraid( 'search', $conf )->complaints, "entraid: $reason\n",
    'a token that shows no permissions: search says that it cannot be known';
  is entraid( 'lookup', address('alone'), $conf )->output,
    address('alone') . ": cannot tell: $reason\n",
    'a token that shows no permissions: a lookup cannot tell';

  my @excluding = ( EXCLUDEGROUPID => $group, EXCLUDEEMPTY => 'allowed' );
  $conf   = $opaque->configuration( "$folder/opaque.entraidconf", GROUPID => 'main', @excluding );
  $reason = "$hides show its permissions, so it cannot be known whether the application sees "
    . 'them; give it Member.Read.Hidden (type Application) with admin consent';
  is entraid( 'search', $conf )->complaints, "entraid: $conf: $reason\n",
    'a hidden group that is left out stops the list, whatever EXCLUDEEMPTY says';
  is entraid( 'test', $conf )->exit_status, 2, 'a hidden group that is left out: test fails';

  $seeing = Simulator->start(
    qw(--members 60 --fault opaque-token@token --roles),
    'GroupMember.Read.All,User.Read.All,Member.Read.Hidden'
  );
  $conf = $seeing->configuration( "$folder/seen.entraidconf", GROUPID => 'main', @excluding );
  my $run = entraid( 'search', $conf );
  is $run->exit_status, 0, 'a hidden group whose members are seen: the list is written';
  like $run->complaints, qr/^warning: \Q$conf: $reason\E$/m,
    'a hidden group whose members are seen is a warning';
};

subtest 'mail contacts' => sub {
  my %mixed  = ( GROUPID => 'mixed', CONTACTS => 'yes' );
  my $blind  = Simulator->start( qw(--members 30 --roles), 'GroupMember.Read.All,User.Read.All' );
  my $conf   = $blind->configuration( "$folder/blind.entraidconf", %mixed );
  my $reason = 'Graph shows nothing of the 1 mail contacts that CONTACTS = yes takes; give the '
    . 'application OrgContact.Read.All (type Application) with admin consent';
  my $run = entraid( 'search', $conf );
  is $run->complaints,  "entraid: $conf: $reason\n", 'contacts that are not shown stop the list';
  is $run->exit_status, 2,                           'contacts that are not shown: the exit status';
  like entraid( 'test', $conf )->output,
    qr/^  ! permissions: the token does not name OrgContact\.Read\.All;/m,
    'contacts that are not shown: test names the permission';

  $conf = configuration( 'names', %mixed, QUERYFILTER => 'userPrincipalName' );
  $run  = entraid( 'search', $conf );
  is $run->exit_status, 0, 'contacts without a value of QUERYFILTER are no missing permission';
  like $run->complaints, qr/^left out: \S+ \("[^"]+"\): has no userPrincipalName$/m,
    'a contact without an address is named by its display name';
};

subtest 'a large change is read twice' => sub {
  my $conf = configuration('main');
  unlink $file;
  entraid( 'write', '--file', $file, $conf );
  my $whole = content($file);
  my @old   = map { "old$_\@example.com\n" } 10 .. 24;

  write_file( $file, sort @old, split /^/m, $whole );
  my $run = entraid( 'write', '--verbose', '--file', $file, $conf );
  like $run->output, qr/, 15 removed, .*, groups read twice$/m, 'the figures say so';
  is content($file), $whole, 'what both readings agree on is done';
  is entraid( 'diff', '--json', '--file', $file, $conf )->record->{readings}, 1,
    'a small change is read once';

  my $short = Simulator->start(qw(--members 60 --fault short-page*1@main));
  $conf = $short->configuration( "$folder/short.entraidconf", GROUPID => 'main' );
  $run  = entraid( 'write', '--verbose', '--file', $file, $conf );
  is content($file), $whole, 'one short reading removes nobody';
  like $run->complaints,
    qr/^warning: \Q$file\E: two readings of the groups disagree about 2\d addresses, whose lines stay as they were; the next run will read again$/m,
    'two readings that disagree are a warning';
  like $run->output, qr/, 0 added, 0 removed, .*, groups read twice$/m, 'the figures of such a run';
};

subtest 'nulls are not permissions' => sub {
  my $enabled = configuration( 'enabled', %DOUBLES, ACCOUNTS => 'enabled' );
  my $reason  = 'has no accountEnabled, which ACCOUNTS = enabled needs';
  my $run     = entraid( 'search', $enabled );
  like $run->complaints, qr/^left out: \Q@{[ id(22) ]}: $reason\E$/m,
    'one accountEnabled that is null leaves out one person';
  like $run->output, qr/^\Q$lines[0]\E$/m, 'one accountEnabled that is null: the others stay';
  is entraid( 'lookup', address('kim'), $enabled )->output,
    address('kim') . ": in the groups, but without a line: $reason\n",
    'one accountEnabled that is null: a lookup says so';

  my $faulty = Simulator->start(qw(--members 30 --fault null-attributes:mobilePhone));
  my $conf =
    $faulty->configuration( "$folder/mobile.entraidconf", QUERYFILTER => 'mail,mobilePhone' );
  $run = entraid( 'search', $conf );
  like $run->complaints,
    qr/^warning: \Q$conf\E: none of the 30 people in the groups has a value of mobilePhone; /m,
    'nobody has a mobile: the line says so';
  unlike $run->complaints, qr/permission|consent|Read\.All/,
    'nobody has a mobile: no advice about permissions';

  $faulty = Simulator->start(
    qw(--members 30 --fault),
    "null-attributes:mobilePhone,accountEnabled",
    qw(--fault opaque-token@token)
  );
  for my $case (
    [ mobilePhone    => QUERYFILTER => 'mail,mobilePhone' ],
    [ accountEnabled => ACCOUNTS    => 'enabled' ],
    )
  {
    my ( $attribute, %key ) = @{$case};
    $conf = $faulty->configuration( "$folder/null.entraidconf", %key );
    like entraid( 'search', $conf )->complaints,
      qr/\Aentraid: \Q$conf\E: Graph shows no $attribute for any of the 30 people, .*User\.Read\.All/,
      "nobody has $attribute, and the token shows no permissions: a permission is most likely missing";
  }
};

done_testing;
