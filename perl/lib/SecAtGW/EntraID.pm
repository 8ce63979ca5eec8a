package SecAtGW::EntraID;

use 5.016;
use strict;
use warnings;

use EntraSync;

# Not when it is first used: a drop-in gives perl the folder of our modules only while they load.
use SecAtGW::EntraID::Lookups ();

our $VERSION   = '1.0.0';
our @EXPORT_OK = qw(entraid_search entraid_lookup entraid_test write_list last_error last_reason);

# The folder of our modules.
my $FOLDER = __FILE__ =~ s{/SecAtGW/EntraID\.pm\z}{}r;

sub is_from_entrasync { return 1 }

# The attributes that may have several values for one person.
my %IS_COLLECTION = map { $_ => 1 } EntraSync::collection_attributes();

# Most programs call the functions by their full names and need no Exporter.
sub import {
  return if @_ == 1;
  require Exporter;
  goto &Exporter::import;
}

my $last_error;
my @last_reasons;

sub entraid_search {
  my ( $conf, @address ) = @_;

  # A caller that asks for one address must not get all people, even if that address is undef.
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
  my $quiet;
  return scalar _attempt( $named{conf}, sub { _write( \$quiet, %named ) }, \$quiet );
}

sub last_error { return $last_error }

sub last_reason {
  return @last_reasons if wantarray;
  my ($reason) = grep { defined } @last_reasons;
  return $reason;
}

# Returns what the code returns. If the code throws an error, keeps it and warns once, unless the
# code has put an EntraSync::History::Quiet behind the reference, for which it is no news.
sub _attempt {
  my ( $conf, $code, $quiet ) = @_;
  my $errno = $! + 0;
  my $result;
  @last_reasons = ();
  $last_error   = EntraSync::Error->catch( sub { $result = $code->() } );
  _warn_of( $last_error, $conf, $quiet && ${$quiet} ) if $last_error;
  $! = $errno;
  return $result;
}

sub _warn_of {
  my ( $error, $conf, $quiet ) = @_;
  return if $quiet && !$quiet->error;
  return _warn( $error->bytes . ( $quiet ? $quiet->suffix : q() ), $conf );
}

# Warns in one line that names the configurations.
sub _warn {
  my ( $line, $conf ) = @_;

  # The library's messages about a configuration name its file, but messages about a list do not.
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
  for my $warning ( $report->warnings ) {
    utf8::encode($warning);
    _warn( $warning, $conf );
  }
  return \@lines if @lines;

  # A script in the field prints "Connection test failed!" in this case, without the reason.
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
  my $lookup  = SecAtGW::EntraID::Lookups::lookup( $aliases, _paths($conf) );
  my @answers = $lookup->find( @{$addresses} );
  @last_reasons = map { $_->reason } @answers;
  utf8::encode($_) for grep { defined } @last_reasons;
  return @answers;
}

# An answer as a hash of attributes. It is undef if the address belongs to nobody in the groups, ''
# if it belongs to somebody for whom a list would hold no line, and 0 if the lookup could not find
# out.
sub _person {
  my ($answer) = @_;
  return 0 if $answer->error;
  return defined $answer->reason ? '' : undef unless $answer->is_member;
  my %person;
  for my $name ( $answer->attributes ) {
    my @values = $answer->values($name);
    utf8::encode($_) for @values;
    $person{$name} = $IS_COLLECTION{$name} ? \@values : $values[0];
  }
  return \%person;
}

