package EntraSync::Client;

use 5.016;
use strict;
use warnings;

use Carp                 qw(croak);
use EntraSync            ();
use EntraSync::Arguments ();

our $VERSION = '0.1.0';

sub open {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $class, $configuration, @arguments ) = @_;
  my %named = EntraSync::Arguments::named( [qw(progress log)], @arguments );
  croak 'the configuration file is missing' unless defined $configuration;
  return $class->_open($configuration)->on_progress( $named{progress} )->on_log( $named{log} );
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::Client - one configuration: a tenant, a credential, its groups

=head1 SYNOPSIS

  use EntraSync;

  my $client = EntraSync::Client->open(
    'senders.entraidconf',
    progress => sub {
      my ($so_far) = @_;
      print "$so_far->{people} people, $so_far->{seconds} s\n";
    },
    log => sub {
      my ( $level, $line ) = @_;
      print "$level: $line\n";
    },
  );

  print "check the configuration: $_\n" for $client->warnings;
  print join( ' ', $client->attributes ), "\n";

  my $list = EntraSync::List->new( clients => [$client] );
  $list->fetch;

=head1 METHODS

=head2 open

  my $client = EntraSync::Client->open( $path, progress => sub { ... }, log => sub { ... } );

Reads the configuration file. Nothing is sent yet. Both callbacks are optional; see L</on_progress>
and L</on_log>.

=head2 warnings

What the configuration file gives reason to doubt, such as an unknown key: one line each, naming
file, line and key. In scalar context: how many.

=head2 attributes

The attributes of the configuration's QUERYFILTER in their order, spelt as Graph spells them, such
as C<mobilePhone>. In scalar context: how many.

=head2 on_progress

  $client->on_progress( sub { my ($so_far) = @_; ... } );

Has the code called a few times a second while the client works; C<undef> ends that. It is given a
hash reference with C<pages>, C<people>, C<bytes>, C<seconds>, and C<waiting>: the seconds still to
wait because the server asked for it. What it returns is ignored; it stops the run with C<die> or
L</cancel>. Returns the client.

=head2 on_log

  $client->on_log( sub { my ( $level, $line ) = @_; ... } );

Has the code called with each line of the client's log; the level is C<warning> or C<info>. There
is never a secret or a token in it. Returns the client.

=head2 cancel

Stops the run that the client is part of, from a callback or a signal handler. It fails with the
status C<cancelled>. Without a run it does nothing.

=head1 ERRORS

C<open> throws an L<EntraSync::Error> when the file cannot be read or something in it is missing or
malformed. A C<die> in a callback stops the run and then goes on as if the method that was called
had died with it, whatever it is: text or an object. After a C<die> in the code of L</on_log> the
run stops when progress is told next.

A callback cannot use the list that is at work, nor another list with the same client; that croaks.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
