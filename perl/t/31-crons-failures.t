# SecAtGW::LDAPCrons when something is wrong: one line an instance, and no list is touched.
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

# An instance with a list of before for each, one configuration for each, and a sound one besides.
sub instance {
  my ($served) = @_;
  my $instance = Instance->new( $served // $simulator );
  write_file( $instance->path('senders.txt'), "user\@example.com\n" );
  write_file( $instance->path('sms.txt'),     "user\@example.com 0401\n" );
  $instance->configure( 'senders', GROUPID => 'single' );
  $instance->configure( 'sms', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
  return $instance;
}

# Runs it, and sees that it fails in one line, that the named lists are as they were, and that the
# others are not.
sub line_of {
  my ( $instance, $untouched, %arguments ) = @_;
  my %before = map { $_ => state_of( $instance->path($_) ) } qw(senders.txt sms.txt);
  my ( $all_well, $messages, $printed ) = $instance->run( $instance->settings, %arguments );
  is $all_well, 0,  'run_scripts says that not all is well';
  is $printed,  '', 'nothing is printed or warned of';
  for my $list ( sort keys %before ) {
    my $now = state_of( $instance->path($list) );
    if ( grep { $_ eq $list } @{$untouched} ) {
      is_deeply $now, $before{$list}, "$list is as it was";
    } else {
      isnt $now->{content}, $before{$list}{content}, "$list was brought up to date";
    }
  }
  like $messages,   qr/\Aexample: [^\n]+\n\z/,        'one line, beginning with the instance';
  unlike $messages, qr/\Q${\ $simulator->secret }\E/, 'without the secret';
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
    'both lists fail for the same reason, told once';
};

subtest 'a wrong secret' => sub {
  my $instance = instance();
  my $conf     = $instance->configure( 'senders', GROUPID => 'single', CLIENTSECRET => 'wrong' );
  my $list     = $instance->path('senders.txt');
  like line_of( $instance, ['senders.txt'] ),
    qr{\Aexample: \Q$list\E was left as it was: \Q$conf\E: .*AADSTS7000215.*CLIENTSECRET},
    'the list, the configuration and the reason';
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
    'the reason is told once, though each sign-in has its own id';
  like $line, qr/ were left as they were: \Q$confs[0]\E, \Q$confs[1]\E: /,
    'for both configurations';
};

subtest 'an unknown group' => sub {
  my $instance = instance();
  my $conf = $instance->configure( 'sms', GROUPID => 'unknown', QUERYFILTER => 'mail,mobilePhone' );
  like line_of( $instance, ['sms.txt'] ),
    qr{/sms\.txt was left as it was: \Q$conf\E: .* no group \Q$Simulator::GROUP{unknown}\E},
    'only its list is left';
};

subtest 'different reasons' => sub {
  my $instance = instance();
  $instance->configure( 'senders', GROUPID => 'single',  CLIENTSECRET => 'wrong' );
  $instance->configure( 'sms',     GROUPID => 'unknown', QUERYFILTER  => 'mail,mobilePhone' );
  like line_of( $instance, \@both ),
    qr{/senders\.txt was left .*AADSTS7000215.*; \S+/sms\.txt was left as it was: .*no group},
    'stand in one line';
};

subtest 'a broken configuration that any list could be fed by' => sub {
  my $instance = instance();
  my $broken =
    write_file( $instance->path('entraid/other.entraidconf'), "TENANTID = example.com\n" );
  like line_of( $instance, \@both ),
    qr{/senders\.txt, \S+/sms\.txt were left as they were: \Q$broken\E: .*CLIENTID},
    'both lists are left';
  like line_of(
    $instance,
    ['sms.txt'],
    envelopeconf =>
      { ALLOWEDLDAPSENDERFILE => $instance->path('senders.txt'), ENTRAIDSENDERCONFS => 'senders' }
    ),
    qr{example: \S+/sms\.txt was left as it was: \Q$broken\E: },
    'but not one whose configurations are named';
};

subtest 'nothing to feed a list' => sub {
  my $instance = instance();
  unlink $instance->path('entraid/sms.entraidconf');
  like line_of( $instance, ['sms.txt'] ),
    qr{/sms\.txt was left as it was: no configuration in .* ENTRAIDGSMCONFS of compose\.cfg$},
    'no configuration with a number';
  my $empty = instance();
  unlink map { $empty->path("entraid/$_.entraidconf") } qw(senders sms);
  rmdir $empty->path('entraid') or die;
  like line_of( $empty, \@both ),
    qr/ENTRAIDSENDERCONFS of envelope\.cfg; .*ENTRAIDGSMCONFS of compose\.cfg$/,
    'no configuration at all';
};

# Settings that cannot be what was meant: what the line says, and the lists that are left.
for my $case (
  [
    'a name that is not there',
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
      $line, 'the line';
  };
}

subtest 'settings that are none' => sub {
  for my $none ( '3/8', 0, '', [] ) {
    my $instance = instance();
    write_file( $instance->path('envelope.cfg'), "ALLOWEDLDAPSENDERFILE = x\n" );
    like line_of( $instance, ['senders.txt'], envelopeconf => $none ),
      qr{ the sender list was left as it was: (?:\S+/config/)?envelope\.cfg could not be read},
      'a failed reader is seen';
  }
  like line_of( instance(), ['senders.txt'], envelopeconf => $_ ),
    qr/ the sender list was left as it was: envelope\.cfg could not be read: its reader returned no hash/,
    'also where there is no file'
    for '3/8', [];
};

subtest 'a cfg file that is there but was not read' => sub {
  my $instance = instance();
  my %settings = $instance->settings;
  write_file( $instance->path('envelope.cfg'), "ALLOWEDLDAPSENDERFILE = x\n" );
  like line_of( $instance, ['senders.txt'], %settings, envelopeconf => undef ),
    qr{ the sender list was left as it was: \S+/config/envelope\.cfg could not be read},
    'is told from one that the instance does not have';
};

subtest 'a change that the guard refuses' => sub {
  my $instance = instance();
  my $list = write_file( $instance->path('senders.txt'), map { "user$_\@example.com\n" } 10 .. 29 );
  my $line = line_of( $instance, ['senders.txt'] );
  like $line, qr{\Aexample: \Q$list\E: .*left as it is.* \(from \S+/senders\.entraidconf\)\n\z},
    'the library\'s words, and the configuration';
};

subtest 'one of several configurations' => sub {
  my $instance = instance();
  my $conf     = $instance->configure( 'wrong', GROUPID => 'single', CLIENTSECRET => 'wrong' );
  my $list     = $instance->path('senders.txt');
  like line_of( $instance, ['senders.txt'],
    $instance->settings( envelope => { ENTRAIDSENDERCONFS => 'senders,wrong' } ) ),
    qr{\Aexample: \Q$list\E was left as it was: \Q$conf\E: .*AADSTS7000215},
    'is named, and the list stays without the other\'s people';
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
    'is named, with its list and its configuration';
  is $instances[3]->senders, undef, 'which is left';
  is_deeply [ map { $said[$_] } grep { $_ != 3 } 0 .. 7 ], [ ( [ 1, '', '' ] ) x 7 ],
    'nothing is said of the others';
  is_deeply [ map { $instances[$_]->senders } grep { $_ != 3 } 0 .. 7 ],
    [ ("$Simulator::ADDRESS\n") x 7 ], 'whose sender lists are kept';
  is_deeply [ map { $_->sms } @instances ],
    [ ("$Simulator::ADDRESS $Simulator::PHONE\n") x 8 ], 'and the SMS list of all';
};

subtest 'docroot is missing' => sub {
  my $instance = instance();
  my $crons    = SecAtGW::LDAPCrons->new( $instance->settings );
  is $crons->run_scripts, 0, 'is a failure';
  like join( '', $crons->messages ), qr/^[^\n]*docroot[^\n]*\n\z/, 'in one line';
};

done_testing;
