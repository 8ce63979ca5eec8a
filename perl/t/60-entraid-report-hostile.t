# entraid report: names and messages that would be markup, or that would hide or turn text around.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid::AuditFile         ();
use App::Entraid::Printable         qw(printable printable_path);
use App::Entraid::Report::ListFacts ();
use App::Entraid::Report::Markup    qw(element markup);
use App::Entraid::Report::Page      qw(page);
use App::Entraid::RunHistory        ();
use Entraid                         qw(entraid);
use MadeRuns                        qw(failed_run good_run remember stopped_run);
use Page;
use Scratch qw(content folder write_file);

my $folder = folder();
my $now    = 1_795_956_000;

# Texts that somebody could give a group, a person, a file or a message.
my @hostile = (
  '<script>alert(1)</script>',
  '</title></style></svg></table><script src=//evil.example/x.js></script>',
  q("><img src=x onerror=alert(1)>),
  q(' onmouseover='alert(1)),
  '<!-- --><![CDATA[ ]]> <? ?>',
  '&lt;b&gt; &amp;#60; &#x3c;script&#x3e;',
  "\e[31mred\a\x{9b}31m",
  "turned \x{202e}txet\x{2066} around\x{200f}",
  "line\nbreak\x{2028}and\ttab\r",
  "nul\0 and \x{feff}bom\x{fff9}\x{e000}",
  'javascript:alert(1)',
  "wide \x{1f600} and long " . 'x' x 300,
);

# The name of a check.
sub name_of {
  my ($text) = @_;
  return $text =~ s/[^ -~]/./gr;
}

subtest 'elements' => sub {
  for my $text (@hostile) {
    my $bytes = markup( element( 'html', element( 'p', { title => $text }, $text ) ) );
    utf8::encode($bytes);
    my ($found) = Page->parse("<!DOCTYPE html>\n$bytes")->elements('p');
    is $found->{text},          printable($text), name_of("in an element: $text");
    is $found->{values}{title}, printable($text), name_of("in an attribute: $text");
  }
  is markup( element( 'meta', { a => undef, b => 0 } ) ), '<meta b="0">', 'no attribute of undef';
  is markup( element( 'p', undef, 0, element('b') ) ), '<p>0<b></b></p>', 'undef is nothing';
};

# The page about a list, of whose name, runs, proposal and audit the text is a part.
sub page_of {
  my ( $text, %named ) = @_;
  my $bytes = $text;
  utf8::encode($bytes);
  my $line = $bytes =~ s/\n/ /gr;
  my $path = "$folder/" . substr( $bytes =~ s{[/\0]}{_}gr, 0, 200 ) . '.txt';
  write_file( $path,            "$line\n" );
  write_file( "$path.proposed", "x\n" );
  write_file( "$path.proposed.diff",
    "# list\n# 2026-11-29 14:17:00 UTC: objection $line\n- gone $line\n+ came $line\n" );
  my $shown = printable_path($path);
  utf8::encode( my $name = $shown );
  my $audited = printable($text);
  utf8::encode($audited);
  my $audit = write_file(
    "$folder/audit.log",
    map { "2026-11-29T14:17:00Z [run1] $name: $_\n" }
      qq(left out 3b5f6a0e-9d0c-4f43-8a55-0c9f8c1f2a11 ("display $audited"): reason $audited),
    'unchanged: 3 people, 2 lines, 0 added, 0 removed, 1 left out, 0 excluded'
  );
  my %hostile = (
    groups  => [ { id     => "group $text", excluded => 0, people => 1 } ],
    reasons => [ { reason => "kind $text",  count    => 1 } ],
  );
  remember(
    $path,
    failed_run( $now - 3600, "status $text", "message $text" ),
    stopped_run( $now - 7200, 2, 1, 1, message => "stop $text", %hostile ),
    good_run( $now - 9000, 0, 2, %hostile ),
  );
  my $list = {
    path           => $path,
    configurations => [ $bytes =~ s/\0/_/gr ],
    template       => undef,
    writers        => [ { script => 'x', text => "writer $text", by => 'entrasync' } ],
    places         => "places $text",
  };
  my $facts = App::Entraid::Report::ListFacts->new(
    $list,
    now     => $now,
    since   => 0,
    state   => 'none',
    history => App::Entraid::RunHistory->new('none'),
    audit   => App::Entraid::AuditFile->new($audit),
    %named
  );
  my $page = page( facts => [ $facts, $facts ], now => $now, days => 365, %named );
  utf8::encode($page);
  unlink glob "\Q$folder\E/*";
  return Page->parse($page);
}

my $plain = page_of('plain');
my %plain = map { $_->{name} => 1 } $plain->elements;
for my $text (@hostile) {
  subtest name_of($text) => sub {
    my $page = eval { page_of($text) };
    ok $page, 'the page is sound' or return diag $@;
    is_deeply [ grep { !$plain{ $_->{name} } } $page->elements ], [],
      'it has the elements of a harmless page and no others';
    is scalar( $page->elements ), scalar( $plain->elements ), 'and as many of them';
    my $all   = join "\n", $page->texts('body');
    my $shown = printable($text);
    for my $what ( qw(message stop group writer status objection gone came), ) {
      my $line = $what =~ /\A(?:objection|gone|came)\z/ ? printable( $text =~ s/\n/ /gr ) : $shown;
      ok index( $all, "$what $line" ) >= 0, "it shows the text: $what";
    }
    like $all,           qr/display \Q$shown\E/,      'it shows the text: display name';
    unlike $page->bytes, qr/[^\n\x20-\x7e\x80-\xff]/, 'no control character';
  };
}

subtest 'bytes that are no UTF-8' => sub {
  my $path = write_file( "$folder/b\xe4d.txt", "l\xe4ne\n" );
  write_file( "$path.proposed",      "x\n" );
  write_file( "$path.proposed.diff", "# x\n# 2026-11-29 14:17:00 UTC: b\xe4d\n- l\xe4ne\xff\n" );
  my $run = entraid( 'report', '--file', $path, '--state', $folder );
  is $run->exit_status, 0, 'exit status 0';
  my $page = Page->parse( $run->output );
  like join( "\n", $page->texts('h2') ), qr/\Ab\x{fffd}d\.txt\z/,      'the name of the list';
  like join( "\n", $page->texts('li') ), qr/^- l\x{fffd}ne\x{fffd}$/m, 'a line';
};

done_testing;
