package App::Entraid::Permission;

# Tells what cannot be seen from what is not there: monitoring has a user of its own.
use 5.016;
use strict;
use warnings;

use Errno    qw(EACCES);
use Exporter qw(import);

our @EXPORT_OK = qw(is_closed);

# Whether a path cannot be read because this user may not.
sub is_closed {
  my ($path) = @_;
  return stat $path ? !-r _ : $! == EACCES;
}

1;
