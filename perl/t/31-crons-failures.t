# SecAtGW::LDAPCrons when something fails: one line for each instance, and the lists stay.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Instance;
use Scratch qw(state_of write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 20));
my $stopped   = Simulator->start;
$stopped->stop;

# An instance with both lists from an earlier run, of which one line goes and one stays, and one
# good configuration for each.
sub instance {
  my ($served) = @_;
  my $instance = Instance->new( $served // $simulator );
  my ( $address, $number ) = ( $Simulator::ADDRESS, $Simulator::PHONE );
  write_file( $instance->path('senders.txt'), "user\@example.com\n$address\n" );
  write_file( $instance->path('sms.txt'),     "user\@example.com 0401\n$address $number\n" );
  $instance->configure( 'senders', GROUPID => 'single' );
  $instance->configure( 'sms', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
  return $instance;
}

# Runs an instance that fails. Checks that it gives one line, that the named lists are unchanged,
# and that the other lists are updated. Returns the line.
sub line_of {
  my ( $instance, $untouched, %arguments ) = @_;
  my %before = map { $_ => state_of( $instance->path($_) ) } qw(senders.txt sms.txt);
  my ( $all_well, $messages, $printed ) = $instance->run( $instance->settings, %arguments );
  is $all_well, 0,  'run_scripts gives 0 after a failure';
  is $printed,  '', 'run_scripts prints nothing and gives no warning';
  for my $list ( sort keys %before ) {
    my $now = state_of( $instance->path($list) );
    if ( grep { $_ eq $list } @{$untouched} ) {
      is_deeply $now, $before{$list}, "$list is unchanged";
    } else {
      isnt $now->{content}, $before{$list}{content}, "$list is updated";
    }
  }
  like $messages,   qr/\Aexample: [^\n]+\n\z/, 'messages: one line that begins with the instance';
  unlike $messages, qr/\Q${\ $simulator->secret }\E/, 'messages: the line has no secret';
  return $messages;
}

my @both = qw(senders.txt sms.txt);

subtest 'a stopped server' => sub {
  my $instance = instance($stopped);
  my ( $senders, $sms )    = map { $instance->path($_) } @both;
  my ( $first,   $second ) = map { $instance->path("entraid/$_.entraidconf") } qw(senders sms);
  like line_of( $instance, \@both ),
    qr{\Aexample:[ ]\Q$senders\E,[ ]\Q$sms\E[ ]were[ ]left[ ]as[ ]they[ ]were:
      [ ]\Q$first\E,[ ]\Q$second\E:[ ]cannot[ ]connect[ ]to[ ][^;]+;[ ]check[ ][^;]+;
      [ ]TIMEOUT[ ]leaves[ ]1[ ]s;[ ]the[ ]next[ ]run[ ]will[ ]try[ ]again\n\z}x,
    'a stopped server: the line gives the reason of both lists once';
};

subtest 'a wrong secret' => sub {
  my $instance = instance();
  my $conf     = $instance->configure( 'senders', GROUPID => 'single', CLIENTSECRET => 'wrong' );
  my $list     = $instance->path('senders.txt');
  like line_of( $instance, ['senders.txt'] ),
    qr{\Aexample: \Q$list\E was left as it was: \Q$conf\E: .*AADSTS7000215.*CLIENTSECRET},
    'a wrong secret: the line has the list, the configuration and the reason';
};

subtest 'the same wrong secret for both lists' => sub {
  my $instance = instance();
  my @confs    = (
    $instance->configure( 'senders', GROUPID => 'single', CLIENTSECRET => 'wrong' ),
    $instance->configure(
      'sms',
      GROUPID      => 'single',
      QUERYFILTER  => 'mail,mobilePhone',
      CLIENTSECRET => 'wrong'
    ),
  );
  my $line = line_of( $instance, \@both );
  is scalar( () = $line =~ /AADSTS7000215/g ), 1,
    'the same wrong secret: the line has the reason once, though each sign-in has its own id';
  like $line, qr/ were left as they were: \Q$confs[0]\E, \Q$confs[1]\E: /,
    'the same wrong secret: the line has both configurations';
};

subtest 'an unknown group' => sub {
  my $instance = instance();
  my $conf = $instance->configure( 'sms', GROUPID => 'unknown', QUERYFILTER => 'mail,mobilePhone' );
  like line_of( $instance, ['sms.txt'] ),
    qr{/sms\.txt was left as it was: \Q$conf\E: .* no group \Q$Simulator::UNKNOWN_GROUP\E},
    'an unknown group: the line names its list alone';
};

subtest 'different reasons' => sub {
  my $instance = instance();
  $instance->configure( 'senders', GROUPID => 'single',  CLIENTSECRET => 'wrong' );
  $instance->configure( 'sms',     GROUPID => 'unknown', QUERYFILTER  => 'mail,mobilePhone' );
  like line_of( $instance, \@both ),
    qr{/senders\.txt was left .*AADSTS7000215.*; \S+/sms\.txt was left as it was: .*no group},
    'different reasons: one line has both';
};

subtest 'a broken configuration that could feed any list' => sub {
  my $instance = instance();
  my $broken =
    write_file( $instance->path('entraid/other.entraidconf'), "TENANTID = example.com\n" );
  like line_of( $instance, \@both ),
    qr{/senders\.txt, \S+/sms\.txt were left as they were: \Q$broken\E: .*CLIENTID},
    'a broken configuration: both unnamed lists are left';
  like line_of(
    $instance,
    ['sms.txt'],
    envelopeconf =>
      { ALLOWEDLDAPSENDERFILE => $instance->path('senders.txt'), ENTRAIDSENDERCONFS => 'senders' }
    ),
    qr{example: \S+/sms\.txt was left as it was: \Q$broken\E: },
    'a broken configuration: a list with named configurations is written';
};

subtest 'no configuration for a list' => sub {
  my $instance = instance();
  unlink $instance->path('entraid/sms.entraidconf');
  like line_of( $instance, ['sms.txt'] ),
    qr{/sms\.txt was left as it was: no configuration in .* ENTRAIDGSMCONFS of compose\.cfg$},
    'no configuration with a number: the line names the setting';
  my $empty = instance();
  unlink map { $empty->path("entraid/$_.entraidconf") } qw(senders sms);
  rmdir $empty->path('entraid') or die;
  like line_of( $empty, \@both ),
    qr/ENTRAIDSENDERCONFS of envelope\.cfg; .*ENTRAIDGSMCONFS of compose\.cfg$/,
    'no configuration at all: the line names both settings';
};

# Wrong settings: the cfg file, the settings, and what the line says.
for my $case (
  [
    'a name that does not exist',
    'envelope',
    { ENTRAIDSENDERCONFS => 'senders,gone' },
    qr{/entraid/gone\.entraidconf: there is no such file}
  ],
  [
    'an unknown mode',
    'envelope',
    { LDAPSENDERMODE => 'hourly' },
    qr{: LDAPSENDERMODE of envelope\.cfg is 'hourly'; set it to list or realtime$}
  ],
  [
    'a list without /',
    'envelope',
    { ALLOWEDLDAPSENDERFILE => 'senders.txt' },
    qr{ the sender list was left as it was: ALLOWEDLDAPSENDERFILE of .* must be an absolute path}
  ],
  [
    'a list without a folder',
    'envelope',
    { ALLOWEDLDAPSENDERFILE => '/no/such/folder/x' },
    qr{ /no/such/folder/x: .*left as it is.* \(from /.*/senders\.entraidconf}
  ],
  [
    'a real-time list without a folder',
    'envelope',
    { ALLOWEDLDAPSENDERFILE => '/no/such/folder/x', LDAPSENDERMODE => 'realtime' },
    qr{ /no/such/folder/x: .*left as it is}
  ],
  [
    'an SMS list from a filter without a number',
    'compose',
    { ENTRAIDGSMCONFS => 'senders' },
    qr{/sms\.txt was left as it was: \S+/senders\.entraidconf: .*\{phone\}.*QUERYFILTER}
  ],
  [ 'a newline in a value', 'envelope', { LDAPSENDERMODE => "x\ny" }, qr{is 'x\?y'} ],
  )
{
  my ( $what, $cfg, $other, $line ) = @{$case};
  subtest $what => sub {
    my $instance = instance();
    like line_of(
      $instance,
      [ $cfg eq 'envelope' ? 'senders.txt' : 'sms.txt' ],
      $instance->settings( $cfg => $other )
      ),
      $line, "$what: the line says what is wrong";
  };
}

subtest 'settings that are not a hash' => sub {
  for my $none ( '3/8', 0, '', [] ) {
    my $instance = instance();
    write_file( $instance->path('envelope.cfg'), "ALLOWEDLDAPSENDERFILE = x\n" );
    like line_of( $instance, ['senders.txt'], envelopeconf => $none ),
      qr{ the sender list was left as it was: (?:\S+/config/)?envelope\.cfg could not be read},
      'settings that are not a hash: the line names envelope.cfg';
  }
  like line_of( instance(), ['senders.txt'], envelopeconf => $_ ),
    qr/ the sender list was left as it was: envelope\.cfg could not be read: its reader returned no hash/,
    'settings that are not a hash, without a cfg file: the line names envelope.cfg'
    for '3/8', [];
};

subtest 'a cfg file that is there but was not read' => sub {
  my $instance = instance();
  my %settings = $instance->settings;
  write_file( $instance->path('envelope.cfg'), "ALLOWEDLDAPSENDERFILE = x\n" );
  like line_of( $instance, ['senders.txt'], %settings, envelopeconf => undef ),
    qr{ the sender list was left as it was: \S+/config/envelope\.cfg could not be read},
    'a cfg file that was not read differs from one that does not exist';
};

subtest 'a change that the guard refuses' => sub {
  my $instance = instance();
  my $list = write_file( $instance->path('senders.txt'), map { "user$_\@example.com\n" } 10 .. 29 );
  my $line = line_of( $instance, ['senders.txt'] );
  like $line, qr{\Aexample: \Q$list\E: .*left as it is.* \(from \S+/senders\.entraidconf\)\n\z},
    'the guard\'s refusal: the line has its message and the configuration';
};

subtest 'one of several configurations' => sub {
  my $instance = instance();
  my $conf     = $instance->configure( 'wrong', GROUPID => 'single', CLIENTSECRET => 'wrong' );
  my $list     = $instance->path('senders.txt');
  like line_of( $instance, ['senders.txt'],
    $instance->settings( envelope => { ENTRAIDSENDERCONFS => 'senders,wrong' } ) ),
    qr{\Aexample: \Q$list\E was left as it was: \Q$conf\E: .*AADSTS7000215},
    'one of several configurations: the line names the one that fails';
};

subtest 'one of many instances' => sub {
  my @instances = map { Instance->new( $simulator, "customer$_" ) } 1 .. 8;
  for my $instance (@instances) {
    $instance->configure( 'senders', GROUPID => 'single' );
    $instance->configure( 'sms', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
  }
  my $broken = $instances[3]->configure( 'senders', GROUPID => 'single', CLIENTSECRET => 'wrong' );
  my @said   = map { [ $_->run( $_->settings ) ] } @instances;
  like $said[3][1], qr{\Acustomer4: \S+/senders\.txt was left as it was: \Q$broken\E: [^\n]+\n\z},
    'one of many instances: the line names its list and configuration';
  is $instances[3]->senders, undef, 'one of many instances: its list is left';
  is_deeply [ map { $said[$_] } grep { $_ != 3 } 0 .. 7 ], [ ( [ 1, '', '' ] ) x 7 ],
    'one of many instances: the others have no message';
  is_deeply [ map { $instances[$_]->senders } grep { $_ != 3 } 0 .. 7 ],
    [ ("$Simulator::ADDRESS\n") x 7 ],
    'one of many instances: the others\' sender lists are written';
  is_deeply [ map { $_->sms } @instances ],
    [ ("$Simulator::ADDRESS $Simulator::PHONE\n") x 8 ],
    'one of many instances: the SMS lists of all are written';
};

subtest 'docroot is missing' => sub {
  my $instance = instance();
  my $crons    = SecAtGW::LDAPCrons->new( $instance->settings );
  is $crons->run_scripts, 0, 'run_scripts gives 0 without docroot';
  like join( '', $crons->messages ), qr/^[^\n]*docroot[^\n]*\n\z/,
    'the message about docroot is one line';
};

subtest 'a dead server is asked by the first of many lists' => sub {
  my $first = instance($stopped);
  my ( undef, $line ) = $first->run( $first->settings );
  like $line, qr/cannot connect to /, 'nobody answers the first instance';
  my ($port) = $line =~ m{http://127\.0\.0\.1:(\d+)};
  my $back   = Simulator->start( '--port', $port );
  my $second = instance($back);
  like(
    ( $second->run( $second->settings ) )[1],
    qr/cannot connect to /,
    'the next one does not ask, although somebody would answer'
  );
};

subtest 'all instances together take too long' => sub {
  local $SecAtGW::LDAPCrons::TOTALTIMEOUT = 0;
  my $instance = instance();
  like line_of( $instance, \@both ),
    qr/were left as they were: all lists together may take 0 min, which are over/,
    'the lists that are left are named';
};

done_testing;
