package SecAtGW::LDAPCrons::Arguments;

# Reads the named arguments that describe an instance.
use 5.016;
use strict;
use warnings;

# The arguments that hold settings, and docroot, which does not.
my %IS_SETTINGS = map { $_ => 1 } qw(domainconf envelopeconf composeconf);
my %IS_KNOWN    = ( %IS_SETTINGS, docroot => 1 );

# The arguments of `new` by their names. Settings may be a plain hash instead of a reference to one.
# A plain hash arrives as all its keys and values. An empty one arrives as nothing at all.
sub named {
  my (@arguments) = @_;
  return _are_pairs(@arguments) ? @arguments : _gathered(@arguments);
}

# Whether each argument is a name and one value.
sub _are_pairs {
  my (@arguments) = @_;
  return 0 if @arguments % 2;
  while ( my ( $name, $value ) = splice @arguments, 0, 2 ) {
    return 0 if !defined $name || $IS_SETTINGS{$name} && length $value && !ref $value;
  }
  return 1;
}

# The arguments between two names belong to the first name.
sub _gathered {
  my (@arguments) = @_;
  my ( %values, $name );
  for my $argument (@arguments) {
    if    ( $IS_KNOWN{ $argument // '' } ) { $values{ $name = $argument } = [] }
    elsif ( defined $name )                { push @{ $values{$name} }, $argument }
  }

  # Several values that are not pairs cannot be settings. They stay an array, which is refused
  # later.
  for my $found ( values %values ) {
    if    ( @{$found} == 1 )     { $found = $found->[0] }
    elsif ( @{$found} % 2 == 0 ) { $found = { @{$found} } }
  }
  return %values;
}

1;
