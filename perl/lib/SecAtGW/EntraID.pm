package SecAtGW::EntraID;

use 5.016;
use strict;
use warnings;

use EntraSync;
use Exporter                  qw(import);
use SecAtGW::EntraID::Lookups ();

our $VERSION   = '0.1.0';
our @EXPORT_OK = qw(entraid_search entraid_lookup entraid_test write_list last_error);

# The attributes of which a person may have several values.
my %IS_COLLECTION = map { $_ => 1 } EntraSync::collection_attributes();

my $last_error;

sub entraid_search {
  my ( $conf, @address ) = @_;

  # Who asks for one address must not take all people for an answer, not even for undef.
  my $lines = _attempt( $conf, sub { @address ? _find( $conf, @address ) : _fetch($conf) } );
  utf8::encode($_) for @{ $lines // [] };
  return @{ $lines // [] };
}

sub entraid_lookup {
  my ( $conf, $address, @options ) = @_;
  my @addresses = ref $address eq 'ARRAY' ? @{$address} : $address;
  my @people    = map { 0 } @addresses;
  _attempt(
    $conf,
    sub {
      my @answers = _ask( $conf, \@addresses, @options );
      @people = map { _person($_) } @answers;
      die $_ for grep { defined } map { $_->error } @answers;
    } );
  return wantarray ? @people : $people[0];
}

sub entraid_test {
  my ($conf) = @_;
  my @steps;
  my $passed = _attempt(
    $conf,
    sub {
      my @paths = _paths($conf)
        or EntraSync::Error->throw('there is no configuration to check');
      for my $path (@paths) {
        my $check = EntraSync::Check->new( EntraSync::Client->open($path) );
        my $error = EntraSync::Error->catch( sub { $check->run } );
        push @steps, map { +{ conf => $path, %{$_} } } $check->steps;
        die $error if $error;
      }
      return 1;
    } );
  return wantarray ? @steps : $passed // 0;
}

sub write_list {
  my (%named) = @_;
  return scalar _attempt( $named{conf}, sub { _write(%named) } );
}

sub last_error { return $last_error }

# What the code returns; the error that it throws instead is kept, and warned of once.
sub _attempt {
  my ( $conf, $code ) = @_;
  my $errno = $! + 0;
  my $result;
  $last_error = EntraSync::Error->catch( sub { $result = $code->() } );
  _warn_of( $last_error, $conf ) if $last_error;
  $! = $errno;
  return $result;
}

sub _warn_of {
  my ( $error, $conf ) = @_;
  my $line = $error->bytes;

  # The library names the file in what it says about a configuration, but not about a list.
  my @shown = grep { length } map { _printable($_) } _paths($conf);
  $line = join( ', ', @shown ) . ": $line" if @shown && !grep { index( $line, $_ ) >= 0 } @shown;
  warn "$line\n";
  return;
}

# The lines of all people.
sub _fetch {
  my ($conf) = @_;
  my $list   = EntraSync::List->new( clients => _clients($conf) );
  my $report = $list->fetch;
  my @lines  = $list->lines;
  return \@lines if @lines;

  # The script that prints "Connection test failed!" then says nothing of the reason.
  warn sprintf "%s: nobody was found: %d people in the groups, %d left out; check GROUPID\n",
    join( ', ', map { _printable($_) } _paths($conf) ), $report->fetched,
    $report->skipped + $report->excluded;
  return \@lines;
}

# The lines of one address.
sub _find {
  my ( $conf, $address, @options ) = @_;
  my ($answer) = _ask( $conf, [$address], @options );
  die $answer->error if $answer->error;
  return [ $answer->lines ];
}

sub _ask {
  my ( $conf, $addresses, @options ) = @_;
  EntraSync::Error->throw('the options of a lookup are pairs of name and value') if @options % 2;
  my %options = @options;
  my $aliases = delete $options{aliases};
  EntraSync::Error->throw("a lookup has no option '$_'") for sort keys %options;
  EntraSync::Error->throw('the address to look up is undefined') if grep { !defined } @{$addresses};
  return SecAtGW::EntraID::Lookups::lookup( $aliases, _paths($conf) )->find( @{$addresses} );
}

# An answer as a hash of attributes; undef for nobody in the groups, 0 where it cannot be told.
sub _person {
  my ($answer) = @_;
  return $answer->error ? 0 : undef unless $answer->is_member;
  my %person;
  for my $name ( $answer->attributes ) {
    my @values = $answer->values($name);
    utf8::encode($_) for @values;
    $person{$name} = $IS_COLLECTION{$name} ? \@values : $values[0];
  }
  return \%person;
}

sub _write {
  my (%named) = @_;
  my ( $conf, $file, $template, $accept ) = delete @named{qw(conf file template accept_change)};
  EntraSync::Error->throw("write_list has no argument '$_'") for sort keys %named;
  EntraSync::Error->throw('write_list needs a file to write') unless defined $file;
  my $list = EntraSync::List->new(
    file     => $file,
    template => $template,
    clients  => _clients($conf),
  );
  return $list->accept_change( $accept // 0 )->write;
}

sub _clients {
  my ($conf) = @_;
  return [ map { EntraSync::Client->open($_) } _paths($conf) ];
}

sub _paths {
  my ($conf) = @_;
  return map { $_ // '' } ref $conf eq 'ARRAY' ? @{$conf} : $conf;
}

# A path as the library shows it: control characters made visible.
sub _printable {
  my ($path) = @_;
  utf8::encode($path) if $path =~ /[^\x00-\xFF]/;
  $path =~ s/([\x00-\x1F\x7F])/sprintf '\\u{%x}', ord $1/ge;
  return $path;
}

1;

__END__

=encoding utf8

=head1 NAME

SecAtGW::EntraID - the people of Entra ID groups, for a secure-mail gateway's scripts

=head1 SYNOPSIS

  use SecAtGW::EntraID;

  my $conf = '/server/example/config/entraid/usersync.entraidconf';

  my @lines = SecAtGW::EntraID::entraid_search($conf);
  print "$_\n" for @lines;

  my $person = SecAtGW::EntraID::entraid_lookup( $conf, 'anna@example.com' );
  print "$person->{mail}\n" if $person;

  my $report = SecAtGW::EntraID::write_list(
    conf     => $conf,
    file     => '/server/example/config/gsm_auth_auto.txt',
    template => '* {address} <reg> - 0',
  );
  print $report->written, " lines\n" if $report;

=head1 METHODS

These are plain functions. None is exported unless it is asked for.

=head2 entraid_search

  my @lines = SecAtGW::EntraID::entraid_search($conf);

One line for each person in the groups of the configuration: all attributes of its QUERYFILTER in
their order with one space between, such as C<user@example.com 040123123123>. The lines are in lower
case, sorted bytewise, without duplicates and without newlines; they are bytes in UTF-8, to be
printed as they are. In scalar context: how many.

C<$conf> is the path of an F<.entraidconf> file, or a reference to an array of several, whose people
are merged.

After a failure the list is empty. It is empty without a failure where nobody was found, which is
warned of too; L</last_error> tells the two apart.

  my @lines = SecAtGW::EntraID::entraid_search( $conf, $address );

With an address: its lines, as the list would hold them; none where it is nobody's in the groups,
and none after a failure. See L</entraid_lookup> for what is asked, and for C<aliases>.

=head2 entraid_lookup

  my $person = SecAtGW::EntraID::entraid_lookup( $conf, $address );
  if    ( ref $person )     { print "a member: $person->{mail}\n" }
  elsif ( defined $person ) { print 'cannot tell: ', SecAtGW::EntraID::last_error(), "\n" }
  else                      { print "not a member\n" }

Asks in real time whether an address is a member's: a reference to a hash of the QUERYFILTER's
attributes, C<undef> for nobody in the groups, and 0 where it cannot be told, which is warned of like
every failure. Never take 0 for a no.

The values are as lists hold them, in lower case and in bytes; C<undef> where there is none that a
list may hold. Of C<businessPhones>, C<otherMails> and C<proxyAddresses> there may be several, so that
these are references to arrays.

White space around the address and case do not matter, and nothing in it is a pattern.
C<entraid_lookup( $conf, $address, aliases =E<gt> 1 )> also finds people by their other addresses
(C<proxyAddresses>). With a reference to an array of addresses in place of one, it returns a list of
as many answers, for fewer requests.

The process keeps the token and the connection of each configuration: a further lookup is one request
and one round trip. A configuration file that has changed is read again.

=head2 entraid_test

  my $passed = SecAtGW::EntraID::entraid_test($conf);
  my @steps  = SecAtGW::EntraID::entraid_test($conf);

Looks at everything that has to be right before lists can be kept, up to the first failure, and
writes nothing. In scalar context: whether all went well, 1 or 0. In list context: the steps, as
L<EntraSync::Check/steps> has them, each with C<conf>, the configuration's path.

=head2 write_list

  my $report = SecAtGW::EntraID::write_list(
    conf          => $conf,
    file          => $path,
    template      => '{address} * <sms> - 0',
    accept_change => 0,
  );

Replaces a list file, whole and in one step, with one line for each person; see
L<EntraSync::List/write>. C<conf> is the same as for L</entraid_search>. Without C<template> a line
is what C<entraid_search> gives. With a true C<accept_change> the change is made this
once whatever the guard (MAXREMOVED, MAXADDED) says.

Returns an L<EntraSync::Report>, or C<undef> after a failure: the file is as it was then.

=head2 last_error

The L<EntraSync::Error> of the last call, or C<undef> when it went well.

=head1 ERRORS

Nothing here dies. Each failure is warned of once, in one line that names the configuration file and
the reason. What a signal handler of the program's own throws goes on upwards.

Doubts about a configuration that works, such as an unknown key, are not warned of, since cron mails
whatever is printed: see L<EntraSync::Client/warnings>.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
