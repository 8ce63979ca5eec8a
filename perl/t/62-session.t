# A week of a gateway with entrasync, in the steps of the README: a made-up product, the
# drop-in over it, both scripts, a list in real time and back, a network that is lost, a secret that
# is rotated, and the drop-in taken out again.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use CronScripts;
use Entraid qw(entraid);
use Host;
use Product qw(dropin portrait);
use Scratch qw(content folder state_of write_file);
use Simulator;

my $address = $Simulator::ADDRESS;
my $phone   = $Simulator::PHONE;
my $config  = '/server/example/config';
my @lists   = map { "$config/$_.txt" } qw(allowed_senders_ldap gsm_list gsm_auth_auto);
my @ours    = ( "$address\n", "$address $phone\n", "* $address <reg> - 0\n" );

diag 'the scripts of the field are not there; the project\'s own are run alone'
  unless CronScripts::field_folder();

# Looks one sender up by SecAtGW::EntraID, as the gateway's mail program does.
my $asking = <<'PERL';
#!/usr/bin/perl
BEGIN { require("/etc/opt/Sec\@GW/init.pl") }
use SecAtGW::EntraID;
my ( $conf, $address ) = @ARGV;
my $person = SecAtGW::EntraID::entraid_lookup( $conf, $address );
print ref $person ? "member $person->{mobilePhone}" : defined $person ? 'cannot tell' : 'nobody';
PERL

for my $set ( CronScripts::sets() ) {
  subtest $set->description => sub { session($set) };
}
done_testing;

