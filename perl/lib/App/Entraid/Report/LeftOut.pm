package App::Entraid::Report::LeftOut;

# Who is left out of a list, by reason.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(kind_of left_out_by_reason);

# The kind of a reason, as the history has it: what is quoted, from the first quotation mark to the
# last, and object ids are taken out.
sub kind_of {
  my ($reason) = @_;
  my $mark = "\x{2026}";
  return $reason =~ s/".*"/$mark/sr =~ s/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/$mark/gir;
}

# Hashes with a reason's kind, its `count`, and `people`, those who are known: the most frequent
# kind first. The counts are those of a run, and the people, hashes with `reason`, may be of another
# one, or of none.
sub left_out_by_reason {
  my ( $counts, @people ) = @_;
  my %kinds = map { $_->{reason} => { kind => $_->{reason}, count => $_->{count} } } @{$counts};
  for my $person (@people) {
    my $kind = kind_of( $person->{reason} );
    $kinds{$kind} //= { kind => $kind, count => 0 };
    push @{ $kinds{$kind}{people} }, $person;
  }
  for my $kind ( values %kinds ) {
    my $known = @{ $kind->{people} //= [] };
    $kind->{count} = $known if !$kind->{count};
  }
  return sort { $b->{count} <=> $a->{count} || $a->{kind} cmp $b->{kind} } values %kinds;
}

1;
