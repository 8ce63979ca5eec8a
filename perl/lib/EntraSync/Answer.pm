package EntraSync::Answer;

use 5.016;
use strict;
use warnings;

our $VERSION = '1.0.0';

sub _new {
  my ( $class, %fields ) = @_;
  return bless {%fields}, $class;
}

sub address   { return $_[0]{address} }
sub is_member { return $_[0]{is_member} }
sub reason    { return $_[0]{reason} }
sub error     { return $_[0]{error} }
sub lines     { return @{ $_[0]{lines} } }

sub values {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, $attribute ) = @_;
  my ($name) = grep { lc eq lc $attribute } keys %{ $self->{attributes} };
  return defined $name ? @{ $self->{attributes}{$name} } : ();
}

sub attributes {
  my ($self) = @_;
  return sort keys %{ $self->{attributes} };
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::Answer - the answer to a lookup of one address

=head1 SYNOPSIS

  use EntraSync;

  my $client = EntraSync::Client->open('staff.entraidconf');
  my $answer = EntraSync::Lookup->new( clients => [$client] )->find('anna@example.com');

  print join( ' ', $answer->values('mobilePhone') ), "\n" if $answer->is_member;

=head1 METHODS

=head2 address

The address that was asked for.

=head2 is_member

True if the address belongs to a member and a list would hold it. False (C<''>) if it belongs to
nobody in the groups, or to somebody for whom a list would hold no line: then L</reason> says why.
C<undef> if the lookup could not find out. Never treat C<undef> as a no: L</error> says what failed.

=head2 reason

Why a list would hold no line, though the address belongs to somebody in the groups, such as
C<has no mobilePhone>. It is C<undef> for every other answer.

=head2 error

Why the lookup could not find out, as an L<EntraSync::Error>; C<undef> if it could.

=head2 lines

The lines that a list would hold for the address. Usually there is one. There is none unless
L</is_member> is true.

=head2 attributes

The names of the attributes of the QUERYFILTER, sorted; empty if the address belongs to no member.

=head2 values

  my ($phone) = $answer->values('mobilePhone');

The values of one attribute, as a list would hold them. Values that a list cannot hold are left out.
The name's case does not matter.

=head1 ERRORS

No method throws.

=head1 THREADS AND FORK

An answer is plain data: it may be used in any thread and process.

=cut
