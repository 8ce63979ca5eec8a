# Perl code that the library calls back, and what it may throw at it.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use Scratch qw(content folder state_of write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 3000 --fault slow:300@main));
my $conf      = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
my $slow      = $simulator->configuration( "$folder/slow.entraidconf",   GROUPID => 'main' );
my $file      = write_file( "$folder/list.txt", "user\@example.com\n" );
my $before    = state_of($file);

# A list with one client, whose callbacks are given; slow enough for all of them where it has a log.
sub list_with {
  my (%callbacks) = @_;
  my $client = EntraSync::Client->open( $callbacks{log} ? $slow : $conf, %callbacks );
  return EntraSync::List->new( file => $file, template => '{mail}', clients => [$client] );
}

# What a write throws; the list's file shall be as it was then.
sub failure_with {
  my ($list) = @_;
  my $died = eval { $list->write; 1 } ? 'nothing was thrown' : $@;
  is_deeply state_of($file), $before, 'the file is as it was';
  is scalar( $list->lines ), 0, 'the list has no lines';
  return $died;
}

subtest 'progress and log' => sub {
  my ( @progress, @log );
  my $list = list_with(
    progress => sub { push @progress, [@_] },
    log      => sub { push @log,      [@_]; return 1 },
  );
  my $report = $list->fetch;
  cmp_ok scalar(@progress), '>=', 3, 'progress is told a few times';
  is_deeply [ sort keys %{ $progress[0][0] } ], [qw(bytes pages people seconds waiting)],
    'what it is told';
  is_deeply [ map { scalar @{$_} } @progress ], [ map { 1 } @progress ], 'in one argument';
  is $progress[0][0]{people}, 0, 'it is told before anything has come';
  my @people = map { $_->[0]{people} } @progress;
  is_deeply \@people, [ sort { $a <=> $b } @people ], 'people never become fewer';
  cmp_ok $people[-1], '>', 0, 'and do come';
  ok !( grep { $_->[0] !~ /^(?:info|warning)$/ || $_->[1] !~ /^[^\r\n]+$/ } @log ),
    'the log: a level and a line';
  ok scalar( grep { $_->[1] =~ /sign-in/ } @log ), 'the sign-in is in it';
  unlike join( '', map { $_->[1] } @log ), qr/\Q${\ $simulator->secret }\E/, 'the secret is not';
};

subtest 'callbacks can be replaced' => sub {
  my $calls  = 0;
  my $client = EntraSync::Client->open($conf);
  my $list   = EntraSync::List->new( clients => [$client] );
  $client->on_progress(
    sub {
      $calls++;
      $client->on_progress(undef)->on_log(undef);
    } )->on_log( sub { } );
  $list->fetch;
  is $calls, 1, 'even by themselves, while they run';
};

subtest 'die' => sub {
  for my $where (qw(progress log)) {
    my $calls = 0;
    is failure_with( list_with( $where => sub { $calls++; die "enough\n" } ) ), "enough\n",
      "text thrown in $where comes out of the method";
    is $calls, 1, 'nothing is called after it';
  }
  my $object = bless {}, 'Local::Exception';
  is failure_with( list_with( progress => sub { die $object } ) ), $object, 'so does an object';

  {

    package Local::False;
    use overload 'bool' => sub { 0 }, fallback => 1;
  }
  my $false = bless {}, 'Local::False';
  is ref failure_with( list_with( progress => sub { die $false } ) ), 'Local::False',
    'even one that calls itself false';

  my $list = list_with(
    progress => sub {
      eval { die "inner\n" };
      die "wrong: $@" if $@ ne "inner\n";
    } );
  local $@ = 'of before';
  ok $list->fetch, 'an eval inside a callback is its own affair';
  is $@, 'of before', 'and $@ is as it was';
};

subtest 'a run that failed in a callback can be had again' => sub {
  my $calls = 0;
  my $list  = list_with( progress => sub { die "once\n" unless $calls++ } );
  failure_with($list);
  ok $list->fetch, 'with the same list and client';
  is scalar( $list->lines ), 1, 'all lines come';
};

subtest 'cancel' => sub {
  my $client;
  my $list  = EntraSync::List->new( file => $file, template => '{mail}' );
  my $calls = 0;
  $client = EntraSync::Client->open( $conf, progress => sub { $calls++; $client->cancel } );
  $list->add($client);
  my $error = failure_with($list);
  isa_ok $error, 'EntraSync::Error';
  is $error->status_name, 'cancelled', 'its status';
  is $calls,              1,           'nothing is called after it';

  $client->on_progress( sub { 1 } );
  ok $list->fetch, 'what a callback returns cancels nothing, and the next run is a new one';
};

subtest 'leaving a callback by other ways' => sub {
  no warnings 'exiting';
  for my $way ( 'last', 'next', 'goto OUTSIDE' ) {
    my $code = eval "sub { $way }" or die;    ## no critic (ProhibitStringyEval)
    my $died = '';
    for ( 1 .. 2 ) {
      $died = failure_with( list_with( progress => $code ) );
    }
    like $died, qr/^Can't (?:"\w+" outside a loop block|find label OUTSIDE)/,
      "$way does not get out";
  }
};

subtest 'a callback cannot use what is at work' => sub {
  my ( $client, $list, $other, %died );
  my %use = (
    fetch                               => sub { $list->fetch },
    write                               => sub { $list->write },
    clear                               => sub { $list->clear },
    lines                               => sub { my @lines = $list->lines },
    add                                 => sub { $list->add($client) },
    accept                              => sub { $list->accept_change },
    'another list with the same client' => sub { $other->fetch },
  );
  $client = EntraSync::Client->open(
    $conf,
    progress => sub {
      for my $what ( keys %use ) {
        $died{$what} //= eval { $use{$what}->(); 'nothing' } // $@;
      }
    } );
  ( $list, $other ) = map { EntraSync::List->new( clients => [$client] ) } 1 .. 2;
  ok $list->fetch, 'the run goes on';
  like $died{$_}, qr/ is in use; a callback cannot use it at \Q$0\E line/, $_ for sort keys %use;
  ok $other->fetch, 'afterwards the other list can be fetched';
};

subtest 'a callback may use other objects' => sub {
  my @inner;
  my $list = list_with(
    progress => sub {
      return if @inner;
      my $list = EntraSync::List->new( clients => [ EntraSync::Client->open($conf) ] );
      $list->fetch;
      @inner = $list->lines;
    } );
  $list->fetch;
  is_deeply \@inner, [$Simulator::ADDRESS], 'a run inside a run';
};

subtest 'a callback may drop what it is called for' => sub {
  my ( $client, $list );
  $client = EntraSync::Client->open( $conf, progress => sub { undef $client; undef $list } );
  $list   = EntraSync::List->new( clients => [$client] );
  ok $list->fetch, 'the run goes on';
  is $list, undef, 'though the list is gone';
};

done_testing;
