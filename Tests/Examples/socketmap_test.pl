#!/usr/bin/perl
# examples/socketmap.c answers Postfix's questions: see socketmap_table(5) for the protocol.
use 5.016;
use strict;
use warnings;

use Errno            qw(EAGAIN);
use IO::Handle       ();
use IO::Socket::INET ();
use IO::Socket::UNIX ();
use POSIX            qw(WNOHANG);
use Test::More;
use Time::HiRes qw(sleep time);

# No other program has a socket of this name.
my $socket = "socket-$$";
my $member = 'ainoa.jasen@example.com';

# A machine may be slow: nothing is waited for longer than this, and no result depends on it.
my $patience = 60;

STDOUT->autoflush;
$SIG{PIPE} = 'IGNORE';
my ( %running, @started );
END { kill KILL => keys %running; kill CONT => $ENV{SIMULATOR_PID} }

# ---- The daemon and its clients ---------------------------------------------------------------

# await CODE: waits until the code returns something true, and returns that.
sub await {
  my ($code) = @_;
  my $end = time + $patience;
  while ( time < $end ) {
    my $result = $code->();
    return $result if $result;
    sleep 0.02;
  }
  return;
}

# spawn COMMAND ARGUMENT...: starts a program whose standard error becomes `errors.txt`.
sub spawn {
  my ( $command, @arguments ) = @_;
  my $pid = fork // die "fork: $!\n";
  if ( !$pid ) {
    POSIX::close($_) for 3 .. 255;
    open STDERR, '>', 'errors.txt' or die "errors.txt: $!\n";
    exec { $command->[0] } @{$command}, @arguments or die "$command->[0]: $!\n";
  }
  $running{$pid} = 1;
  return $pid;
}

# ended PID: the exit status of a program, `signal N`, or `no end` after the patience.
sub ended {
  my ($pid) = @_;
  await( sub { waitpid( $pid, WNOHANG ) == $pid } ) or return 'no end';
  my $status = $?;
  delete $running{$pid};
  return $status & 127 ? 'signal ' . ( $status & 127 ) : $status >> 8;
}

sub binary { return ["$ENV{TOP}/.build/examples/socketmap-$_[0]"] }

# start COMMAND ARGUMENT...: starts the daemon for the map `people`, and waits until it serves.
sub start {
  my ( $command, @arguments ) = @_;
  my $pid = spawn( $command, "unix:$socket", 'people', @arguments );
  await( sub { IO::Socket::UNIX->new( Peer => $socket ) } ) or die "$command->[0]: no socket\n";
  await( sub { served() == 0 } );
  return $pid;
}

# ends PID NAME: a check that the program ends with status 0.
sub ends {
  my ( $pid, $name ) = @_;
  return is( ended($pid), 0, $name ) || diag contents('errors.txt');
}

sub stops {
  my ( $pid, $name ) = @_;
  kill TERM => $pid;
  return ends( $pid, $name );
}

