# Callbacks in Perl, and what they may throw.
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

# A list with one client that has these callbacks. With a log, the server is slow enough for all.
sub list_with {
  my (%callbacks) = @_;
  my $client = EntraSync::Client->open( $callbacks{log} ? $slow : $conf, %callbacks );
  return EntraSync::List->new( file => $file, template => '{mail}', clients => [$client] );
}

# Returns what a write throws, and checks that the list's file is unchanged.
sub failure_with {
  my ($list) = @_;
  my $died = eval { $list->write; 1 } ? 'nothing was thrown' : $@;
  is_deeply state_of($file), $before, 'a failed write leaves the file unchanged';
  is scalar( $list->lines ), 0, 'a failed write leaves the list without lines';
  return $died;
}

subtest 'progress and log' => sub {
  my ( @progress, @log );
  my $list = list_with(
    progress => sub { push @progress, [@_] },
    log      => sub { push @log,      [@_]; return 1 },
  );
  my $report = $list->fetch;
  cmp_ok scalar(@progress), '>=', 3, 'progress is called a few times';
  is_deeply [ sort keys %{ $progress[0][0] } ], [qw(bytes pages people seconds waiting)],
    'progress: the keys of its argument';
  is_deeply [ map { scalar @{$_} } @progress ], [ map { 1 } @progress ],
    'progress is called with one argument';
  is $progress[0][0]{people}, 0, 'progress is called before anybody was read';
  my @people = map { $_->[0]{people} } @progress;
  is_deeply \@people, [ sort { $a <=> $b } @people ], 'progress: people never become fewer';
  cmp_ok $people[-1], '>', 0, 'progress: people are counted';
  ok !( grep { $_->[0] !~ /^(?:info|warning)$/ || $_->[1] !~ /^[^\r\n]+$/ } @log ),
    'log is called with a level and a line';
  ok scalar( grep { $_->[1] =~ /sign-in/ } @log ), 'log: a line names the sign-in';
  unlike join( '', map { $_->[1] } @log ), qr/\Q${\ $simulator->secret }\E/,
    'log: no line has the client secret';
};

subtest 'the log without what is being done' => sub {
  my @levels;
  my $list = list_with(
    log       => sub { push @levels, $_[0] },
    log_level => 'warning',
  );
  $list->fetch;
  ok !( grep { $_ eq 'info' } @levels ), 'log_level: a list has no line of the other level';
  my $client = EntraSync::Client->open( $slow, log => sub { push @levels, $_[0] } );
  is $client->log_level('warning')->log_level('info'), $client, 'log_level returns the client';
  EntraSync::List->new( template => '{mail}', clients => [$client] )->fetch;
  ok scalar( grep { $_ eq 'info' } @levels ), 'log_level: info brings every line back';

  for my $wrong ( undef, q(), 'debug', "info\n" ) {
    ok !eval { $client->log_level($wrong); 1 }, 'log_level: another word is refused';
    like $@, qr/^the log level is warning or info at \S+12-callbacks\.t line/,
      'log_level: the message names the caller';
  }
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
  is $calls, 1, 'a running callback can replace the callbacks';
};

subtest 'die' => sub {
  for my $where (qw(progress log)) {
    my $calls = 0;
    is failure_with( list_with( $where => sub { $calls++; die "enough\n" } ) ), "enough\n",
      "text thrown in $where comes out of the method";
    is $calls, 1, "$where: no callback is called after die";
  }
  my $object = bless {}, 'Local::Exception';
  is failure_with( list_with( progress => sub { die $object } ) ), $object,
    'an object thrown in progress comes out of the method';

  {

    package Local::False;
    use overload 'bool' => sub { 0 }, fallback => 1;
  }
  my $false = bless {}, 'Local::False';
  is ref failure_with( list_with( progress => sub { die $false } ) ), 'Local::False',
    'an exception object that is false comes out of the method';

  my $list = list_with(
    progress => sub {
      eval { die "inner\n" };
      die "wrong: $@" if $@ ne "inner\n";
    } );
  local $@ = 'earlier';
  ok $list->fetch, 'an eval inside a callback does not end the run';
  is $@, 'earlier', 'an eval inside a callback leaves the caller\'s $@ unchanged';
};

subtest 'a run that failed in a callback can be repeated' => sub {
  my $calls = 0;
  my $list  = list_with( progress => sub { die "once\n" unless $calls++ } );
  failure_with($list);
  ok $list->fetch, 'a list can be fetched again after a callback died';
  is scalar( $list->lines ), 1, 'a repeated fetch gives all lines';
};

subtest 'cancel' => sub {
  my $client;
  my $list  = EntraSync::List->new( file => $file, template => '{mail}' );
  my $calls = 0;
  $client = EntraSync::Client->open( $conf, progress => sub { $calls++; $client->cancel } );
  $list->add($client);
  my $error = failure_with($list);
  isa_ok $error, 'EntraSync::Error';
  is $error->status_name, 'cancelled', 'cancel in a callback: the status of the error';
  is $calls,              1,           'no callback is called after cancel';

  $client->on_progress( sub { 1 } );
  ok $list->fetch,
    'the return value of a callback cancels nothing, and a run after cancel goes well';
};

subtest 'a handler before a callback' => sub {
  my $calls  = 0;
  my $client = EntraSync::Client->open( $conf, progress => sub { $calls++ } );
  my $list   = EntraSync::List->new( clients => [$client] );
  local $SIG{USR1} = sub { $client->on_progress(undef)->cancel };
  $client->on_progress(
    sub {
      $calls++;
      $client->on_progress( sub { $calls++ } );
      kill USR1 => $$;
    } );
  my $error = EntraSync::Error->catch( sub { $list->fetch } );
  is $error->status_name, 'cancelled', 'a handler can cancel the run and take the callback away';
  is $calls,              1, 'no callback is called after a handler has cancelled the run';
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
      "$way does not leave the callback";
  }
};

subtest 'a callback cannot use objects of its own run' => sub {
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
  ok $list->fetch, 'a run goes on after a callback used its objects';
  like $died{$_}, qr/ is in use; a callback cannot use it at \Q$0\E line/,
    "a callback cannot use: $_"
    for sort keys %use;
  ok $other->fetch, 'another list of the same client can be fetched after the run';
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
  is_deeply \@inner, [$Simulator::ADDRESS], 'a callback can run another list';
};

subtest 'a callback may drop its own client and list' => sub {
  my ( $client, $list );
  $client = EntraSync::Client->open( $conf, progress => sub { undef $client; undef $list } );
  $list   = EntraSync::List->new( clients => [$client] );
  ok $list->fetch, 'a run goes on after its callback dropped the client and the list';
  is $list, undef, 'a callback can drop the list';
};

done_testing;
