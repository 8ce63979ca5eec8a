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

# What an answer is, in a word.
sub kind {
  my ($person) = @_;
  return ref $person ? 'member' : defined $person ? 'cannot tell' : 'nobody';
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
      { mail => $Simulator::ADDRESS, mobilePhone => $Simulator::PHONE }, "found as '$address'";
  }
  my @people = entraid_lookup( $single, $Simulator::ADDRESS );
  is scalar @people, 1, 'in list context: one answer';
  is_deeply \@warnings, [], 'no warning';
  is last_error(), undef, 'no error';
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
    is_deeply \@people, [undef], 'is one undefined value: ' . ( $address =~ s/[^ -~]/?/gr );
  }
  is_deeply \@warnings, [], 'which is nothing to warn of';
  is last_error(), undef, 'and no error';
};

subtest 'text in Latin-1 and in UTF-8' => sub {
  my $oddities = configuration( 'oddities', GROUPID => 'oddities' );
  my @accented =
    grep { utf8::decode( my $text = $_ ); $_ =~ /[^\x00-\x7F]/ } entraid_search($oddities);
  cmp_ok scalar @accented, '>', 0, 'there are addresses that are not ASCII';
  for my $bytes (@accented) {
    utf8::decode( my $text = $bytes );
    is entraid_lookup( $oddities, $text )->{mail}, $bytes,
      'characters find them, and bytes come back';
  }
  my $address = $Simulator::ADDRESS;
  utf8::upgrade($address);
  is kind( entraid_lookup( $single, $address ) ), 'member', 'however perl keeps it';
};

subtest 'many addresses' => sub {
  my @all    = entraid_search($main);
  my @people = entraid_lookup( $main, [ @all[ 0 .. 49 ], 'stranger@example.com', '*' ] );
  is scalar @people, 52, 'an answer for each';
  is_deeply [ map { $_->{mail} } @people[ 0 .. 49 ] ], [ @all[ 0 .. 49 ] ],    'in their order';
  is_deeply [ map { kind($_) } @people[ 50, 51 ] ],    [ 'nobody', 'nobody' ], 'strangers too';
  is_deeply [ entraid_lookup( $main, [] ) ],           [],                     'none for none';
};

subtest 'several configurations' => sub {
  is kind( entraid_lookup( [ $direct, $single ], $Simulator::ADDRESS ) ), 'member',
    'a member of one is a member';
  my $dead = $stopped->configuration("$folder/dead.entraidconf");
  $stopped->stop;
  $dead     = $stopped->configuration("$folder/dead.entraidconf");
  @warnings = ();
  is kind( entraid_lookup( [ $dead, $single ], $Simulator::ADDRESS ) ), 'member',
    'also where another cannot tell';
  is kind( entraid_lookup( [ $single, $dead ], 'stranger@example.com' ) ), 'cannot tell',
    'but nobody is a stranger to a server that does not answer';
  like "@warnings", qr/\A[^\n]+dead\.entraidconf[^\n]*: cannot connect to [^\n]+\n\z/,
    'one warning';
  is last_error()->status_name, 'network', 'and the reason';
};

# A failure is no "no", and what an address is asked for never is an answer for another.
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
    is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'cannot tell', 'cannot tell';
    is scalar @warnings,                                     1,             'one warning';
    like $warnings[0], qr/\A[^\n]+\n\z/, 'of one line';
    is last_error()->status_name, $status, "and the error is $status";
    is_deeply [ entraid_search( $conf, $Simulator::ADDRESS ) ], [], 'entraid_search gives no line';
  };
}

subtest 'undefined addresses and unknown options' => sub {
  is kind( entraid_lookup( $single, undef ) ), 'cannot tell',                         'undef';
  is last_error()->message,                    'the address to look up is undefined', 'is told';
  is_deeply [ map { kind($_) } entraid_lookup( $single, [ $Simulator::ADDRESS, undef ] ) ],
    [ 'cannot tell', 'cannot tell' ], 'among others';
  is kind( entraid_lookup( $single, $Simulator::ADDRESS, alias => 1 ) ), 'cannot tell',
    'a misspelt option';
  is last_error()->message, "a lookup has no option 'alias'", 'is told';
  @warnings = ();
  is kind( entraid_lookup( $single, $Simulator::ADDRESS, 'aliases' ) ), 'cannot tell',
    'half an option';
  is scalar @warnings, 1, 'one warning';
  like $warnings[0], qr/: the options of a lookup are pairs of name and value\n\z/, 'says so';
};

subtest 'a configuration that changes' => sub {
  my $conf = configuration( 'changing', GROUPID => 'empty' );
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'nobody', 'before';
  configuration( 'changing', GROUPID => 'single' );
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'member', 'is read again';
  configuration( 'changing', GROUPID => 'single', CLIENTSECRET => 'wrong' );
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'cannot tell', 'also for the worse';
  unlink $conf;
  is kind( entraid_lookup( $conf, $Simulator::ADDRESS ) ), 'cannot tell', 'and when it goes';
};

subtest 'fork between lookups' => sub {
  is kind( entraid_lookup( $single, $Simulator::ADDRESS ) ), 'member', 'before';
  my $child = fork // die;
  if ( !$child ) {
    my $is_there = kind( entraid_lookup( $single, $Simulator::ADDRESS ) ) eq 'member';
    require POSIX;
    POSIX::_exit( $is_there ? 0 : 1 );
  }
  waitpid $child, 0;
  is $?,                                                     0,        'the child finds it';
  is kind( entraid_lookup( $single, $Simulator::ADDRESS ) ), 'member', 'and so does its parent';
};

done_testing;
