package Goals;

# What entrasync has set itself, as ratios within one run, and what was reached.
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(goals);

# Returns the goals whose figures there are: a text, the figure, what it may be at most, its unit.
sub goals {
  my ($results) = @_;
  my %at;
  $at{ $_->{setting} }{ $_->{size} } = $_->{figures} for @{ $results->{tables} };

  my $figure = sub {
    my ( $setting, $size, $program, $name ) = @_;
    return $at{$setting}{$size}{$program}{$name};
  };
  my $ratio = sub {
    my ( $above, $below ) = @_;
    return defined $above && $below ? $above / $below : undef;
  };
  my $parts = sub {
    my ( $of, $above, $below, $name ) = @_;
    return $of ? $ratio->( $of->{$above}{$name}, $of->{$below}{$name} ) : undef;
  };

  my @ours  = ( 'tls', 100_000, 'entraid' );
  my $peak  = $figure->( @ours, 'peak' );
  my $own   = $results->{perls_own}{modules}{peak};
  my $main  = $results->{main_size};
  my @goals = (
    [
      'CPU of 100,000 people over TLS: times that of the C++ program',
      $ratio->( $figure->( @ours, 'cpu' ), $figure->( 'tls', 100_000, 'cpp', 'cpu' ) ),
      2
    ],
    [
      'CPU of 100,000 people over TLS: times that of LWP and JSON::XS',
      $ratio->( $figure->( @ours, 'cpu' ), $figure->( 'tls', 100_000, 'lwp', 'cpu' ) ),
      1 / 3
    ],
    [
      'Peak with 100,000 people over TLS: MiB above perl with the modules',
      defined $peak && defined $own ? $peak - $own : undef,
      30
    ],
    [
      'CPU of 1,000,000 people over TLS: times that of 100,000',
      $ratio->( $figure->( 'tls', 1_000_000, 'entraid', 'cpu' ), $figure->( @ours, 'cpu' ) ), 11
    ],
    [
      'Peak with 1,000,000 people over TLS: times that of the C++ program',
      $ratio->( map { $figure->( 'tls', 1_000_000, $_, 'peak' ) } qw(entraid cpp) ),
      1.25
    ],
    [
      'CPU with QUERYFILTER = mail,mobilePhone: times that of mail',
      $parts->( $results->{attributes}, 'mail-mobilePhone', $main, 'cpu' ),
      1.4
    ],
    [
      '100,000 people far away: times the duration of curl',
      $ratio->( map { $figure->( 'far', 100_000, $_, 'wall' ) } qw(entraid curl) ), 1.03
    ],
    [
      'Four groups far away: times the duration of one of them',
      $parts->( $results->{groups}{far}, 'four-groups', 'one-group', 'wall' ),
      1.3
    ],
  );
  return grep { defined $_->[1] } @goals;
}

1;
