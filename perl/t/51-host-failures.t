# Both cron scripts on a gateway when something fails: the lists stay, and one line says why.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use CronScripts;
use Host;
use Scratch qw(state_of write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 20));
my $stopped   = Simulator->start;
$stopped->stop;

my @lists = map { "/server/example/config/$_.txt" } qw(allowed_senders_ldap gsm_list gsm_auth_auto);
my $conf  = '/server/example/config/entraid/usersync.entraidconf';

diag 'the scripts of the field are not there; the project\'s own are run alone'
  unless CronScripts::field_folder();

# A gateway whose lists are from an earlier run. The instance example has one configuration, which
# is the broken one; the other instance has good ones.
sub gateway {
  my ( $served, %other ) = @_;
  my $host = Host->new;
  write_file( $host->path( $lists[0] ), "user\@example.com\n$Simulator::ADDRESS\n" );
  write_file( $host->path( $lists[1] ), "user\@example.com 0401\n" );
  write_file( $host->path( $lists[2] ), "* user\@example.com <reg> - 0\n" );
  $host->configure( $served, 'example', 'usersync', QUERYFILTER => 'mail,mobilePhone', %other );
  $host->set( 'example', 'envelope', 'ENTRAIDSENDERCONFS', 'usersync' );
  $host->configure( $simulator, 'devipannu', 'usersync', GROUPID => 'single' );
  $host->set( 'devipannu', 'compose', 'LDAPGSMLISTFILE', '' );
  return $host;
}

