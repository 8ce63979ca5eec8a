package App::Entraid::Progress;

# Shows the progress of a run to a person who waits for it.
use 5.016;
use strict;
use warnings;

# The request of Linux's ioctl(2) for the size of a terminal.
use constant TIOCGWINSZ => 0x5413;

# How wide the moving part is at most, and how many columns at the end of the line stay free. The
# terminal shows ^C there.
use constant {
  TRACK => 20,
  FREE  => 3,
};

sub options { return qw(progress=s no-progress) }

# Decides whether to show progress. --progress and --no-progress decide first. By default it is
# shown if the standard error is a terminal and --json is not given.
sub of {
  my ( $class, $options ) = @_;
  my $when = $options->choice('progress');
  $when = 'never' if $options->value('no-progress');
  my $watched  = -t STDERR && !$options->value('json');
  my $is_shown = $when eq 'always' || $when eq 'auto' && $watched;
  return bless { is_shown => $is_shown, parts => [], steps => 0, length => 0 }, $class;
}

# The progress callback for one of several clients, as EntraSync::Client takes it; undef if nothing
# is shown.
sub of_client {
  my ($self) = @_;
  return undef unless $self->{is_shown};    ## no critic (ProhibitExplicitReturnUndef)
  my $number = push @{ $self->{parts} }, undef;
  return sub { $self->_tell( $number - 1, $_[0] ) };
}

# Runs code, and erases the line afterwards even if the code dies. Returns what the code returns.
sub during {
  my ( $self, $code ) = @_;
  my $result;
  my $is_done = eval { $result = $code->(); 1 };
  my $reason  = $@;

  # A signal handler may die here too.
  eval { $self->_erase; 1 } or do {
    ( $is_done, $reason ) = ( 0, $@ );
    $self->_erase;
  };
  return $result if $is_done;
  die $reason;
}

sub _tell {
  my ( $self, $number, $so_far ) = @_;
  $self->{parts}[$number] = $so_far;
  $self->_draw( _figures( $so_far, grep { defined } @{ $self->{parts} } ) );
  return;
}

# What all clients together have read, and how long the one at work waits.
sub _figures {
  my ( $now, @parts ) = @_;
  my %sum = map { $_ => 0 } qw(pages people seconds);
  for my $part (@parts) { $sum{$_} += $part->{$_} for keys %sum }

  # A client that has not begun to read can only be waiting for another run.
  return 'waiting for another run that holds the list' if $now->{waiting} && !$now->{seconds};
  my $figures = join ', ',
    $sum{pages} == 1  ? '1 page'   : "$sum{pages} pages",
    $sum{people} == 1 ? '1 person' : "$sum{people} people";
  if ( $now->{waiting} ) {
    my $seconds = int $now->{waiting};
    $seconds++ if $seconds < $now->{waiting};
    return "$figures, waiting $seconds s: Microsoft is busy or out of reach";
  }
  return $sum{seconds} ? sprintf '%s, %.0f/s', $figures, $sum{people} / $sum{seconds} : $figures;
}

# Draws the line over the previous one. It has no escape sequence, so any terminal can show it.
sub _draw {
  my ( $self, $figures ) = @_;
  my $room  = _columns() - FREE;
  my $track = $room - length($figures) - 3;
  $track = TRACK if $track > TRACK;
  my $line = $track > 4 ? '[' . _bar( $track, $self->{steps}++ ) . "] $figures" : $figures;
  $line = substr $line, 0, $room > 0 ? $room : 0;
  my $rest = $self->{length} - length $line;

  # If a signal stops the print, _erase must know the full length that may be on the line.
  $self->{length} = length $line if $rest < 0;
  print {*STDERR} "\r$line" . ( $rest > 0 ? q( ) x $rest . "\b" x $rest : q() );
  $self->{length} = length $line;
  return;
}

# A mark that moves to and fro. There is no percentage, since the number of people is not known.
sub _bar {
  my ( $track, $step ) = @_;
  my $ways  = $track - 3;
  my $place = $step % ( 2 * $ways );
  $place = 2 * $ways - $place if $place > $ways;
  return q( ) x $place . '<=>' . q( ) x ( $ways - $place );
}

sub _erase {
  my ($self) = @_;
  my $length = $self->{length} or return;
  print {*STDERR} "\r" . q( ) x ( $length + FREE - 1 ) . "\r";
  $self->{length} = 0;
  return;
}

# The width of the terminal: COLUMNS first, then the terminal's own answer, then 80.
sub _columns {
  my ($columns) = ( $ENV{COLUMNS} // q() ) =~ /\A([1-9][0-9]{0,3})\z/;
  return $columns if $columns;
  my $size = pack 'S4';
  return 80 unless ioctl STDERR, TIOCGWINSZ, $size;
  return ( unpack 'S4', $size )[1] || 80;
}

1;
