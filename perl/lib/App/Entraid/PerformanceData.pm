package App::Entraid::PerformanceData;

# Puts the figures of lists into the form that monitoring plugins print behind a `|`.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(performance_data);

# The figures of these checks, each an App::Entraid::ListCheck. A label has the list's name in front
# if an instance gives it one, and the instance's name too if there are several instances. No two
# labels are equal, and a list keeps its label when another one has no figures for a while.
sub performance_data {
  my (@checks) = @_;
  my $name_of = _instance_names( grep { defined } map { $_->instance } @checks );
  my ( @data, %is_taken );
  for my $check (@checks) {
    my @names  = ( $name_of->{ $check->instance // q() }, _word( $check->name // q() ) );
    my $prefix = _unique( join( '_', grep { length( $_ // q() ) } @names ), \%is_taken );
    push @data,
      map { _datum( length $prefix ? "${prefix}_$_->{name}" : $_->{name}, $_ ) } $check->figures;
  }
  return join q( ), @data;
}

# The names of several instances by their folders: the last part of the path and, if others end
# alike, as many parts before it as tell them apart. One instance needs no name.
sub _instance_names {
  my (@folders) = @_;
  my %parts_of = map {
    $_ => [ grep { length } split m{/} ]
  } @folders;
  return {} if keys %parts_of < 2;
  my $ending = sub {
    my ( $folder, $count ) = @_;
    my @parts = @{ $parts_of{$folder} };
    return _word( join '_', splice @parts, $count < @parts ? -$count : 0 );
  };
  my ( %name_of, %is_taken );
  for my $folder (@folders) {
    next if defined $name_of{$folder};
    my @others = grep { $_ ne $folder } keys %parts_of;
    my $most   = @{ $parts_of{$folder} };
    my $count  = 1;
    $count++ while $count < $most && _is_among( $ending, $folder, $count, @others );
    $name_of{$folder} = _unique( $ending->( $folder, $count ), \%is_taken );
  }
  return \%name_of;
}

# Whether so many parts of a folder's path are those of one of the others, too.
sub _is_among {
  my ( $ending, $folder, $count, @others ) = @_;
  my $name = $ending->( $folder, $count );
  return !!grep { $ending->( $_, $count ) eq $name } @others;
}

# A name, with a number behind it if it is taken.
sub _unique {
  my ( $name, $is_taken ) = @_;
  my ( $unique, $number ) = ( $name, 1 );
  $unique = "${name}_" . ++$number while $is_taken->{$unique};
  $is_taken->{$unique} = 1;
  return $unique;
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
