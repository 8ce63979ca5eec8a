package Doubles;

# The people of the simulator's group `doubles`, who have the same addresses, and what is said of
# them.
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(%DOUBLES address dispute id);

# What a configuration of the group has.
our %DOUBLES = ( GROUPID => 'doubles', QUERYFILTER => 'mail|otherMails,mobilePhone' );

# The object id of one of the people.
sub id { return sprintf 'f0000000-0000-4000-8000-%012x', $_[0] }

# An address of theirs.
sub address { return "$_[0]\@doubles.example" }

# What is said of an address that nobody gets.
sub dispute {
  my ( $name, @numbers ) = @_;
  my $people = join ' and ', map { id($_) } @numbers;
  return
    qq{"$name\@doubles.example" belongs to $people, and neither comes before the other, so nobody }
    . 'gets it; leave the address to one of them in Entra ID';
}

1;
