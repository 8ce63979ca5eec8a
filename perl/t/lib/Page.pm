package Page;

# A page of entraid report, read more strictly than a browser would: each element is closed, each
# attribute quoted, and no character of a text could be taken for markup.
use strict;
use warnings;

use Carp   qw(croak);
use Encode ();

my %IS_VOID = map { $_ => 1 } qw(meta);

# Reads a page in bytes. Dies if it is not as strict as that.
sub parse {
  my ( $class, $bytes ) = @_;
  my $rest = Encode::decode( 'UTF-8', $bytes, Encode::FB_CROAK | Encode::LEAVE_SRC );
  $rest =~ s/\A<!DOCTYPE html>\n// or croak 'no doctype';
  my ( @elements, @open );
  my $self = bless { elements => \@elements, bytes => $bytes }, $class;
  while ( length $rest ) {
    if ( @open && $open[-1]{name} eq 'style' && $rest =~ s/\A([^<]+)// ) {
      $open[-1]{text} .= $1;
    } elsif ( $rest =~ s/\A([^<>]+)// ) {
      my $text = _text($1);
      $_->{text} .= $text for @open;
    } elsif ( $rest =~ s/\A<([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)>// ) {
      my ( $name, $attributes ) = ( $1, $2 );
      my %values =
        map { /\A(.*?)="(.*)"\z/s ? ( $1, _text($2) ) : () } $attributes =~ / ([^ =]+="[^"]*")/g;
      my $element =
        { name => $name, values => \%values, text => q(), inside => [ map { $_->{name} } @open ] };
      push @elements, $element;
      push @open,     $element if !$IS_VOID{$name};
    } elsif ( $rest =~ s{\A</([a-z0-9]+)>}{} ) {
      my $name = ( pop @open // croak "</$1> closes nothing" )->{name};
      croak "</$1> closes $name" if $1 ne $name;
    } else {
      croak 'no markup: ' . substr $rest, 0, 60;
    }
  }
  croak "$open[-1]{name} is not closed" if @open;
  return $self;
}

sub bytes { return $_[0]{bytes} }

# The elements with a name, or all: hashes with `name`, `values`, the attributes, and `text`.
sub elements {
  my ( $self, $name ) = @_;
  return grep { !defined $name || $_->{name} eq $name } @{ $self->{elements} };
}

# The texts of the elements with a name.
sub texts {
  my ( $self, $name ) = @_;
  return map { $_->{text} } $self->elements($name);
}

# Those with a class.
sub with_class {
  my ( $self, $class ) = @_;
  return grep { " @{[ $_->{values}{class} // q() ]} " =~ / \Q$class\E / } $self->elements;
}

sub _text {
  my ($text) = @_;
  croak "a character that HTML lacks: $text" if $text =~ /[^\P{C}\n]/;
  $text =~ s/&(?:#([0-9]+);)?/defined $1 ? chr $1 : croak "no reference: $text"/ge;
  return $text;
}

1;
