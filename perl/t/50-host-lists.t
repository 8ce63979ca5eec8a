# Both cron scripts on a gateway write lists in four formats.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use CronScripts;
use Host;
use Scratch qw(folder state_of write_file);
use SecAtGW::EntraID;
use Simulator;

my $simulator = Simulator->start(qw(--members 1500));
my $address   = $Simulator::ADDRESS;
my $number    = $Simulator::PHONE;
my $senders   = 'config/allowed_senders_ldap.txt';
my $sms       = 'config/gsm_list.txt';
my $rights    = 'config/gsm_auth_auto.txt';

diag 'the scripts of the field are not there; the project\'s own are run alone'
  unless CronScripts::field_folder();

# A gateway whose two instances have a configuration for each list.
sub gateway {
  my $host = Host->new;
  for my $instance (qw(example devipannu)) {
    $host->configure( $simulator, $instance, 'usersync', GROUPID => 'single' );
    $host->configure(
      $simulator, $instance, 'sms',
      GROUPID     => 'single',
      QUERYFILTER => 'mail,mobilePhone'
    );
  }
  return $host;
}

for my $set ( CronScripts::sets() ) {
  subtest 'user_sync.pl, ' . $set->name => sub {
    my $host = gateway();
    is_deeply [ $host->run( $set->user_sync ) ], [ '', 0 ], 'the first run prints nothing';
    for my $instance (qw(example devipannu)) {
      is $host->content_of("/server/$instance/$senders"), "$address\n",
        "$instance: the sender list";
      is $host->content_of("/server/$instance/$sms"), "$address $number\n",
        "$instance: the SMS list";
    }
    my @files  = map { $host->path("/server/example/$_") } $senders, $sms;
    my @before = map { state_of($_) } @files;
    is_deeply [ $host->run( $set->user_sync ) ], [ '', 0 ], 'a second run prints nothing';
    is_deeply [ map { state_of($_) } @files ],   \@before,  'a second run touches no list';
  };

  subtest 'user_sync.pl with lists in real time, ' . $set->name => sub {
    my $host = gateway();
    $host->set( 'example', 'envelope', 'LDAPSENDERMODE', 'realtime' );
    $host->set( 'example', 'compose',  'LDAPGSMMODE',    'Real-Time' );
    write_file( $host->path("/server/example/$senders"), "user\@example.com\n" );
    is_deeply [ $host->run( $set->user_sync ) ], [ '', 0 ],
      'lists in real time: nothing is printed';
    is $host->content_of("/server/example/$senders"), '',
      'lists in real time: the sender list is empty';
    is $host->content_of("/server/example/$sms"), '', 'lists in real time: the SMS list is empty';
    is $host->content_of("/server/devipannu/$senders"), "$address\n",
      'lists in real time: the other instance\'s sender list is written';
  };

  subtest 'user_sync.pl without all of the cfg files, ' . $set->name => sub {
    my $host = gateway();
    unlink $host->path("/server/example/config/$_.cfg") or die for qw(config envelope);
    write_file( $host->path('/server/devipannu/config/compose.cfg') );
    is_deeply [ $host->run( $set->user_sync ) ], [ '', 0 ],
      'cfg files are missing: nothing is printed';
    is $host->content_of("/server/example/$senders"), undef,
      'a missing envelope.cfg: no sender list is written';
    is $host->content_of("/server/example/$sms"), "$address $number\n",
      'a missing envelope.cfg: the SMS list is written';
    is $host->content_of("/server/devipannu/$senders"), "$address\n",
      'an empty compose.cfg: the sender list is written';
    is $host->content_of("/server/devipannu/$sms"), undef,
      'an empty compose.cfg: no SMS list is written';
  };

  subtest 'entraid_compose_access_rights.pl, ' . $set->name => sub {
    my %shape = ( reg => "* $address <reg> - 0\n", sms => "$address * <sms> - 0\n" );
    for my $rules ( sort keys %shape ) {
      my $host = gateway();
      is_deeply [ $host->run( $set->access_rights( 'example', 'usersync', $rules ) ) ], [ '', 0 ],
        "$rules: nothing is printed";
      is $host->content_of("/server/example/$rights"), $shape{$rules},
        "$rules: the format of a line";
      is $host->content_of("/server/devipannu/$rights"), undef,
        "$rules: the other instance has no list";
    }
  };

  subtest 'the status of the node, ' . $set->name => sub {
    my $host = gateway();
    for my $status ( 'PASSIVE', 'ACTIVE-NOT', 'INACTIVE', 'STARTING', '' ) {
      $host->set_status($status);
      is_deeply [ $host->run( $set->access_rights( 'example', 'usersync', 'reg' ) ) ], [ '', 0 ],
        "'$status': nothing is printed";
      is $host->content_of("/server/example/$rights"), undef, "'$status': nothing is written";
    }
    $host->set_status('ACTIVE FAKE');
    is_deeply [ $host->run( $set->access_rights( 'example', 'usersync', 'reg' ) ) ], [ '', 0 ],
      'ACTIVE FAKE: nothing is printed';
    is $host->content_of("/server/example/$rights"), "* $address <reg> - 0\n",
      'ACTIVE FAKE: the list is written';
  };

  subtest 'more people than a page holds, ' . $set->name => sub {
    my $host = gateway();
    $host->configure( $simulator, 'example', 'usersync', GROUPID => 'main' );
    $host->configure(
      $simulator, 'example', 'sms',
      GROUPID     => 'main',
      QUERYFILTER => 'mail,mobilePhone'
    );
    my ( $people, $numbers ) = map {
      [
        SecAtGW::EntraID::entraid_search(
          $host->path("/server/example/config/entraid/$_.entraidconf") ) ]
    } qw(usersync sms);
    cmp_ok scalar @{$people}, '>', 1000, 'more than a page: the group has that many people';
    is_deeply [ $host->run( $set->user_sync ) ], [ '', 0 ],
      'more than a page: user_sync.pl prints nothing';
    is $host->content_of("/server/example/$senders"), join( '', map { "$_\n" } @{$people} ),
      'more than a page: the sender list is what entraid_search finds';
    is $host->content_of("/server/example/$sms"), join( '', map { "$_\n" } @{$numbers} ),
      'more than a page: the SMS list is what entraid_search finds';
    like $host->content_of("/server/example/$senders"), qr/\A(?:[^\s@*<>]+@[^\s@*<>]+\n)+\z/,
      'more than a page: each line of the sender list is an address';
    like $host->content_of("/server/example/$sms"), qr/\A(?:[^\s@*<>]+@[^\s@*<>]+ \+?\d+\n)+\z/,
      'more than a page: each line of the SMS list is an address and a number';

    is_deeply [ $host->run( $set->access_rights( 'example', 'usersync', 'reg' ) ) ], [ '', 0 ],
      'more than a page: entraid_compose_access_rights.pl prints nothing';
    my @lines = split /(?<=\n)/, $host->content_of("/server/example/$rights");
    is_deeply [ sort @lines ], [ sort map { '* ' . lc($_) . " <reg> - 0\n" } @{$people} ],
      'more than a page: entraid_compose_access_rights.pl writes a rule for each person';
  };
}

subtest 'entraid_compose_access_rights.pl with options' => sub {
  my ($own)  = grep { $_->is_own } CronScripts::sets();
  my $script = $own->access_rights( 'example', 'usersync', 'reg' );
  my $host   = gateway();
  is_deeply [ $host->run( $script, qw(--rules sms) ) ], [ '', 0 ], '--rules: nothing is printed';
  is $host->content_of("/server/example/$rights"), "$address * <sms> - 0\n",
    '--rules: the list has those rules';
  my @other = qw(--instance=devipannu --configname=sms --rules=reg);
  is_deeply [ $host->run( $script, @other ) ], [ '', 0 ],
    '--instance and --configname: nothing is printed';
  is $host->content_of("/server/devipannu/$rights"), "* $address <reg> - 0\n",
    '--instance and --configname: the other instance\'s list is written';
  is $host->content_of("/server/example/$rights"), "$address * <sms> - 0\n",
    '--instance and --configname: the first instance\'s list stays';
};

done_testing;
