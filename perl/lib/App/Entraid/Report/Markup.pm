package App::Entraid::Report::Markup;

# Makes HTML and SVG.
#
# Text becomes markup here and nowhere else, so that no text of a directory, a server or a file can
# be a part of the page's syntax.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable);
use Exporter                qw(import);
use Scalar::Util            qw(blessed);

our @EXPORT_OK = qw(element markup verbatim);

# Elements without an end.
my %IS_VOID = map { $_ => 1 } qw(meta);

# An element. A hash with its attributes may follow the name; an attribute that is undef is left
# out. Then comes what is in the element: elements, and text, which is escaped. undef is left out.
sub element {
  my ( $name, @inside ) = @_;
  my $attributes = ref $inside[0] eq 'HASH' ? shift @inside : {};
  my @names      = grep { defined $attributes->{$_} } sort keys %{$attributes};
  my $start      = join q( ), $name, map { $_ . '="' . _escaped( $attributes->{$_} ) . '"' } @names;
  my $end        = $IS_VOID{$name} ? q() : "</$name>";
  return verbatim( join q(), "<$start>", ( map { markup($_) } @inside ), $end );
}

# The text of an element; of text, the text that shows it.
sub markup {
  my ($part) = @_;
  return q() unless defined $part;
  return blessed $part && $part->isa(__PACKAGE__) ? ${$part} : _escaped($part);
}

# An element of markup that is known to be right.
sub verbatim {
  my ($markup) = @_;
  return bless \$markup, __PACKAGE__;
}

# What has a meaning in text or in an attribute's value is written as a number. Hidden characters
# are shown as the library shows them, since HTML has no character for most of them, and others turn
# the text around.
sub _escaped {
  my ($text) = @_;
  return printable($text) =~ s/([&<>\x22\x27])/sprintf '&#%d;', ord $1/ger;
}

1;
