package App::Entraid::Report::Table;

# Makes tables that a phone shows as blocks.
#
# Their roles are written out, since a browser forgets them where a table is not laid out as one.
use 5.016;
use strict;
use warnings;

use App::Entraid::Report::Markup qw(element);
use Exporter                     qw(import);

our @EXPORT_OK = qw(table);

# A table. The columns are hashes with `name`; `kind`, the class of its cells; and `unit`, what a
# phone shows behind a value, since there is no head. The rows are arrays of cells: text or
# elements. The first cell of a row says what it is about.
sub table {
  my ( $class, $caption, $columns, @rows ) = @_;
  my @heads = map {
    element( 'th', { scope => 'col', role => 'columnheader', class => $_->{kind} }, $_->{name} )
  } @{$columns};
  return element(
    'table',
    { class => $class, role => 'table' },
    element( 'caption', $caption ),
    element( 'thead',   { role => 'rowgroup' }, element( 'tr', { role => 'row' }, @heads ) ),
    element( 'tbody',   { role => 'rowgroup' }, map { _row( $columns, @{$_} ) } @rows ),
  );
}

sub _row {
  my ( $columns, $first, @cells ) = @_;
  my ( $head, @others ) = @{$columns};
  my @elements =
    element( 'th', { scope => 'row', role => 'rowheader', class => $head->{kind} }, $first );
  for my $column (@others) {
    my $cell       = shift @cells;
    my %attributes = ( role => 'cell', class => $column->{kind}, 'data-unit' => $column->{unit} );
    push @elements, element( 'td', \%attributes, $cell );
  }
  return element( 'tr', { role => 'row' }, @elements );
}

1;
