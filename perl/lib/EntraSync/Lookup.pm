package EntraSync::Lookup;

use 5.016;
use strict;
use warnings;

use EntraSync            ();
use EntraSync::Answer    ();
use EntraSync::Arguments ();

our $VERSION = '1.0.0';

sub new {
  my ( $class, @arguments ) = @_;
  my %named   = EntraSync::Arguments::named( [qw(template clients aliases)], @arguments );
  my @clients = EntraSync::Arguments::clients( $named{clients} );
  my $self    = $class->_new( $named{template} );
  $self->add($_) for @clients;
  return $self->aliases( $named{aliases} // 0 );
}

sub find {
  my ( $self, @addresses ) = @_;
  for my $address (@addresses) {
    EntraSync::Arguments::croak('an address is undefined') unless defined $address;
    EntraSync::Error->throw('the address is a reference where text belongs')
      if ref $address && !_has_text($address);
  }
  my @texts = map { "$_" } @addresses;

  # The object is a scalar, which has room for one value.
  ${$self} = undef;
  ${$self} = $self->_find( \@texts );
  my @answers = map {
    EntraSync::Answer->_new(
      address    => $texts[$_],
      is_member  => $self->_is_member($_),
      reason     => $self->_reason($_),
      error      => $self->_error($_),
      lines      => [ $self->_lines($_) ],
      attributes => { $self->_attributes($_) },
    )
  } 0 .. $#texts;
  return wantarray ? @answers : $answers[0];
}

# Whether a reference is an object with overloaded text.
sub _has_text {
  my ($reference) = @_;
  require overload;
  return overload::Overloaded($reference);
}

sub report {
  my ($self) = @_;
  return ${$self};
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::Lookup - asks in real time whether addresses belong to members

=head1 SYNOPSIS

  use EntraSync;

  my $lookup = EntraSync::Lookup->new(
    clients => [ EntraSync::Client->open('senders.entraidconf') ],
  );

  my $answer = $lookup->find('anna@example.com');
  if    ( $answer->is_member ) { print $answer->lines, "\n" }
  elsif ( $answer->error )     { print 'cannot tell: ', $answer->error, "\n" }
  elsif ( $answer->reason )    { print 'no line: ', $answer->reason, "\n" }
  else                         { print "not a member\n" }

=head1 METHODS

=head2 new

  my $lookup = EntraSync::Lookup->new(
    clients => [ ... ], template => $text, aliases => 1,
  );

Describes a lookup. It asks nothing yet. All arguments are optional. C<clients> are added as by
L</add>. C<template> is the shape of the answers' lines as for L<EntraSync::List/new>. C<aliases> is
set as by L</aliases>.

=head2 add

  $lookup->add($client);

Adds an L<EntraSync::Client> in whose groups addresses are looked for. The people of all clients
count together, as in a list: an address belongs to one person, and whom one client excludes no
other brings back. Returns the lookup.

=head2 aliases

  $lookup->aliases(1);

Sets whether a person's other addresses (C<proxyAddresses>) count too. By default they do not. The
lines hold the person's address of the QUERYFILTER in either case. Returns the lookup.

=head2 find

  my @answers = $lookup->find(@addresses);
  my $answer  = $lookup->find($address);

Asks, and returns an L<EntraSync::Answer> for each address in their order; in scalar context the
first. An address belongs to a member if a list would hold it. White space around it and case do not
matter, and nothing in it is a pattern.

If you will ask for more addresses, keep the lookup or its client. It keeps the token and the
connection, so that each further lookup is one request and one round trip. Asking for several
addresses at once needs fewer requests than asking for one after the other.

=head2 report

The L<EntraSync::Report> of the last C<find>: how many requests it took, and in
L<skips|EntraSync::Report/skips> who has one of the addresses and is left out. It is C<undef> before
the first C<find>, and if the lookup could not find out about some address.

=head1 ERRORS

If the lookup cannot find out about an address, the error is in the answer for that address. C<find>
throws an L<EntraSync::Error> if there are no answers: a callback stopped it, the lookup has no
client, or an address is a reference without overloaded text. It croaks on an undefined address.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">. A child process opens a connection of its own and leaves its
parent's alone.

=cut
