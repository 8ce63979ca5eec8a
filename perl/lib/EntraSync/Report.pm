package EntraSync::Report;

use 5.016;
use strict;
use warnings;

use EntraSync ();

our $VERSION = '0.1.0';

sub skips {
  my ($self) = @_;
  my $count = $self->skipped;
  return $count unless wantarray;
  return map { my %skip; @skip{qw(name reason)} = $self->_skip($_); \%skip } 0 .. $count - 1;
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::Report - what was read for a list and what became of it

=head1 SYNOPSIS

  use EntraSync;

  my $client = EntraSync::Client->open('staff.entraidconf');
  my $report = EntraSync::List->new( file => 'staff.txt', clients => [$client] )->write;

  printf "%d people read in %.1f s\n", $report->fetched, $report->seconds;
  print "the list was replaced\n" if $report->changed;
  print "$_->{name}: $_->{reason}\n" for $report->skips;

=head1 METHODS

=head2 fetched

People received from Graph, over all groups and clients.

=head2 written

Lines in the list.

=head2 added

Lines that the list file did not hold before.

=head2 removed

Lines that the list file held and holds no more.

=head2 added_lines

  print "+ $_\n" for $report->added_lines;

The lines that the list file did not hold before, sorted bytewise and without newlines; after
L<EntraSync::List/preview>, those that it would gain. In scalar context: how many.

=head2 removed_lines

  print "- $_\n" for $report->removed_lines;

The lines that the list file held and holds no more, in the same form. The file may have held
anything: each byte that is no UTF-8 is shown by four characters, such as C<\xE4>.

=head2 guard

What the guard has against the change, in one line with the figures, such as C<60 of 100 lines would
be removed, more than MAXREMOVED (50%) allows>; C<undef> where it has nothing. A write that went
well in spite of it was accepted by a person.

=head2 skipped

People, or single values of a person, that were left out because of what they hold.

=head2 skips

Who was left out and why: a list of hash references with C<name>, the object id in Entra ID, and
C<reason>, one line. In scalar context: how many.

=head2 others

Members of the groups that are no people: nested groups, devices, contacts.

=head2 nested_groups

Groups nested in those of GROUPID and EXCLUDEGROUPID, whose own members were not read since
MEMBERSHIP is C<direct>.

=head2 excluded

People whom the configuration leaves out on purpose: EXCLUDEGROUPID, ACCOUNTS, USERTYPE.

=head2 requests

HTTP requests sent, repeated ones included.

=head2 bytes

Bytes of the answers, after decompression.

=head2 seconds

How long the run took.

=head2 changed

True if the list file was replaced, or after L<EntraSync::List/preview> if it would be replaced. False
if the file already holds these lines, or if the list was only fetched.

=head1 ERRORS

None.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
