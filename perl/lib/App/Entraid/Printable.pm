package App::Entraid::Printable;

# Text that does no harm to a terminal.
use 5.016;
use strict;
use warnings;

use Encode   qw(decode);
use Exporter qw(import);

our @EXPORT_OK = qw(HIDDEN printable printable_path shell_path shell_word);

# Characters that steer a terminal, break a line or reorder it, and those that nobody can see.
use constant HIDDEN => qr/[\p{C}\p{Zl}\p{Zp}]/;

# Text with these made visible, as the library does it: an escape becomes `\u{1b}`.
sub printable {
  my ($text) = @_;
  my $hidden = HIDDEN;
  $text =~ s/($hidden)/sprintf '\\u{%x}', ord $1/ge;
  return $text;
}

# A path, which is bytes, as the library shows it.
sub printable_path {
  my ($path) = @_;
  return printable( decode( 'UTF-8', $path ) );
}

# An argument, which is bytes, as one word for a command line that a person may type.
sub shell_word {
  my ($argument) = @_;
  return $argument if $argument =~ m{\A[\w./+@%,:=-]+\z}a;
  return q(') . printable_path( $argument =~ s/'/'\\''/gr ) . q(');
}

# The same of a path, which no command shall take for an option.
sub shell_path {
  my ($path) = @_;
  return shell_word( $path =~ /\A-/ ? "./$path" : $path );
}

1;
