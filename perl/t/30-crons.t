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

# What a list shall be: the one person, everybody, empty, or without a file.
my %is = (
  one     => sub { defined $_[0] && $_[0] eq "$address\n" },
  one_sms => sub { defined $_[0] && $_[0] eq "$number\n" },
  all     => sub { ( $_[0] // '' ) =~ /\A(?:[^ \n]+\n){15,20}\z/ },
  both    => sub { ( $_[0] // '' ) =~ /\A(?:[^ \n]+\n){16,21}\z/ && $_[0] =~ /^\Q$address\E$/m },
  empty   => sub { defined $_[0] && $_[0] eq '' },
  none    => sub { !defined $_[0] },
);

for my $case (

  # What is set in envelope.cfg and compose.cfg, and what the sender list and the SMS list are then.
  [ 'nothing named', {}, {}, 'both', 'one_sms' ],
  [ 'names', { ENTRAIDSENDERCONFS => 'one' }, { ENTRAIDGSMCONFS => 'one_sms' }, 'one',  'one_sms' ],
  [ 'with an ending', { ENTRAIDSENDERCONFS => 'one.entraidconf' }, {},          'one',  'one_sms' ],
  [ 'with commas',    { ENTRAIDSENDERCONFS => 'one,all' },         {},          'both', 'one_sms' ],
  [ 'with spaces',    { ENTRAIDSENDERCONFS => ' one  all ' },      {},          'both', 'one_sms' ],
  [ 'with both',      { ENTRAIDSENDERCONFS => 'one, all,' },       {},          'both', 'one_sms' ],
  [ 'in an array',    { ENTRAIDSENDERCONFS => [qw(one all)] },     {},          'both', 'one_sms' ],
  [ 'the same twice', { ENTRAIDSENDERCONFS => 'one one' },         {},          'one',  'one_sms' ],
  [
    'one with a number feeds the sender list when it is named',
    { ENTRAIDSENDERCONFS => 'one_sms' },
    {}, 'one', 'one_sms'
  ],
  [ 'no names',  { ENTRAIDSENDERCONFS => ' ' },    {},                        'both', 'one_sms' ],
  [ 'mode list', { LDAPSENDERMODE     => 'list' }, { LDAPGSMMODE => 'LIST' }, 'both', 'one_sms' ],
  [
    'mode realtime',
    { LDAPSENDERMODE => 'realtime' },
    { LDAPGSMMODE    => 'realtime' },
    'empty', 'empty'
  ],
  [ 'mode real-time',   { LDAPSENDERMODE => 'Real-Time' }, {}, 'empty', 'one_sms' ],
  [ 'mode of one list', {}, { LDAPGSMMODE => ' REALTIME ' }, 'both', 'empty' ],
  [
    'real time with a name that is not there',
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
    is_deeply [ $instance->run(%settings) ], [ 1, '', '' ], 'all is well and nothing is said';
    ok $is{$senders}->( $instance->senders ), "the sender list: $senders";
    ok $is{$sms}->( $instance->sms ),         "the SMS list: $sms";
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
    is_deeply [ $instance->run( envelopeconf => $envelope ) ], [ 1, '', '' ], $what;
    is $instance->senders, "$address\n", "$what: the list";
  }
  is_deeply [ $instance->run( envelopeconf => undef, composeconf => {}, domainconf => 1 ) ],
    [ 1, '', '' ], 'without settings there is nothing to do';
  is $instance->sms, undef, 'and nothing is done';
};

subtest 'settings in a hash that is no reference' => sub {
  my $instance = instance();
  my %settings = $instance->settings( envelope => { ENTRAIDSENDERCONFS => 'one' } );
  my %envelope = %{ $settings{envelopeconf} };
  my %compose  = map { lc() => $settings{composeconf}{$_} } keys %{ $settings{composeconf} };
  my @lists    = map { $instance->path($_) } qw(senders.txt sms.txt);
  my %none;
  for my $case (
    [ [ envelopeconf => %envelope,  composeconf  => %compose ], 'both',         1, 1 ],
    [ [ envelopeconf => \%envelope, composeconf  => %compose ], 'one of them',  1, 1 ],
    [ [ composeconf  => %compose,   envelopeconf => %none ],    'an empty one', 0, 1 ],
    [
      [ domainconf => %none, envelopeconf => %none, composeconf => %none ],
      'nothing but empty ones',
      0, 0
    ],
    [
      [ domainconf => %envelope, composeconf => undef, envelopeconf => %envelope ],
      'and undef', 1, 0
    ],
    )
  {
    my ( $arguments, $what, @is_kept ) = @{$case};
    unlink @lists;
    my $crons = SecAtGW::LDAPCrons->new( docroot => $instance->root, @{$arguments} );
    is $crons->run_scripts, 1, "$what: all is well";
    is_deeply [ $crons->messages ],             [],        "$what: nothing is said";
    is_deeply [ map { -s () ? 1 : 0 } @lists ], \@is_kept, "$what: the lists";
  }
  is_deeply [ $instance->run( %settings, of_a_later_release => 1 ) ], [ 1, '', '' ],
    'an argument of a later release is none of them';
};

subtest 'cfg files that are missing or empty' => sub {
  my $instance = instance();
  for my $is_there ( 0, 1 ) {
    write_file( $instance->path($_) ) for $is_there ? qw(envelope.cfg compose.cfg) : ();
    for my $none ( undef, '', 0, {} ) {
      is_deeply [ $instance->run( envelopeconf => $none, composeconf => $none ) ], [ 1, '', '' ],
        'nothing is to be done' . ( $is_there ? ', with a file' : '' );
    }
  }
  my %settings = $instance->settings;
  is_deeply [ $instance->run( %settings, envelopeconf => undef ) ], [ 1, '', '' ],
    'one of them is empty';
  is $instance->senders, undef, 'its list is not kept';
  ok $is{one_sms}->( $instance->sms ), 'the other\'s is';
};

subtest 'several configurations of the SMS list' => sub {
  my $instance = instance();
  $instance->configure( 'all_sms', GROUPID => 'main', QUERYFILTER => 'mail,mobilePhone' );
  my %settings = $instance->settings( compose => { ENTRAIDGSMCONFS => 'one_sms, all_sms' } );
  is_deeply [ $instance->run(%settings) ], [ 1, '', '' ], 'are all read';
  like $instance->sms, qr/\A(?:[^ \n]+ \+?\d+\n){5,}\z/, 'into one list';
  like $instance->sms, qr/^\Q$number\E$/m,               'of the people of all';
};

subtest 'several instances at a time' => sub {
  my @crons = map {
    my $instance = instance();
    [
      $instance,
      SecAtGW::LDAPCrons->new( docroot => $instance->root, $instance->settings( envelope => $_ ) ) ]
  } { ENTRAIDSENDERCONFS => 'one' }, { LDAPSENDERMODE => 'realtime' }, {};
  is_deeply [ map { $_->[1]->run_scripts } @crons ], [ 1, 1, 1 ], 'do not know of each other';
  my @senders = map { $_->[0]->senders } @crons;
  ok $is{ (qw(one empty both))[$_] }->( $senders[$_] ), "the list of number $_" for 0 .. 2;
};

subtest 'a second run' => sub {
  my $instance = instance();
  my %settings = $instance->settings;
  $instance->run(%settings);
  my @before = map { state_of( $instance->path($_) ) } qw(senders.txt sms.txt);
  is_deeply [ $instance->run(%settings) ], [ 1, '', '' ], 'is as quiet as the first';
  is_deeply [ map { state_of( $instance->path($_) ) } qw(senders.txt sms.txt) ], \@before,
    'and does not touch a list that is as it should be';
  my $crons = SecAtGW::LDAPCrons->new( docroot => $instance->root, %settings );
  is_deeply [ $crons->messages ], [], 'before a run there is nothing to say';
};

subtest 'other names of the settings' => sub {
  my $instance = instance();
  local @SecAtGW::LDAPCrons::KEYS{qw(sender_file sender_mode)} = qw(SENDERS MODE);
  my $file = $instance->path('senders.txt');
  is_deeply [ $instance->run( envelopeconf => { SENDERS => $file, MODE => 'realtime' } ) ],
    [ 1, '', '' ], 'are what a site says';
  is $instance->senders, '', 'the list';

  my $keys = join ',', map { "-I$_" } @INC;
  open my $output, '-|', $^X, ( map { "-I$_" } @INC ), '-e', <<'PERL' or die;
    BEGIN { %SecAtGW::LDAPCrons::KEYS = ( sms_mode => 'GSMQUERYMODE' ) }
    use SecAtGW::LDAPCrons;
    print "@SecAtGW::LDAPCrons::KEYS{qw(sms_mode sms_file)}";
PERL
  is scalar <$output>, 'GSMQUERYMODE LDAPGSMLISTFILE',
    'even when it says so before the module is loaded';
};

subtest 'a configuration with a space in its name' => sub {
  my $instance = Instance->new($simulator);
  $instance->configure( 'user sync', GROUPID => 'single' );
  my ( $all_well, $messages ) =
    $instance->run( $instance->settings( envelope => { ENTRAIDSENDERCONFS => 'user sync,' } ),
    composeconf => undef );
  is $messages, '', 'is named with a comma';
  ok $is{one}->( $instance->senders ), 'and feeds its list';
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
    'one that is filled';
  is_deeply [ @{$sms}{qw(name real_time)}, @{ $sms->{configurations} } ], [ 'sms', 1 ],
    'one that is asked for in real time';
  is_deeply [ $lists->() ], [], 'none without settings';
  my ($wrong) =
    $lists->( envelopeconf => { ALLOWEDLDAPSENDERFILE => '/x', LDAPSENDERMODE => 'y' } );
  is $wrong->{path}, '/x', 'as much as is known';
  like $wrong->{error}->message, qr/LDAPSENDERMODE/, 'and why no more is';
  ok !-e $instance->path('senders.txt'), 'nothing is written';
};

done_testing;
