# SecAtGW::EntraID::entraid_lookup: one address or many, in real time.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use SecAtGW::EntraID qw(entraid_lookup entraid_search last_error);
use Scratch          qw(folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 300));
my $stopped   = Simulator->start;
my @warnings;
local $SIG{__WARN__} = sub { push @warnings, @_ };

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

# What an answer says, in a word.
sub kind {
  my ($person) = @_;
  return
      ref $person      ? 'member'
    : !defined $person ? 'nobody'
    : length $person   ? 'cannot tell'
    :                    'without a line';
}

my $single = configuration( 'single', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
my $main   = configuration( 'main',   GROUPID => 'main' );
my $direct = configuration( 'direct', GROUPID => 'nested' );

subtest 'a member' => sub {
  for my $address (
    $Simulator::ADDRESS,       uc $Simulator::ADDRESS,
    "  $Simulator::ADDRESS\n", "$Simulator::ADDRESS\t"
    )
  {
    is_deeply entraid_lookup( $single, $address ),
      { mail => $Simulator::ADDRESS, mobilePhone => $Simulator::PHONE },
      "entraid_lookup finds a member as '$address'";
  }
  my @people = entraid_lookup( $single, $Simulator::ADDRESS );
  is scalar @people, 1, 'a member: one answer in list context';
  is_deeply \@warnings, [], 'a member: no warning';
  is last_error(), undef, 'a member: last_error is undef';
};

subtest 'nobody in the group' => sub {
  @warnings = ();
  for my $address (
    'stranger@example.com',        '*',
    '',                            '*@example.com',
    "x' or mail ne '",             "' or 1 eq 1 or mail eq '",
    "$Simulator::ADDRESS\0",       "$Simulator::ADDRESS,x\@y.example",
    "smtp:$Simulator::ADDRESS",    "\x{263A}\@example.com",
    "ainoa.j\xE4sen\@example.com", 'ainoa%',
    'a' x 300 . '@example.com',    "%27%20or%20mail%20ne%20%27",
    'ainoa.jasen&$filter=id@example.com'
    )
  {
    my @people = entraid_lookup( $single, $address );
    is_deeply \@people, [undef],
      'entraid_lookup gives undef for an unknown address: ' . ( $address =~ s/[^ -~]/?/gr );
  }
  is_deeply \@warnings, [], 'unknown addresses give no warning';
  is last_error(), undef, 'unknown addresses are no error';
};

subtest 'text in Latin-1 and in UTF-8' => sub {
  my $oddities = configuration( 'oddities', GROUPID => 'oddities' );
  my @accented =
    grep { utf8::decode( my $text = $_ ); $_ =~ /[^\x00-\x7F]/ } entraid_search($oddities);
  cmp_ok scalar @accented, '>', 0, 'the group has addresses that are not ASCII';
  for my $bytes (@accented) {
    utf8::decode( my $text = $bytes );
    is entraid_lookup( $oddities, $text )->{mail}, $bytes,
      'an address in characters is found and given in bytes';
  }
  my $address = $Simulator::ADDRESS;
  utf8::upgrade($address);
  is kind( entraid_lookup( $single, $address ) ), 'member',
    'an ASCII address is found in either form that perl keeps';
};

subtest 'many addresses' => sub {
  my @all    = entraid_search($main);
  my @people = entraid_lookup( $main, [ @all[ 0 .. 49 ], 'stranger@example.com', '*' ] );
  is scalar @people, 52, 'many addresses: one answer for each';
  is_deeply [ map { $_->{mail} } @people[ 0 .. 49 ] ], [ @all[ 0 .. 49 ] ],
    'many addresses: the answers are in order';
  is_deeply [ map { kind($_) } @people[ 50, 51 ] ], [ 'nobody', 'nobody' ],
    'many addresses: strangers are undef';
  is_deeply [ entraid_lookup( $main, [] ) ], [], 'no addresses: no answers';
};

subtest 'several configurations' => sub {
  is kind( entraid_lookup( [ $direct, $single ], $Simulator::ADDRESS ) ), 'member',
    'a member of one configuration is a member of several';
  my $dead = $stopped->configuration("$folder/dead.entraidconf");
  $stopped->stop;
  $dead     = $stopped->configuration("$folder/dead.entraidconf");
  @warnings = ();
  my $addresses = configuration( 'addresses', GROUPID => 'single' );
  is kind( entraid_lookup( [ $dead, $addresses ], $Simulator::ADDRESS ) ), 'member',
    'a list of addresses alone: a member is a member even if another server does not answer';
  is kind( entraid_lookup( [ $dead, $single ], $Simulator::ADDRESS ) ), 'cannot tell',
    'a list with numbers: another server may know somebody else with the address';
  @warnings = ();
  is kind( entraid_lookup( [ $single, $dead ], 'stranger@example.com' ) ), 'cannot tell',
    'a stranger is uncertain while a server does not answer';
  like "@warnings", qr/\A[^\n]+dead\.entraidconf[^\n]*: cannot connect to [^\n]+\n\z/,
    'a server that does not answer gives one warning';
  is last_error()->status_name, 'network',
    'last_error is network for a server that does not answer';
};

# A failure must not look like the answer that an address is unknown.
for my $case (
  [ 'a wrong secret',   'authentication',   configuration( 'secret', CLIENTSECRET => 'wrong' ) ],
  [ 'an unknown group', 'not_found',        configuration( 'group',  GROUPID      => 'unknown' ) ],
  [ 'a missing file',   'file',             "$folder/missing.entraidconf" ],
  [ 'no configuration', 'invalid_argument', undef ],
  [ 'a relative path',  'file',             'missing.entraidconf' ],
  [ 'a folder',         'file',             $folder ],
  )
{
  my ( $what, $status, $conf ) = @{$case};
  subtest $what => sub {
    @warnings = ();
    is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'cannot tell',
      "$what: the answer is 'cannot tell'";
    is scalar @warnings, 1, "$what: one warning";
    like $warnings[0], qr/\A[^\n]+\n\z/, "$what: the warning is one line";
    is last_error()->status_name, $status, "$what: last_error is $status";
    is_deeply [ entraid_search( $conf, $Simulator::ADDRESS ) ], [],
      "$what: entraid_search gives no line";
  };
}

subtest 'undefined addresses and unknown options' => sub {
  is kind( entraid_lookup( $single, undef ) ), 'cannot tell',
    'an undefined address: the answer is "cannot tell"';
  is last_error()->message, 'the address to look up is undefined',
    'an undefined address: last_error has the reason';
  is_deeply [ map { kind($_) } entraid_lookup( $single, [ $Simulator::ADDRESS, undef ] ) ],
    [ 'cannot tell', 'cannot tell' ], 'an undefined address makes the answers of all uncertain';
  is kind( entraid_lookup( $single, $Simulator::ADDRESS, alias => 1 ) ), 'cannot tell',
    'an unknown option: the answer is "cannot tell"';
  is last_error()->message, "a lookup has no option 'alias'",
    'an unknown option: last_error has the reason';
  @warnings = ();
  is kind( entraid_lookup( $single, $Simulator::ADDRESS, 'aliases' ) ), 'cannot tell',
    'an option without a value: the answer is "cannot tell"';
  is scalar @warnings, 1, 'an option without a value: one warning';
  like $warnings[0], qr/: the options of a lookup are pairs of name and value\n\z/,
    'an option without a value: the warning has the reason';
};

subtest 'a configuration that changes' => sub {
  my $conf = configuration( 'changing', GROUPID => 'empty' );
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'nobody', 'an empty group has no member';
  configuration( 'changing', GROUPID => 'single' );
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'member',
    'entraid_lookup reads a changed configuration again';
  configuration( 'changing', GROUPID => 'single', CLIENTSECRET => 'wrong' );
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'cannot tell',
    'a wrong secret in a changed configuration is noticed';
  unlink $conf;
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'cannot tell',
    'a configuration that was removed is noticed';
};

subtest 'fork between lookups' => sub {
  is kind( entraid_lookup( $single, $Simulator::ADDRESS ) ), 'member',
    'the parent finds the member before a fork';
  my $child = fork // die;
  if ( !$child ) {
    my $is_there = kind( entraid_lookup( $single, $Simulator::ADDRESS ) ) eq 'member';
    require POSIX;
    POSIX::_exit( $is_there ? 0 : 1 );
  }
  waitpid $child, 0;
  is $?, 0, 'the child finds the member after a fork';
  is kind( entraid_lookup( $single, $Simulator::ADDRESS ) ), 'member',
    'the parent finds the member after a fork';
};

done_testing;
