package EntraSync::Client;

use 5.016;
use strict;
use warnings;

use EntraSync            ();
use EntraSync::Arguments ();

our $VERSION = '1.0.0';

sub open {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $class, $configuration, @arguments ) = @_;
  my %named = EntraSync::Arguments::named( [qw(progress log log_level)], @arguments );
  EntraSync::Arguments::croak('the configuration file is missing') unless defined $configuration;
  my $self = $class->_open($configuration)->on_progress( $named{progress} )->on_log( $named{log} );
  return defined $named{log_level} ? $self->log_level( $named{log_level} ) : $self;
}

sub log_level {
  my ( $self, $level ) = @_;
  EntraSync::Arguments::croak('the log level is warning or info')
    unless defined $level && $level =~ /\A(?:warning|info)\z/;
  $self->_log_level( $level eq 'info' );
  return $self;
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

  my $client = EntraSync::Client->open(
    $path,
    progress  => sub { ... },
    log       => sub { ... },
    log_level => 'warning',
  );

Reads the configuration file. It sends nothing yet. The callbacks and the level are optional; see
L</on_progress>, L</on_log> and L</log_level>.

=head2 warnings

Doubts about the configuration file, such as an unknown key. Each is one line that names file, line
and key. In scalar context: how many.

=head2 check_credential

Reads the files of the credential, and throws an L<EntraSync::Error> if it cannot be used. It sends
nothing, so that it cannot tell whether Entra ID accepts the credential. What a person should
correct, such as a certificate or a client secret that is known to end within 30 days, joins the
L</warnings>. Returns the client.

=head2 credential_end

When the credential ends, in seconds since 1970; C<undef> if that is not known. Nothing is sent. A
certificate says it itself. Of a client secret SECRETEXPIRES says it, or Graph has said it to an
earlier run, if that is remembered: see
L<EntraSync::Manual::Configuration/When a client secret ends>. A credential that has ended counts no
more if the configuration names the next one.

=head2 attributes

The attributes of the configuration's QUERYFILTER in their order, in Graph's spelling, such as
C<mobilePhone>. In scalar context: how many.

=head2 on_progress

  $client->on_progress( sub { my ($so_far) = @_; ... } );

Sets code that is called a few times a second while the client works; C<undef> ends that. The code
is given a hash reference with C<pages>, C<people>, C<bytes>, C<seconds> and C<waiting>. C<waiting>
is how many seconds the run still waits because the server asked for it. The return value is
ignored. The code can stop the run with C<die> or L</cancel>. Over HTTP/2 the clients of a list are
read at the same time; the code of each is called in its turn, in the order in which they were
added. Returns the client.

=head2 on_log

  $client->on_log( sub { my ( $level, $line ) = @_; ... } );

Sets code that is called with each line of the client's log. The level is C<warning> or C<info>. No
line holds a secret or a token. Over HTTP/2 the clients of a list are read at the same time, so that
their lines come mixed. Returns the client.

=head2 log_level

  $client->log_level('warning');

Sets which lines the code of L</on_log> is called with: C<warning> for warnings alone, C<info>, as
at first, for every line. A list that changes much has a line for each person, so that C<warning>
saves time. Returns the client.

=head2 follow

  $client->follow($earlier);

Shares with another client which servers were found dead, so that a batch of lists does not wait for
each of them anew. For five minutes a server that answered nothing in the run of one client, for all
its tries, is not asked by the others, whose runs end with the same error. Without C<$earlier> it is
the first client of a batch. Returns the client.

=head2 cancel

Stops the run that the client is part of. Call it from a callback or a signal handler. The run then
fails with the status C<cancelled>. Without a run it does nothing.

=head1 ERRORS

C<open> throws an L<EntraSync::Error> if the file cannot be read or something in it is missing or
malformed.

A C<die> in a callback stops the run. The method that started the run then dies with the same text
or object. After a C<die> in the code of L</on_log> the run stops at the next call for progress.

A callback cannot use the list that is at work, nor another list with the same client. That croaks.
It may set other code in its own place, and drop the client and the list: they live until the run
has ended.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
