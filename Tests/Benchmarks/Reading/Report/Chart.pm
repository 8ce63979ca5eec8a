package Chart;

# Bars as SVG, which can be read in a light and in a dark page and needs no font of its own.
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(chart);

my %size = ( width => 760, name => 190, value => 90, row => 26, bar => 16, head => 38, foot => 12 );

my $style = <<'END';
  text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .ours { fill: #0969da; }
  .limit { fill: #8c959f; }
  .rival { fill: #d4a72c; }
  line { stroke: #d0d7de; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .ours { fill: #58a6ff; }
    .limit { fill: #6e7681; }
    .rival { fill: #bb8009; }
    line { stroke: #30363d; }
  }
END

sub escaped {
  my ($text) = @_;
  my %entity = ( '&' => '&amp;', '<' => '&lt;', '>' => '&gt;', q(") => '&quot;' );
  return $text =~ s/([&<>"])/$entity{$1}/gr;
}

# Returns a chart of several panels. A panel has a title, a format for its values, and bars: name,
# kind (ours, limit or rival), value. Each panel has its own scale.
sub chart {
  my ( $description, @panels ) = @_;
  my ( $y,           @parts )  = (0);
  for my $panel (@panels) {
    my @bars   = @{ $panel->{bars} };
    my ($most) = sort { $b <=> $a } map { $_->[2] } @bars;
    my $room   = $size{width} - $size{name} - $size{value};
    push @parts, sprintf '  <text class="title" x="8" y="%d">%s</text>', $y + 24,
      escaped( $panel->{title} );
    $y += $size{head};
    push @parts, sprintf '  <line x1="%d" y1="%d" x2="%d" y2="%d"/>', $size{name}, $y, $size{name},
      $y + @bars * $size{row};
    for my $bar (@bars) {
      my ( $name, $kind, $value ) = @{$bar};
      my $length = $most > 0 ? $room * $value / $most : 0;
      my $middle = $y + $size{row} / 2;
      push @parts,
        sprintf(
        '  <text x="%d" y="%d" text-anchor="end">%s</text>',
        $size{name} - 10,
        $middle + 5,
        escaped($name)
        ),
        sprintf(
        '  <rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>',
        $kind, $size{name},
        $middle - $size{bar} / 2,
        $length < 1 ? 1 : $length,
        $size{bar}
        ),
        sprintf(
        '  <text x="%.1f" y="%d">%s</text>',
        $size{name} + $length + 8,
        $middle + 5,
        sprintf $panel->{format}, $value
        );
      $y += $size{row};
    }
    $y += $size{foot};
  }
  return join "\n",
    qq(<svg xmlns="http://www.w3.org/2000/svg" width="$size{width}" height="$y")
    . qq( viewBox="0 0 $size{width} $y" role="img">),
    '  <title>' . escaped($description) . '</title>', "  <style>\n$style  </style>", @parts,
    "</svg>\n";
}

1;
