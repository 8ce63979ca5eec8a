# entraid with control characters in lists, paths and arguments: it prints nothing but text.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid entraid_on_terminal);
use Scratch qw(folder state_of write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 30));
my $single    = $simulator->configuration(
  "$folder/single.entraidconf",
  GROUPID    => 'single',
  MAXREMOVED => 'off'
);

# Lines of a list in bytes, and how diff shows each.
my %shown = (
  "escape\e[2J\e]0;title\a"          => 'escape\u{1b}[2J\u{1b}]0;title\u{7}',
  "csi\xC2\x9B31m"                   => 'csi\u{9b}31m',
  "csi\x9B31m"                       => 'csi\x9B31m',
  "tab\tand\rreturn"                 => 'tab\u{9}and\u{d}return',
  "nul\0"                            => 'nul\u{0}',
  "delete\x7F\x08"                   => 'delete\u{7f}\u{8}',
  "bidi\xE2\x80\xAEmoc\xE2\x81\xA6"  => 'bidi\u{202e}moc\u{2066}',
  "line\xE2\x80\xA8separator"        => 'line\u{2028}separator',
  "width\xE2\x80\x8B"                => 'width\u{200b}',
  "tag\xF3\xA0\x81\x81"              => 'tag\u{e0041}',
  "latin\xE4"                        => 'latin\xE4',
  "surrogate\xED\xA0\x80"            => 'surrogate\xED\xA0\x80',
  "cut\xE2\x82"                      => 'cut\xE2\x82',
  "overlong\xC0\xAF"                 => 'overlong\xC0\xAF',
  "beyond\xF4\x90\x80\x80"           => 'beyond\xF4\x90\x80\x80',
  "v\xC3\xA4in\xC3\xB6\@example.com" => "v\xC3\xA4in\xC3\xB6\@example.com",
);

# A line that stays, or the guard would stop the change.
my $file   = write_file( "$folder/list.txt", map { "$_\n" } $Simulator::ADDRESS, sort keys %shown );
my $before = state_of($file);
my @diff   = ( 'diff', '--file', $file, $single );

sub is_harmless {
  my ( $text, $what ) = @_;
  $text =~ s/\e\[(?:3[12]|0)m//g;
  ok utf8::decode($text), "$what: it is UTF-8";
  unlike $text, qr/[^\P{Cc}\n]/,                          "$what: no control character";
  unlike $text, qr/[\p{Cf}\p{Cs}\p{Cn}\x{2028}\x{2029}]/, "$what: no invisible characters";
  return;
}

for my $how ( \&entraid, \&entraid_on_terminal ) {
  my $run = $how->( @diff, '--color=never' );
  is_harmless( $run->output, 'the lines' );
  my @lines = $run->output =~ /^- (.*)$/mg;
  is_deeply [ sort @lines ], [ sort values %shown ], 'diff shows each line in escaped form';
  is $run->exit_status, 0, 'diff gives exit status 0 for hostile lines';
  is_harmless( $how->( @diff, '--color=always' )->output, 'coloured' );
}

my $json = entraid( @diff, '--json' );
is_harmless( $json->output, 'JSON' );
my %exact = map { $_ => 1 } @{ $json->record->{removed} };
for my $line ( sort keys %shown ) {
  my $text = $line;
  utf8::decode( $text = $shown{$line} )
    unless utf8::decode($text) && $text !~ /[^\x{0}-\x{D7FF}\x{E000}-\x{10FFFF}]/;
  ok $exact{$text}, "JSON has it exactly: $shown{$line}" =~ s/[^ -~]/./gr;
}
is_deeply state_of($file), $before, 'diff leaves a list with hostile lines unchanged';

# Everything that a command line can name.
my $bad  = "\e[2Jb\xC3\xA4d\xE2\x80\xAE\n\xE4";
my $conf = "$folder/$bad.entraidconf";
rename $simulator->configuration( "$folder/x", GROUPID => 'single', KEY => 'x' ), $conf or die;
write_file( "$folder/$bad.txt", map { "user$_\n" } 10 .. 29 );
for my $arguments (
  [ 'diff',  '--file',       "$folder/$bad.txt", $conf ],
  [ 'diff',  '--file',       "$folder/$bad.txt", '--template', "{mail}\e[2J", $conf ],
  [ 'diff',  '--file',       "$folder/$bad.txt", '--template', "\e[2J",       $conf ],
  [ 'write', '--file',       "$folder/$bad.txt", $conf ],
  [ 'write', '--file',       "$folder/$bad.txt", '--json',    $conf ],
  [ 'write', '--file',       "$folder/$bad.txt", '--verbose', '--accept-change', $conf ],
  [ 'diff',  '--file',       "$folder/$bad.txt", "$folder/none$bad" ],
  [ 'diff',  '--file',       "$folder/$bad/x",   $conf ],
  [ 'diff',  "--color=$bad", '--file',           'x', 'y' ],
  [ 'diff',  "--$bad" ],
  [$bad],
  [ 'help', $bad ],
  )
{
  my $run  = entraid( @{$arguments} );
  my $what = join( ' ', @{$arguments} ) =~ s/[^ -~]/./gr =~ s/\Q$folder\E/.../gr;
  is_harmless( $run->output,     $what );
  is_harmless( $run->complaints, "$what, standard error" );
  is scalar( grep { !/\A(?:warning|entraid): / } split /\n/, $run->complaints ), 0,
    "$what: each line of the standard error begins with entraid or warning";
}

subtest 'somebody who is left out' => sub {
  require App::Entraid::Printable;
  my %skip = ( name => 'id', reason => 'has no mail', sign_in_name => "a\@b.fi\n" );
  is App::Entraid::Printable::skip_line( { %skip, display_name => 'x' x 80 } ),
    'left out: id ("' . 'x' x 80 . '", a@b.fi\u{a}): has no mail',
    'a display name of 80 characters is shown';
  is App::Entraid::Printable::skip_line( { %skip, display_name => "\x{e4}" x 81 } ),
    'left out: id ("' . "\x{e4}" x 80 . "\x{2026}" . '", a@b.fi\u{a}): has no mail',
    'a longer one is cut, as in an audit';
};

done_testing;
