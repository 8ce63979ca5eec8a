package App::Entraid::PerformanceData;

# Puts the figures of lists into the form that monitoring plugins print behind a `|`.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(performance_data);

# The figures of these checks, each an App::Entraid::ListCheck. A label has the list's name in front
# if an instance gives it one, and the instance's name too if there are several instances. No two
# labels are equal.
sub performance_data {
  my (@checks)      = @_;
  my %is_instance   = map { $_->instance // q() => 1 } @checks;
  my $is_of_several = keys %is_instance > 1;
  my ( @data, %is_taken );
  for my $check (@checks) {
    my @figures = $check->figures or next;
    my @names   = ( $is_of_several ? $check->instance : (), $check->name );
    my $prefix  = join '_', map { _word($_) } grep { length( $_ // q() ) } @names;
    my $number  = 1;
    my $unique  = $prefix;
    $unique = "${prefix}_" . ++$number while $is_taken{$unique};
    $is_taken{$unique} = 1;
    push @data, map { _datum( length $unique ? "${unique}_$_->{name}" : $_->{name}, $_ ) } @figures;
  }
  return join q( ), @data;
}

# A name as a part of a label. Not all readers know how a label with a space, a quote or an equals
# sign is quoted, and some take two colons for the name of another plugin.
sub _word {
  my ($name) = @_;
  return $name =~ s{[^A-Za-z0-9._-]}{_}gr;
}

# One figure: label=value[UOM];warn;crit;min.
#
# Source: Monitoring Plugins Development Guidelines, "Performance data".
sub _datum {
  my ( $label, $figure ) = @_;
  my @bounds =
    map { defined $figure->{$_} ? sprintf '%.0f', $figure->{$_} : q() } qw(warning critical);
  my $value = 0 + sprintf '%.3f', $figure->{value};
  return "$label=$value" . ( $figure->{unit} // q() ) . join ';', q(), @bounds, 0;
}

1;