sub client { return IO::Socket::UNIX->new( Peer => $socket ) // die "$socket: $!\n" }

sub netstring { return length( $_[0] ) . ":$_[0]," }

sub put {
  my ( $client, $text ) = @_;
  return ( syswrite $client, $text ) // 0;
}

sub is_readable {
  my ( $client, $seconds ) = @_;
  vec( my $files = '', fileno $client, 1 ) = 1;
  return select $files, undef, undef, $seconds;
}

# get CLIENT: the next reply, `end` if the connection ends, or `nothing` after the patience.
sub get {
  my ($client) = @_;
  my $text = '';
  while ( is_readable( $client, $patience ) ) {
    sysread $client, my $byte, 1 or return 'end';
    $text .= $byte;
    next if $text !~ /\A(\d+):(.*)\z/s || length $2 <= $1;
    return $text  =~ /\A\d+:(.*),\z/s ? $1 : "no netstring: $text";
  }
  return 'nothing';
}

# ask KEY [CLIENT]: asks the map `people`, and returns the reply.
sub ask {
  my ( $key, $client ) = @_;
  $client //= client();
  put( $client, netstring("people $key") );
  return get($client);
}

sub contents {
  my ($path) = @_;
  open my $file, '<', $path or die "$path: $!\n";
  local $/ = undef;
  return scalar <$file> // '';
}

# How many clients the daemon has accepted: its sockets of this name, without the one that listens.
sub served {
  my @ours = contents('/proc/net/unix') =~ /^.* \Q$socket\E$/mg;
  return @ours - 1;
}

# All sockets of a process, those to the server included.
sub sockets {
  my ($pid) = @_;
  return scalar grep { ( readlink($_) // '' ) =~ /^socket:/ } glob "/proc/$pid/fd/*";
}

# Holds the server still while the code runs.
sub without_server {
  my ($code) = @_;
  kill STOP => $ENV{SIMULATOR_PID};
  my $went_well = eval { $code->(); 1 };
  kill CONT => $ENV{SIMULATOR_PID};
  die $@ if !$went_well;
  return;
}

# ---- Each compiler's, and gcc's under valgrind ------------------------------------------------

sub it_answers {
  my ( $name, $command ) = @_;
  my $pid = start( $command, '{mail} {mobilePhone}', 'desk.entraidconf' );
  is ask($member),      "OK $member 040123123123", "$name: a member has a line";
  is ask( uc $member ), "OK $member 040123123123", "$name: the case of letters does not matter";
  is ask($_), 'NOTFOUND ', "$name: '$_' is nobody's"
    for 'nobody@example.com', '*', '', ' ', "\xff\@example.com", '@example.com', "$member $member";

  my $client = client();
  is ask( $member,  $client ), "OK $member 040123123123", "$name: a connection has a first answer";
  is ask( 'x@y.zz', $client ), 'NOTFOUND ',               "$name: a connection has a second answer";
  put( $client, $_ ) for split //, netstring("people $member");
  is get($client), "OK $member 040123123123", "$name: a request may come byte by byte";
  put( $client, join '', map { netstring($_) } "people $member", 'places x', 'people x@y.zz' );
  is join( '|', map { get($client) } 1 .. 3 ),
    "OK $member 040123123123|"
    . 'PERM the request does not begin with the name of this map|NOTFOUND ',
    "$name: requests that come together are answered in their order";

  my @clients = map { client() } 1 .. 30;
  put( $clients[$_], netstring( 'people ' . ( $_ % 2 ? $member : "x$_\@y.zz" ) ) ) for 0 .. 29;
  is join( '|', map { get($_) } @clients ),
    join( '|', ( 'NOTFOUND ', "OK $member 040123123123" ) x 15 ),
    "$name: thirty clients have thirty answers";
  @clients = ();

  my $half = client();
  put( $half, netstring("people $member") );
  shutdown $half, 1;
  is get($half), "OK $member 040123123123", "$name: a client that sends no more gets its answer";
  is get($half), 'end',                     "$name: a client that sends no more is closed then";

  for my $bad ( 'places x', 'people', '', 'peoplex', "people $member\0" ) {
    my $other = client();
    put( $other, netstring($bad) );
    like get($other), qr/^PERM the request /,
      "$name: the request '" . ( $bad =~ s/\0/\\0/r ) . "' is refused";
    is ask( $member, $other ), "OK $member 040123123123",
      "$name: a good request follows '" . ( $bad =~ s/\0/\\0/r ) . "'";
  }
  for my $bad ( 'hello', ':', '-1:x,', '07:people ,', '3:abcd,', '2049:people ', '9' x 50 ) {
    my $other = client();
    put( $other, $bad );
    is get($other), 'end', "$name: '$bad' is no request, and ends the connection";
  }
  is ask( 'x' x 2041 ), 'NOTFOUND ', "$name: the longest request is answered";

  stops( $pid, "$name: SIGTERM ends it well" );
  ok !-e $socket, "$name: its socket is removed";
  is contents('errors.txt'), '', "$name: it has printed nothing";
  return;
}

sub cannot_tell_is_never_no {
  my ( $name, $command ) = @_;
  for my $case (
    [ 'stopped.entraidconf',      qr/^TEMP stopped\.entraidconf: cannot connect/ ],
    [ 'wrong-secret.entraidconf', qr/^TEMP wrong-secret\.entraidconf: .*AADSTS7000215/ ],
    )
  {
    my ( $configuration, $expected ) = @{$case};
    my $pid = start( $command, '{mail}', $configuration );
    like ask($member),              $expected, "$name: $configuration cannot tell about a member";
    like ask('nobody@example.com'), $expected, "$name: $configuration cannot tell about a stranger";
    stops( $pid, "$name: $configuration: SIGTERM ends it well" );
    like contents('errors.txt'), qr/\A(?:socketmap: \Q$configuration\E: .*\n)+\z/,
      "$name: $configuration: the standard error has the reason";
  }

  my $pid = start( $command, '{mail}', 'desk.entraidconf', 'stopped.entraidconf' );
  like ask('nobody@example.com'), qr/^TEMP stopped/,
    "$name: one of two configurations cannot tell about a stranger";
  stops( $pid, "$name: two configurations: SIGTERM ends it well" );

  $pid = start( $command, '{mail}', 'hasty.entraidconf' );
  is ask($member), "OK $member", "$name: the server is there";
  without_server(
    sub {
      like ask($member), qr/^TIMEOUT hasty\.entraidconf: /, "$name: a silent server is a timeout";
      like ask('nobody@example.com'), qr/^TIMEOUT hasty/,   "$name: a silent server is no stranger";
    } );
  is ask($member), "OK $member", "$name: the server is there again";
  stops( $pid, "$name: SIGTERM ends it well after a timeout" );
  return;
}

sub it_ends_while_it_asks {
  my ( $name, $command, $signal ) = @_;
  my $pid = start( $command, '{mail}', 'patient.entraidconf' );
  without_server(
    sub {
      my @clients = map { client() } 1 .. 12;
      put( $_, netstring("people $member") ) for @clients;
      ok await( sub { sockets($pid) > 13 } ), "$name: it asks the server";
      kill $signal => $pid;
      ends( $pid, "$name: SIG$signal ends it well while it asks the server" );
      is get( $clients[0] ), 'end', "$name: a client without an answer is closed, and not told no";
    } );
  return;
}

# ---- What one build shows ---------------------------------------------------------------------

sub a_list_decides_who_has_a_line {
  my $pid =
    start( binary('gcc'), '{mail} {mobilePhone}', 'desk.entraidconf', 'doubles.entraidconf' );
  is ask($member), "OK $member 040123123123", 'two configurations: a member of the first';
  is ask('bo@doubles.example'), 'OK bo@doubles.example 0407000005',
    'two configurations: a member of the second';
  is ask('finn@doubles.example'), 'NOTFOUND ', 'somebody without a line is not found, as in a list';
  stops( $pid, 'two configurations: SIGTERM ends it well' );
  return;
}

sub a_client_may_hang_up {
  my $pid = start( binary('limits'), '{mail}', 'patient.entraidconf' );
  without_server(
    sub {
      my @clients = map { client() } 1 .. 3;
      put( $_, netstring("people $member") ) for @clients;
      await( sub { sockets($pid) > 4 } );
      @clients = ();
      ok await( sub { served() == 0 } ), 'a client that hangs up is closed while it is answered';
    } );
  is ask('nobody@example.com'), 'NOTFOUND ',  'the next client gets its own answer';
  is ask($member),              "OK $member", 'the one after it gets its own answer';
  stops( $pid, 'hanging up: SIGTERM ends it well' );
  return;
}

sub slow_clients_are_closed {
  my $pid  = start( binary('limits'), '{mail}', 'desk.entraidconf' );
  my $idle = client();
  is get($idle), 'end', 'a client that asks nothing is closed';
  my $slow = client();
  put( $slow, '40:people ' );
  is get($slow), 'end', 'a client that asks half a question is closed';
  my $dripping = client();
  put( $dripping, '2000:people ' );
  ok await( sub { sleep 0.1; !put( $dripping, 'x' ) } ),
    'a client that asks byte by byte is closed';
  my $deaf = client();
  $deaf->blocking(0);
  my $is_closed = await( sub { 1 while put( $deaf, '1:x,' x 500 ); $! != EAGAIN } );
  ok $is_closed, 'a client that reads no reply is closed';
  stops( $pid, 'slow clients: SIGTERM ends it well' );
  return;
}

# Fills all buffers up to the client that does not read, and then reads everything.
sub replies_wait_for_their_reader {
  my $pid    = start( binary('gcc'), '{mail}', 'desk.entraidconf' );
  my $client = client();
  $client->blocking(0);
  my $bytes = 0;
  my $block = '1:x,' x 1000;
  my $end   = time + $patience;
  my $idle  = time + 0.5;
  while ( time < $idle && time < $end ) {
    my $count = syswrite $client, substr $block, $bytes % 4;
    if ($count) { $bytes += $count; $idle = time + 0.5 }
    else        { sleep 0.01 }
  }
  $client->blocking(1);
  put( $client, substr '1:x,', $bytes % 4 ) if $bytes % 4;
  my $expected = netstring('PERM the request does not begin with the name of this map');
  my $wanted   = int( ( $bytes + 3 ) / 4 ) * length $expected;
  my ( $text, $part ) = ('');
  $text .= $part
    while length $text < $wanted
    && is_readable( $client, $patience )
    && sysread $client, $part, 65536;
  cmp_ok $wanted, '>', 200_000,
    'a client that reads late: there are more replies than buffers hold';
  ok $text eq $expected x ( $wanted / length $expected ),
    'a client that reads late gets all replies';
  is ask( $member, $client ), "OK $member", 'a client that has read late is served as before';
  stops( $pid, 'reading late: SIGTERM ends it well' );
  return;
}

sub too_many_clients_wait {
  my $pid     = start( binary('limits'), '{mail}', 'desk.entraidconf' );
  my @clients = map { client() } 1 .. 3;
  my $fourth  = client();
  put( $fourth, netstring("people $member") );
  is ask( $member, $clients[0] ), "OK $member", 'as many clients as there may be are served';
  close $clients[0];
  is get($fourth), "OK $member", 'one more waits until another has gone';
  stops( $pid, 'many clients: SIGTERM ends it well' );
  return;
}

# The seconds that a process has used of a processor.
sub processor_seconds {
  my ($pid)  = @_;
  my @fields = split ' ', contents("/proc/$pid/stat") =~ s/.*\) //sr;
  return ( $fields[11] + $fields[12] ) / POSIX::sysconf(POSIX::_SC_CLK_TCK);
}

sub no_file_is_left {
  my $pid = start( binary('gcc'), '{mail}', 'desk.entraidconf' );
  is ask($member), "OK $member", 'files: a member has a line';
  my ( $free, %taken ) = (0);
  await( sub { served() == 0 } );
  $taken{s{.*/}{}r} = 1 for glob "/proc/$pid/fd/*";
  $free++ while $taken{$free};
  system 'prlimit', '--pid', $pid, "--nofile=$free:";
  my $client = client();
  put( $client, netstring("people $member") );
  my $before = processor_seconds($pid);
  ok !is_readable( $client, 2 ), 'files: a client waits while no file is left';
  cmp_ok processor_seconds($pid) - $before, '<', 0.5, 'files: the daemon waits, too';
  system 'prlimit', '--pid', $pid, '--nofile=100:';
  is get($client), "OK $member", 'files: the client is served once there are files again';
  stops( $pid, 'files: SIGTERM ends it well' );
  return;
}

sub files_are_closed_on_exec {
  my $pid    = start( binary('gcc'), '{mail}', 'desk.entraidconf' );
  my $client = client();
  is ask( $member, $client ), "OK $member", 'close-on-exec: a member has a line';
  my @inherited = grep {
    my ($flags) = contents($_) =~ /^flags:\s*(\d+)/m;
    m{/(\d+)\z} && $1 > 2 && !( oct($flags) & oct 2000000 )
  } glob "/proc/$pid/fdinfo/*";
  is "@inherited", '', 'close-on-exec: no file would stay open';
  stops( $pid, 'close-on-exec: SIGTERM ends it well' );
  return;
}

sub a_socket_is_its_own {
  my $first = start( binary('gcc'), '{mail}', 'desk.entraidconf' );
  my @same  = ( "unix:$socket", 'people', '{mail}', 'desk.entraidconf' );
  is ended( spawn( binary('gcc'), @same ) ), 1, 'a socket in use is not taken';
  is contents('errors.txt'), "socketmap: the socket: Address already in use\n",
    'a socket in use is named';
  is ask($member), "OK $member", 'the first daemon goes on';
  kill KILL => $first;
  is ended($first), 'signal 9', 'a daemon may be killed';
  ok -S $socket, 'a daemon that was killed leaves its socket';
  my $second = start( binary('gcc'), '{mail}', 'desk.entraidconf' );
  is ask($member), "OK $member", 'the next daemon takes the socket';
  stops( $second, 'the socket: SIGTERM ends it well' );

  open my $file, '>', $socket or die "$socket: $!\n";
  is ended( spawn( binary('gcc'), @same ) ), 1, 'a file in the place of the socket is an error';
  ok -f $socket, 'a file in the place of the socket is not removed';
  unlink $socket;
  return;
}

sub a_port_serves_too {
  my $port   = IO::Socket::INET->new( Listen => 1, LocalAddr => '127.0.0.1' )->sockport;
  my $pid    = spawn( binary('gcc'), "inet:$port", 'people', '{mail}', 'desk.entraidconf' );
  my $client = await( sub { IO::Socket::INET->new( PeerAddr => '127.0.0.1', PeerPort => $port ) } );
  is ask( $member, $client ), "OK $member", 'a port of 127.0.0.1 serves, too';
  my ($local) =
    contents('/proc/net/tcp') =~ /^ *\d+: (\w+):@{[ sprintf '%04X', $port ]} \w+:0000 0A/m;
  is $local, '0100007F', 'a port listens at 127.0.0.1 alone';
  stops( $pid, 'a port: SIGTERM ends it well' );
  return;
}

sub it_says_what_is_wrong {
  my @usual = ( 'people', '{mail}', 'desk.entraidconf' );
  for my $case (
    [ [],                                     2, 'usage: socketmap unix:PATH|inet:PORT' ],
    [ [ "unix:$socket", 'people', '{mail}' ], 2, 'usage: ' ],
    [
      [ "unix:$socket", 'people', '{mail}', 'missing.entraidconf' ],
      1, 'missing.entraidconf: there is no such file'
    ],
    [
      [ "unix:$socket", 'people', '{mail}', 'malformed.entraidconf' ],
      1, 'malformed.entraidconf: line '
    ],
    [
      [ "unix:$socket", 'people', '{mail}', 'no-secret.entraidconf' ],
      1, 'no-secret.entraidconf: '
    ],
    [
      [ "unix:$socket", 'people', '{mail', 'desk.entraidconf' ],
      1, 'line template "{mail" has a {'
    ],
    [ [ "unix:$socket", 'people', '{id}', 'desk.entraidconf' ], 1, 'QUERYFILTER' ],
    [ [ 'unix:' . 'x' x 200,   @usual ], 1, 'File name too long' ],
    [ [ 'unix:missing/socket', @usual ], 1, 'the socket: No such file or directory' ],
    [ [ 'inet:',               @usual ], 1, 'Invalid argument' ],
    [ [ 'inet:65536',          @usual ], 1, '65536: Invalid argument' ],
    [ [ 'socket',              @usual ], 1, 'socket: Invalid argument' ],
    )
  {
    my ( $arguments, $status, $message ) = @{$case};
    my $name = "socketmap @{$arguments}" =~ s/x{9,}/x.../r;
    is ended( spawn( binary('gcc'), @{$arguments} ) ), $status, "$name: the exit status is $status";
    like contents('errors.txt'), qr/\A[^\n]*\Q$message\E[^\n]*\n\z/, "$name: one line says why";
    ok !-e $socket, "$name: there is no socket";
  }
  return;
}

# ---- All of it --------------------------------------------------------------------------------

my %commands = map { $_ => binary($_) } split ' ', $ENV{CC_COMPILERS};
$commands{valgrind} = [ '/usr/bin/env', split( ' ', $ENV{MEMCHECK} ), @{ binary('gcc') } ];
for my $name ( sort keys %commands ) {
  my $command = $commands{$name};
  it_answers( $name, $command );
  cannot_tell_is_never_no( $name, $command );
  it_ends_while_it_asks( $name, $command, $_ ) for qw(TERM INT);
}
a_list_decides_who_has_a_line();
a_client_may_hang_up();
slow_clients_are_closed();
replies_wait_for_their_reader();
too_many_clients_wait();
no_file_is_left();
files_are_closed_on_exec();
a_socket_is_its_own();
a_port_serves_too();
it_says_what_is_wrong();
done_testing();
