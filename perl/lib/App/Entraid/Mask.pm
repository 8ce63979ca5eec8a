package App::Entraid::Mask;

# Lines of people that may be shown to anybody.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(mask_line);

# A line of a list in which nobody can be recognised: of each word with letters the first one stays,
# of an address also its domain, and of a number its last two digits.
sub mask_line {
  my ($line) = @_;
  return join q( ), map { _word($_) } split / /, $line, -1;
}

sub _word {
  my ($word) = @_;
  return $1 . '***@' . $2 if $word =~ /\A(.).*?\@(.*)\z/s;
  return '*' x ( length($1) ) . $2 if $word =~ /\A(\+?[0-9]+)([0-9]{2})\z/;
  return length $word ? substr( $word, 0, 1 ) . '***' : $word;
}

1;
