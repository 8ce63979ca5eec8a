package EntraSync::Error;

use 5.016;
use strict;
use warnings;

our $VERSION = '1.0.0';

# As text an error is its message, and it is always true. EntraSync.xs says so to perl, since the
# module overload takes long to load.

sub status      { return $_[0]{status} }
sub status_name { return $_[0]{status_name} }
sub message     { return $_[0]{message} }
sub http_status { return $_[0]{http_status} }
sub aadsts_code { return $_[0]{aadsts_code} }
sub server_code { return $_[0]{server_code} }
sub request_id  { return $_[0]{request_id} }
sub retry_after { return $_[0]{retry_after} }

sub bytes {
  my ($self) = @_;
  my $bytes = $self->message;
  utf8::encode($bytes);
  return $bytes;
}

# The statuses that a module which uses this one may throw, with their numbers in entrasync.h.
my %STATUS = ( invalid_argument => 1, file => 3, busy => 13 );

sub throw {
  my ( $class, $message, $name ) = @_;
  $name //= 'invalid_argument';

  die bless { status => $STATUS{$name}, status_name => $name, message => $message }, $class;
}

sub catch {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $class, $code ) = @_;
  my $error;
  {
    # A program's own __DIE__ handler is meant for errors that end the program, not for this one.
    local ( $@, $SIG{__DIE__} );
    return if eval { $code->(); 1 };
    $error = $@;
  }

  # An object or a text may be thrown, and so may a reference, which has no method `isa`.
  return $error
    if ref $error && UNIVERSAL::isa( $error, $class );    ## no critic (ProhibitUniversalIsa)
  die $error;
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::Error - why something failed

=head1 SYNOPSIS

  use EntraSync;

  my $error = EntraSync::Error->catch( sub {
    my $client = EntraSync::Client->open('no-such-file.entraidconf');
  } );

  print $error->status_name, ': ', $error->message, "\n" if $error;

=head1 METHODS

In string context an error is its message. As a condition it is true.

=head2 message

One line without a newline that says what is wrong, where, and what to do. It never holds a secret
or a token.

=head2 status

The kind of failure, as a number. The numbers never change.

=head2 status_name

The kind of failure, as a word: C<invalid_argument>, C<configuration>, C<file>, C<network>,
C<authentication>, C<permission>, C<not_found>, C<throttled>, C<server>, C<guard>, C<cancelled>,
C<timeout> or C<busy>.

=head2 http_status

The HTTP status of the server's answer; C<undef> if there was none.

=head2 aadsts_code

The number of Entra's AADSTS code, such as 7000215 (wrong client secret); C<undef> if there was
none.

=head2 server_code

The error code of Graph or the token endpoint, such as C<Authorization_RequestDenied>; C<undef> if
there was none.

=head2 request_id

The request id or trace id that Microsoft's support asks for; C<undef> if there was none.

=head2 retry_after

How many seconds the server asked the client to wait; C<undef> if it named none.

=head2 bytes

The message in UTF-8 bytes, for a file or terminal without an encoding layer.

=head2 throw

  EntraSync::Error->throw( $message, $status_name );

Dies with an error, for a module that uses this one. The status is C<invalid_argument> by default;
C<file> and C<busy> are the others.

=head2 catch

  my $error = EntraSync::Error->catch( sub { ... } );

Runs the code and returns the L<EntraSync::Error> that it threw, or nothing. Anything else that it
throws, such as the text of a C<die> in a signal handler, is thrown again.

=head1 ERRORS

No method but L</throw> throws an error of its own.

=head1 THREADS AND FORK

An error is plain data: it may be used in any thread and process.

=cut
