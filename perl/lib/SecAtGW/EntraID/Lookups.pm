package SecAtGW::EntraID::Lookups;

# The lookups that a process keeps, for SecAtGW::EntraID.
use 5.016;
use strict;
use warnings;

use EntraSync;
use Time::HiRes ();

# The lookups of this process by their configurations: a gateway's daemon asks for one address after
# the other, and each lookup keeps its token and connection.
my %kept;

# The lookup for some configurations, which is opened again once one of their files has changed.
sub lookup {
  my ( $aliases, @paths ) = @_;
  my $key = join "\0", $aliases ? 1 : 0, @paths;
  my $now = join "\0", map { _state($_) } @paths;
  if ( !$kept{$key} || $kept{$key}{state} ne $now ) {
    delete $kept{$key};
    my @clients = map { EntraSync::Client->open($_) } @paths;
    my $lookup  = EntraSync::Lookup->new( clients => \@clients, aliases => $aliases );
    $kept{$key} = { lookup => $lookup, state => $now };
  }
  return $kept{$key}{lookup};
}

# What changes with a file, whoever replaced or edited it.
sub _state {
  my ($path) = @_;
  return join ' ', ( Time::HiRes::stat($path) )[ 0, 1, 7, 9, 10 ];
}

# A new thread has no use for the objects of another.
sub CLONE {
  %kept = ();
  return;
}

1;
