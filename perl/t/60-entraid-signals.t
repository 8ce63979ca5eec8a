# Signals stop entraid at once, and leave the list unchanged.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Fcntl qw(LOCK_EX);
use Test::More;
use Time::HiRes qw(sleep time);

use Entraid;
use Scratch qw(content folder state_of write_file);
use Simulator;

# A server that delays its answers: for `main` longer than any test waits, for `single` one second.
my $folder    = folder();
my $simulator = Simulator->start(qw(--fault slow:20000@main --fault slow:1000@single));
my $audit     = "$folder/audit.log";
my $conf      = $simulator->configuration( "$folder/main.entraidconf", AUDITFILE => $audit );
my $file      = write_file( "$folder/list.txt", "user\@example.com\n" );
my $before    = state_of($file);
my %number    = ( HUP => 1, INT => 2, TERM => 15 );

# A shell that runs the tests in the background may ignore some signals.
local @SIG{ keys %number } = ('DEFAULT') x keys %number;

# Waits until a condition holds.
sub wait_until {
  my ( $what, $is_so ) = @_;
  my $end = time + 20;
  sleep 0.02 while !$is_so->() && time < $end;
  return ok $is_so->(), $what;
}

# Whether the command is connected to the server.
sub is_at_work {
  my ($run) = @_;
  return scalar grep { /^socket:/ } map { readlink($_) || '' } glob "/proc/$run->{child}/fd/*";
}

# Whether the command has a handler for a signal.
sub handles {
  my ( $run, $name ) = @_;
  my $status = content("/proc/$run->{child}/status") // '';
  my ($low) = $status =~ /^SigCgt:\s*[0-9a-f]{8}([0-9a-f]{8})$/m or return 0;
  return hex($low) & ( 1 << ( $number{$name} - 1 ) );
}

# What the last line of the audit says, without the time and the run.
sub last_audited {
  my ($line) = ( content($audit) // '' ) =~ /\] ([^\n]*)\n\z/;
  return $line // '';
}

sub is_stopped {
  my ( $run, $name ) = @_;
  ok handles( $run, $name ), "$name has a handler";
  my $began = time;
  $run->signal($name);
  $run->finish;
  is $run->ending, $number{$name}, "$name ends the command, as a shell sees it";
  cmp_ok time - $began, '<', 5, "$name ends the command within five seconds";
  is $run->output . $run->complaints, '', "$name: the command prints nothing";
  is_deeply state_of($file), $before, "$name: the list is unchanged";
  is_deeply [ glob "$folder/list.txt?* $folder/.entrasync*" ], [],
    "$name: no file is beside the list";
  return;
}

for my $name ( sort keys %number ) {
  for my $arguments ( ['diff'], ['write'], [qw(write --json)] ) {
    subtest "$name during @{$arguments}" => sub {
      unlink $audit;
      my $run = Entraid->start( @{$arguments}, '--file', $file, $conf );
      wait_until( 'the command is connected to the server', sub { is_at_work($run) } );
      is_stopped( $run, $name );

      # Ending by the signal looks the same from outside, whether or not the run was given up.
      is last_audited(), "$file: failed (cancelled): $conf: stopped on request",
        "$name: the audit says that the run was cancelled"
        if $arguments->[0] eq 'write';
    };
  }
}

subtest 'a signal while waiting for another run' => sub {
  open my $list, '<', $file or die "$file: $!";
  flock $list, LOCK_EX or die "$file: $!";
  unlink $audit;
  my $run = Entraid->start( 'write', '--file', $file, $conf );
  wait_until( 'the command has begun its run', sub { last_audited() =~ /: run begins, from / } );
  is_stopped( $run, 'INT' );
  is last_audited(), "$file: failed (cancelled): $file: stopped on request",
    'INT while waiting: the audit says that the run was cancelled';
};

subtest 'a signal that nohup ignores' => sub {
  local $SIG{HUP} = 'IGNORE';
  my $single = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
  my $run    = Entraid->start( 'write', '--file', "$folder/single.txt", $single );
  wait_until( 'the command is connected to the server', sub { is_at_work($run) } );
  ok !handles( $run, 'HUP' ), 'the command leaves an ignored HUP ignored';
  $run->signal('HUP');
  is $run->finish->exit_status, 0, 'the run goes on after an ignored HUP';
};

done_testing;
