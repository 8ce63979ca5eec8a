package EntraSync::List;

use 5.016;
use strict;
use warnings;

use EntraSync            ();
use EntraSync::Arguments ();

our $VERSION = '1.0.0';

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

Describes a list. It reads and writes nothing yet. All arguments are optional.

C<file> is the list file. A list without a file can only be fetched.

C<template> is the shape of a line: text in which each C<{attribute}> stands for an attribute of the
QUERYFILTER, such as C<* {mail} E<lt>regE<gt> - 0>. C<{address}> stands for the first attribute and
C<{phone}> for the first that is a telephone number. C<{{> and C<}}> are braces. Without a template
a line holds all attributes of the QUERYFILTER in their order with one space between them.

C<clients> are added as by L</add>.

=head2 add

  $list->add($client);

Adds an L<EntraSync::Client> whose people are part of the list. The people of several clients are
merged. Returns the list.

=head2 fetch

Reads the people of all clients and keeps their lines in memory, sorted bytewise and without
duplicates. It touches no file. Returns an L<EntraSync::Report>.

=head2 preview

Reads the people of all clients and finds out what L</write> would change. The L<EntraSync::Report>
that it returns has the lines that would be added and removed, and what the guard has against the
change. It changes nothing.

=head2 write

Reads the people of all clients and replaces the whole list file in one step. A file that would not
change is not touched. After any failure the file stays as it was, byte for byte. Returns an
L<EntraSync::Report>.

If the guard stops a run, the new list is kept beside the list as F<LIST.proposed> and the change,
for a person to read, as F<LIST.proposed.diff>, until a run goes well. If another process writes the
same list, the run waits for it, at most a minute.

=head2 accept_change

  $list->accept_change->write;

Says that a person has looked at F<LIST.proposed.diff>, which a stopped run has left. The guard
(MAXREMOVED, MAXADDED) does not stop the next C<write>, and only that one, if all lines that go or
come are shown so there. Without such a proposal nothing is accepted: the C<write> is stopped, and
leaves one. C<accept_change(0)> revokes this, and so does a C<preview>. Returns the list.

A file F<LIST.accept> beside the list accepts the same for the next run of any program. The run
removes the file, whatever the outcome. L<EntraSync::Manual::Messages/ACCEPTING A LARGE CHANGE> says
which files count.

=head2 adopt

  $list->adopt->write;

Says that a person knows that the list is to be kept by entrasync from now on. Where runs are
remembered (STATEDIR), the first one over a list that somebody has kept by hand is stopped if it
would remove more than ten lines or more than 5 % of them. After C<adopt> the next C<write> is not
stopped for that. C<adopt(0)> revokes this, and so does a C<preview>. Returns the list.

=head2 clear

Makes the list file empty on purpose. The file of a list that is looked up in real time is empty. No
server is asked. Returns an L<EntraSync::Report>. If lines go that no earlier run has put there, it
has a warning that names the first of them.

=head2 lines

The lines of the last C<fetch>, C<preview> or C<write>, without newlines. After a failure there are
no lines. In scalar context: how many.

=head1 ERRORS

C<new> throws an L<EntraSync::Error> if the template is malformed, or if the path of the file is
tainted under B<-T>. C<add> throws one if the template names an attribute that the client's
QUERYFILTER lacks. C<fetch>, C<preview>, C<write> and C<clear> throw one for whatever goes wrong:
see L<EntraSync::Error/status_name>.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
