# The manuals are well formed and complete, and describe what exists.
use strict;
use warnings;

use Encode ();
use FindBin;
use lib "$FindBin::Bin/lib";
use File::Find   qw(find);
use Pod::Checker ();
use Test::More;

use App::Entraid;
use EntraSync;
use Scratch qw(content perl_folder);
use SecAtGW::EntraID;
use SecAtGW::LDAPCrons;

my $lib = perl_folder() . '/lib';
my @files;
find( sub { push @files, $File::Find::name if /\.(?:pm|pod)$/ }, $lib );
push @files, perl_folder() . '/script/entraid';

for my $file ( sort @files ) {

  # A module for this project's own use has no manual, but a comment that says what it is for.
  if ( content($file) !~ /^=head1 /m ) {
    like content($file), qr/\Apackage [\w:]+;\n\n# [A-Z][^\n]+\.\n/,
      $file =~ s{.*/lib/}{}r . ' says what it is for';
    next;
  }
  my $checker = Pod::Checker->new( -warnings => 2 );
  open my $output, '>', \my $complaints or die;
  $checker->parse_from_file( $file, $output );
  is $checker->num_errors + $checker->num_warnings, 0,
    $file =~ s{.*/(?:lib|script)/}{}r . ' has POD without errors and warnings'
    or diag $complaints;
}

my $manual   = content( perl_folder() . '/script/entraid' );
my @sections = (
  'NAME',     'SYNOPSIS', 'DESCRIPTION', 'COMMANDS', 'OPTIONS', 'EXIT STATUS',
  'EXAMPLES', 'FILES',    'SEE ALSO'
);
is_deeply [ grep { $manual !~ /^=head1 $_$/m } @sections ], [],
  'the manual of the command has all sections';

# What is shown as it is typed must fit a terminal of 80 columns; man and perldoc indent it by 7.
my %headings;
for my $page (qw(Configuration Messages Lookups)) {
  my $text = content("$lib/EntraSync/Manual/$page.pod");
  is_deeply [ grep { /^ / && length > 73 } split /\n/, Encode::decode( 'UTF-8', $text ) ], [],
    "EntraSync::Manual::$page fits 80 columns";
  $headings{"EntraSync::Manual::$page"} = { map { $_ => 1 } $text =~ /^=head\d (.+)$/mg };
}
for my $file (@files) {
  my $text  = content($file) =~ s/\s+/ /gr;
  my @links = $text          =~ m{L<([^<>|]*Manual::[^<>|]*)>}g;
  is_deeply [
    grep {
      my ( $page, $heading ) = split m{/}, $_, 2;
      !$headings{$page} || $heading && !$headings{$page}{$heading}
    } @links
    ],
    [],
    ( $file =~ s{.*/(?:lib|script)/}{}r ) . ' links to pages and headings that exist';
}

my @heads = ( 'NAME', 'SYNOPSIS', 'METHODS', 'ERRORS', 'THREADS AND FORK' );
for my $module (
  qw(EntraSync EntraSync/Client App/Entraid EntraSync/List EntraSync/Report EntraSync/Error
  SecAtGW/EntraID SecAtGW/LDAPCrons)
  )
{
  my $text = content("$lib/$module.pm");
  my %has  = map { $_ => 1 } $text =~ /^=head1 (.+)$/mg;
  is_deeply [ grep { !$has{$_} } @heads ], [], "$module: the manual has all sections";

  # Methods and their headings, one for one.
  my $class     = $module                  =~ s{/}{::}gr;
  my ($methods) = $text                    =~ /^=head1 METHODS\n(.*?)^=head1 /ms;
  my %described = map { $_ => 1 } $methods =~ /^=head2 (?:EntraSync::)?(\w+)$/mg;
  no strict 'refs';
  my @there    = grep { !/^_|^[A-Z]+$|^\(/ && defined &{"${class}::$_"} } keys %{"${class}::"};
  my %imported = map  { $_ => 1 }
    qw(import bootstrap croak basename blessed exit_status_of printable_path
    stop_on_signal);
  is_deeply [ sort grep { !$imported{$_} } @there ], [ sort keys %described ],
    "$module: the manual describes each method";
}

done_testing;
