# Signal handlers that perl runs at once, in the middle of a call of the library.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Config qw(%Config);
use Test::More;

use EntraSync;
use Scratch qw(credentials folder state_of write_file);
use Simulator;

# A server that keeps some answers back for longer than any test waits.
my $folder    = folder();
my $simulator = Simulator->start(qw(--fault slow:20000@main --fault slow:20000@batch));
my $slow      = $simulator->configuration("$folder/slow.entraidconf");
my $lookup    = $simulator->configuration( "$folder/lookup.entraidconf", GROUPID => 'single' );
my $file      = write_file( "$folder/list.txt", "user\@example.com\n" );
my $before    = state_of($file);

# Opening this file takes about a second, since its password is hashed so often.
my ( $credentials, $password ) = ( credentials(), 'geheimgeheim' );
my $packed = "$folder/slow.p12";
system( qw(openssl pkcs12 -export -iter 1500000 -inkey),
  "$credentials/good.key",
  '-in', "$credentials/good.pem", '-passout', "pass:$password", '-out', $packed ) == 0
  or die;
my $secured = $simulator->configuration(
  "$folder/secured.entraidconf",
  GROUPID           => 'single',
  CLIENTSECRET      => undef,
  CLIENTCERTIFICATE => $packed,
  CLIENTKEYPASSWORD => $password
);

# What a script of its own begins with: objects whose calls wait for the server, and `unsafe`, which
# sets a handler that perl does not put off. A call that does not end is killed.
my $prelude = <<'PERL';
  use strict; use warnings; use POSIX (); use Time::HiRes qw(ualarm time);
  use EntraSync;
  my ( $slow, $quick, $file ) = @ARGV;
  my $watch = fork() // die;
  if ( !$watch ) { my $parent = getppid; sleep 1 while $_++ < 40 && getppid == $parent;
    kill KILL => $parent if getppid == $parent; POSIX::_exit(0) }
  END { kill KILL => $watch if $watch }
  sub unsafe { my ( $signal, $code ) = @_;
    POSIX::sigaction( $signal, POSIX::SigAction->new($code) ) or die }
  my $client = EntraSync::Client->open($slow);
  my $list   = EntraSync::List->new( file => $file, clients => [$client] );
  my $asked  = EntraSync::Client->open($quick);
  my $lookup = EntraSync::Lookup->new( clients => [$asked] );
  my $check  = EntraSync::Check->new($client);
  my %call   = ( write => sub { $list->write }, fetch => sub { $list->fetch },
    find => sub { $lookup->find('user@example.com') }, run => sub { $check->run } );
  sub says { print "$_[0]\n" }
PERL

# Runs a script of its own and returns what it prints.
sub output_of {
  my ( $script, %environment ) = @_;
  local @ENV{ keys %environment } = values %environment;
  open my $output, '-|', $^X, ( map { "-I$_" } @INC ), '-e', $prelude . $script, $slow, $lookup,
    $file, $secured
    or die;
  my $said = join '', <$output>;
  close $output;
  return $? ? "${said}ended with status $?" : $said;
}

# An object can be used and freed after each of these.
my $afterwards = <<'PERL';
  $_->cancel for $client, $asked;
  my $again = EntraSync::Error->catch( sub { $list->fetch } );
  says( $again ? $again->status_name : 'fetched' );
  undef $list; undef $lookup; undef $check;
  $client->cancel; $client->on_progress(undef)->on_log(undef);
  undef $client; undef $asked;
  says('freed');
PERL

for my $method (qw(write fetch find run)) {
  is output_of( <<"PERL" . $afterwards ), "time is up\nprompt\ncancelled\nfreed\n",
    unsafe( POSIX::SIGALRM, sub { die "time is up\\n" } );
    my \$began = time; ualarm 300_000;
    eval { \$call{$method}->(); 1 } ? says('went well') : print \$@;
    says( time - \$began < 5 ? 'prompt' : 'late' );
    unsafe( POSIX::SIGALRM, sub { \$client->cancel } ); ualarm 300_000;
PERL
    "$method: a die in a handler of POSIX::sigaction comes out of the call";
}

is output_of( <<'PERL' . $afterwards, PERL_SIGNALS => 'unsafe' ),
  $SIG{ALRM} = sub { die "time is up\n" };
  ualarm 300_000;
  eval { $call{write}->(); 1 } ? says('went well') : print $@;
  $SIG{ALRM} = sub { $client->cancel }; ualarm 300_000;
PERL
  "time is up\ncancelled\nfreed\n", 'PERL_SIGNALS=unsafe: a die in a handler comes out of the call';

