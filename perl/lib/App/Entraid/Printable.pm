package App::Entraid::Printable;

# Makes text harmless for a terminal.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(HIDDEN plugin_line printable printable_path shell_path shell_word skip_line);

# Characters that control a terminal, break a line or reorder it, and invisible characters.
use constant HIDDEN => qr/[\p{C}\p{Zl}\p{Zp}]/;

# Text in which these characters are visible, as the library shows them: an escape becomes `\u{1b}`.
sub printable {
  my ($text) = @_;
  my $hidden = HIDDEN;
  $text =~ s/($hidden)/sprintf '\\u{%x}', ord $1/ge;
  return $text;
}

# A path, which is bytes, as the library shows it: text in which hidden characters are visible.
sub printable_path {
  my ($path) = @_;

  # The caller may be about to say why a file cannot be used.
  local ( $!, $@ );
  require Encode;
  return printable( Encode::decode( 'UTF-8', $path ) );
}

# Text for monitoring. After a `|` it would read figures.
sub plugin_line {
  my ($text) = @_;
  return printable($text) =~ s/[|]/\\u{7c}/gr;
}

# How many characters of a display name are shown, as in the library's own messages.
use constant MOST_OF_NAME => 80;

# Somebody who is left out, as EntraSync::Report describes one: the object id, the names that are
# known, and the reason. The library writes the same sentence into an audit.
sub skip_line {
  my ($skip) = @_;
  my ( $display_name, $sign_in_name ) = @{$skip}{qw(display_name sign_in_name)};
  if ( defined $display_name && length $display_name > MOST_OF_NAME ) {
    $display_name = substr( $display_name, 0, MOST_OF_NAME ) . "\x{2026}";
  }
  my @names  = ( defined $display_name ? qq("$display_name") : (), $sign_in_name // (), );
  my $person = @names ? "$skip->{name} (" . join( ', ', @names ) . ')' : $skip->{name};
  return printable("left out: $person: $skip->{reason}");
}

# An argument, which is bytes, quoted as one word of a command line that a person can type.
sub shell_word {
  my ($argument) = @_;
  return $argument if $argument =~ m{\A[\w./+@%,:=-]+\z}a;
  return q(') . printable_path( $argument =~ s/'/'\\''/gr ) . q(');
}

# A path, quoted in the same way. It never looks like an option.
sub shell_path {
  my ($path) = @_;
  return shell_word( $path =~ /\A-/ ? "./$path" : $path );
}

1;
