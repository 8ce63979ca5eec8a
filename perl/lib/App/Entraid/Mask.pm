package App::Entraid::Mask;

# Masks lines of people, so that the lines can be shown to anybody.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(mask_id mask_line mask_text);

# Masks a line of a list, so that nobody can be recognised. A word keeps its first character. An
# address also keeps its domain. A number keeps its last two digits.
sub mask_line {
  my ($line) = @_;
  return join q( ), map { _word($_) } split / /, $line, -1;
}

# Masks what a message may say about people: what is quoted, from the first quotation mark to the
# last, addresses, numbers, and object ids.
sub mask_text {
  my ($text) = @_;
  my $part   = qr/[^\s<>(),;:\x22\x27]+/;
  my $id     = qr/\b[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\b/;
  my $tel    = qr/(?<![\w-])\+?[0-9]{6,}(?![\w-])/;
  $text        =~ s/\x22.*\x22/\x22\x{2026}\x22/s;
  $text        =~ s/($part\@$part|$tel)/_word($1)/ge;
  return $text =~ s/($id)/mask_id($1)/ger;
}

# The first characters of an object id, by which nobody who sees it can look the person up.
sub mask_id {
  my ($id) = @_;
  return substr( $id, 0, 4 ) . "\x{2026}";
}

sub _word {
  my ($word) = @_;
  return $1 . '***@' . $2 if $word =~ /\A(.).*?\@(.*)\z/s;
  return '*' x ( length($1) ) . $2 if $word =~ /\A(\+?[0-9]+)([0-9]{2})\z/;
  return length $word ? substr( $word, 0, 1 ) . '***' : $word;
}

1;
