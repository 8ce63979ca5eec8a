# entraid report: the page that it makes about lists.
use strict;
use warnings;
use utf8;

use Digest::SHA qw(sha256_base64);
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid::AuditFile ();
use App::Entraid::Mask      qw(mask_text);
use Entraid                 qw(entraid);
use Instance;
use Page;
use Scratch qw(content folder state_of write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 30));
my $list      = "$folder/list.txt";
my %keys      = ( STATEDIR => 'state', AUDITFILE => 'audit.log' );
my $single = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single', %keys );
my $odd    = $simulator->configuration( "$folder/odd.entraidconf", GROUPID => 'oddities',  %keys );
my @report = ( 'report', '--file', $list, '--state', "$folder/state" );

# Runs the command, checks that it went well, and returns its page.
sub page {
  my ( $what, @arguments ) = @_;
  my $run = entraid(@arguments);
  is $run->complaints,  '', "$what: nothing on the standard error";
  is $run->exit_status, 0,  "$what: exit status 0";
  return Page->parse( $run->output );
}

sub has_text {
  my ( $page, $element, $text, $what ) = @_;
  my @texts = $page->texts($element);
  ok scalar( grep { ref $text ? $_ =~ $text : $_ eq $text } @texts ), $what
    or diag explain \@texts;
  return;
}

sub lacks_text {
  my ( $page, $text, $what ) = @_;
  unlike $page->bytes, $text, $what;
  return;
}

subtest 'before the first run' => sub {
  my $page = page( 'a list that is missing', 'report', '--file', $list, '--state', $folder );
  has_text( $page, 'h1', 'The list needs attention',           'the verdict' );
  has_text( $page, 'h2', 'list.txt',                           'the list' );
  has_text( $page, 'p',  qr/\ACRITICAL /,                      'its state' );
  has_text( $page, 'li', 'there is no such file',              'what is wrong with it' );
  has_text( $page, 'p',  'No run of this time is remembered.', 'there are no runs' );
  is_deeply [ $page->elements('svg') ], [], 'there is no chart';
  ok !-e "$folder/history.sqlite", 'a report makes no history';
};

is entraid( 'write', '--file', $list, $odd )->exit_status, 0, 'a run that writes the list';
is entraid( 'write', '--file', $list, $odd )->exit_status, 0, 'a run that changes nothing';

