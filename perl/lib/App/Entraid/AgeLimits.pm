package App::Entraid::AgeLimits;

# After how many seconds without a good run a list is old, and too old.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);

# The hours of a list of which nothing says how often it is kept.
my %HOURS = ( warning => 3, critical => 12 );

# The seconds of a unit. A number without a unit counts hours.
my %SECONDS = ( s => 1, m => 60, h => 3600, d => 86_400, w => 604_800 );

# If only the age is named at which a list is too old, it is old at this part of it: as of the usual
# time between two runs, the next one is late by half, and was left out.
use constant OLD => 3 / 4;

# The limits that the command line names, in seconds: `warning`, `critical` and `max_age`.
sub new {
  my ( $class, %named ) = @_;
  return bless {%named}, $class;
}

# The options that name limits, as Getopt::Long describes them.
sub options { return qw(warning|w=s critical|c=s max-age=s) }

# Reads the limits of a command line.
sub read {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $class, $options ) = @_;
  my %named;
  for my $name (qw(warning critical max-age)) {
    my $value = $options->value($name) // next;
    my ( $number, $unit ) = $value =~ /\A([0-9]{1,9}(?:\.[0-9]{1,9})?)([smhdw]?)\z/;
    $options->refuse( "--$name takes hours, such as 3 or 0.5, or a time such as 90m or 2d, and not "
        . printable_path($value) )
      unless defined $number;
    $named{ $name =~ tr/-/_/r } = $number * $SECONDS{ $unit || 'h' };
  }
  my ( $warning, $critical, $most ) = @named{qw(warning critical max_age)};
  $options->refuse('--critical and --max-age both say when a list is too old; name one of them')
    if defined $critical && defined $most;
  $options->refuse( '--warning is later than '
      . ( defined $most ? '--max-age' : '--critical' )
      . '; a list is old before it is too old' )
    if defined $warning && $warning > ( $critical // $most // $warning );
  return $class->new(%named);
}

# Whether a list is to be reported of which nothing tells when a run last went well.
sub needs_runs { return defined $_[0]{max_age} }

# The limits of a list with runs that are known: `warning` and `critical`. `interval` is how many
# seconds there usually are between two good runs; undef if that is not known.
sub of_runs {
  my ( $self, $interval ) = @_;
  my $most  = $self->{max_age};
  my %limit = defined $most ? ( warning => OLD * $most, critical => $most ) : _usual($interval);
  for my $name ( keys %limit ) { $limit{$name} = $self->{$name} // $limit{$name} }

  # A limit that is never reached is none.
  delete $limit{warning} if !defined $self->{warning} && $limit{warning} >= $limit{critical};
  return %limit;
}

# The limits of a list of which only the last change is known: those that are named.
sub of_change {
  my ($self) = @_;
  return map { defined $self->{$_} ? ( $_ => $self->{$_} ) : () } qw(warning critical);
}

# When the next run is late by half of the usual time between two, and when one was left out.
sub _usual {
  my ($interval) = @_;
  return map { $_ => 3600 * $HOURS{$_} } keys %HOURS unless $interval;
  return ( warning => 1.5 * $interval, critical => 2 * $interval );
}

1;