my %failure = (
  'a wrong secret' => {
    simulator => $simulator,
    other     => { CLIENTSECRET => 'wrong' },
    reason    => qr/sign-in refused \(AADSTS7000215\): .*CLIENTSECRET/,
  },
  'a stopped server' => {
    simulator => $stopped,
    other     => {},
    reason    => qr{cannot connect to http://127\.0\.0\.1:\d+ .*check network},
  },
  'an unknown group' => {
    simulator => $simulator,
    other     => { GROUPID => 'unknown' },
    reason    => qr/the tenant has no group \Q$Simulator::UNKNOWN_GROUP\E; .*GROUPID/,
  },
  'a configuration that does not exist' => {
    simulator => $simulator,
    other     => {},
    prepare   => sub { unlink $_[0]->path($conf) or die },
    reason    => qr/there is no such file/,
  },
  'a configuration without a key' => {
    simulator => $simulator,
    other     => { CLIENTID => undef },
    reason    => qr/CLIENTID/,
  },
);

for my $set ( CronScripts::sets() ) {
  for my $what ( sort keys %failure ) {
    my ( $served, $other, $prepare, $reason ) =
      @{ $failure{$what} }{qw(simulator other prepare reason)};

    subtest "$what, " . $set->name => sub {
      my $host = gateway( $served, %{$other} );
      $host->set( 'example', 'compose', 'ENTRAIDGSMCONFS', 'usersync' );
      $prepare->($host) if $prepare;
      my @before = map { state_of( $host->path($_) ) } @lists;

      my ( $mail, $exit ) = $host->run( $set->user_sync );
      like $mail,
        qr/\Aexample: \Q$lists[0], $lists[1]\E were left as they were: \Q$conf\E: [^\n]+\n\z/,
        'user_sync.pl prints one line with the instance, the lists and the configuration';
      like $mail, $reason, 'user_sync.pl: the line has the reason';
      is $exit, $set->is_own ? 1 : 0, 'user_sync.pl: the exit status';
      is $host->content_of('/server/devipannu/config/allowed_senders_ldap.txt'),
        "$Simulator::ADDRESS\n",
        'user_sync.pl updates the other instance';

      ( $mail, $exit ) = $host->run( $set->access_rights( 'example', 'usersync', 'reg' ) );
      my $own_words = $set->is_own ? '' : "Connection test failed!\n";
      like $mail, qr/\A(?:\Q$own_words\E)?\Q$conf\E: [^\n]+\n(?:\Q$own_words\E)?\z/,
        'entraid_compose_access_rights.pl prints one line with the configuration';
      is scalar( () = $mail =~ /\n/g ), $set->is_own ? 1 : 2,
        'entraid_compose_access_rights.pl: the number of lines';
      like $mail, $reason, 'entraid_compose_access_rights.pl: the line has the reason';
      is $exit, $set->is_own ? 1 : 0, 'entraid_compose_access_rights.pl: the exit status';

      is_deeply [ map { state_of( $host->path($_) ) } @lists ], \@before,
        "$what: all lists are unchanged";
    };
  }

  subtest 'a list that cannot be written, ' . $set->name => sub {
    my $host = gateway( $simulator, GROUPID => 'single' );
    $host->set( 'example', 'compose', 'LDAPGSMLISTFILE', '/server/example/none/gsm_list.txt' );
    my ( $mail, $exit ) = $host->run( $set->user_sync );
    like $mail,
      qr{\Aexample: /server/example/none/gsm_list\.txt: .*left as it is.* \(from \Q$conf\E\)\n\z},
      'a list that cannot be written: user_sync.pl prints one line';
    is $host->content_of( $lists[0] ), "$Simulator::ADDRESS\n",
      'a list that cannot be written: the other list is updated';
  };
}

# Faults that only the project's own scripts notice.
my ($own) = grep { $_->is_own } CronScripts::sets();

subtest 'a broken status program' => sub {
  my $host    = gateway($simulator);
  my $program = '/opt/Sec@GW/bin/get_status.sh';
  my $script  = $own->access_rights( 'example', 'usersync', 'reg' );
  my @before  = map { state_of( $host->path($_) ) } @lists;
  chmod 0755, write_file( $host->path($program), "#!/bin/sh\necho ACTIVE\nexit 3\n" );
  like + ( $host->run($script) )[0], qr/\A[^\n]*\Q$program\E failed: status 3\n\z/,
    'a status program that fails: the message';
  unlink $host->path($program) or die;
  my ( $mail, $exit ) = $host->run($script);
  like $mail, qr/\A[^\n]*\Q$program\E cannot be run: [^\n]+\n\z/,
    'a status program that does not exist: the message';
  is $exit, 1, 'a status program that does not exist: the exit status';
  is_deeply [ map { state_of( $host->path($_) ) } @lists ], \@before,
    'a broken status program: all lists are unchanged';
};

subtest 'wrong settings' => sub {
  my $host = gateway($simulator);
  my ( $mail, $exit ) = $host->run( $own->access_rights( 'example', 'usersync', 'Reg' ) );
  like $mail, qr/\A[^\n]*: rules is 'Reg'; set it to reg or sms\n\z/,
    'a wrong value of rules in the script: the message';
  is $exit, 1, 'a wrong value of rules in the script: the exit status';

  my $script = $own->access_rights( 'example', 'usersync', 'reg' );
  my @before = map { state_of( $host->path($_) ) } @lists;
  my $takes  = qr/it takes --instance, --configname and --rules, each with a value/;
  for my $case (
    [ ['--rules=both'],            qr/rules is 'both'; set it to reg or sms/ ],
    [ [qw(--instance ../example)], qr{instance is '\.\./example'; set it to a name, without a /} ],
    [ [qw(--instance ..)],         qr{instance is '\.\.'; set it to a name, without a /} ],
    [ [ '--configname', '' ],      qr{configname is ''; set it to a name, without a /} ],
    [ ['--rules='],                $takes ],
    [ ['--rules'],                 $takes ],
    [ ['sms'],                     $takes ],
    [ [qw(--rules sms --accept-change)], $takes ],
    )
  {
    my ( $arguments, $complaint ) = @{$case};
    ( $mail, $exit ) = $host->run( $script, @{$arguments} );
    like $mail, qr/\Aentraid_compose_access_rights\.pl: $complaint[^\n]*\n\z/,
      "wrong arguments give one line: @{$arguments}";
    is $exit, 1, "wrong arguments give exit status 1: @{$arguments}";
  }
  is_deeply [ map { state_of( $host->path($_) ) } @lists ], \@before,
    'wrong settings: all lists are unchanged';
};

subtest 'a change that is too large' => sub {
  my $host  = gateway( $simulator, GROUPID => 'single' );
  my @rules = map { "* $_\@example.com <reg> - 0\n" } 'ainoa.jasen', map { "user$_" } 10 .. 29;
  write_file( $host->path( $lists[2] ), @rules );
  my ( $mail, $exit ) = $host->run( $own->access_rights( 'example', 'usersync', 'reg' ) );
  like $mail,
    qr{\A\Q$conf\E: \Q$lists[2]\E: the list was left as it is: [^\n]*MAXREMOVED[^\n]*\n\z},
    'the guard: the message says why the list was left';
  is $exit,                          1,                  'the guard: the exit status';
  is $host->content_of( $lists[2] ), join( '', @rules ), 'the guard: the list is unchanged';
};

subtest 'a product with broken files' => sub {
  my $host = gateway( $simulator, GROUPID => 'single' );
  write_file( $host->path('/opt/Sec@GW/lib/readconfig.pl'), "die \"half an\nupdate\\n\"" );
  my ( $mail, $exit ) = $host->run( $own->user_sync );
  like $mail, qr/\Auser_sync\.pl: half an/, 'a product file that dies: the message';
  is $exit, 1, 'a product file that dies: the exit status';
  write_file( $host->path('/opt/Sec@GW/lib/readconfig.pl'),
    'sub readdomainconfig { die "no\ndomain" }' );
  ( $mail, $exit ) = $host->run( $own->user_sync );
  like $mail,
    qr/\Adevipannu: its lists were left as they were: no domain[^\n]*\nexample: [^\n]+\n\z/,
    'a configuration reader that dies: a line for each instance';
  is $exit, 1, 'a configuration reader that dies: the exit status';
};

done_testing;
