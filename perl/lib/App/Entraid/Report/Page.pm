package App::Entraid::Report::Page;

# The page: one file that loads nothing and runs nothing.
use 5.016;
use strict;
use warnings;

use App::Entraid::Report::ListSection qw(badge list_section);
use App::Entraid::Report::Markup      qw(element markup verbatim);
use App::Entraid::Report::Style       qw(style);
use App::Entraid::Report::Table       qw(table);
use App::Entraid::Report::Words       qw(ago count number plain_moment);
use Digest::SHA                       qw(sha256_base64);
use EntraSync                         ();
use Exporter                          qw(import);
use POSIX                             ();

our @EXPORT_OK = qw(is_page page);

# The page about lists, in characters. The named arguments are `facts`, an array of ListFacts, the
# worst list first; `now`, when it is made; `days`, the time that its runs are from; and
# `is_masked`.
sub page {
  my (%named)  = @_;
  my @facts    = @{ $named{facts} };
  my $verdict  = _verdict(@facts);
  my @sections = map { list_section( $facts[$_], _name($_) ) } 0 .. $#facts;
  return "<!DOCTYPE html>\n"
    . markup(
    element(
      'html',
      { lang => 'en' },
      element(
        'head', _meta(),
        element( 'title', "$verdict \x{2013} entrasync" ),
        element( 'style', verbatim( style() ) )
      ),
      element(
        'body',
        element( 'header', { class => 'top' }, element( 'h1', $verdict ), _origin(%named) ),
        element( 'main',   @facts > 1 ? _overview( $named{now}, @facts ) : (), @sections ),
        element( 'footer', element( 'p', _promise( $named{is_masked} ) ) ),
      ) ) ) . "\n";
}

# Whether a file that begins with these bytes, at least 1024 if it has as many, is such a page.
sub is_page {
  my ($begin) = @_;
  return $begin =~ /\A<!DOCTYPE html>\n.*<meta (?=[^>]*\bname="generator")[^>]*"entrasync /s;
}

# The name of the section of a list.
sub _name {
  my ($index) = @_;
  return 'list-' . ( $index + 1 );
}

# Nothing is loaded, and only this style counts. A hostile name that became markup would do nothing.
sub _meta {
  my $hash   = sha256_base64( style() );
  my $policy = "default-src 'none'; style-src 'sha256-$hash='; base-uri 'none'; form-action 'none'";
  return (
    element( 'meta', { charset      => 'utf-8' } ),
    element( 'meta', { 'http-equiv' => 'Content-Security-Policy', content => $policy } ),
    map { element( 'meta', { name => $_->[0], content => $_->[1] } ) } (
      [ 'viewport',     'width=device-width, initial-scale=1' ],
      [ 'color-scheme', 'light dark' ],
      [ 'referrer',     'no-referrer' ],
      [ 'robots',       'noindex' ],
      [ 'generator',    "entrasync $EntraSync::VERSION" ],
    ) );
}

# What a reader wants to know first.
sub _verdict {
  my (@facts) = @_;
  my $bad = grep { $_->status ne 'OK' } @facts;
  return $bad ? 'The list needs attention' : 'The list is well' if @facts == 1;
  return 'All ' . number( scalar @facts ) . ' lists are well' unless $bad;
  return
      number($bad) . ' of '
    . count( scalar @facts, 'list' )
    . ( $bad == 1 ? ' needs' : ' need' )
    . ' attention';
}

# Where and when the page was made, and of which runs.
sub _origin {
  my (%named) = @_;
  my @said = (
    ( POSIX::uname() )[1],
    plain_moment( $named{now} ) . POSIX::strftime( ' %z', localtime $named{now} ),
    'runs of the last ' . count( $named{days}, 'day' ),
    $named{is_masked} ? 'people are masked' : (),
  );
  return element( 'p', join " \x{b7} ", @said );
}

# A line for each list.
sub _overview {
  my ( $now, @facts ) = @_;
  my @columns = (
    { name => 'List' },
    { name => 'State',   kind => 'outcome' },
    { name => 'Lines',   kind => 'number', unit => 'lines' },
    { name => 'Changed', kind => 'number', unit => undef },
    { name => 'Found',   kind => 'message' },
  );
  my @rows = map {
    my ( $facts, $record ) = ( $facts[$_], $facts[$_]->record );
    my ( $first, @others ) = $facts->findings;
    [
      element( 'a', { href => '#' . _name($_) }, $facts->name ),
      badge( $facts->status ),
      defined $record->{lines} ? number( $record->{lines} )                         : "\x{2013}",
      defined $record->{age}   ? ago( $record->{age} )                              : "\x{2013}",
      $first ? $first->{message} . ( @others ? ' (and ' . @others . ' more)' : '' ) : undef,
    ]
  } 0 .. $#facts;
  return element(
    'section',
    element( 'h2', 'Overview' ),
    table( 'overview', 'The worst list comes first.', \@columns, @rows ) );
}

sub _promise {
  my ($is_masked) = @_;
  return "Made by entrasync $EntraSync::VERSION. This page loads nothing and runs no script."
    . ( $is_masked ? q() : ' It may name people: show it to nobody who may not see them.' );
}

1;
