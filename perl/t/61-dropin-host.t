# The scripts as they stand, on a gateway whose product has modules of its own: with ours in their
# place, with the search alone in its place, and after removal.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use CronScripts;
use Host;
use Product qw(dropin portrait);
use Scratch qw(state_of write_file);
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

# Runs both scripts, which are quiet, and returns what is in the lists then. Of the project's own,
# the one that writes access rights is for our EntraID alone.
sub lists_after {
  my ( $host, $set, $is_ours ) = @_;
  my @scripts = $set->user_sync;
  push @scripts, $set->access_rights( 'example', 'usersync', 'reg' ) if $is_ours || !$set->is_own;
  is_deeply [ $host->run($_) ], [ '', 0 ], 'nothing is printed' for @scripts;
  return [ map { $host->content_of($_) } $senders, $sms, @scripts > 1 ? $rights : () ];
}

my @theirs = (
  "ldap\@example.com\nproduct\@example.com\n",
  "product\@example.com\n", "* product\@example.com <reg> - 0\n"
);
my @ours = ( "$address\n", "$address $Simulator::PHONE\n", "* $address <reg> - 0\n" );

for my $set ( CronScripts::sets() ) {
  my $last = $set->is_own ? 1 : 2;

  subtest 'both modules, ' . $set->name => sub {
    my $host   = gateway();
    my $before = portrait( $host->lib );
    is_deeply lists_after( $host, $set, 0 ), [ @theirs[ 0 .. $last ] ], 'the product\'s own lists';
    is dropin( 'install', $host->lib )->exit_status, 0, 'install';
    is_deeply lists_after( $host, $set, 1 ), \@ours, 'ours';
    is dropin( 'remove', $host->lib )->exit_status, 0, 'remove';
    is_deeply portrait( $host->lib ),        $before,                   'the product is as it was';
    is_deeply lists_after( $host, $set, 0 ), [ @theirs[ 0 .. $last ] ], 'and so are its lists';
  };

  subtest 'the search alone, ' . $set->name => sub {
    my $host   = gateway();
    my $before = portrait( $host->lib );
    is dropin( 'install', $host->lib, '--only', 'EntraID' )->exit_status, 0, 'install';
    is_deeply lists_after( $host, $set, 1 ),
      [ "ldap\@example.com\n$address\n", @ours[ 1, 2 ] ], 'LDAP\'s people, and ours';
    is dropin( 'remove', $host->lib )->exit_status, 0, 'remove';
    is_deeply portrait( $host->lib ),        $before,                   'the product is as it was';
    is_deeply lists_after( $host, $set, 0 ), [ @theirs[ 0 .. $last ] ], 'and so are its lists';
  };

  subtest 'an installation of ours that is gone, ' . $set->name => sub {
    my $host = gateway();
    dropin( 'install', $host->lib );
    lists_after( $host, $set, 1 );
    my $loader = $host->lib . '/SecAtGW/EntraID.pm';
    write_file( $loader, Scratch::content($loader) =~ s{'\K/[^']*(?=/SecAtGW/)}{/opt/none}r );
    my $before = state_of( $host->path($rights) );
    my ( $mail, $exit ) = $host->run( $set->access_rights( 'example', 'usersync', 'reg' ) );
    like $mail, qr{^/opt/none/SecAtGW/EntraID\.pm is gone; install entrasync again, or put }m,
      'is told by the scripts';
    isnt $exit, 0, 'which fail';
    is_deeply state_of( $host->path($rights) ), $before, 'and leave the list';
  };
}

subtest 'the project\'s own script with the product\'s module' => sub {
  my ($own) = grep { $_->is_own } CronScripts::sets();
  my $host = gateway();
  my ( $mail, $exit ) = $host->run( $own->access_rights( 'example', 'usersync', 'reg' ) );
  is $mail,
    'entraid_compose_access_rights.pl: /opt/Sec@GW/lib/SecAtGW/EntraID.pm cannot write lists;'
    . " put entrasync's in its place with entraid dropin install\n", 'says what is missing';
  isnt $exit,                    0,     'and fails';
  is $host->content_of($rights), undef, 'without a list';
};

done_testing;
