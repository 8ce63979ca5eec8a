package EntraSync::History;

use 5.016;
use strict;
use warnings;

use EntraSync            ();
use EntraSync::Arguments ();

our $VERSION = '1.0.0';

# How many runs are read at most, if the caller does not say: more than a year of them.
use constant MOST => 10_000;

sub runs {
  my ( $class, @arguments ) = @_;
  my %named = EntraSync::Arguments::named( [qw(list folder since most)], @arguments );
  my ( $list, $folder ) = @named{qw(list folder)};
  my @bounds = ( $named{since} // 0, $named{most} // MOST );
  return _read( $folder, $list, @bounds ) unless ref $list;
  EntraSync::Arguments::croak('folder is for a list that is named by its path') if defined $folder;
  return _read_of( $list, @bounds );
}

sub news {
  my ( $class, @arguments ) = @_;
  my %named    = EntraSync::Arguments::named( [qw(list subject failure warnings)], @arguments );
  my @warnings = @{ $named{warnings} // [] };
  EntraSync::Arguments::croak('a warning is undefined') if grep { !defined } @warnings;
  return _note( @named{qw(list subject failure)}, \@warnings );
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::History - the runs of a list that are remembered, and what of them is news

=head1 SYNOPSIS

  use EntraSync;
  use EntraSync::History;

  my $list = EntraSync::List->new(
    file    => 'gsm_list.txt',
    clients => [ EntraSync::Client->open('staff.entraidconf') ],
  );
  my ($last) = EntraSync::History->runs( list => $list, most => 1 );
  print $last ? "$last->{lines_after} lines, $last->{status}\n" : "no run is remembered\n";

=head1 METHODS

=head2 runs

  my @runs = EntraSync::History->runs(
    list   => $path,
    folder => '/var/lib/entrasync',
    since  => time - 86_400,
    most   => 24,
  );

The runs of a list, the latest first. A list of which nothing is remembered has none. Each write and
each clear of a list is remembered for 400 days, in the folder that STATEDIR names or in
F</var/lib/entrasync>: see L<EntraSync::Manual::Configuration/What is remembered of runs>.

C<list> is the list's path, or an L<EntraSync::List> with a file. Of a path the runs are read that
C<folder> has, which is F</var/lib/entrasync> by default. Of a list they are read from where its own
runs are remembered, which the STATEDIR of its clients says. C<since> is when the first of the runs
began at the earliest, in seconds since 1970. C<most> is how many are wanted at most, 10,000 by
default.

A run is a reference to a hash:

=over

=item C<began>, C<seconds>

When it began, in seconds since 1970, and how long it took.

=item C<status>, C<message>, C<changed>

C<ok> for a run that went well, or the name of an L<EntraSync::Error>'s status, such as C<guard> or
C<network>. C<message> is what a run that failed said, in one line, otherwise C<undef>: it may quote
what the server has said. C<changed> is true if the list was replaced.

=item C<lines_before>, C<lines_after>, C<added>, C<removed>

The lines in the list before and after the run, and how many came and went. Of a run that the guard
stopped, C<added> and C<removed> say what it would have changed. What another run that failed did
not come to know is 0, here and below.

=item C<fetched>, C<excluded>, C<disputed>, C<skipped>, C<requests>

The people who were read, those whom the configurations leave out on purpose, addresses that nobody
got, people or values that were left out, and HTTP requests.

=item C<configurations>

An array of paths.

=item C<groups>

An array of hashes with C<id>, C<excluded> (whether EXCLUDEGROUPID names it) and C<people>. It is
empty if the run failed before all groups were read.

=item C<reasons>

An array of hashes with C<reason>, a kind such as C<mail E<0x2026> has no @>, and C<count>, the most
frequent first. Nobody's address or number is in it.

=back

=head2 news

  my @news = EntraSync::History->news(
    list     => $list,
    subject  => 'gsm_list.txt',
    failure  => 'network',
    warnings => \@warnings,
  );

Notes what a run has met, and returns what of it a person has to be told, so that a mail comes once
when a kind of trouble begins, once a day while it lasts, and once when it is over. Call it after
each run, also after one that went well. Where nothing is remembered, everything is news.

C<subject> is what the run was about, such as the list's path. C<failure> is the kind of a failure,
and is left out after a run that went well. Of C<warnings>, texts that differ in quoted parts,
numbers and ids alone are of one kind. C<list>, an L<EntraSync::List>, says by the STATEDIR of its
clients where it is noted; without it F</var/lib/entrasync> is used.

Each of the news is a reference to a hash. C<news> is C<begins>; C<lasts>, for another day;
C<returns>, if the trouble is back within a day of its end; or C<ends>. C<noted> is false where
nothing is remembered. C<failure> is true for a failure. C<text> is what was given, or the kind of a
trouble that has ended. C<since> and C<end> are when it began and ended, in seconds since 1970;
C<end> is C<undef> while it lasts.

=head1 ERRORS

Throws an L<EntraSync::Error> with the status C<file> for a history that cannot be read or written.

=cut
