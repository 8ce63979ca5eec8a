# What the command says where something between it and Microsoft answers, and where Conditional
# Access demands another token.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid);
use Scratch qw(folder);
use Simulator;

my $folder = folder();
my $person = $Simulator::ADDRESS;

# Starts a simulator with faults, and writes a configuration for it. Nothing is asked twice.
sub tenant {
  my ( $name, @faults ) = @_;
  my $simulator = Simulator->start( qw(--members 40), map { ( '--fault', $_ ) } @faults );
  my $conf      = $simulator->configuration(
    "$folder/$name.entraidconf",
    GROUPID     => 'single',
    QUERYFILTER => 'mail,mobilePhone',
    TIMEOUT     => 3,
    STATEDIR    => "$folder/$name.state"
  );
  return ( $simulator, $conf );
}

# What only Microsoft could say.
my $verdict = qr/ermission|GroupMember|does not accept the token|CLOUD|Microsoft is|JSON/;

for my $case (
  [ 'block-page',  403, 'Blocked by policy' ],
  [ 'login-page',  401, 'Sign in to the network' ],
  [ 'bad-gateway', 502, '502 Bad Gateway' ],
  [ 'not-json',    200, 'Sign in to the guest network' ],
  )
{
  my ( $fault, $status, $title ) = @{$case};
  for my $place ( [ 'Graph', '@groups', '@batch' ], [ 'the sign-in', '@token' ] ) {
    my ( $server, @targets ) = @{$place};
    subtest "$fault at $server" => sub {
      my ( $simulator, $conf ) = tenant( "$fault$targets[0]", map { "$fault$_" } @targets );
      my $said =
        qr/answered HTTP $status without an? \S+ (?:ID )?(?:error|answer), but with the page "\Q$title\E"/;

      my $run = entraid( 'search', $conf );
      like $run->complaints, qr/\A[^\n]*$said[^\n]*\n\z/, 'search: one line has the page\'s title';
      unlike $run->complaints, $verdict, 'search: nothing is said in Microsoft\'s name';
      is $run->exit_status, 2, 'search: the exit status';

      $run = entraid( 'lookup', $person, $conf );
      like $run->output,   qr/\A\Q$person\E: cannot tell: [^\n]*$said/, 'lookup: it cannot tell';
      unlike $run->output, $verdict, 'lookup: nothing is said in Microsoft\'s name';
      is $run->exit_status, 2, 'lookup: the exit status';

      $run = entraid( 'test', $conf );
      my ($failure) = $run->output =~ /^  \xE2\x9C\x97 (.*)\n\z/m;
      like $failure,   qr/\Ahost: .*$said/, 'test: the server is out of reach';
      unlike $failure, $verdict,            'test: nothing is said in Microsoft\'s name';
      is $run->exit_status, 2, 'test: the exit status';
    };
  }
}

subtest 'a claims challenge' => sub {
  for my $target (qw(@single @groups @batch @users)) {
    my ( $simulator, $conf ) = tenant( "challenge$target", "claims-challenge:1$target" );
    my @runs = map { entraid( @{$_} ) } [ 'lookup', $person, $conf ], [ 'search', $conf ],
      [ 'lookup', $person, $conf ], [ 'test', $conf ];
    is_deeply [ map { $_->exit_status } @runs ], [ 0, 0, 0, 0 ],
      "a challenge$target: every command goes on";
    is_deeply [ map { $_->complaints } @runs ], [ ('') x 4 ],
      "a challenge$target: nothing is said about it";
  }
};

for my $case (
  [ 'a token with the claims is refused too', 'InvalidAuthenticationToken' ],
  [ 'the sign-in with the claims is refused', 'AADSTS53003', 'claims-refused@token' ],
  )
{
  my ( $what, $code, @more ) = @{$case};
  subtest $what => sub {
    my ( $simulator, $conf ) =
      tenant( "refused$code", 'claims-challenge@groups', 'claims-challenge@batch', @more );
    my $said = qr/$code[^\n]*Conditional Access for workload identities turns this server away/;
    for my $arguments ( [ 'search', $conf ], [ 'lookup', $person, $conf ], [ 'test', $conf ] ) {
      my $run  = entraid( @{$arguments} );
      my $text = $run->output . $run->complaints;
      like $text,   qr/$said[^\n]* id \S+ at 2\d\d\d-/, "$arguments->[0]: with code, id and time";
      unlike $text, qr/GRAPHURL/, "$arguments->[0]: the configuration is not blamed";
      is $run->exit_status, 2, "$arguments->[0]: the exit status";
    }
  };
}

done_testing;
