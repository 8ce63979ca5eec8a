# Loading the modules changes neither the signal handlers nor the threads of the process.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Scratch qw(folder);
use Simulator;

# Runs in a process of its own and compares that process's signal masks and number of threads.
my $probe = <<'PERL';
  sub state_of_process {
    open my $file, '<', '/proc/self/status' or die;
    return join '', grep { /^(?:Sig(?:Cgt|Ign|Blk)|Threads):/ } <$file>;
  }
  my $before = state_of_process();
  %s;
  my $after = state_of_process();
  print $before eq $after ? "same\n" : "before:\n${before}after:\n$after";
PERL

sub state_after {
  my ( $code, %environment ) = @_;
  local @ENV{ keys %environment } = values %environment;
  open my $output, '-|', $^X, ( map { "-I$_" } @INC ), '-e', sprintf $probe, $code or die;
  return join '', <$output>;
}

like state_after('$SIG{USR1} = sub { }'), qr/^before:/, 'the probe sees a new signal handler';

for my $code (
  'require EntraSync',
  'require SecAtGW::EntraID',
  'require SecAtGW::LDAPCrons',
  'require EntraSync; eval { EntraSync::Client->open("/no/such/file") }; $@ or die',
  )
{
  is state_after($code), "same\n", "signals and threads are unchanged after: $code";
}

my $folder    = folder();
my $simulator = Simulator->start(qw(--group single));
my $conf      = $simulator->configuration("$folder/single.entraidconf");
is state_after(
  'require SecAtGW::EntraID; SecAtGW::EntraID::entraid_search($ENV{CONF}) == 1 or die',
  CONF => $conf
  ),
  "same\n", 'signals and threads are unchanged after a search';

is state_after(
  'require SecAtGW::EntraID; $SIG{ALRM} = sub { }; kill ALRM => $$;
   SecAtGW::EntraID::entraid_search($ENV{CONF}) == 1 or die; $SIG{ALRM} = "DEFAULT"',
  CONF => $conf
  ),
  "same\n",
  'signals and threads are unchanged after a search with a SIGALRM handler of the program';

is EntraSync->can('new'), undef, 'the test itself has not loaded the module';
require EntraSync;
like EntraSync::library_version(), qr/^\d+\.\d+\.\d+$/,
  'library_version gives the version of the library';

done_testing;