sub _write {
  my ( $quiet, %named ) = @_;
  my ( $conf, $file, $template, $accept, $is_quiet ) =
    delete @named{qw(conf file template accept_change quiet)};
  EntraSync::Error->throw("write_list has no argument '$_'") for sort keys %named;
  EntraSync::Error->throw('write_list needs a file to write') unless defined $file;
  my ( $list, $report );
  my $error = EntraSync::Error->catch(
    sub {
      $list = EntraSync::List->new( file => $file, template => $template );
      $list->add($_) for @{ _clients($conf) };
      $report = $list->accept_change( $accept // 0 )->write;
    } );
  if ($is_quiet) {
    my @warnings = $report ? $report->warnings : ();
    my $class    = _quiet();
    ${$quiet} = $class->of(
      list     => $list,
      subject  => $file,
      error    => $error,
      warnings => \@warnings,
      loud     => $class->can('is_watched')->(),
    );
    for my $text ( ${$quiet}->warnings, ${$quiet}->ended($error) ) {
      utf8::encode($text);
      _warn( _printable($file) . ": $text", $conf );
    }
  }
  die $error if $error;
  return $report;
}

# A drop-in gives perl the folder of our modules only while they load.
sub _quiet {
  local @INC = ( $FOLDER, @INC );
  require EntraSync::History::Quiet;
  return 'EntraSync::History::Quiet';
}

sub _clients {
  my ($conf) = @_;
  return [ map { EntraSync::Client->open($_) } _paths($conf) ];
}

sub _paths {
  my ($conf) = @_;
  return map { $_ // '' } ref $conf eq 'ARRAY' ? @{$conf} : $conf;
}

# A path as the library shows it: control characters are visible.
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

These are plain functions. A function is exported only if the C<use> line names it.

=head2 entraid_search

  my @lines = SecAtGW::EntraID::entraid_search($conf);

Returns one line for each person in the groups of the configuration. A line has all attributes of
the QUERYFILTER in their order with one space between them, such as C<user@example.com
040123123123>. The lines are in lower case, sorted bytewise, without duplicates and without
newlines. They are bytes in UTF-8 and can be printed as they are. In scalar context: how many.

C<$conf> is the path of an F<.entraidconf> file, or a reference to an array of several paths. The
people of several configurations are merged.

After a failure the list is empty. It is also empty, with a warning, if nobody was found.
L</last_error> distinguishes the two cases.

Each warning of the run is warned in one line: for example, that nobody gets an address that two
people have, or that a group may hide members.

  my @lines = SecAtGW::EntraID::entraid_search( $conf, $address );

With an address it returns the lines that the list would hold for that address. There are none if
the address belongs to nobody in the groups, none if L</last_reason> has a reason, and none after a
failure. L</entraid_lookup> describes the question and the option C<aliases>.

=head2 entraid_lookup

  my $person = SecAtGW::EntraID::entraid_lookup( $conf, $address );
  if    ( ref $person )          { print "a member: $person->{mail}\n" }
  elsif ( !defined $person )     { print "not a member\n" }
  elsif ( length $person == 0 )  { print 'no line: ', SecAtGW::EntraID::last_reason(), "\n" }
  else                           { print 'cannot tell: ', SecAtGW::EntraID::last_error(), "\n" }

Asks in real time whether an address belongs to a member for whom a list would hold a line.

=over

=item a reference to a hash of the QUERYFILTER's attributes

It does.

=item C<undef>

It belongs to nobody in the groups.

=item C<''>

It belongs to somebody in the groups, but a list would hold no line for it: a value is missing or
cannot be used, or several people have the address. L</last_reason> says why.

=item C<0>

The lookup could not find out. It warns, as after every failure. Never treat 0 as a no.

=back

The values are those that lists hold, in lower case and in bytes. C<businessPhones>, C<otherMails>
and C<proxyAddresses> may have several values, so these are references to arrays.

White space around the address and case do not matter, and nothing in it is a pattern.
C<entraid_lookup( $conf, $address, aliases =E<gt> 1 )> also finds people by their other addresses
(C<proxyAddresses>). If C<$address> is a reference to an array of addresses, the function returns a
list of as many answers, and sends fewer requests.

The process keeps the token and the connection of each configuration. A further lookup is one
request and one round trip. A configuration file that has changed is read again.

=head2 entraid_test

  my $passed = SecAtGW::EntraID::entraid_test($conf);
  my @steps  = SecAtGW::EntraID::entraid_test($conf);

Checks everything that a run needs, stops at the first failure, and writes nothing. In scalar
context it returns 1 if all went well, otherwise 0. In list context it returns the steps in the form
of L<EntraSync::Check/steps>. Each step also has C<conf>, the configuration's path.

=head2 write_list

  my $report = SecAtGW::EntraID::write_list(
    conf          => $conf,
    file          => $path,
    template      => '{address} * <sms> - 0',
    accept_change => 0,
    quiet         => 1,
  );

Replaces a whole list file in one step with one line for each person; see L<EntraSync::List/write>.
C<conf> is the same as C<$conf> of L</entraid_search>. Without C<template> a line is one that
C<entraid_search> gives. If C<accept_change> is true, the guard (MAXREMOVED, MAXADDED) lets this one
run make the change that a stopped run has proposed: see L<EntraSync::List/accept_change>.

If C<quiet> is true, it is for cron: it warns of the report's warnings too, but only of what is news
where runs are remembered. A trouble is told when it begins, once a day while it lasts, and when it
is over.

Returns an L<EntraSync::Report>; print its L<warnings|EntraSync::Report/warnings>. After a failure
it returns C<undef> and the file is as it was.

=head2 last_error

The L<EntraSync::Error> of the last call, or C<undef> if that call went well.

=head2 last_reason

Why the last lookup of an address, by L</entraid_lookup> or L</entraid_search>, found no line though
somebody in the groups has the address, such as C<has no mobilePhone>; otherwise C<undef>. It is in
bytes. After a lookup of several addresses it returns in list context the reason or C<undef> for
each, and in scalar context the first reason.

=head2 is_from_entrasync

  die "the product's own module\n" unless SecAtGW::EntraID->can('is_from_entrasync');

Returns 1. The product's own module of this name does not have it, so that a script can tell whose
module perl has found.

=head1 ERRORS

No function dies of a failure. Each failure gives one warning, in one line that names the
configuration file and the reason. If a signal handler of the calling program dies, its error is
passed on to the caller.

There is no warning for doubts about a configuration that works, such as an unknown key, since cron
mails whatever is printed: see L<EntraSync::Client/warnings>.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
