package SecAtGW::EntraID::Lookups;

# Keeps the lookups of a process, for SecAtGW::EntraID.
use 5.016;
use strict;
use warnings;

use EntraSync;

# The lookups of this process by their configurations. A gateway's daemon asks for one address after
# the other, and a kept lookup reuses its token and connection.
my %kept;

# Returns the lookup for some configurations. It opens a new one if one of their files has changed.
sub lookup {
  my ( $aliases, @paths ) = @_;
  my $key = join "\0", $aliases ? 1 : 0, @paths;

  # It changes if a file is replaced or edited.
  my $now = join "\0", map { EntraSync::_file_state($_) } @paths;
  if ( !$kept{$key} || $kept{$key}{state} ne $now ) {
    delete $kept{$key};
    my @clients = map { EntraSync::Client->open($_) } @paths;
    my $lookup  = EntraSync::Lookup->new( clients => \@clients, aliases => $aliases );
    $kept{$key} = { lookup => $lookup, state => $now };
  }
  return $kept{$key}{lookup};
}

# A new thread cannot use the objects of another thread.
sub CLONE {
  %kept = ();
  return;
}

1;
