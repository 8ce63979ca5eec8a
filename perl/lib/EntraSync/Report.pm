package EntraSync::Report;

use 5.016;
use strict;
use warnings;

use EntraSync ();

our $VERSION = '1.0.0';

sub skips {
  my ($self) = @_;
  my $count = $self->skipped;
  return $count unless wantarray;
  my @keys = qw(name reason display_name sign_in_name);
  return map { my %skip; @skip{@keys} = $self->_skip($_); \%skip } 0 .. $count - 1;
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::Report - what a run read for a list and what it changed

=head1 SYNOPSIS

  use EntraSync;

  my $client = EntraSync::Client->open('staff.entraidconf');
  my $report = EntraSync::List->new( file => 'staff.txt', clients => [$client] )->write;

  printf "%d people read in %.1f s\n", $report->fetched, $report->seconds;
  print "the list was replaced\n" if $report->changed;
  print "$_->{name}: $_->{reason}\n" for $report->skips;
  print "warning: $_\n" for $report->warnings;

=head1 METHODS

=head2 fetched

How many people were received from Graph, over all groups and clients.

=head2 written

How many lines the list has.

=head2 added

How many lines the list file did not hold before.

=head2 removed

How many lines the list file held before and holds no longer.

=head2 added_lines

  print "+ $_\n" for $report->added_lines;

The lines that the list file did not hold before, sorted bytewise and without newlines. After
L<EntraSync::List/preview> they are the lines that the file would gain. In scalar context: how many.

=head2 removed_lines

  print "- $_\n" for $report->removed_lines;

The lines that the list file held before and holds no longer, in the same form. The file may have
held any bytes: each byte that is not UTF-8 is shown as four characters, such as C<\xE4>.

=head2 guard

What the guard has against the change, in one line with the figures, such as C<60 of 100 lines would
be removed, more than MAXREMOVED (50%) allows>. It is C<undef> if the guard has nothing against the
change. If a write went well in spite of the guard, a person had accepted it.

=head2 skipped

How many people, or single values of a person, were left out because of what they hold.

=head2 skips

Who was left out and why: a list of hash references with C<name>, the object id in Entra ID;
C<reason>, one line; and C<display_name> and C<sign_in_name>. The last two are C<undef> if they are
not known. A preview and a check ask for the names of at most 100 people and wait no longer than 5
seconds for them; a write does if it keeps an audit. A lookup knows them. A mail contact has no
sign-in name. In scalar context: how many.

=head2 disputed

How many addresses nobody gets, because several people have them and none comes before the others:
see L<EntraSync::Manual::Configuration/One address, one person>.

=head2 readings

How often the groups were read: 2 before a large change, otherwise 1.

=head2 warnings

  print "warning: $_\n" for $report->warnings;

What a person should know though the run succeeded, one line each: for example, that nobody gets an
address that two people have, or that two readings of the groups disagree. In scalar context: how
many.

=head2 others

How many members of the groups were not read, of every kind: nested groups, and what follows.

=head2 contacts

How many mail contacts were not read, since CONTACTS is C<no>.

=head2 devices

How many members are devices, which are never read.

=head2 service_principals

How many members are service principals, which are never read.

=head2 unknown_kinds

How many members are of a type that this version does not know. A warning names the types.

=head2 nested_groups

How many groups are nested in those of GROUPID and EXCLUDEGROUPID. Their own members were not read,
since MEMBERSHIP is C<direct>.

=head2 excluded

How many people the configuration leaves out on purpose: EXCLUDEGROUPID, ACCOUNTS, USERTYPE.
Somebody whom several configurations leave out counts once. So does somebody whom one leaves out and
another takes.

=head2 requests

How many HTTP requests were sent, including repeated ones.

=head2 bytes

How many bytes the answers have after decompression.

=head2 seconds

How long the run took.

=head2 changed

True if the list file was replaced, or after L<EntraSync::List/preview> if it would be replaced.
False if the file already holds these lines, or if the list was only fetched.

=head1 ERRORS

No method throws.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