is output_of( <<'PERL' . $afterwards ), "a fault\ncancelled\nfreed\n",
  $SIG{SEGV} = sub { die "a fault\n" };
  my $sender = fork() // die;
  if ( !$sender ) { Time::HiRes::sleep(0.3); kill SEGV => getppid; POSIX::_exit(0) }
  eval { $call{fetch}->(); 1 } ? says('went well') : print $@;
  unsafe( POSIX::SIGALRM, sub { $client->cancel } ); ualarm 300_000;
PERL
  'a die in a handler of SEGV, which perl never puts off, comes out of the call';

SKIP: {
  skip 'this perl has no threads', 1 if !$Config{useithreads};

  # While one thread is at work in the library, fork() waits in the others.
  is output_of(<<'PERL'), "time is up\nforked\n",
  use threads;
  my $secured = EntraSync::Client->open( $ARGV[3] );
  unsafe( POSIX::SIGALRM, sub { die "time is up\n" } ); ualarm 300_000;
  eval { $secured->check_credential; 1 } ? says('went well') : print $@;
  threads->create( sub { fork // die or POSIX::_exit(0); wait } )->join;
  says('forked');
PERL
    'check_credential: a die in a handler of POSIX::sigaction leaves the library in order';
}

# Real-time signals are counted, so all of them arrive at once when the stopped process goes on.
is output_of( <<'PERL' . $afterwards ), "too many\ncancelled\nfreed\n",
  local $SIG{RTMIN} = sub { };
  my $sender = fork() // die;
  if ( !$sender ) {
    Time::HiRes::sleep(0.3);
    kill STOP => getppid;
    kill RTMIN => getppid for 1 .. 300;
    kill CONT => getppid;
    POSIX::_exit(0);
  }
  eval { $call{fetch}->(); 1 } ? says('went well')
    : says( $@ =~ /^Maximal count of pending signals/ ? 'too many' : $@ );
  $SIG{RTMIN} = 'IGNORE';
  $client->on_progress( sub { $client->cancel } );
PERL
  'more signals than perl can put off end the call as a die does';

is output_of( <<'PERL' . $afterwards ), "calls\nenough\ncancelled\nfreed\n",
  my $calls = 0;
  unsafe( POSIX::SIGALRM, sub { $calls++; ualarm 300_000 } ); ualarm 300_000;
  $client->on_progress( sub { die "enough\n" if $calls >= 2 } );
  eval { $call{fetch}->(); 1 } ? says('went well') : ( says('calls'), print $@ );
  $client->on_progress( undef ); $client->on_progress( sub { $client->cancel } );
PERL
  'a handler that returns leaves the run going and is called again';

is output_of( <<'PERL' . $afterwards ), "outer\ncancelled\nfreed\n",
  unsafe( POSIX::SIGALRM, sub { die "inner\n" } ); ualarm 300_000;
  $client->on_progress( sub { eval { select undef, undef, undef, 1; 1 }
    or die $@ eq "inner\n" ? "outer\n" : "other: $@" } );
  eval { $call{fetch}->(); 1 } ? says('went well') : print $@;
  $client->on_progress( sub { $client->cancel } );
PERL
  'a die in a handler during a callback can be caught in the callback';

is output_of( <<'PERL' . $afterwards ), "1\n1\n0\ncancelled\nfreed\n",
  sub is_blocked { my $mask = POSIX::SigSet->new;
    POSIX::sigprocmask( POSIX::SIG_BLOCK, POSIX::SigSet->new, $mask ) or die;
    return $mask->ismember( $_[0] ) }
  unsafe( POSIX::SIGALRM, sub { } );
  $client->on_progress( sub { says( is_blocked(POSIX::SIGALRM) ? 0 : 1 );
    POSIX::sigprocmask( POSIX::SIG_BLOCK, POSIX::SigSet->new(POSIX::SIGUSR1) ); $client->cancel } );
  eval { $call{fetch}->() };
  says( is_blocked(POSIX::SIGUSR1) ); says( is_blocked(POSIX::SIGALRM) );
  $client->on_progress( sub { $client->cancel } );
PERL
  'the mask of signals is the program\'s own in a callback and after the call';

is output_of(<<'PERL'), "again\nended with status 768",
  unsafe( POSIX::SIGALRM, sub { exit 3 } ); ualarm 300_000;
  eval { $call{write}->() };
  says('exit was lost');
  END { $client->on_progress( sub { die "again\n" } ); local $?; eval { $list->fetch }; print $@ }
PERL
  'exit in a handler ends the process when the library has returned';

is_deeply state_of($file), $before, 'the list is unchanged after all of these';

done_testing;
