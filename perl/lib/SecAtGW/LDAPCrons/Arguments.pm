package SecAtGW::LDAPCrons::Arguments;

# What an instance is described by, by name.
use 5.016;
use strict;
use warnings;

# The arguments that are settings, and the one that is not.
my %IS_SETTINGS = map { $_ => 1 } qw(domainconf envelopeconf composeconf);
my %IS_KNOWN    = ( %IS_SETTINGS, docroot => 1 );

# The arguments of `new` by their names. Settings may be a hash and no reference to one: it arrives
# as all of its keys and values, of which there are none where it is empty.
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

# What stands between two names belongs to the first of them.
sub _gathered {
  my (@arguments) = @_;
  my ( %values, $name );
  for my $argument (@arguments) {
    if    ( $IS_KNOWN{ $argument // '' } ) { $values{ $name = $argument } = [] }
    elsif ( defined $name )                { push @{ $values{$name} }, $argument }
  }

  # More than one and no pairs cannot be settings, and stay what is refused as such.
  for my $found ( values %values ) {
    if    ( @{$found} == 1 )     { $found = $found->[0] }
    elsif ( @{$found} % 2 == 0 ) { $found = { @{$found} } }
  }
  return %values;
}

1;
