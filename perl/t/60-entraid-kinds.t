# Who counts as a person, and where the values come from, as a person at the command sees it: in
# lists, lookups and checks of a group with one member of each kind.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid);
use Scratch qw(content folder write_file);
use Simulator;

my $folder    = folder();
my $file      = "$folder/list.txt";
my $simulator = Simulator->start(qw(--members 5));

my $own     = 'own@example.com';
my $partner = 'bob@partner.example';
my $guest   = 'guest@partner.example';
my $agent   = 'agent@example.com';
my $future  = 'future@example.com';
my $contact = 'supplier@contacts.example.net';

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration(
    "$folder/$name.entraidconf",
    GROUPID     => 'mixed',
    QUERYFILTER => 'mail',
    %other
  );
}

# Checks that a list of the configuration has the lines of these addresses, and that a lookup of
# each address says the same.
sub has_people {
  my ( $name, $conf, @people ) = @_;
  is entraid( 'search', $conf )->output, join( '', map { "$_\n" } sort @people ), "$name: the list";
  my %is_there = map { $_ => 1 } @people;
  for my $address ( $own, $partner, $guest, $agent, $future, $contact ) {
    my $run = entraid( 'lookup', $address, $conf );
    is $run->output, $is_there{$address}
      ? "$address: member: $address\n"
      : "$address: not a member\n",
      "$name: a lookup of $address";
    is $run->exit_status, $is_there{$address} ? 0 : 1, "$name: the exit status for $address";
  }
  return;
}

subtest 'who is not read' => sub {
  my $conf  = configuration('all');
  my $other = '1 nested group not read, 1 contact not read, 1 device not read, '
    . '1 service principal not read, 1 member of an unknown type not read';
  my @diff = ( 'diff', '--file', $file, $conf );
  like entraid(@diff)->output, qr/: 4 people, 4 lines, 4 added, .*, \Q$other\E$/m,
    'diff counts by kind who is not read';
  for my $command ( [@diff], [ 'search', $conf ], [ 'write', '--file', $file, $conf ] ) {
    my $run    = entraid( @{$command}, '--json' );
    my $record = $run->record;
    is_deeply [ @{$record}{qw(nested_groups contacts devices service_principals unknown_kinds)} ],
      [ (1) x 5 ], "$command->[0] --json counts each kind";
  }
  my $run = entraid( 'test', $conf );
  like $run->output,
    qr/not read: 1 group, 1 contact, 1 device, 1 service principal, 1 member of an/,
    'test counts each kind';
  like $run->output, qr/futureUser/, 'test names a type that is not known';
};

subtest 'USERTYPE' => sub {
  my %people = (
    all      => [ $own, $partner, $guest, $agent ],
    member   => [ $own, $partner, $agent ],
    internal => [ $own, $agent ],
    guest    => [$guest],
  );
  for my $type ( sort keys %people ) {
    has_people( "USERTYPE = $type", configuration( $type, USERTYPE => $type ),
      @{ $people{$type} } );
  }
  like entraid( 'test', configuration( 'member', USERTYPE => 'member' ) )->output,
    qr/; 1 of those taken are external members/,
    'test counts the external members of USERTYPE = member';
  unlike entraid( 'test', configuration( 'internal', USERTYPE => 'internal' ) )->output,
    qr/external members/, 'test counts no external members with USERTYPE = internal';
};

