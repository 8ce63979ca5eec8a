package Tables;

# The figures as tables in Markdown.
use strict;
use warnings;
use utf8;
use Exporter qw(import);
use Goals    qw(goals);

our @EXPORT_OK = qw(goals_table figures_table programs_table readings_table thousands);

sub thousands {
  my ($number) = @_;
  return scalar reverse( ( reverse $number ) =~ s/(\d{3})(?=\d)/$1,/gr );
}

# A table in Markdown. Its first column is text, and so are others that a '<' begins.
sub table {
  my ( $head,  @rows )   = @_;
  my ( $first, @others ) = @{$head};
  my $line = join '|', '---', map { /^</ ? '---' : '--:' } @others;
  return join q(), map { "$_\n" } row( $first, map { s/^<//r } @others ), "|$line|",
    map { row( @{$_} ) } @rows;
}

sub row {
  return '| ' . join( ' | ', @_ ) . ' |';
}

sub in_seconds {
  my ($seconds) = @_;
  return sprintf $seconds < 10 ? '%.3f' : '%.1f', $seconds;
}

sub goals_table {
  my ($results) = @_;
  return table(
    [ 'goal', 'at most', 'is', '<reached' ],
    map {
      my ( $text, $figure, $most ) = @{$_};
      [
        $text,
        sprintf( '%.2f', $most ),
        sprintf( '%.2f', $figure ),
        $figure <= $most ? 'yes' : '**no**'
      ]
    } goals($results) );
}

# One setting and size.
sub figures_table {
  my ( $results, $table ) = @_;
  my $figures = $table->{figures};
  my $own     = $results->{perls_own};
  my $ratio   = sub {
    my ( $of, $name, $value ) = @_;
    return $figures->{$of} ? sprintf '%.2f', $value / $figures->{$of}{$name} : q();
  };
  my @rows;
  for my $program ( grep { $figures->{ $_->{name} } } @{ $results->{programs} } ) {
    my ( $cpu, $wall, $peak ) = @{ $figures->{ $program->{name} } }{qw(cpu wall peak)};
    push @rows,
      [
      $program->{kind} eq 'ours' ? "**$program->{title}**" : $program->{title},
      in_seconds($cpu),
      $ratio->( 'cpp', 'cpu', $cpu ),
      $ratio->( 'lwp', 'cpu', $cpu ),
      in_seconds($wall),
      $ratio->( 'curl', 'wall', $wall ),
      sprintf( '%.1f', $peak ),
      $program->{is_perl}
      ? sprintf( '%.1f', $peak - $own->{ $program->{kind} eq 'ours' ? 'modules' : 'perl' }{peak} )
      : q()
      ];
  }
  return table(
    [
      'program', 'CPU s', '÷ C++', '÷ LWP', 'duration s', '÷ curl', 'peak MiB', "above perl's own"
    ],
    @rows
  );
}

sub programs_table {
  my ($results) = @_;
  return table( [ 'program', '<versions' ],
    map { [ $_->{title}, $_->{versions} ] } @{ $results->{programs} } );
}

# Readings of `entraid write` beside each other.
sub readings_table {
  my ( $title, $readings, @names ) = @_;
  my $first = $readings->{ $names[0][0] };
  return table(
    [ $title, 'CPU s', 'ratio', 'duration s', 'ratio', 'peak MiB' ],
    map {
      my ( $name, $text ) = @{$_};
      my ( $cpu, $wall, $peak ) = @{ $readings->{$name} }{qw(cpu wall peak)};
      [
        $text,                                     in_seconds($cpu),
        sprintf( '%.2f', $cpu / $first->{cpu} ),   in_seconds($wall),
        sprintf( '%.2f', $wall / $first->{wall} ), sprintf( '%.1f', $peak ) ]
    } @names
  );
}

1;
