package App::Entraid::Color;

# Red and green, and when.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(paint wants_color);

# What a terminal makes red and green.
my %CODE = ( '-' => 31, '+' => 32 );

# Whether there are colours: what --color says, and else whether a terminal is there that can show
# them to somebody who wants them (https://no-color.org).
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
