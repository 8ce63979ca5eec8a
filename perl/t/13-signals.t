# Signal handlers that run during calls of the library.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use POSIX ();
use Test::More;
use Time::HiRes qw(ualarm time);

use EntraSync;
use SecAtGW::EntraID ();
use Scratch          qw(content folder state_of write_file);
use Simulator;

# A server that keeps its answer back for longer than any test waits.
my $folder      = folder();
my $simulator   = Simulator->start(qw(--fault slow:20000@main --fault slow:20000@batch));
my $conf        = $simulator->configuration("$folder/main.entraidconf");
my $slow_lookup = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
my $file        = write_file( "$folder/list.txt", "user\@example.com\n" );
my $before      = state_of($file);

sub write_list {
  my $client = EntraSync::Client->open($conf);
  return EntraSync::List->new( file => $file, clients => [$client] )->write;
}

sub is_prompt {
  my ($began) = @_;
  cmp_ok time - $began, '<', 5, 'the call ends within five seconds';
  is_deeply state_of($file), $before, 'the list is unchanged';
  return;
}

subtest 'die in a handler' => sub {
  local $SIG{ALRM} = sub { die "time is up\n" };
  my $began = time;
  ualarm 300_000;
  is eval { write_list(); 1 }, undef,          'die in a handler ends the run';
  is $@,                       "time is up\n", 'die in a handler comes out of the method';
  is_prompt($began);
};

subtest 'die in a handler, through the drop-in functions' => sub {
  local $SIG{ALRM} = sub { die "time is up\n" };
  my @warnings;
  local $SIG{__WARN__} = sub { push @warnings, @_ };
  my $began = time;
  ualarm 300_000;
  is eval { SecAtGW::EntraID::write_list( conf => $conf, file => $file ); 1 }, undef,
    'die in a handler comes out of write_list';
  is $@, "time is up\n", 'write_list passes on what the handler threw';
  is_deeply \@warnings, [], 'die in a handler gives no warning';
  is_prompt($began);
};

for my $signal (qw(ALRM INT TERM)) {
  subtest "$signal during a lookup" => sub {
    local $SIG{$signal} = sub { die "$signal came\n" };
    my $parent = $$;
    my $child  = fork // die;
    if ( !$child ) {
      Time::HiRes::sleep(0.3);
      kill $signal => $parent;
      POSIX::_exit(0);
    }
    my $began = time;
    is eval { SecAtGW::EntraID::entraid_lookup( $slow_lookup, $Simulator::ADDRESS ); 1 }, undef,
      "die in a $signal handler comes out of entraid_lookup";
    is $@, "$signal came\n", "entraid_lookup passes on what the $signal handler threw";
    is_prompt($began);
    waitpid $child, 0;
  };
}

subtest 'a handler that returns' => sub {
  my $calls = 0;
  local $SIG{ALRM} = sub { die "second\n" if $calls++; ualarm 300_000 };
  my $began = time;
  ualarm 300_000;
  eval { write_list() };
  is $@, "second\n", 'a handler that returns leaves the run going and is called again';
  is_prompt($began);
};

subtest 'cancel in a handler' => sub {
  my $client = EntraSync::Client->open($conf);
  my $list   = EntraSync::List->new( file => $file, clients => [$client] );
  local $SIG{ALRM} = sub { $client->cancel };
  my $began = time;
  ualarm 300_000;
  my $error = EntraSync::Error->catch( sub { $list->write } );
  is $error->status_name, 'cancelled', 'cancel in a handler ends the run';
  is_prompt($began);
};

# exit unwinds perl's own stacks at once. The process ends after the library has returned, so that
# END blocks may use the client again.
my $exiting = <<'PERL';
  use EntraSync;
  my ( $conf, $file, $where ) = @ARGV;
  my %callback = $where eq 'handler' ? () : ( $where => sub { exit 3 } );
  our $client = EntraSync::Client->open( $conf, %callback );
  if ( $where eq 'handler' ) {
    $SIG{ALRM} = sub { exit 3 };
    alarm 1;
  }
  eval { EntraSync::List->new( file => $file, clients => [$client] )->write };
  print 'exit was lost';

  END {
    $client->on_progress( sub { die "again\n" } );
    my $again = EntraSync::List->new( clients => [$client] );
    $SIG{ALRM} = 'DEFAULT';
    local $?;
    eval { $again->fetch };
    print $@;
  }
PERL
for my $where (qw(handler progress log)) {
  subtest "exit in a $where" => sub {
    my $began = time;
    open my $output, '-|', $^X, ( map { "-I$_" } @INC ), '-e', $exiting, $conf, $file, $where
      or die;
    is join( '', <$output> ), "again\n", "exit in a $where: END blocks run and may use the client";
    close $output;
    is $?, 3 << 8, "exit in a $where: the process ends with the status of exit";
    is_prompt($began);
  };
}

done_testing;