subtest 'CONTACTS = yes' => sub {
  my $conf = configuration( 'contacts', CONTACTS => 'yes', USERTYPE => 'internal' );
  has_people( 'CONTACTS = yes', $conf, $own, $agent, $contact );
  is entraid( 'search', '--json', $conf )->record->{contacts}, 0,
    'CONTACTS = yes: no contact is left unread';
  $conf = configuration( 'phones', CONTACTS => 'yes', QUERYFILTER => 'mail,mobilePhone' );
  my $line = "$contact 0407000004";
  like entraid( 'search', $conf )->output, qr/^\Q$line\E$/m, 'a contact has a number in a list';
  is entraid( 'lookup', $contact, $conf )->output, "$contact: member: $line\n",
    'a contact has the same number in a lookup';
  is entraid( 'lookup', $contact,
    configuration( 'out', CONTACTS => 'yes', EXCLUDEGROUPID => $simulator->group('mixed') ) )
    ->output, "$contact: not a member\n", 'a contact of EXCLUDEGROUPID is not a member';

  my $blind = Simulator->start( qw(--members 5 --roles), 'GroupMember.Read.All,User.Read.All' );
  $conf = $blind->configuration(
    "$folder/blind.entraidconf",
    GROUPID     => 'mixed',
    CONTACTS    => 'yes',
    QUERYFILTER => 'mail'
  );
  write_file( $file, "$own\n" );
  my $run = entraid( 'write', '--file', $file, $conf );
  like $run->complaints, qr/OrgContact\.Read\.All/, 'without the permission: write names it';
  is $run->exit_status, 2,        'without the permission: the exit status of write';
  is content($file),    "$own\n", 'without the permission: the list is unchanged';

  for my $address ( $contact, 'nobody@example.com' ) {
    $run = entraid( 'lookup', $address, $conf );
    like $run->output, qr/\A\Q$address\E: cannot tell: .*OrgContact\.Read\.All/,
      "without the permission: a lookup of $address cannot tell";
    is $run->exit_status, 2, "without the permission: the exit status for $address";
  }
};

# For each QUERYFILTER: the lines, each with its address in front.
my $sms = 'extension_0123456789abcdef0123456789abcdef_smsNumber';
for my $case (
  [ 'mail,extensionAttribute3:phone', "$partner 0407001002", "$own 0407001001" ],
  [
    'mail,mobilePhone|extensionAttribute3:phone',
    "$partner 0407001002",
    "$guest 0407000003",
    "$own 0407000001"
  ],
  [ 'mail,extensionAttribute15:text', "$own hq" ],
  [ 'extensionAttribute1:address',    'own.alias@example.com' ],
  [ "mail,$sms:phone",                "$own 0407002001" ],
  )
{
  my ( $filter, @lines ) = @{$case};
  subtest "QUERYFILTER = $filter" => sub {
    my $conf = configuration( 'filter', QUERYFILTER => $filter );
    is entraid( 'search', $conf )->output, join( '', map { "$_\n" } @lines ), 'the list';
    for my $line (@lines) {
      my ($address) = split / /, $line;
      my $run       = entraid( 'lookup', $address, $conf );
      is $run->output,      "$address: member: $line\n", "a lookup of $address";
      is $run->exit_status, 0,                           "the exit status for $address";
    }
    my $run = entraid( 'lookup', $agent, $conf );
    isnt $run->exit_status, 0, 'somebody without the value has no line';
  };
}

subtest 'a wrong kind' => sub {
  for my $filter ( 'mail,extensionAttribute3:number', 'mail,extensionAttribute16:phone' ) {
    my $run = entraid( 'search', configuration( 'wrong', QUERYFILTER => $filter ) );
    is $run->exit_status, 2, "QUERYFILTER = $filter: the exit status";
    like $run->complaints, qr/\Aentraid: .*QUERYFILTER[^\n]+\n\z/,
      "QUERYFILTER = $filter: the message is one line";
  }
};

subtest 'addresses that one configuration leaves out' => sub {
  my $all = configuration('all');
  for my $case (
    [ EXCLUDEADDRESSES => $own ],
    [ EXCLUDEADDRESSES => '*@example.com' ],
    [ DOMAINS          => 'partner.example' ] )
  {
    my ( $key, $value ) = @{$case};
    my $less = configuration( 'less', $key => $value );
    my $run  = entraid( 'lookup', $own, $less );
    is $run->output, "$own: not a member\n", "$key = $value: a lookup of one configuration";
    unlike entraid( 'search', $less )->output, qr/^\Q$own\E$/m,
      "$key = $value: the list of one configuration";
    for my $both ( [ $all, $less ], [ $less, $all ] ) {
      like entraid( 'search', @{$both} )->output, qr/^\Q$own\E$/m,
        "$key = $value holds for its own people: the list of both";
      is entraid( 'lookup', $own, @{$both} )->output, "$own: member: $own\n",
        "$key = $value holds for its own people: a lookup of both";
    }
  }
};

done_testing;