subtest 'a list with runs' => sub {
  my $lines = () = content($list) =~ /\n/g;
  my $page  = page( 'a list that is well', @report );
  has_text( $page, 'h1',    'The list is well',             'the verdict' );
  has_text( $page, 'title', 'The list is well – entrasync', 'the title' );
  has_text( $page, 'div',   "Lines$lines",                  'the figure of its lines' );
  my ($chart) = grep { ( $_->{values}{role} // '' ) eq 'img' } $page->elements('svg');
  ok $chart, 'there is a chart' or return;
  my %text_of = map { ( $_->{values}{id} // '' ) => $_->{text} } $page->elements;
  is_deeply [ map { defined $text_of{$_} } split / /, $chart->{values}{'aria-labelledby'} ],
    [ 1, 1 ], 'it has a title and a description';
  has_text(
    $page, 'desc',
    qr/from $lines lines to $lines lines, .*; $lines lines came, 0 gone; /,
    'the description has its figures'
  );
  has_text( $page, 'summary', 'The figures of the chart', 'a table has them too' );
  my @runs = grep { /\d:\d\d(?:replaced|unchanged)/ } $page->texts('tr');
  is @runs, 2, 'a row for each run';
  like $runs[0], qr/unchanged${lines}00\d+[\d.]+\z/,     'the latest run is first';
  like $runs[1], qr/replaced$lines${lines}0\d+[\d.]+\z/, 'the run that wrote the list';
  has_text( $page, 'td',   'in the list',                 'the groups' );
  has_text( $page, 'code', $simulator->group('oddities'), 'the id of a group' );
  has_text( $page, 'span', 'has no mail',                 'a reason why somebody is left out' );
  is_deeply [ grep { $_ eq 'Who they are' } $page->texts('summary') ], [],
    'without an audit nobody is named';
};

subtest 'who is left out' => sub {
  my $run     = entraid( 'diff', '--json', '--file', $list, $odd );
  my @skips   = @{ $run->record->{skips} };
  my ($named) = grep { defined $_->{display_name} } @skips;
  my @cases   = (
    [ 'the audit',   @report, '--audit',   "$folder/audit.log" ],
    [ 'the preview', @report, '--preview', $odd ],
  );
  for my $case (@cases) {
    my ( $what, @arguments ) = @{$case};
    my $page = page( $what, @arguments );
    my %ids  = map { $_ => 1 } $page->texts('code');
    is_deeply [ grep { !$ids{ $_->{name} } } @skips ], [], "$what: each person is there";
    has_text( $page, 'bdi', qr/\A"\Q$named->{display_name}\E"/, "$what: with a name" );
    my $masked = page( "$what, masked", @arguments, '--mask' );
    lacks_text( $masked, qr/\Q$_\E/, "$what, masked: no $_" )
      for map {
      grep { defined }
        @{$_}{qw(name display_name sign_in_name)}
      } @skips;
    has_text( $masked, 'header', qr/people are masked/, "$what, masked: it says so" );
  }
};

subtest 'a change that the guard stops' => sub {
  write_file( $list, map { "user$_\@example.com\n" } 10 .. 29 );
  is entraid( 'write', '--file', $list, $single )->exit_status, 1, 'the guard stops a run';
  my $page = page( 'a stopped change', @report );
  has_text( $page, 'h3',    'A change waits for a person',        'it is shown' );
  has_text( $page, 'p',     qr/none of its 20 lines would stay/,  'what the guard said' );
  has_text( $page, 'li',    '- user10@example.com',               'a line that would go' );
  has_text( $page, 'li',    "+ $Simulator::ADDRESS",              'a line that would come' );
  has_text( $page, 'code',  "touch $list.accept",                 'how to accept it' );
  has_text( $page, 'title', qr/\Athe guard stopped a change of /, 'the chart has a mark' );
  has_text( $page, 'td',    '(20)', 'the figures of the change are in brackets' );
  my $masked = page( 'a stopped change, masked', @report, '--mask' );
  has_text( $masked, 'li', '- u***@example.com', 'masked: a line' );
  lacks_text( $masked, qr/user10|\Q$Simulator::ADDRESS\E/, 'masked: nobody is named' );
  write_file("$list.accept");
  my $accepted = page( 'an accepted change', @report );
  has_text( $accepted, 'p', 'It is accepted. The next run makes this change.', 'it says so' );
  unlink "$list.accept";
  chmod 0666, "$list.proposed" or die;
  my $mistaken = page( 'a proposal that anybody can change', @report );
  has_text( $mistaken, 'li', qr/\.proposed is ignored, since it can be changed by other users/,
    'it says so' );
  is_deeply [ grep { /\Atouch / } $mistaken->texts('code') ], [], 'nobody is told to accept it';
  chmod 0600, "$list.proposed" or die;
};

subtest 'what the next run would do' => sub {
  my $before = state_of($list);
  my $page   = page( 'a change that the guard would stop', @report, '--preview', $single );
  has_text( $page, 'p', qr/\AIt would replace the list: 1 person, 1 line\./, 'figures' );
  has_text( $page, 'p', qr/\AThe guard would stop it: none of its 20 lines/, 'the guard' );
  is scalar( grep { $_ eq '- user10@example.com' } $page->texts('li') ), 2,
    'the lines of the proposal, and those of the preview';
  is_deeply state_of($list), $before, 'the list stays as it is';
  my $run = entraid( @report, '--preview', "$folder/none.entraidconf" );
  like $run->complaints, qr/\Aentraid: \Q$folder\E\/none\.entraidconf: [^\n]+\n\z/,
    'a preview that fails: one line';
  is $run->exit_status, 1, 'a preview that fails: exit status 1';
  has_text( Page->parse( $run->output ), 'p', qr/\AIt would fail: /, 'the page says it' );
  write_file( $list, "$Simulator::ADDRESS\n" );
  $page = page( 'no change', @report, '--preview', $single );
  has_text( $page, 'p', qr/\AIt would leave the list as it is: /, 'no change' );
};

subtest 'a failed run' => sub {
  $simulator->configuration( $single, GROUPID => 'single', %keys, CLIENTSECRET => 'wrong' );
  is entraid( 'write', '--file', $list, $single )->exit_status, 2, 'a run fails' for 1 .. 2;
  my $page = page( 'failures', @report, $single );
  has_text( $page, 'p',    qr/\Aauthentication 2 runs, [-0-9: ]+ to [-0-9: ]+/, 'two as one' );
  has_text( $page, 'rect', qr/\A2 runs failed, /, 'the chart shows them' );
  has_text( $page, 'td',   'the same',            'a message is not repeated' );
  has_text( $page, 'code', $single,               'the configuration' );
  lacks_text( $page, qr/\Q$_\E/, 'no secret' ) for $simulator->secret;
};

# Checks that no page is written to a path.
sub refuses {
  my ( $path, $text, @named ) = @_;
  my $before = -f $path && state_of($path);
  my @what   = grep( { $_ eq '--file' } @named ) ? ('report') : @report;
  my $run    = entraid( @what, '--output', $path, @named );
  is $run->complaints,  "entraid: $path $text\n", "$path @named: it is refused";
  is $run->exit_status, 3,                        "$path @named: exit status 3";
  is_deeply state_of($path), $before, "$path @named: it is unchanged" if $before;
  return;
}

subtest '--output' => sub {
  my $path = "$folder/page.html";
  my $run  = entraid( @report, '--output', $path );
  is $run->output . $run->complaints, '', 'it says nothing';
  is $run->exit_status,               0,  'exit status 0';
  my $state = state_of($path);
  is $state->{mode} & 07777, 0600, 'it is for its owner alone';
  ok eval { Page->parse( $state->{content} ) }, 'it has the page' or diag $@;
  chmod 0640, $path or die;
  is entraid( @report, '--output', $path )->exit_status, 0, 'a page is replaced';
  my $after = state_of($path);
  is $after->{mode} & 07777, 0640,            'it keeps its mode';
  isnt $after->{inode},      $state->{inode}, 'it is another file';
  is_deeply [ glob "$folder/.entrasync*" ], [], 'no temporary file stays';

  mkdir "$folder/sub" or die;
  symlink 'nowhere', "$folder/link" or die;
  my $site = write_file( "$folder/index.html",
    "<!DOCTYPE html>\n<html><head><meta name=\"generator\" content=\"other 1\"><p>entrasync " );
  my $empty = write_file("$folder/empty.html");
  for my $path ( $site, $empty, "$folder/sub", "$folder/link", '/dev/null' ) {
    refuses( $path,
      'was not made by entraid report, and is not replaced; name another file, or remove it' );
  }
  my $real_time = write_file("$folder/real-time.txt");
  my $missing   = "$folder/missing";
  link $path, "$folder/same.html" or die;
  for my $case (
    [$list],
    [ $single,                        $single ],
    [ "$folder/./single.entraidconf", $single ],
    [ $real_time, '--file', $real_time ],
    [ $missing,   '--file', $missing ],
    [ $path,      '--file', $path ],
    [ $path,      '--file', "$folder/same.html" ],
    )
  {
    my ( $path, @named ) = @{$case};
    refuses( $path, 'is a list or one of its configurations; name another file', @named );
  }
  ok !-e $missing,   'a list that is missing is not made';
  ok -c '/dev/null', '/dev/null is a device';
  $run = entraid( @report, '--output', "$folder/none/page.html" );
  is $run->complaints,
    "entraid: $folder/none/page.html cannot be written " . "(No such file or directory)\n",
    'a folder that is missing: one line';
  is $run->exit_status, 2, 'a folder that is missing: exit status 2';
};

subtest 'what cannot be read' => sub {
  my $state = "$folder/broken";
  mkdir $state, 0700 or die "$state: $!";
  write_file( "$state/history.sqlite", 'no database ' x 100 );
  chmod 0600, "$state/history.sqlite";
  my $run = entraid( 'report', '--file', $list, '--state', $state );
  like $run->complaints, qr/\Aentraid: no history [^\n]* history\.sqlite is damaged\n\z/,
    'a history: one line';
  is $run->exit_status, 1, 'a history: exit status 1';
  has_text( Page->parse( $run->output ), 'li', qr/history\.sqlite is damaged/, 'the page says it' );
  $run = entraid( @report, '--audit', "$folder/no.log" );
  like $run->complaints, qr/\Aentraid: \Q$folder\E\/no\.log cannot be read: /, 'an audit: one line';
  is $run->output, '', 'an audit: no page';
};

subtest 'an instance' => sub {
  my $instance = Instance->new($simulator);
  my $sms      = $instance->configure( 'sms', QUERYFILTER => 'mail,mobilePhone' );
  $instance->configure('senders');
  write_file( $instance->path('envelope.cfg'),
    'ALLOWEDLDAPSENDERFILE = ' . $instance->path('senders.txt') . "\n" );
  write_file( $instance->path('compose.cfg'),
    'LDAPGSMLISTFILE = ' . $instance->path('sms.txt') . "\n" );
  write_file( $instance->path('sms.txt'), "old\@example.com 040123123\n" );
  my @instance = ( 'report', '--instance', $instance->root, '--cron', $folder );
  my $page     = page( 'an instance', @instance );
  has_text( $page, 'h1', '1 of 2 lists needs attention', 'the verdict' );
  is_deeply [ map { $_->{values}{href} } $page->elements('a') ], [ '#list-1', '#list-2' ],
    'an overview leads to each list';
  is_deeply [ map { $_->{values}{id} } $page->elements('article') ], [qw(list-1 list-2)],
    'there is a part about each';
  like(
    ( $page->texts('article') )[0],
    qr/\Asenders\.txt.*there is no such file/,
    'the worst is first'
  );
  has_text( $page, 'li', qr/\Awritten by no script|\A\Q$sms\E\z/, 'how it is kept' );
  $page = page( 'a preview of an instance', @instance, '--preview' );
  is scalar( grep { $_ eq 'What the next run would do' } $page->texts('h3') ), 2,
    'a preview of each list';
};

subtest 'lists that are not known' => sub {
  mkdir "$folder/nothing" or die;
  my $page = page( 'no instance', 'report', '--instance', "$folder/nothing", '--cron', $folder );
  has_text( $page, 'li', qr/\Ait has no folder config; /, 'no instance: it says so' );
  write_file( "$folder/set/config/envelope.cfg", "ALLOWEDLDAPSENDERFILE = $folder/set/list\n" );
  $page = page( 'no configuration',
    'report', '--instance', "$folder/set", '--cron', $folder, '--preview' );
  has_text( $page, 'p', qr/\ACRITICAL /, 'no configuration: it says so' );
};

subtest 'a long change' => sub {
  my $long = write_file( "$folder/long.txt", "x\n" );
  write_file( "$long.proposed",      "x\n" );
  write_file( "$long.proposed.diff", map { ( "- go$_\n", "+ come$_\n" ) } 1 .. 250 );
  my $page = page( 'a long change', 'report', '--file', $long, '--state', $folder );
  has_text( $page, 'summary', '250 lines would go, 250 would come', 'its lines are counted' );
  has_text( $page, 'li', $_, "it has: $_" ) for '- go100', '+ come100', 'and 300 more lines';
  my @opened = map { $_->{values}{open} } $page->elements('details');
  is_deeply \@opened, [undef], 'it is closed';
};

subtest 'wrong command lines' => sub {
  for my $case (
    [ ['report'], qr/--file, the list, or --instance, the folder of an instance, is missing/ ],
    [ [ @report, '--days', '1.5' ], qr/--days takes a whole number, such as 30, and not 1\.5/ ],
    [ [ @report, '--preview' ],     qr/--preview needs the configurations/ ],
    [ [ @report, '--init', 'x' ],   qr/--init is for --instance/ ],
    [
      [ 'report', '--file', $list, '--state', "$folder/no" ],
      qr/--state takes the folder in which runs are remembered, and \Q$folder\E\/no is none/
    ],
    [ [ 'report', '--file', $list, '--state=' ], qr/--state takes a path, and not an empty name/ ],
    [ [ @report, '--audit=' ],                   qr/--audit takes a path, and not an empty name/ ],
    [ [ 'report', '--instance=' ], qr/--instance takes a path, and not an empty name/ ],
    [ [ 'report', '--instance', 'x', '--file', 'y' ], qr/--instance names lists, templates and c/ ],
    )
  {
    my ( $arguments, $text ) = @{$case};
    my $run = entraid( @{$arguments} );
    like $run->complaints, qr/\Aentraid: report: $text.*; see entraid help report\n\z/, $text;
    is $run->exit_status, 3,  "$text: exit status 3";
    is $run->output,      '', "$text: no page";
  }
};

subtest 'nothing is loaded or run' => sub {
  my $page = page( 'the page', @report );
  my ($style) = $page->texts('style');
  my %said =
    map { ( $_->{values}{'http-equiv'} // '' ) => $_->{values}{content} } $page->elements('meta');
  my $hash = sha256_base64($style);
  is $said{'Content-Security-Policy'},
    "default-src 'none'; style-src 'sha256-$hash='; base-uri 'none'; form-action 'none'",
    'the policy allows its style alone';
  unlike $style, qr/url\(|\@import|expression/i, 'the style loads nothing';
  my %names = map { $_->{name} => 1 } $page->elements;
  is_deeply [ grep { $names{$_} }
      qw(script iframe object embed img link form base input foreignobject) ],
    [], 'no element loads, runs or sends anything';
  is_deeply [
    grep { /\A(?:on.*|style|src|srcset|action|data)\z/i }
    map  { keys %{ $_->{values} } } $page->elements
    ],
    [], 'and no attribute does';
  is_deeply [ grep { !/\A#/ } map { $_->{values}{href} // () } $page->elements ], [],
    'links stay in the page';
};

subtest 'who is left out, from an audit' => sub {
  my $id   = '3b5f6a0e-9d0c-4f43-8a55-0c9f8c1f2a1';
  my $end  = '3 people, 2 lines, 0 added, 0 removed';
  my @runs = (
    [
      a => "left out ${id}1 (\"Bo (of \"x\") Ek\", bo\@example.com): has no mail",
      "left out ${id}2 (anna\@example.com): mail \"x): y\" has no @",
      "left out ${id}3: is odd", "unchanged: $end, 3 left out, 0 excluded"
    ],
    [ b => 'failed (network): no way' ],
    [ c => "unchanged: $end, 3 left out, 0 excluded" ],
    [ d => "left out ${id}4: is new", 'guard: too many: stopped', 'failed (guard): too many' ],
    [ e => "unchanged: $end, 0 left out, 0 excluded" ],
  );
  my $found = sub {
    my (@names) = @_;
    my %wanted = map { $_ => 1 } @names;
    my @lines;
    for my $run ( grep { $wanted{ $_->[0] } } @runs ) {
      my ( $id, @said ) = @{$run};
      my $head = "2026-11-29T14:17:00Z [$id]";
      push @lines, "$head /list.txt: $_\n", "$head /other.txt: left out other: is odd\n" for @said;
    }
    my $path = write_file( "$folder/some.log", @lines );
    return [ App::Entraid::AuditFile->new($path)->left_out('/list.txt') ];
  };
  my @people = @{ $found->('a') };
  is_deeply [ map { $_->{name} } @people ], [ map { "$id$_" } 1 .. 3 ], 'in their order';
  is_deeply [ map { $_->{display_name} } @people ], [ 'Bo (of "x") Ek', undef, undef ], 'names';
  is_deeply [ map { $_->{sign_in_name} } @people ], [ qw(bo@example.com anna@example.com), undef ],
    'sign-in names';
  is_deeply [ map { $_->{reason} } @people ], [ 'has no mail', 'mail "x): y" has no @', 'is odd' ],
    'reasons';
  is_deeply $found->(qw(a b c)), \@people, 'a run that names nobody means an earlier one';
  is_deeply [ map { $_->{name} } @{ $found->(qw(a b c d)) } ], ["${id}4"], 'a stopped run';
  is_deeply $found->(qw(a b c d e)),                           [],         'nobody any more';
  is_deeply $found->('b'),                                     [],         'nobody yet';
};

subtest 'masks of messages' => sub {
  for my $case (
    [ 'anna@example.com is there twice',         'a***@example.com is there twice' ],
    [ '<anna@example.com>, bo@example.com;',     '<a***@example.com>, b***@example.com;' ],
    [ 'group "Mail "x" senders" has none',       'group "…" has none' ],
    [ 'of 3b5f6a0e-9d0c-4f43-8a55-0c9f8c1f2a11', 'of 3b5f…' ],
    [ 'number +358401231231 and 0401231231',     'number ***********31 and ********31' ],
    [ 'AADSTS7000222 in line 4 of 1200 lines, 2026-11-29',         undef ],
    [ '/server/example/list.txt: 900 of its 1,200 lines would go', undef ],
    )
  {
    my ( $text, $masked ) = @{$case};
    is mask_text($text), $masked // $text, $text;
  }
};

done_testing;
