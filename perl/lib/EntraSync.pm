package EntraSync;

use 5.016;
use strict;
use warnings;

our $VERSION = '1.0.0';

# What this module and the XS module expect of each other. The number is raised in both when that
# changes. Versions are not compared, as perl would: an upgrade replaces one file after the other,
# and a script that starts meanwhile finds some of each.
our $INTERFACE = 1;

require XSLoader;
XSLoader::load(__PACKAGE__);

require EntraSync::Check;
require EntraSync::Client;
require EntraSync::Error;
require EntraSync::List;
require EntraSync::Lookup;
require EntraSync::Report;

sub collection_attributes { return split /,/, _collection_attributes() }

1;

__END__

=encoding utf8

=head1 NAME

EntraSync - lists of people, kept from Microsoft Entra ID groups

=head1 SYNOPSIS

  use EntraSync;

  my $list = EntraSync::List->new(
    file     => 'allowed_senders.txt',
    template => '* {mail} <reg> - 0',
    clients  => [ EntraSync::Client->open('senders.entraidconf') ],
  );

  my $report = eval { $list->write } or die "The list was not written: $@\n";
  printf "%d lines, %d new, %d gone\n", $report->written, $report->added, $report->removed;

  for my $skip ( $report->skips ) {
    print "left out: $skip->{name}: $skip->{reason}\n";
  }

=head1 DESCRIPTION

A configuration file (F<.entraidconf>) names a tenant, an application, its credential and one or
more groups. EntraSync signs in, reads the groups' members through Microsoft Graph, turns each
member into one line of text and replaces a list file with the result. It replaces the whole file or
nothing.

The library C<libentrasync.so.1>, which is installed together with this module, does the work. The
module has one class for each kind of object in the library:

=over

=item L<EntraSync::Client>

one configuration, which signs in when a run needs it

=item L<EntraSync::List>

one list: its file, the shape of its lines, and the clients that feed it

=item L<EntraSync::Lookup>

a lookup of single addresses in real time, with an L<EntraSync::Answer> for each address

=item L<EntraSync::Check>

a check of one configuration, step by step

=item L<EntraSync::Report>

what a run read and what it changed

=item L<EntraSync::Error>

why something failed

=back

L<SecAtGW::EntraID> and L<SecAtGW::LDAPCrons> use these classes. Their names are those that a
secure-mail gateway's cron scripts use.

=head1 METHODS

=head2 EntraSync::library_version

The version of the library that was loaded, such as C<1.0.0>.

=head2 EntraSync::collection_attributes

The names of the attributes that may have several values in Graph, such as C<businessPhones>. A
person has at most one value of every other attribute.

=head1 ERRORS

A method that fails throws an L<EntraSync::Error>. A mistake in the calling program (an argument
that does not exist, an object of another class) is an ordinary C<croak>.

Loading the module dies if the library's major or minor version is not the one that the module was
built for.

=head1 TEXT

Lines, messages and templates are Perl text (characters). Paths are bytes, as for Perl's own
C<open>. A path with characters above 255 is refused, since only the caller knows their encoding.

A reference is refused where text belongs, unless it is an object with overloaded text.

Under B<-T> the tainted path of a list is refused, since the list is written. The path of a
configuration is only read and may be tainted, as for Perl's own C<open>. So may templates and
addresses.

=head1 THREADS AND FORK

Loading the module starts no thread and changes no signal handler.

While the library works, Perl's signal handlers (C<%SIG>) run a few times a second. They may C<die>
or C<exit>. So an C<alarm> can end a run, and the list stays as it was.

Signals that have a handler in Perl are blocked meanwhile, since a C<die> in the middle of the
library would leave its memory in disorder. That holds too for handlers that Perl runs at once:
those that L<POSIX/sigaction> sets without C<SAFE>, all of them with C<PERL_SIGNALS=unsafe>, and
those of SEGV, BUS, ILL and FPE. In a callback, and when the call has ended, the mask of signals is
the program's own again. Only a fault of the library itself, as opposed to a signal that somebody
sends, ends the process without such a handler.

An object belongs to the interpreter thread that made it. Its copy in another thread croaks when it
is used. After C<fork>, both processes may use their objects. A callback must not fork and go on in
the child: there, the call ends with an error at that callback, and does nothing more.

libcurl looks names up in a thread of its own, which handles no signal. All files of the library are
closed on C<exec>, and none is C<STDIN>, C<STDOUT> or C<STDERR>, even where those are closed.

=cut
