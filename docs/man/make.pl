#!/usr/bin/perl
# Makes the manual pages of section 3 from the comments of the header:
#
#     docs/man/make.pl include/entrasync.h FOLDER
#
# The page entrasync(3) has the header's overview. Each section of the header has a page of its own,
# such as entrasync_client(3), and each function and type a symbolic link to its page.
# The pages say what the header says. Only what one line of `apropos` needs is written here.
use 5.016;
use strict;
use warnings;

# What each page is about, for its NAME. A section that is new in the header needs a line here.
my %about = (
  Version  => 'the version of libentrasync',
  Status   => 'how a call of libentrasync ended',
  Error    => 'why a call of libentrasync failed',
  Progress => 'how far a run of libentrasync has come',
  Client   => 'one configuration of libentrasync: tenant, credential and groups',
  List     => 'keep a list of the people of Microsoft Entra ID groups',
  Lookup   => 'look addresses up in Microsoft Entra ID groups',
  Check    => 'check a configuration of libentrasync step by step',
  Troubles => 'what a person has to be told of troubles that last',
  History  => 'the runs of a list that libentrasync remembers',
  Report   => 'what a run of libentrasync read, left out and changed',
);
my $attributes = qr/\bENTRASYNC_(?:NULLABLE|NONNULL)\b\s*/;

my ( $header_path, $folder ) = @ARGV;
die "usage: docs/man/make.pl HEADER FOLDER\n" if @ARGV != 2;
my $header = contents($header_path);
my ($version) = $header =~ /^#define ENTRASYNC_VERSION "(.*)"$/m
  or die "$header_path: no version\n";
