# The progress of a run on a terminal, and nothing elsewhere.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid::Options;
use App::Entraid::Progress;
use Entraid qw(entraid entraid_watched);
use Scratch qw(folder state_of write_file);
use Simulator;
use Terminal;

my $folder = folder();

# Returns what a terminal of this many columns (0: an unknown size) shows while the code reports
# progress.
sub shown {
  my ( $columns, $arguments, $code ) = @_;
  my $terminal = Terminal->new;
  $terminal->resize($columns) if $columns;
  return _shown_to( $terminal->slave, $arguments, $code ) // $terminal->content;
}

sub _shown_to {
  my ( $handle, $arguments, $code ) = @_;
  my $options =
    App::Entraid::Options->new( 'write', [ 'json', App::Entraid::Progress::options() ] );
  $options->read( @{$arguments} );
  open my $before, '>&', \*STDERR or die;
  open STDERR,     '>&', $handle  or die;
  my $is_done = eval {
    my $progress = App::Entraid::Progress->of($options);
    $progress->during( sub { $code->($progress) } );
    1;
  };
  my $reason = $@;
  open STDERR, '>&', $before or die;
  die $reason if !$is_done && $reason ne "stopped\n";
  return;
}

# The progress of a client.
sub so_far {
  my ( $pages, $people, $seconds, $waiting ) = @_;
  return { pages => $pages, people => $people, seconds => $seconds, waiting => $waiting // 0 };
}

# The code that reports these steps of one client.
sub steps {
  my (@steps) = @_;
  return sub {
    my $tell = $_[0]->of_client or return;
    $tell->($_) for @steps;
  };
}

# The text that a terminal's line shows at the end.
sub left {
  my ($content) = @_;
  my ( $line, $place ) = ( '', 0 );
  for my $character ( split //, $content ) {
    if    ( $character eq "\r" ) { $place = 0 }
    elsif ( $character eq "\b" ) { $place-- }
    else {
      $line .= q( ) x ( $place - length $line ) if $place > length $line;
      substr $line, $place++, 1, $character;
    }
  }
  return $line =~ s/ +\z//r;
}

delete local $ENV{COLUMNS};

subtest 'the figures' => sub {
  my @lines = split /\r/,
    shown(
    100,
    [],
    steps(
      so_far( 0, 0,    0.2 ),
      so_far( 1, 1,    0.5 ),
      so_far( 3, 2997, 1.5 ),
      so_far( 3, 2997, 2, 11.2 ),
      so_far( 4, 3996, 14 ),
    ) );
  shift @lines;
  is_deeply [ map { s/\A\[[ <=>]*\] //r =~ s/ *[\b]*\z//r } @lines[ 0 .. 4 ] ],
    [
    '0 pages, 0 people, 0/s',
    '1 page, 1 person, 2/s',
    '3 pages, 2997 people, 1998/s',
    '3 pages, 2997 people, waiting 12 s: Microsoft is busy or out of reach',
    '4 pages, 3996 people, 285/s',
    ],
    'progress shows pages, people, rate and waiting';
  is_deeply [ map { /\A\[( *)<=>/ ? length $1 : -1 } @lines[ 0 .. 4 ] ], [ 0 .. 4 ],
    'progress moves a bar';
};

subtest 'several clients' => sub {
  my $content = shown(
    100,
    [],
    sub {
      my @tell = map { $_[0]->of_client } 1 .. 2;
      $tell[0]->( so_far( 2, 1100, 2 ) );
      $tell[1]->( so_far( 1, 900,  2 ) );
    } );
  like $content, qr{3 pages, 2000 people, 500/s}, 'several clients: the figures are added up';
};

subtest 'waiting for another run' => sub {
  like shown( 100, [], steps( so_far( 0, 0, 0, 0.1 ) ) ),
    qr/\] waiting for another run that holds the list/,
    'waiting for another run differs from waiting for a server';
};

subtest 'the line' => sub {
  my @steps = ( map { so_far( $_, 999 * $_, $_, $_ % 7 ) } 1 .. 60 );
  for my $columns ( 200, 80, 40, 20, 4, 1 ) {
    my $content = shown( $columns, [], steps(@steps) );
    is scalar( grep { length s/[\b]//gr > $columns - 1 && $columns > 1 } split /\r/, $content ), 0,
      "the line is no wider than $columns columns";
    unlike $content, qr/[^ -~\r\b]/,
      "the line has printable characters, CR and BS alone at $columns columns";
    is left($content), '', "the line is cleared at the end at $columns columns";
  }
  my @lines = split /\r/, shown( 0, [], steps(@steps) );
  is + ( sort { $b <=> $a } map { length s/ *[\b]*\z//r } @lines )[0], 77,
    'a terminal of unknown size has 80 columns';
  local $ENV{COLUMNS} = 30;
  cmp_ok +
    ( sort { $b <=> $a } map { length s/[\b]//gr } split /\r/, shown( 200, [], steps(@steps) ) )[0],
    '<', 30, 'COLUMNS sets the width';
  local $ENV{COLUMNS} = 'x';
  like shown( 200, [], steps(@steps) ), qr/\[.{20}\] /, 'COLUMNS that is not a number is ignored';
};

subtest 'a shorter line' => sub {
  my $terminal = Terminal->new;
  $terminal->resize(100);
  my $seen  = '';
  my $slave = $terminal->slave;
  _shown_to(
    $slave,
    [],
    sub {
      my $tell = $_[0]->of_client;
      $tell->( so_far( 3, 3, 1, 100 ) );
      $tell->( so_far( 3, 3, 1 ) );
      print {*STDERR} '|';
    } );
  is left( ( split /\|/, $terminal->content )[0] ), '[ <=>                ] 3 pages, 3 people, 3/s',
    'a shorter line leaves nothing of a longer one';
};

subtest 'a run that ends in a failure or by a signal' => sub {
  my $content = shown( 100, [], sub { steps( so_far( 1, 1, 1 ) )->(@_); die "stopped\n" } );
  like $content, qr/1 person/, 'a run that fails has shown its progress';
  is left($content), '', 'a run that fails clears its line';
};

subtest 'where progress is shown' => sub {
  my $steps = steps( so_far( 1, 1, 1 ) );
  for my $case (
    [ 1, 1 ],
    [ 1, 1, '--progress=auto' ],
    [ 0, 1, '--progress=never' ],
    [ 0, 1, '--no-progress' ],
    [ 0, 1, '--json' ],
    [ 1, 1, '--json',        '--progress=always' ],
    [ 0, 1, '--no-progress', '--progress=always' ],
    [ 0, 0 ],
    [ 1, 0, '--progress=always' ],
    )
  {
    my ( $is_shown, $is_terminal, @arguments ) = @{$case};
    my $content;
    if ($is_terminal) {
      $content = shown( 80, \@arguments, $steps );
    } else {
      open my $file, '+>', "$folder/errors" or die;
      _shown_to( $file, \@arguments, $steps );
      $content = Scratch::content("$folder/errors");
    }
    is $content =~ /1 person/ ? 1 : 0, $is_shown,
      ( $is_terminal ? 'a terminal' : 'a file' ) . " @arguments";
    is $content, '', 'nothing is printed without progress' unless $is_shown;
  }
};

my $simulator = Simulator->start(
  qw(--members 30 --fault slow:20000@main --fault throttle:1:2@nested --fault slow:600@single));
my $file = write_file( "$folder/list.txt", map { "$_\n" } 'user@example.com', $Simulator::ADDRESS );

sub configuration {
  my ($group) = @_;
  return $simulator->configuration( "$folder/$group.entraidconf", GROUPID => $group );
}

subtest 'a real run' => sub {
  my $single = configuration('single');
  for my $command ( ['search'], [ 'diff', '--file', $file ], [ 'write', '--file', $file ] ) {
    local $Entraid::ENVIRONMENT{TERM} = 'dumb';
    my $run = entraid_watched( @{$command}, $single );
    like $run->complaints, qr{\r\[ *<=> *\] \d pages?, \d p(?:eople|erson), \d+/s},
      "$command->[0] shows its progress";
    unlike $run->complaints, qr/\e/, "$command->[0]: progress has no escapes";
    is left( $run->complaints ), '', "$command->[0]: progress clears its line";
    unlike $run->output, qr/page/, "$command->[0]: progress is not on the standard output";
    is $run->exit_status, 0, "$command->[0]: the exit status";
    is entraid( @{$command}, $single )->complaints, '',
      "$command->[0]: no progress without a terminal";
  }
};

subtest 'a server that asks to slow down' => sub {
  my $run = entraid_watched( 'search', configuration('nested') );
  like $run->complaints, qr/people, waiting 2 s: Microsoft is busy /,
    'a busy server: progress shows the time to wait';
  like $run->complaints, qr/people, waiting 1 s: Microsoft is busy /,
    'a busy server: progress counts down';
  like $run->complaints, qr/\r {40,}\rleft out: /,
    'a busy server: the messages at the end have a clean line';
  is $run->exit_status, 0, 'a busy server: exit status 0';
};

subtest 'INT while it is shown' => sub {
  local $SIG{INT} = 'DEFAULT';
  my $before   = state_of($file);
  my $terminal = Terminal->new;
  my $run = Entraid->start_watched( $terminal, 'write', '--file', $file, configuration('main') );
  ok $terminal->wait_for(qr/0 people/), 'INT: progress is shown before';
  $run->signal('INT');
  $run->finish;
  is $run->ending,             2,  'INT ends the run';
  is left( $run->complaints ), '', 'INT: progress clears its line';
  is_deeply state_of($file), $before, 'INT: the list is unchanged';
};

done_testing;
