package App::Entraid::ExitStatus;

# The exit statuses of entraid.
use 5.016;
use strict;
use warnings;

use Exporter     qw(import);
use Scalar::Util qw(blessed);

our @EXPORT_OK = qw(OK WARNING CRITICAL UNKNOWN
  compare_exit_statuses exit_status_name exit_status_of worst_exit_status);

# The exit statuses of monitoring plugins.
use constant {
  OK       => 0,
  WARNING  => 1,
  CRITICAL => 2,
  UNKNOWN  => 3,
};

# Their names in monitoring, and their order from the best to the worst.
my @NAMES = qw(OK WARNING CRITICAL UNKNOWN);
my %RANK  = ( OK, 0, WARNING, 1, UNKNOWN, 2, CRITICAL, 3 );

sub exit_status_name { return $NAMES[ $_[0] ] }

# Compares two exit statuses for sort: the worst one comes first.
sub compare_exit_statuses { return $RANK{ $_[1] } <=> $RANK{ $_[0] } }

sub worst_exit_status {
  return ( sort { compare_exit_statuses( $a, $b ) } OK, @_ )[0];
}

# The errors that are not failures of the directory or the machine. A person has to look at the
# change, try again, or correct the command line.
my %OF = (
  guard            => WARNING,
  busy             => WARNING,
  invalid_argument => UNKNOWN,
);

# The exit status for an error, or for anything else that was thrown.
sub exit_status_of {
  my ($error) = @_;
  return CRITICAL unless blessed $error && $error->isa('EntraSync::Error');
  return $OF{ $error->status_name } // CRITICAL;
}

1;
