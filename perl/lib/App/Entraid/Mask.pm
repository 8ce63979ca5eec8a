package App::Entraid::Mask;

# Masks lines of people, so that the lines can be shown to anybody.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(mask_line);

# Masks a line of a list, so that nobody can be recognised. A word keeps its first character. An
# address also keeps its domain. A number keeps its last two digits.
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
