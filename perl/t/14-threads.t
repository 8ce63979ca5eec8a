# Objects that were copied into another thread.
use strict;
use warnings;

use Config;
BEGIN { require threads if $Config{useithreads} }

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use SecAtGW::EntraID ();
use Scratch          qw(folder);
use Simulator;

plan skip_all => 'this perl has no threads' unless $Config{useithreads};

my $folder    = folder();
my $simulator = Simulator->start;
my $conf      = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
my $client    = EntraSync::Client->open($conf);
my $list      = EntraSync::List->new( clients => [$client] );
my $report    = $list->fetch;
my $lookup    = EntraSync::Lookup->new( clients => [$client] );
my $answer    = $lookup->find($Simulator::ADDRESS);
my $check     = EntraSync::Check->new($client);
my $error     = EntraSync::Error->catch( sub { EntraSync::Client->open("$folder/none") } );

my %died = threads->create(
  { context => 'list' },
  sub {
    my %use = (
      Client => sub { $client->attributes },
      List   => sub { $list->fetch },
      Report => sub { $report->written },
      Lookup => sub { $lookup->find('*') },
      Check  => sub { $check->run },
    );
    return map {
      $_ => eval { $use{$_}->(); 'nothing' }
        // $@
    } keys %use;
  } )->join;
like $died{$_}, qr/^this EntraSync::$_ belongs to another thread at /, "the copy of a $_ croaks"
  for qw(Client List Report Lookup Check);

is_deeply [ $list->lines ], [$Simulator::ADDRESS],
  'the list is unchanged after another thread used its copy';
is $report->written, 1, 'the report is unchanged after another thread used its copy';
ok $list->fetch, 'the list works after another thread used its copy';

my @lines = threads->create(
  { context => 'list' },
  sub {
    my $list = EntraSync::List->new( clients => [ EntraSync::Client->open($conf) ] );
    $list->fetch;
    return $list->lines;
  } )->join;
is_deeply \@lines, [$Simulator::ADDRESS], 'a thread may have objects of its own';

ok $lookup->find($Simulator::ADDRESS)->is_member,
  'the lookup works after another thread used its copy';

# Runs code in a new thread and returns its result.
sub in_thread {
  my ($code) = @_;
  return threads->create($code)->join;
}

sub kind_of_answer { return ref SecAtGW::EntraID::entraid_lookup( $conf, $Simulator::ADDRESS ) }

is in_thread( sub { join q( ), $answer->lines } ), $Simulator::ADDRESS,
  'an answer can be read in another thread';
is in_thread( \&kind_of_answer ), 'HASH', 'entraid_lookup works in a new thread';
is kind_of_answer(), 'HASH', 'entraid_lookup works in the first thread after a new one';
is in_thread( \&kind_of_answer ), 'HASH', 'entraid_lookup works in a second new thread';

my $text = threads->create( sub { return "$error" } )->join;
is $text, "$error", 'an error can be read in another thread';

done_testing;