sub session {
  my ($set)     = @_;
  my $port      = free_port();
  my $simulator = Simulator->start( '--port', $port );
  my $host      = Host->with_product(qw(EntraID LDAPCrons LDAPStub));
  my $lib       = $host->lib;

  my %of = ( GROUPID => 'single', TIMEOUT => 60 );
  my @confs;
  for my $instance (qw(example devipannu)) {
    push @confs, map { $host->path($_) } $host->configure( $simulator, $instance, 'usersync', %of ),
      $host->configure( $simulator, $instance, 'sms', %of, QUERYFILTER => 'mail,mobilePhone' );
  }
  my $sms = "$config/entraid/sms.entraidconf";

  # Runs both scripts as cron does. Returns what they print, and the content of the lists.
  my $hour = sub {
    my $mail = join '',
      map { ( $host->run($_) )[0] } $set->user_sync,
      $set->access_rights( 'example', 'usersync', 'reg' );
    return ( $mail, [ map { $host->content_of($_) } @lists ] );
  };

  # Edits all configurations.
  my $edit = sub {
    my ( $old, $new ) = @_;
    for my $conf (@confs) {
      write_file( $conf, content($conf) =~ s/\Q$old\E/$new/r );
      chmod 0600, $conf or die;
    }
  };
  my $ask = sub { ( $host->run( $asking, $sms, @_ ) )[0] };

  # The product before any change.
  my $product = portrait($lib);
  like dropin( 'status', $lib )->output, qr/the product's/,
    'dropin status shows the product\'s own modules';
  my $test = entraid( 'test', $host->path($sms) );
  is $test->exit_status, 0, 'entraid test: a good configuration gives exit status 0';
  like $test->output, qr/^    such as \Q$address $phone\E$/m, 'entraid test shows the person';

  # The drop-in.
  is dropin( 'install', $lib )->exit_status, 0, 'dropin install gives exit status 0';
  is dropin( 'status',  $lib )->exit_status, 0, 'dropin status gives exit status 0 after install';
  is_deeply [ $hour->() ], [ '', \@ours ], 'both scripts write their lists and print nothing';

  # Real time, and back.
  $host->set( 'example', 'compose', 'LDAPGSMMODE', 'realtime' );
  is_deeply [ $hour->() ], [ '', [ $ours[0], '', $ours[2] ] ], 'a list in real time is empty';
  is $ask->($address),               "member $phone", 'entraid_lookup in real time finds a member';
  is $ask->( uc $address ),          "member $phone", 'entraid_lookup finds a member in upper case';
  is $ask->('stranger@example.com'), 'nobody',        'entraid_lookup gives undef for a stranger';
  is $ask->('*'),                    'nobody',        'entraid_lookup gives undef for *';
  $host->set( 'example', 'compose', 'LDAPGSMMODE', 'list' );
  is_deeply [ $hour->() ], [ '', \@ours ], 'a list that is no longer in real time is full again';

  # The network is lost. TIMEOUT is short, so that the test does not wait for further attempts.
  $edit->( 'TIMEOUT = 60', 'TIMEOUT = 2' );
  my @before = map { state_of( $host->path($_) ) } @lists;
  $simulator->stop;
  my ( $mail, $content ) = $hour->();
  is_deeply [ map { state_of( $host->path($_) ) } @lists ], \@before,
    'a lost network leaves the lists unchanged';
  my @lines = grep { !/^Connection test failed!$/ } split /\n/, $mail;
  is scalar @lines, 3, 'a lost network: one line for each instance and one for the access rights';
  is scalar( grep { m{cannot connect to http://127\.0\.0\.1:$port } } @lines ), 3,
    'a lost network: each line says that the server cannot be reached';
  is scalar( grep { m{^example: .*allowed_senders_ldap\.txt.*gsm_list\.txt.* were left} } @lines ),
    1,
    'a lost network: the line of user_sync.pl names the lists that stay';
  like $ask->($address), qr/cannot tell\z/, 'a lost network: entraid_lookup gives "cannot tell"';
  is entraid( 'lookup', $address, $host->path($sms) )->exit_status, 2,
    'a lost network: entraid lookup gives exit status 2';

  # The network is back.
  my $secret = 'another-secret-0123456789';
  my $file   = write_file( folder() . '/secret', "$secret\n" );
  $simulator = Simulator->start( '--port', $port );
  $edit->( 'TIMEOUT = 2', 'TIMEOUT = 60' );
  is_deeply [ $hour->() ], [ '', \@ours ], 'both scripts work again when the network is back';

  # The secret is rotated: first in Entra ID, then in the configurations.
  my $old = $simulator->secret;
  $simulator->stop;
  $simulator = Simulator->start( '--port', $port, '--secret-file', $file );
  @before    = map { state_of( $host->path($_) ) } @lists;
  ($mail) = $hour->();
  is_deeply [ map { state_of( $host->path($_) ) } @lists ], \@before,
    'an old secret leaves the lists unchanged';
  is scalar( () = $mail =~ /AADSTS7000215\): the client secret is wrong; put its Value/g ), 3,
    'an old secret: each line says what to do';
  unlike $mail, qr/\Q$old\E|\Q$secret\E/, 'an old secret: no line has a secret';

  $edit->( $old, $secret );
  is_deeply [ $hour->() ], [ '', \@ours ], 'both scripts work again with the new secret';

  # The drop-in is removed.
  is dropin( 'remove', $lib )->exit_status, 0, 'dropin remove gives exit status 0';
  is_deeply portrait($lib), $product, 'dropin remove leaves the product as it was before';
  @before = map { state_of( $host->path($_) ) } @lists;
  ($mail) = $host->run( $set->user_sync );
  if ( $set->is_own ) {
    like $mail, qr/\Auser_sync\.pl: [^\n]+\n\z/, 'the project\'s own script refuses those modules';
    is_deeply [ map { state_of( $host->path($_) ) } @lists ], \@before,
      'the project\'s own script leaves the lists unchanged';
    return;
  }
  is $mail, '', 'the product\'s own modules print nothing';
  is $host->content_of( $lists[0] ), "ldap\@example.com\nproduct\@example.com\n",
    'the product\'s own modules write their lists';
  return;
}

# A port that nobody listens on, for a server that goes and comes again.
sub free_port {
  require IO::Socket::INET;
  return IO::Socket::INET->new( Listen => 1, LocalAddr => '127.0.0.1' )->sockport;
}
