package SecAtGW::EntraID;

use 5.016;
use strict;
use warnings;

use EntraSync;
use Exporter qw(import);

our $VERSION   = '0.1.0';
our @EXPORT_OK = qw(entraid_search write_list last_error);

my $last_error;

sub entraid_search {
  my ( $conf, @others ) = @_;
  my $list  = _attempt( $conf, sub { _fetch( $conf, @others ) } );
  my @lines = $list ? $list->lines : ();
  utf8::encode($_) for @lines;
  return @lines;
}

sub write_list {
  my (%named) = @_;
  return scalar _attempt( $named{conf}, sub { _write(%named) } );
}

sub last_error { return $last_error }

# What the code returns; the error that it throws instead is kept, and warned of once.
sub _attempt {
  my ( $conf, $code ) = @_;
  my $result;
  $last_error = EntraSync::Error->catch( sub { $result = $code->() } ) or return $result;
  my $line = $last_error->bytes;

  # The library names the file in what it says about a configuration, but not about a list.
  my @shown = grep { length } map { _printable($_) } _paths($conf);
  $line = join( ', ', @shown ) . ": $line" if @shown && !grep { index( $line, $_ ) >= 0 } @shown;
  warn "$line\n";    ## no critic (RequireCarping)
  return;
}

sub _fetch {
  my ( $conf, @others ) = @_;

  # Who asks for one address must not take all people for an answer.
  EntraSync::Error->throw( 'entraid_search takes a configuration and nothing else; '
      . 'this release does not look up single addresses' )
    if @others;
  my $list   = EntraSync::List->new( clients => _clients($conf) );
  my $report = $list->fetch;
  return $list if $list->lines;

  # The script that prints "Connection test failed!" then says nothing of the reason.
  warn sprintf "%s: nobody was found: %d people in the groups, %d left out; check GROUPID\n",
    join( ', ', map { _printable($_) } _paths($conf) ), $report->fetched,
    $report->skipped + $report->excluded;    ## no critic (RequireCarping)
  return $list;
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

A second argument, such as an address to look up, is refused: this release reads whole groups.

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
