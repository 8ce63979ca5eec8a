# entraid without a secret: managed identities of each kind of machine, and tokens of other issuers.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use IO::Socket::INET;
use POSIX ();
use Test::More;

use Entraid qw(entraid);
use Scratch qw(content folder write_file);
use Simulator;

my $folder   = folder();
my $token    = "$folder/token";
my $arc_keys = '/var/opt/azcmagent/tokens';
my $good     = Simulator->start( '--federated-token', $token );
my $bare     = Simulator->start('--no-identity');
my $assigned = '1d000000-0000-4000-8000-000000000002';
my $object   = '0b000000-0000-4000-8000-000000000001';
chmod 0600, $token or die $!;

# A configuration of the group `single` without a client secret, with these values.
sub configuration {
  my ( $simulator, $name, %values ) = @_;
  return $simulator->configuration(
    "$folder/$name.entraidconf",
    GROUPID      => 'single',
    CLIENTSECRET => undef,
    %values
  );
}

# One in which the machine itself signs in.
sub machine {
  my ( $simulator, $name, %values ) = @_;
  my %none = map { $_ => undef } qw(TENANTID CLIENTID LOGINURL);
  return configuration( $simulator, $name, %none, MANAGEDIDENTITY => 'system', %values );
}

# Where a simulator's machine is said to be.
sub origin {
  my ($simulator) = @_;
  return $simulator->{values}{LOGINURL};
}

sub virtual_machine {
  my ($simulator) = @_;
  return ( AZURE_POD_IDENTITY_AUTHORITY_HOST => origin($simulator) );
}

sub app_service {
  my ($simulator) = @_;
  return (
    IDENTITY_ENDPOINT => origin($simulator) . '/msi/token',
    IDENTITY_HEADER   => '853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a'
  );
}

for my $case (
  [ 'an Azure VM', { virtual_machine($good) } ],
  [ 'App Service', { app_service($good) } ],
  )
{
  my ( $where, $environment ) = @{$case};
  local @Entraid::ENVIRONMENT{ keys %{$environment} } = values %{$environment};
  my $path = machine( $good, 'machine' );
  my $run  = entraid( 'test', $path );
  is $run->exit_status, 0, "$where: the machine's own identity signs in" or diag $run->output;
  like $run->output, qr/credential: the managed identity has the object id $object and the client/,
    "$where: entraid test shows the id to give permissions to";
  unlike $run->output . $run->complaints, qr/eyJ|853b9a84/, "$where: no token is shown";
  $run = entraid( 'search', $path );
  is $run->output, "$Simulator::ADDRESS\n", "$where: entraid search reads the group";
  $run = entraid( 'search',
    configuration( $good, 'vouching', MANAGEDIDENTITY => $assigned, TIMEOUT => 60 ) );
  is $run->output, "$Simulator::ADDRESS\n", "$where: an identity vouches for an application";
}

subtest 'Azure Arc' => sub {

  # The agent's folder is fixed, so that it has to be made where nobody else sees it.
  my @apart = qw(unshare --user --map-root-user --mount sh -euc);
  my $made  = 'mount -t tmpfs none /var/opt; mkdir -p "$0"; exec "$@"';
  plan skip_all => 'no namespaces here' if system( @apart, $made, $arc_keys, 'true' );
  my $path = machine( $good, 'arc' );

  # The agent has to be there, too.
  my $agent = Simulator::program();
  my $run   = "$folder/arc.sh";
  write_file( $run, <<"SHELL");
"$agent" --key-folder $arc_keys > "$folder/arc.out" &
agent=\$!
trap 'kill \$agent' EXIT
until grep -q '^# ready' "$folder/arc.out"; do sleep 0.1; done
origin=\$(sed -n 's/^LOGINURL = //p' "$folder/arc.out")
sed -i "s,^GRAPHURL = .*,GRAPHURL = \$origin," "$path"
export IDENTITY_ENDPOINT="\$origin/metadata/identity/oauth2/token" IMDS_ENDPOINT=x
"\$@" || echo "status \$?"
ls $arc_keys
SHELL
  my @entraid = ( $^X, ( map { "-I$_" } @INC ), Scratch::perl_folder() . '/script/entraid' );
  my $output  = do {
    open my $pipe, '-|', @apart, $made, $arc_keys, 'bash', $run, @entraid, 'search', $path
      or die $!;
    local $/;
    readline $pipe;
  };
  is $output, "$Simulator::ADDRESS\n", 'the machine proves itself by the key, and reads the group';
};

