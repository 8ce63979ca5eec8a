package App::Entraid::ExitStatus;

# The exit statuses of entraid.
use 5.016;
use strict;
use warnings;

use Exporter     qw(import);
use Scalar::Util qw(blessed);

our @EXPORT_OK = qw(OK WARNING CRITICAL UNKNOWN
  compare_exit_statuses exit_status_name exit_status_of worst_exit_status);

# What monitoring plugins return.
use constant {
  OK       => 0,
  WARNING  => 1,
  CRITICAL => 2,
  UNKNOWN  => 3,
};

# How monitoring calls them, and which one counts where there are several.
my @NAMES = qw(OK WARNING CRITICAL UNKNOWN);
my %RANK  = ( OK, 0, WARNING, 1, UNKNOWN, 2, CRITICAL, 3 );

sub exit_status_name { return $NAMES[ $_[0] ] }

# The same order for sort: the worst one first.
sub compare_exit_statuses { return $RANK{ $_[1] } <=> $RANK{ $_[0] } }

sub worst_exit_status {
  return ( sort { compare_exit_statuses( $a, $b ) } OK, @_ )[0];
}

# What is no failure of the directory's or the machine's: a person shall look, or type it right.
my %OF = (
  guard            => WARNING,
  busy             => WARNING,
  invalid_argument => UNKNOWN,
);

# The status that tells of something thrown.
sub exit_status_of {
  my ($error) = @_;
  return CRITICAL unless blessed $error && $error->isa('EntraSync::Error');
  return $OF{ $error->status_name } // CRITICAL;
}

1;
