#!/usr/bin/perl
# A host in Perl with signal handlers, while libcurl's own thread looks a name up in vain. perl does
# not know that thread, and would crash if a signal were handled there.
use strict;
use warnings;
use Test::More;
use Time::HiRes 'sleep';
use EntraSync;

my %number = ( USR1 => 10, USR2 => 12, ALRM => 14, HUP => 1, CHLD => 17 );
my $tgkill = { x86_64 => 234, aarch64 => 131 }->{ ( split ' ', qx(uname -m) )[0] }
  or plan skip_all => 'the number of tgkill(2) is not known here';
my %seen;
for my $name ( keys %number ) {
  $SIG{$name} = sub { $seen{$name}++ };
}

my $host  = $$;
my $child = fork // die "fork: $!";
if ( !$child ) {
  while ( getppid == $host ) {
    for my $thread ( map { m{(\d+)\z} } glob "/proc/$host/task/*" ) {
      for my $number ( values %number ) {
        kill $number, $host;
        syscall $tgkill, $host, $thread + 0, $number;
      }
    }
    sleep 0.002;
  }
  exit;
}

my $client = EntraSync::Client->open('nameless.entraidconf');
my $lookup = EntraSync::Lookup->new( clients => [$client] );
my $answer = $lookup->find('ainoa.jasen@example.com');
is $answer->error && $answer->error->status_name, 'timeout',
  'a lookup that waits for a name in vain ends at TIMEOUT';
my $list = EntraSync::List->new( file => 'list.txt', template => '{mail}', clients => [$client] );
is eval { $list->write; 'written' } // $@->status_name, 'timeout',
  'a list that waits for a name in vain ends at TIMEOUT';
kill 'KILL', $child;
waitpid $child, 0;
ok $seen{$_}, "perl's handler of SIG$_ runs" for sort keys %number;
done_testing;
