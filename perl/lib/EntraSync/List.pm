package EntraSync::List;

use 5.016;
use strict;
use warnings;

use EntraSync            ();
use EntraSync::Arguments ();

our $VERSION = '0.1.0';

sub new {
  my ( $class, @arguments ) = @_;
  my %named   = EntraSync::Arguments::named( [qw(file template clients)], @arguments );
  my @clients = EntraSync::Arguments::clients( $named{clients} );
  my $self    = $class->_new( @named{qw(file template)} );
  $self->add($_) for @clients;
  return $self;
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::List - one list of people: its file, the shape of its lines, its clients

=head1 SYNOPSIS

  use EntraSync;

  my $list = EntraSync::List->new(
    file     => 'gsm_list.txt',
    template => '{address} {phone}',
  );
  $list->add( EntraSync::Client->open('staff.entraidconf') );
  $list->add( EntraSync::Client->open('guests.entraidconf') );

  my $report = $list->write;
  print "$_\n" for $list->lines;

=head1 METHODS

=head2 new

  my $list = EntraSync::List->new( file => $path, template => $text, clients => [ ... ] );

Describes a list; nothing is read or written yet. All arguments are optional.

C<file> is the list file; a list without one can only be fetched. C<template> is the shape of a
line: text in which each C<{attribute}> stands for an attribute of the QUERYFILTER, such as
C<* {mail} E<lt>regE<gt> - 0>. C<{address}> stands for the first attribute and C<{phone}> for the
first that is a telephone number; C<{{> and C<}}> are braces. Without a template a line is all
attributes of the QUERYFILTER in their order with one space between. C<clients> are added as
L</add> does.

=head2 add

  $list->add($client);

Adds an L<EntraSync::Client> whose people are part of the list. What several find is merged.
Returns the list.

=head2 fetch

Reads the people of all clients and keeps their lines in memory, sorted bytewise and without
duplicates. No file is touched. Returns an L<EntraSync::Report>.

=head2 preview

Reads the people of all clients and says what L</write> would change: the
L<EntraSync::Report> has the lines that would come and go, and what the guard has against it.
Nothing is changed.

=head2 write

Reads the people of all clients and replaces the list file, whole and in one step. A file that would
not change is not touched, and on any failure it stays as it was, byte for byte. Returns an
L<EntraSync::Report>.

What a run that the guard stops wanted to do is kept beside the list, as F<LIST.proposed> and, to be
read, F<LIST.proposed.diff>, until a run goes well. Another process that writes the same list is
waited for, a minute at the most.

=head2 accept_change

  $list->accept_change->write;

Says that a person has looked at the change: the next C<write>, and only that, is made whatever the
guard (MAXREMOVED, MAXADDED) says. C<accept_change(0)> takes it back. Returns the list.

A file F<LIST.accept> beside the list says the same to the next run of any program, of the change that
a stopped run has proposed and of none that is larger. The run takes the file away, whatever comes of
it.

=head2 clear

Makes the list file empty on purpose, as a list that is looked up in real time is kept. No server is
asked. Returns an L<EntraSync::Report>.

=head2 lines

The lines of the last C<fetch>, C<preview> or C<write>, without newlines; none after a failure. In scalar
context: how many.

=head1 ERRORS

C<new> throws an L<EntraSync::Error> for a malformed template, C<add> for a template that names an
attribute which the client's QUERYFILTER lacks, C<fetch>, C<preview>, C<write> and C<clear> for
whatever goes wrong: see L<EntraSync::Error/status_name>.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
