package XUnit;

# Reads what a Swift test bundle writes with `--xunit-output FILE`.
#
# Core Perl has no reader of XML, and this one knows only what swift-testing writes: elements on
# lines of their own, attributes in double quotes. Whatever else it meets is an error, so that a
# change of the form cannot be mistaken for tests that passed.
use 5.016;
use strict;
use warnings;

my %CHARACTERS = ( lt => '<', gt => '>', quot => '"', apos => q('), amp => '&' );

# Returns how many tests ran, and for each failed one its name and its messages. Dies when the file
# is missing or cut off, or when its figures do not agree with its elements.
sub read_results {
  my ($path) = @_;
  open my $file, '<:encoding(UTF-8)', $path or die "$path: $!\n";
  my %of_suite;
  my ( @tests, $ended );
  while ( my $line = <$file> ) {
    if ( $line =~ /^\s*<testsuite\s(.*)>$/ ) {
      %of_suite = attributes($1);
    } elsif ( $line =~ m{^\s*<testcase\s(.*?)/?>$} ) {
      my %test = attributes($1);
      defined $test{$_} or die "$path: line $. has no $_\n" for qw(classname name);
      push @tests, { name => "$test{classname}.$test{name}", messages => [] };
    } elsif ( $line =~ m{^\s*<failure\s(.*)/>$} ) {
      my %failure = attributes($1);
      push @{ $tests[-1]{messages} }, $failure{message} // '';
    } elsif ( $line =~ /^\s*<skipped/ ) {
      pop @tests;
    } elsif ( $line =~ m{^</testsuites>$} ) {
      $ended = 1;
    } elsif ( $line !~ m{^\s*(?:<\?xml .*\?>|<testsuites>|</testsuite>|</testcase>)$} ) {
      die "$path: line $. is not understood: $line";
    }
  }
  die "$path breaks off\n" if !$ended;
  my %found = ( tests => scalar @tests, failures => 0, errors => 0 );
  $found{failures} += @{ $_->{messages} } for @tests;
  for my $name ( sort keys %found ) {
    my $said = $of_suite{$name} // 'nothing';
    die "$path says $name=$said, but has $found{$name}\n" if $said ne $found{$name};
  }
  return ( scalar @tests, grep { @{ $_->{messages} } } @tests );
}

sub attributes {
  my ($text) = @_;
  my %attributes = $text =~ /(\w+)="([^"]*)"/g;
  for ( values %attributes ) {
    s/&#(\d+);/chr $1/ge;
    s/&(\w+);/$CHARACTERS{$1} or die "unknown entity: $1\n"/ge;
  }
  return %attributes;
}

1;