subtest 'a token of another issuer' => sub {
  my $path = configuration( $good, 'federated', FEDERATEDTOKENFILE => 'token' );
  my $run  = entraid( 'test', $path );
  is $run->exit_status, 0, 'a token of another issuer signs in' or diag $run->output;
  unlike $run->output . $run->complaints, qr/eyJ/, 'the token is not shown';
  is entraid( 'search', $path )->output, "$Simulator::ADDRESS\n", 'entraid search reads the group';

  write_file( "$folder/other", 'e30.e30.AAAA' );
  chmod 0600, "$folder/other" or die $!;
  $run = entraid( 'test', configuration( $good, 'other', FEDERATEDTOKENFILE => 'other' ) );
  is $run->exit_status, 2, 'a token that Entra ID does not take fails';
  like $run->output, qr/token: sign-in refused/, 'the refusal is a step of the check';
};

subtest 'failures' => sub {
  my %environment = virtual_machine($bare);
  local @Entraid::ENVIRONMENT{ keys %environment } = values %environment;
  my $run = entraid( 'test', machine( $bare, 'bare' ) );
  is $run->exit_status, 2, 'a machine without an identity fails';
  like $run->output, qr/token: no token .*this machine has no managed identity of its own; switch/,
    'what to do is said';

  local $Entraid::ENVIRONMENT{AZURE_POD_IDENTITY_AUTHORITY_HOST} = 'http://evil.example';
  $run = entraid( 'test', machine( $good, 'evil' ) );
  like $run->output,
    qr/credential: MANAGEDIDENTITY [(]line \d[)]: AZURE_POD_IDENTITY_AUTHORITY_HOST in the env/,
    'a server elsewhere is not asked';

  my $path = machine( $good, 'open' );
  chmod 0664, $path or die $!;
  $run = entraid( 'test', $path );
  like $run->output, qr/credential: MANAGEDIDENTITY .* cannot be used: other users can change/,
    'a configuration that others can write may not use the machine\'s identity';
};

subtest 'a service that repeats what it was sent' => sub {
  my $header = 'topsecretheader1234';
  my $server = IO::Socket::INET->new( Listen => 5, LocalAddr => '127.0.0.1' ) or die $!;
  my $child  = fork // die $!;
  if ( !$child ) {
    while ( my $client = $server->accept ) {
      while ( defined( my $line = <$client> ) ) { last if $line !~ /\S/ }
      my $body = qq({"error":"bad","error_description":"the header was $header"});
      my $size = length $body;
      print {$client} "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n",
        "Content-Length: $size\r\nConnection: close\r\n\r\n$body";
    }
    POSIX::_exit(0);
  }
  my %environment = (
    IDENTITY_ENDPOINT => 'http://127.0.0.1:' . $server->sockport . '/msi/token',
    IDENTITY_HEADER   => $header,
  );
  local @Entraid::ENVIRONMENT{ keys %environment } = values %environment;
  my $path = machine( $good, 'echo', STATEDIR => 'echo-state' );
  my $run  = entraid( 'write', '--file', "$folder/echo.txt", $path );
  kill KILL => $child;
  waitpid $child, 0;
  is $run->exit_status, 2, 'the run fails';
  like $run->complaints,   qr/the header was/, 'what the service says is shown';
  unlike $run->complaints, qr/$header/,        'without the header, which is a secret';
  unlike content("$folder/echo-state/history.sqlite"), qr/$header/, 'nor does the history have it';
};

done_testing;
