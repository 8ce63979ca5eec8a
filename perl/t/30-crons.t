# SecAtGW::LDAPCrons: which configurations and modes give which lists.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Instance;
use Scratch qw(state_of write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 20));
my $address   = $Simulator::ADDRESS;
my $number    = "$address $Simulator::PHONE";

# An instance with four configurations: one person and many, without and with a number.
sub instance {
  my $instance = Instance->new($simulator);
  $instance->configure( 'one',     GROUPID => 'single' );
  $instance->configure( 'one_sms', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
  $instance->configure( 'all',     GROUPID => 'main' );
  return $instance;
}

# The expected content of a list: the one person, everybody, nothing, or no file.
my %is = (
  one     => sub { defined $_[0] && $_[0] eq "$address\n" },
  one_sms => sub { defined $_[0] && $_[0] eq "$number\n" },
  all     => sub { ( $_[0] // '' ) =~ /\A(?:[^ \n]+\n){15,20}\z/ },
  both    => sub { ( $_[0] // '' ) =~ /\A(?:[^ \n]+\n){16,21}\z/ && $_[0] =~ /^\Q$address\E$/m },
  empty   => sub { defined $_[0] && $_[0] eq '' },
  none    => sub { !defined $_[0] },
);

for my $case (

  # The settings of envelope.cfg and compose.cfg, and the sender list and the SMS list they give.
  [ 'no configuration is named', {}, {}, 'both', 'one_sms' ],
  [
    'each list names a configuration',
    { ENTRAIDSENDERCONFS => 'one' },
    { ENTRAIDGSMCONFS    => 'one_sms' },
    'one',
    'one_sms'
  ],
  [ 'a name with .entraidconf', { ENTRAIDSENDERCONFS => 'one.entraidconf' }, {}, 'one', 'one_sms' ],
  [ 'names with commas',            { ENTRAIDSENDERCONFS => 'one,all' },    {}, 'both', 'one_sms' ],
  [ 'names with spaces',            { ENTRAIDSENDERCONFS => ' one  all ' }, {}, 'both', 'one_sms' ],
  [ 'names with commas and spaces', { ENTRAIDSENDERCONFS => 'one, all,' },  {}, 'both', 'one_sms' ],
  [ 'names in an array',   { ENTRAIDSENDERCONFS => [qw(one all)] },         {}, 'both', 'one_sms' ],
  [ 'the same name twice', { ENTRAIDSENDERCONFS => 'one one' },             {}, 'one',  'one_sms' ],
  [
    'a named configuration with a number feeds the sender list',
    { ENTRAIDSENDERCONFS => 'one_sms' },
    {}, 'one', 'one_sms'
  ],
  [ 'a blank setting of names', { ENTRAIDSENDERCONFS => ' ' }, {},        'both', 'one_sms' ],
  [ 'mode list', { LDAPSENDERMODE => 'list' }, { LDAPGSMMODE => 'LIST' }, 'both', 'one_sms' ],
  [
    'mode realtime',
    { LDAPSENDERMODE => 'realtime' },
    { LDAPGSMMODE    => 'realtime' },
    'empty', 'empty'
  ],
  [ 'mode real-time', { LDAPSENDERMODE => 'Real-Time' }, {}, 'empty', 'one_sms' ],
  [ 'the mode of one list alone', {}, { LDAPGSMMODE => ' REALTIME ' }, 'both', 'empty' ],
  [
    'real time with a name that does not exist',
    { LDAPSENDERMODE => 'realtime', ENTRAIDSENDERCONFS => 'x' },
    {}, 'empty', 'one_sms'
  ],
  [
    'keys in any case',
    { allowedLDAPsenderFile => undef, entraidsenderconfs => 'one' },
    {}, 'one', 'one_sms'
  ],
  [ 'no sender list', { ALLOWEDLDAPSENDERFILE => '' }, {}, 'none', 'one_sms' ],
  [ 'no SMS list',    {}, { LDAPGSMLISTFILE => undef }, 'both', 'none' ],
  )
{
  my ( $what, $envelope, $compose, $senders, $sms ) = @{$case};
  subtest $what => sub {
    my $instance = instance();
    my %settings = $instance->settings( envelope => $envelope, compose => $compose );
    delete $settings{envelopeconf}{allowedLDAPsenderFile};
    is_deeply [ $instance->run(%settings) ], [ 1, '', '' ],
      "$what: run_scripts succeeds without a message";
    ok $is{$senders}->( $instance->senders ), "$what: the sender list is $senders";
    ok $is{$sms}->( $instance->sms ),         "$what: the SMS list is $sms";
  };
}

subtest 'forms of the settings' => sub {
  my $instance = instance();
  my %settings = $instance->settings( envelope => { ENTRAIDSENDERCONFS => 'one' } );
  my %lower    = map { lc() => $settings{envelopeconf}{$_} } keys %{ $settings{envelopeconf} };
  for my $case (
    [ 'keys in lower case' => \%lower ],
    [ 'an object'          => bless {%lower}, 'Local::Settings' ],
    )
  {
    my ( $what, $envelope ) = @{$case};
    unlink $instance->path('senders.txt');
    is_deeply [ $instance->run( envelopeconf => $envelope ) ], [ 1, '', '' ],
      "$what: run_scripts succeeds without a message";
    is $instance->senders, "$address\n", "$what: the sender list";
  }
  is_deeply [ $instance->run( envelopeconf => undef, composeconf => {}, domainconf => 1 ) ],
    [ 1, '', '' ], 'without settings run_scripts succeeds without a message';
  is $instance->sms, undef, 'without settings no SMS list is written';
};

subtest 'settings in a hash instead of a reference' => sub {
  my $instance = instance();
  my %settings = $instance->settings( envelope => { ENTRAIDSENDERCONFS => 'one' } );
  my %envelope = %{ $settings{envelopeconf} };
  my %compose  = map { lc() => $settings{composeconf}{$_} } keys %{ $settings{composeconf} };
  my @lists    = map { $instance->path($_) } qw(senders.txt sms.txt);
  my %none;
  for my $case (
    [ [ envelopeconf => %envelope,  composeconf  => %compose ], 'both hashes',   1, 1 ],
    [ [ envelopeconf => \%envelope, composeconf  => %compose ], 'one hash',      1, 1 ],
    [ [ composeconf  => %compose,   envelopeconf => %none ],    'an empty hash', 0, 1 ],
    [
      [ domainconf => %none, envelopeconf => %none, composeconf => %none ],
      'nothing but empty hashes',
      0, 0
    ],
    [
      [ domainconf => %envelope, composeconf => undef, envelopeconf => %envelope ],
      'a hash and undef',
      1, 0
    ],
    )
  {
    my ( $arguments, $what, @is_kept ) = @{$case};
    unlink @lists;
    my $crons = SecAtGW::LDAPCrons->new( docroot => $instance->root, @{$arguments} );
    is $crons->run_scripts, 1, "$what: run_scripts succeeds";
    is_deeply [ $crons->messages ],             [],        "$what: no message";
    is_deeply [ map { -s () ? 1 : 0 } @lists ], \@is_kept, "$what: the lists that are written";
  }
  is_deeply [ $instance->run( %settings, of_a_later_release => 1 ) ], [ 1, '', '' ],
    'an unknown argument of a later release is ignored';
};

subtest 'cfg files that are missing or empty' => sub {
  my $instance = instance();
  for my $is_there ( 0, 1 ) {
    write_file( $instance->path($_) ) for $is_there ? qw(envelope.cfg compose.cfg) : ();
    for my $none ( undef, '', 0, {} ) {
      is_deeply [ $instance->run( envelopeconf => $none, composeconf => $none ) ], [ 1, '', '' ],
        'empty settings: run_scripts succeeds without a message'
        . ( $is_there ? ', with a file' : '' );
    }
  }
  my %settings = $instance->settings;
  is_deeply [ $instance->run( %settings, envelopeconf => undef ) ], [ 1, '', '' ],
    'one empty setting: run_scripts succeeds without a message';
  is $instance->senders, undef, 'one empty setting: its list is not written';
  ok $is{one_sms}->( $instance->sms ), 'one empty setting: the other list is written';
};

subtest 'several configurations of the SMS list' => sub {
  my $instance = instance();
  $instance->configure( 'all_sms', GROUPID => 'main', QUERYFILTER => 'mail,mobilePhone' );
  my %settings = $instance->settings( compose => { ENTRAIDGSMCONFS => 'one_sms, all_sms' } );
  is_deeply [ $instance->run(%settings) ], [ 1, '', '' ],
    'several configurations of the SMS list: run_scripts succeeds without a message';
  like $instance->sms, qr/\A(?:[^ \n]+ \+?\d+\n){5,}\z/,
    'the SMS list has lines of several configurations';
  like $instance->sms, qr/^\Q$number\E$/m, 'the SMS list has the person of the named configuration';
};

subtest 'several instances at a time' => sub {
  my @crons = map {
    my $instance = instance();
    [
      $instance,
      SecAtGW::LDAPCrons->new( docroot => $instance->root, $instance->settings( envelope => $_ ) ) ]
  } { ENTRAIDSENDERCONFS => 'one' }, { LDAPSENDERMODE => 'realtime' }, {};
  is_deeply [ map { $_->[1]->run_scripts } @crons ], [ 1, 1, 1 ],
    'several instances: each run_scripts succeeds';
  my @senders = map { $_->[0]->senders } @crons;
  ok $is{ (qw(one empty both))[$_] }->( $senders[$_] ), "several instances: the list of number $_"
    for 0 .. 2;
};

subtest 'a second run' => sub {
  my $instance = instance();
  my %settings = $instance->settings;
  $instance->run(%settings);
  my @before = map { state_of( $instance->path($_) ) } qw(senders.txt sms.txt);
  is_deeply [ $instance->run(%settings) ], [ 1, '', '' ], 'a second run succeeds without a message';
  is_deeply [ map { state_of( $instance->path($_) ) } qw(senders.txt sms.txt) ], \@before,
    'a second run does not touch lists that stay the same';
  my $crons = SecAtGW::LDAPCrons->new( docroot => $instance->root, %settings );
  is_deeply [ $crons->messages ], [], 'messages is empty before a run';
};

subtest 'other names of the settings' => sub {
  my $instance = instance();
  local @SecAtGW::LDAPCrons::KEYS{qw(sender_file sender_mode)} = qw(SENDERS MODE);
  my $file = $instance->path('senders.txt');
  is_deeply [ $instance->run( envelopeconf => { SENDERS => $file, MODE => 'realtime' } ) ],
    [ 1, '', '' ], 'other names of the settings: run_scripts succeeds without a message';
  is $instance->senders, '', 'other names of the settings: the sender list is empty';

  my $keys = join ',', map { "-I$_" } @INC;
  open my $output, '-|', $^X, ( map { "-I$_" } @INC ), '-e', <<'PERL' or die;
    BEGIN { %SecAtGW::LDAPCrons::KEYS = ( sms_mode => 'GSMQUERYMODE' ) }
    use SecAtGW::LDAPCrons;
    print "@SecAtGW::LDAPCrons::KEYS{qw(sms_mode sms_file)}";
PERL
  is scalar <$output>, 'GSMQUERYMODE LDAPGSMLISTFILE',
    'the names of the settings can be set before the module is loaded';
};

subtest 'a configuration with a space in its name' => sub {
  my $instance = Instance->new($simulator);
  $instance->configure( 'user sync', GROUPID => 'single' );
  my ( $all_well, $messages ) =
    $instance->run( $instance->settings( envelope => { ENTRAIDSENDERCONFS => 'user sync,' } ),
    composeconf => undef );
  is $messages, '', 'a configuration with a space in its name gives no message';
  ok $is{one}->( $instance->senders ), 'a configuration with a space in its name feeds its list';
};

subtest 'which lists are kept' => sub {
  my $instance = instance();
  my %settings =
    $instance->settings( compose => { LDAPGSMMODE => 'realtime', ENTRAIDGSMCONFS => 'x' } );
  my $lists = sub { SecAtGW::LDAPCrons->new( docroot => $instance->root, @_ )->lists };
  my ( $senders, $sms ) = $lists->(%settings);
  is_deeply $senders,
    {
    name           => 'sender',
    path           => $instance->path('senders.txt'),
    template       => '{address}',
    real_time      => 0,
    configurations => [ map { $instance->path("entraid/$_.entraidconf") } qw(all one) ],
    error          => undef,
    },
    'lists: a list that is written by configurations';
  is_deeply [ @{$sms}{qw(name real_time)}, @{ $sms->{configurations} } ], [ 'sms', 1 ],
    'lists: a list that is looked up in real time';
  is_deeply [ $lists->() ], [], 'lists: no list without settings';
  my ($wrong) =
    $lists->( envelopeconf => { ALLOWEDLDAPSENDERFILE => '/x', LDAPSENDERMODE => 'y' } );
  is $wrong->{path}, '/x', 'lists: a wrong setting leaves the path of the list';
  like $wrong->{error}->message, qr/LDAPSENDERMODE/, 'lists: a wrong setting gives an error';
  ok !-e $instance->path('senders.txt'), 'lists: no list is written';
};

done_testing;
