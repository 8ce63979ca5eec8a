package EntraSync::Arguments;

# Reads named arguments, for EntraSync's own classes.
use 5.016;
use strict;
use warnings;

our @CARP_NOT = qw(EntraSync::Client EntraSync::List EntraSync::Lookup);

# Returns named arguments as a hash. Croaks on a name that is not a known one.
sub named {
  my ( $known, @arguments ) = @_;
  croak('the arguments must be pairs of name and value') if @arguments % 2;
  my %named = @arguments;
  for my $name ( sort keys %named ) {
    next if grep { $_ eq $name } @{$known};
    croak("there is no argument '$name'; there are @{$known}");
  }
  return %named;
}

# Croaks. Carp takes longer to load than all of EntraSync's modules together, so it waits for this.
sub croak {
  require Carp;
  goto &Carp::croak;
}

# Returns the clients that the argument `clients` refers to.
sub clients {
  my ($clients) = @_;
  return unless defined $clients;
  croak('clients must be a reference to an array') unless ref $clients eq 'ARRAY';
  return @{$clients};
}

1;
