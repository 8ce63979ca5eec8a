# The scripts, unchanged, on a gateway whose product has modules of its own: with both of ours,
# with our EntraID alone, and after removal.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use CronScripts;
use Host;
use Product qw(dropin portrait);
use Scratch qw(write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 20));
my $address   = $Simulator::ADDRESS;
my $folder    = '/server/example/config';
my ( $senders, $sms, $rights ) =
  map { "$folder/$_.txt" } qw(allowed_senders_ldap gsm_list gsm_auth_auto);

diag 'the scripts of the field are not there; the project\'s own are run alone'
  unless CronScripts::field_folder();

# A gateway whose instances have a configuration for each list.
sub gateway {
  my $host = Host->with_product(qw(EntraID LDAPCrons LDAPStub));
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

# Runs both scripts over missing lists, and returns the lists' content. The scripts print nothing.
# The project's own scripts refuse to run with the product's modules.
sub lists_after {
  my ( $host, $set ) = @_;
  for my $list ( $senders, $sms, $rights ) {
    unlink map { $host->path( $list =~ s/example/$_/r ) } qw(example devipannu);
  }
  my @scripts = ( $set->user_sync, $set->access_rights( 'example', 'usersync', 'reg' ) );
  is_deeply [ $host->run($_) ], [ '', 0 ], 'a cron script prints nothing' for @scripts;
  return [ map { $host->content_of($_) } $senders, $sms, $rights ];
}

my @theirs = (
  "ldap\@example.com\nproduct\@example.com\n",
  "product\@example.com\n", "* product\@example.com <reg> - 0\n"
);
my @ours = ( "$address\n", "$address $Simulator::PHONE\n", "* $address <reg> - 0\n" );

for my $set ( CronScripts::sets() ) {
  my $is_theirs = sub {
    my ( $host, $when ) = @_;
    return if $set->is_own;
    is_deeply lists_after( $host, $set ), \@theirs, "the product's modules write its lists $when";
  };

  subtest 'both modules, ' . $set->name => sub {
    my $host   = gateway();
    my $before = portrait( $host->lib );
    $is_theirs->( $host, 'at first' );
    is dropin( 'install', $host->lib )->exit_status, 0, 'dropin install gives exit status 0';
    is_deeply lists_after( $host, $set ), \@ours, 'our modules write our lists';
    is dropin( 'remove', $host->lib )->exit_status, 0, 'dropin remove gives exit status 0';
    is_deeply portrait( $host->lib ), $before, 'dropin remove leaves the product as it was before';
    $is_theirs->( $host, 'after remove' );
  };

  subtest 'the search alone, ' . $set->name => sub {
    my $host   = gateway();
    my $before = portrait( $host->lib );
    is dropin( 'install', $host->lib, '--only', 'EntraID' )->exit_status, 0,
      'dropin install --only EntraID gives exit status 0';
    is_deeply lists_after( $host, $set ),
      [ "ldap\@example.com\n$address\n", @ours[ 1, 2 ] ],
      'our EntraID with the product\'s LDAPCrons: the lists have people of LDAP and ours';
    is dropin( 'remove', $host->lib )->exit_status, 0,
      'dropin remove of EntraID alone gives exit status 0';
    is_deeply portrait( $host->lib ), $before,
      'dropin remove of EntraID alone leaves the product as it was before';
    $is_theirs->( $host, 'after EntraID was removed' );
  };

  next if $set->is_own;
  subtest 'an installation of ours that is gone, ' . $set->name => sub {
    my $host = gateway();
    dropin( 'install', $host->lib );
    lists_after( $host, $set );
    for my $name (qw(EntraID LDAPCrons)) {
      my $loader = $host->lib . "/SecAtGW/$name.pm";
      write_file( $loader, Scratch::content($loader) =~ s{'\K/[^']*(?=/SecAtGW/)}{/opt/none}r );
    }
    my ( $mail, $exit ) = $host->run( $set->access_rights( 'example', 'usersync', 'reg' ) );
    like $mail,
      qr{\Aentrasync's /opt/none/SecAtGW/EntraID\.pm could not be loaded: it is gone; the product's own is used in its place; [^\n]+\n\z},
      'an installation that is gone: the script says so in one line';
    is $exit,                      0,          'an installation that is gone: the script goes on';
    is $host->content_of($rights), $theirs[2], 'an installation that is gone: the product\'s list';
    ( $mail, $exit ) = $host->run( $set->user_sync );
    like $mail, qr{\Aentrasync's /opt/none/SecAtGW/LDAPCrons\.pm could not be loaded: [^\n]+\n\z},
      'an installation that is gone: user_sync.pl says so in one line';
    is $host->content_of($senders), $theirs[0],
      'an installation that is gone: user_sync.pl writes the product\'s list';
  };
}

subtest 'the project\'s own scripts with the product\'s modules' => sub {
  my ($own)   = grep { $_->is_own } CronScripts::sets();
  my $host    = gateway();
  my @lists   = ( $senders, $sms, $rights );
  my $lib     = '/opt/Sec@GW/lib/SecAtGW';
  my $written = sub {
    return [ map { $host->content_of($_) } @lists ];
  };
  is_deeply [ $host->run( $own->access_rights( 'example', 'usersync', 'reg' ) ) ],
    [
    "entraid_compose_access_rights.pl: $lib/EntraID.pm cannot write lists; put entrasync's"
      . " in its place with entraid dropin install\n",
    1
    ],
    'the product\'s EntraID: the script for access rights refuses, with exit status 1';
  my $refusal = "user_sync.pl: $lib/LDAPCrons.pm would write lists without the guard; put"
    . " entrasync's in its place with entraid dropin install, or use the product's own script\n";
  is_deeply [ $host->run( $own->user_sync ) ], [ $refusal, 1 ],
    'the product\'s modules: user_sync.pl refuses, with exit status 1';
  is_deeply $written->(), [], 'the product\'s modules: no list is written';

  # The product may have functions with the names of ours.
  for my $name (qw(EntraID LDAPCrons)) {
    my $file = $host->lib . "/SecAtGW/$name.pm";
    write_file( $file,
      Scratch::content($file) =~ s/^1;\n/sub write_list { 1 }\nsub lists { 1 }\n1;\n/mr );
  }
  for my $script ( $own->user_sync, $own->access_rights( 'example', 'usersync', 'reg' ) ) {
    is + ( $host->run($script) )[1], 1, 'the product\'s functions of our names do not count';
  }
  is_deeply $written->(), [], 'the product\'s functions of our names: no list is written';

  dropin( 'install', $host->lib, '--only', 'EntraID' );
  is_deeply [ $host->run( $own->user_sync ) ], [ '', 0 ], 'the search alone: user_sync.pl runs';
  is $host->content_of($senders), "ldap\@example.com\n$address\n",
    'the search alone: the product\'s LDAPCrons writes the list';

  my $loader = $host->lib . '/SecAtGW/EntraID.pm';
  unlink map { $host->path($_) } @lists;
  write_file( $loader, Scratch::content($loader) =~ s{'\K/[^']*(?=/SecAtGW/)}{/opt/none}r );
  my ( $mail, $exit ) = $host->run( $own->user_sync );
  like $mail, qr/\Aentrasync's [^\n]+\n\Q$refusal\E\z/,
    'a search that cannot be loaded: user_sync.pl refuses';
  is $exit, 1, 'a search that cannot be loaded: the exit status';
  is_deeply $written->(), [], 'a search that cannot be loaded: no list is written';

  # The product's LDAPCrons with entrasync's search is no search alone here.
  my $other = gateway();
  dropin( 'install', $other->lib );
  my $crons = $other->lib . '/SecAtGW/LDAPCrons.pm';
  write_file( $crons, Scratch::content($crons) =~ s{'\K/[^']*(?=/SecAtGW/)}{/opt/none}r );
  ( $mail, $exit ) = $other->run( $own->user_sync );
  like $mail,
    qr/\Aentrasync's [^\n]+\nuser_sync\.pl: entrasync could not be loaded, so no list was written\n\z/,
    'an LDAPCrons that cannot be loaded: user_sync.pl refuses';
  is $exit, 1, 'an LDAPCrons that cannot be loaded: the exit status';
  is_deeply [ grep { -e $other->path($_) } @lists ], [],
    'an LDAPCrons that cannot be loaded: no list is written';

  unlink "$loader", $host->lib . '/SecAtGW/LDAPCrons.pm';
  for my $script ( $own->user_sync, $own->access_rights( 'example', 'usersync', 'reg' ) ) {
    ( $mail, $exit ) = $host->run($script);
    like $mail, qr/\ACan't locate SecAtGW/, 'no module at all: the script says so';
    is $exit, 1, 'no module at all: exit status 1';
  }
  unlink $host->path('/etc/opt/Sec@GW/init.pl') or die;
  is + ( $host->run( $own->user_sync ) )[1], 1, 'no init.pl: exit status 1';
};

done_testing;
