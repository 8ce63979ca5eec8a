package App::Entraid::Color;

# Paints lines red and green, and decides whether to.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(paint wants_color);

# The codes that make a terminal show red and green.
my %CODE = ( '-' => 31, '+' => 32 );

# Whether to show colours. --color decides first. Otherwise the output must be a terminal that can
# show colours, and the user must not have refused them with NO_COLOR (https://no-color.org).
sub wants_color {
  my ( $when, $is_terminal, $environment ) = @_;
  return 1 if $when eq 'always';
  return 0 if $when eq 'never' || !$is_terminal;
  return 0 if length( $environment->{NO_COLOR} // '' );
  return ( $environment->{TERM} // '' ) eq 'dumb' ? 0 : 1;
}

# A line in the colour of its sign.
sub paint {
  my ( $sign, $line ) = @_;
  return "\e[$CODE{$sign}m$line\e[0m";
}

1;