my $date = date( $ENV{SOURCE_DATE_EPOCH} // ( stat $header_path )[9] );
my ( $overview, @sections ) = parse($header);
my @pages = ( 'entrasync', map { page_name($_) } @sections );

# make(1) takes entrasync.3 for the sign that all pages are there: it goes first and comes last.
make_folder($folder);
unlink "$folder/entrasync.3", glob quotemeta($folder) . '/*.3';
for my $section (@sections) {
  my $page = page_name($section);
  write_file( "$folder/$page.3", section_page($section) );
  for my $name ( grep { $_ ne $page } map { $_->{name} } documented($section) ) {
    symlink "$page.3", "$folder/$name.3" or die "$folder/$name.3: $!\n";
  }
}
write_file( "$folder/entrasync.3", overview_page($overview) );

# ---- The header -------------------------------------------------------------------------------

# The text of the overview, and the sections: each has a title and its declarations in order.
sub parse {
  my ($text) = @_;
  $text =~ s{\A/\*[^\n]*\*/\n/\*\n(.*?)^ \*/\n}{}ms or die "$header_path: no overview\n";
  my $overview = $1 =~ s/^ \* ?//gmr;
  my @sections;
  while (
    $text =~ m{
      ^/\*[ ]----[ ](?<title>\w+)[ ]-+[ ]\*/$
      | ^/\*\*(?<comment>.*?)\*/\n
        (?<declaration> \#define[^\n]+ | typedef[ ](?:enum|struct)[ ]\w+[ ]\{.*?^\}[^\n]* | .*?;\n )
    }gmsx
    )
  {
    if ( $+{title} ) { push @sections, { title => $+{title}, items => [] } }
    else             { push @{ $sections[-1]{items} }, item( $+{comment}, $+{declaration} ) }
  }

  # A handle that is declared early, since functions return it, has its page all the same.
  for my $section (@sections) {
    my @early =
      grep { $_->{kind} eq 'handle' && $_->{name} ne page_name($section) } @{ $section->{items} };
    for my $item (@early) {
      my ($home) = grep { page_name($_) eq $item->{name} } @sections;
      die "$header_path: $item->{name} has no section\n" if !$home;
      $section->{items} = [ grep { $_ != $item } @{ $section->{items} } ];
      unshift @{ $home->{items} }, $item;
    }
  }
  return ( $overview, @sections );
}

# One declaration: its name and kind, its text in C, what the comment says, and its members.
sub item {
  my ( $comment, $declaration ) = @_;
  my %item = ( text => plain($comment) );
  for ($declaration) {
    s/$attributes//g;
    s/\s+\z//;
  }
  if ( $declaration =~ /^#define (\w+) (.+)/ ) {
    @item{qw(kind name value)} = ( 'constant', $1, $2 );
  } elsif ( $declaration =~ /^typedef (enum|struct) (\w+) \{(.*)^\}/ms ) {
    @item{qw(kind name members)} = ( $1, $2, [ members($3) ] );
  } else {
    $declaration = $declaration =~ s/\s+/ /gr =~ s/\( /(/gr;
    @item{qw(kind name)} =
        $declaration =~ /^typedef struct (\w+) \1;$/ ? ( 'handle', $1 )
      : $declaration =~ /^typedef .*\(\*(\w+)\)\(/   ? ( 'callback', $1 )
      : $declaration =~ /^[^(]*?(\w+)\(/             ? ( 'function', $1 )
      :                die "$header_path: what is this? $declaration\n";
    $item{code} = $declaration;
  }
  return \%item;
}

# The members of an enumeration or a structure.
sub members {
  my ($text) = @_;
  my @members;
  while ( $text =~ m{/\*\*(.*?)\*/\s*([^,;\n]+)}gs ) {
    push @members, { text => plain($1), code => $2 =~ s/(\w+) = (\d+)/$1 ($2)/r };
  }
  return @members;
}

# A comment without its stars.
sub plain {
  my ($comment) = @_;
  return $comment =~ s/^\s*\* ?//gmr =~ s/\A\s+//r =~ s/\s+\z//r;
}

sub page_name {
  my ($section) = @_;
  return 'entrasync_' . lc $section->{title};
}

# What a reader asks for by name: everything but constants, which are found in the pages.
sub documented {
  my ($section) = @_;
  return grep { $_->{kind} ne 'constant' } @{ $section->{items} };
}

# ---- The pages --------------------------------------------------------------------------------

sub section_page {
  my ($section) = @_;
  my $page      = page_name($section);
  my @items     = @{ $section->{items} };
  my @functions = grep { $_->{kind} eq 'function' } @items;
  my @types     = grep { $_->{kind} !~ /^(?:function|handle)$/ } @items;
  my $about     = $about{ $section->{title} }
    // die "$0: say in %about what the section $section->{title} is about\n";

  my %seen  = ( $page => 1 );
  my @names = ( $page, grep { !$seen{$_}++ } map { $_->{name} } documented($section) );
  my $text  = head($page) . wrapped( escaped( join( ', ', @names ) ) . ' \- ' . $about );
  $text .= ".SH SYNOPSIS\n" . code('#include <entrasync.h>');
  $text .= join '', map { ".PP\n" . code( laid_out( $_->{code} ) ) } grep { $_->{code} } @items;
  $text .= ".SH DESCRIPTION\n";
  $text .= prose( $_->{text} ) for grep { $_->{kind} eq 'handle' } @items;
  $text .= wrapped( 'What holds for every function is in ' . reference('entrasync') . '.' );
  $text .= ".SH TYPES AND CONSTANTS\n" if @types;
  $text .= described($_) for @types;
  $text .= ".SH FUNCTIONS\n";
  $text .= described($_) for @functions;
  return $text . see_also($page);
}

# The part of a page that is about one declaration.
sub described {
  my ($item) = @_;
  my $text = ".SS $item->{name}" . ( $item->{kind} eq 'function' ? '()' : '' ) . "\n";
  $text .= code( laid_out( $item->{code} ) ) . ".PP\n" if $item->{code};
  $text .= code("#define $item->{name} $item->{value}") . ".PP\n" if $item->{value};
  $text .= prose( $item->{text} );
  for my $member ( @{ $item->{members} // [] } ) {
    $text .= ".TP\n" . bold( $member->{code} ) . "\n" . prose( $member->{text} );
  }
  return $text;
}

# entrasync(3): the header's overview, whose lines that end with a colon before a list are headings.
sub overview_page {
  my ($overview) = @_;
  my ( $title, @blocks ) = split /\n{2,}/, $overview =~ s/\s+\z//r;
  my ( $name, $about ) = $title =~ /^(\w+)\.h - (.*)\.$/ or die "$header_path: no first line\n";

  my $text = head('entrasync') . "$name \\- $about\n";
  $text .= ".SH SYNOPSIS\n" . code('#include <entrasync.h>') . ".PP\n";
  $text .= code('cc FILE.c $(pkg-config --cflags --libs entrasync)') . ".SH DESCRIPTION\n";
  my ( $example, $in_text ) = ( '', 1 );
  for my $block (@blocks) {
    if ( $block =~ /^ {4}/ ) {
      $example .= ( $example && "\n\n" ) . $block =~ s/^ {4}//gmr;
    } elsif ( $block =~ /\A- / ) {
      $text .= ".IP \\(bu 2\n" . prose($_) for map { s/^(?:- |  )//gmr } split /\n(?=- )/, $block;
    } elsif ( $block =~ /\A(.*):\z/s ) {
      $text .= page_list() if $in_text;
      $in_text = 0;
      $text .= '.SH ' . uc( escaped($1) ) . "\n";
    } else {
      $text .= ".PP\n" x ( $text !~ /^\.SH .*\n\z/m ) . prose($block);
    }
  }
  $text .= ".SH EXAMPLES\n.EX\n" . escaped($example) . "\n.EE\n" if $example;
  return $text . see_also('entrasync');
}

# Which page is about what.
sub page_list {
  return ".SH PAGES\n" . join '',
    map { ".TP\n" . reference( page_name($_) ) . "\n" . wrapped( $about{ $_->{title} } ) }
    @sections;
}

# Names are long here: lines are not filled to the margin, and no name is broken at a hyphen.
sub head {
  my ($page) = @_;
  return <<"END";
.\\" Made from include/entrasync.h by docs/man/make.pl.
.TH \U$page\E 3 $date "entrasync $version" "C library"
.ad l
.nh
.SH NAME
END
}

sub see_also {
  my ($page)  = @_;
  my @others  = map { reference($_) } sort grep { $_ ne $page } @pages;
  my $perldoc = bold('perldoc EntraSync::Manual::Configuration');
  return
      ".SH SEE ALSO\n"
    . wrapped( join( ', ', reference( 'entraid', 1 ), @others ) ) . ".PP\n"
    . wrapped("$perldoc describes every key of a configuration.");
}

# ---- roff -------------------------------------------------------------------------------------

sub reference {
  my ( $page, $chapter ) = @_;
  return bold($page) . '(' . ( $chapter // 3 ) . ')';
}

sub bold {
  my ($text) = @_;
  return '\fB' . escaped($text) . '\fP';
}

# Text that shows as it is: a hyphen is a minus, and quotes stay straight.
sub escaped {
  my ($text) = @_;
  my %escape =
    ( '\\' => '\e', '-' => '\-', "'" => '\(aq', '`' => '\(ga', '^' => '\(ha', '~' => '\(ti' );
  return $text =~ s/([\\\-'`^~])/$escape{$1}/gr =~ s/^\./\\&./gmr;
}

# Lines of C or shell, in bold.
sub code {
  my ($text) = @_;
  return ".nf\n" . join( '', map { bold($_) . "\n" } split /\n/, $text ) . ".fi\n";
}

# A prototype, broken at its parameters into lines of 76 characters at most.
sub laid_out {
  my ($declaration) = @_;
  my ( $line, @parts ) = split /(?<=,) /, $declaration;
  my @lines;
  if ( length $line > 76 ) {
    my ( $head, $first ) = $line =~ /^(.*\()(.*)/;
    push @lines, $head;
    $line = "    $first";
  }
  for my $part (@parts) {
    if ( length("$line $part") > 76 ) {
      push @lines, $line;
      $line = "    $part";
    } else {
      $line .= " $part";
    }
  }
  return join "\n", @lines, $line;
}

# The text of a comment: paragraphs, `code`, functions and constants. What comes behind its last
# empty line are the three answers about ownership, threads and errors.
sub prose {
  my ($text)     = @_;
  my @paragraphs = map { s/\s+/ /gr } split /\n{2,}/, $text;
  return join ".PP\n", map { wrapped( marked($_) ) } @paragraphs;
}

sub marked {
  my ($text) = @_;
  my @parts  = split /(`[^`]+`|\bENTRASYNC_[A-Z_]+|\bentrasync_[a-z_]+)/, $text;
  for my $index ( 0 .. $#parts ) {
    $parts[$index] =
      $index % 2
      ? bold( $parts[$index] =~ s/^`|`$//gr )
      : $parts[$index] =~ s/\\/\\e/gr =~ s/(?<![\w-])-(?=\w)/\\-/gr =~
      s/\b(Ownership|Threads|Errors):/\\fI$1:\\fP/gr;
  }
  return join '', @parts;
}

# Lines of 78 characters at most. A sentence begins a line, so that the space behind it is right.
sub wrapped {
  my ($text) = @_;
  my @lines;
  for my $sentence ( split /(?<=[.?!]) (?=[A-Z"\\(])/, $text ) {
    my $line = '';
    for my $word ( split / /, $sentence ) {
      if ( $line ne '' && length("$line $word") > 78 ) {
        push @lines, $line;
        $line = $word;
      } else {
        $line = $line eq '' ? $word : "$line $word";
      }
    }
    push @lines, $line;
  }
  return join '', map { ( /^[.']/ ? '\&' : '' ) . "$_\n" } @lines;
}

# ---- Files ------------------------------------------------------------------------------------

sub date {
  my ( undef, undef, undef, $day, $month, $year ) = gmtime shift;
  return sprintf '%04d-%02d-%02d', $year + 1900, $month + 1, $day;
}

sub make_folder {
  my ($path) = @_;
  require File::Path;
  File::Path::make_path($path);
  return;
}

sub contents {
  my ($path) = @_;
  open my $file, '<', $path or die "$path: $!\n";
  local $/ = undef;
  return scalar <$file>;
}

sub write_file {
  my ( $path, $text ) = @_;
  open my $file, '>', $path or die "$path: $!\n";
  print {$file} $text or die "$path: $!\n";
  close $file         or die "$path: $!\n";
  return;
}
