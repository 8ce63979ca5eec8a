package EntraSync::Arguments;

# Named arguments, for EntraSync's own classes.
use 5.016;
use strict;
use warnings;

use Carp qw(croak);

our @CARP_NOT = qw(EntraSync::Client EntraSync::List EntraSync::Lookup);

# Named arguments as a hash; croaks on a name that is not among the known ones.
sub named {
  my ( $known, @arguments ) = @_;
  croak 'the arguments must be pairs of name and value' if @arguments % 2;
  my %named = @arguments;
  for my $name ( sort keys %named ) {
    next if grep { $_ eq $name } @{$known};
    croak "there is no argument '$name'; there are @{$known}";
  }
  return %named;
}

# The clients that are given in one of them: a list.
sub clients {
  my ($clients) = @_;
  return unless defined $clients;
  croak 'clients must be a reference to an array' unless ref $clients eq 'ARRAY';
  return @{$clients};
}

1;
