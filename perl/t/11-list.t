# EntraSync::List and EntraSync::Report against the simulator.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use Scratch qw(content folder state_of write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 2500));
my %client    = map {
  $_ => EntraSync::Client->open(
    $simulator->configuration(
      "$folder/$_.entraidconf",
      GROUPID     => $_,
      QUERYFILTER => 'mail,mobilePhone'
    ) )
} qw(single main oddities empty);

sub status_of(&) {    ## no critic (ProhibitSubroutinePrototypes)
  my ($code) = @_;
  my $error = EntraSync::Error->catch($code) or return 'nothing was thrown';
  return $error->status_name . ': ' . $error->message;
}

subtest 'fetch' => sub {
  my $list   = EntraSync::List->new( clients => [ $client{single} ] );
  my $report = $list->fetch;
  is_deeply [ $list->lines ], ["$Simulator::ADDRESS $Simulator::PHONE"],
    'a line without a template has all attributes';
  is scalar( $list->lines ), 1, 'lines: in scalar context they are counted';
  isa_ok $report, 'EntraSync::Report';
  is $report->fetched, 1, 'fetch: one person was fetched';
  is $report->written, 1, 'fetch: one line would be written';
  ok !$report->changed, 'fetch: no file was changed';
  is $report->requests, 3, 'fetch: a sign-in, the group and a page are three requests';
  is $report->readings, 1, 'fetch: the groups are read once';
  is $report->disputed, 0, 'fetch: no address is disputed';
  is_deeply [ $report->warnings ], [], 'fetch: no warnings';
  cmp_ok $report->bytes,   '>', 100, 'fetch: the report counts bytes';
  cmp_ok $report->seconds, '>', 0,   'fetch: the report counts seconds';
};

subtest 'templates' => sub {
  my %line = (
    '{mail}'              => $Simulator::ADDRESS,
    '{address} {phone}'   => "$Simulator::ADDRESS $Simulator::PHONE",
    '* {mail} <reg> - 0'  => "* $Simulator::ADDRESS <reg> - 0",
    '{mail} * <sms> - 0'  => "$Simulator::ADDRESS * <sms> - 0",
    "{{{mail}}} \x{E4} ☺" => "{$Simulator::ADDRESS} ä ☺",
  );
  for my $template ( sort keys %line ) {
    my $list = EntraSync::List->new( template => $template, clients => [ $client{single} ] );
    $list->fetch;
    is_deeply [ $list->lines ], [ $line{$template} ],
      "template: the line is $line{$template}" =~ s/[^\x00-\x7F]/./gr;
  }
};

subtest 'write, clear and the report' => sub {
  my $file = "$folder/list.txt";
  my $list = EntraSync::List->new( file => $file, template => '{mail}' );
  is $list->add( $client{single} ), $list, 'add returns the list';
  my $report = $list->write;
  is content($file), "$Simulator::ADDRESS\n", 'write: the file has the person\'s line';
  ok $report->changed, 'write: the file was replaced';
  is_deeply [ map { $report->$_ } qw(written added removed skipped others excluded nested_groups) ],
    [ 1, 1, 0, 0, 0, 0, 0 ], 'write: the figures of the report';

  my $before = state_of($file);
  ok !$list->write->changed, 'write: the same people again change nothing';
  is_deeply state_of($file), $before, 'write: the file is not touched when nothing changes';

  ok $list->clear->changed, 'clear changes the list';
  is content($file),         '', 'clear: the file is empty';
  is scalar( $list->lines ), 0,  'clear: the list has no lines';
};

subtest 'several clients' => sub {
  my $list =
    EntraSync::List->new( template => '{mail}', clients => [ @client{qw(main single main)} ] );
  my $report = $list->fetch;
  my @lines  = $list->lines;
  my %seen;
  is scalar( grep { $seen{$_}++ } @lines ), 0, 'several clients: no line comes twice';
  is $report->fetched, 2 * 2500 + 1, 'several clients: people who come twice are counted twice';
  is_deeply \@lines, [ sort @lines ], 'several clients: the lines are sorted';
  is scalar( grep { $_ eq $Simulator::ADDRESS } @lines ), 1,
    'several clients: the person of the second client is in the list';
  cmp_ok $report->others, '>', 0, 'several clients: members that are not people are counted';
};

subtest 'skips' => sub {
  my $list   = EntraSync::List->new( clients => [ $client{oddities} ] );
  my $report = $list->fetch;
  cmp_ok $report->skipped, '>', 20, 'skips: hostile values are left out';
  is scalar( $report->skips ), $report->skipped, 'skips: each value that is left out is listed';
  is
    scalar( grep { $_->{name} !~ /^[0-9a-f-]{36}$/ || $_->{reason} !~ /^[^\n\r\0]+$/ }
      $report->skips ),
    0, 'skips: each has an object id and a reason in one line';
  is scalar( grep { !/^[^\s<>*]+ \+?\d+$/ } $list->lines ), 0,
    'skips: no hostile value is in a line';
};

subtest 'the guard' => sub {
  my $file = write_file( "$folder/guarded.txt", map { "user$_\@example.com\n" } 10 .. 29 );
  my $list =
    EntraSync::List->new( file => $file, template => '{mail}', clients => [ $client{single} ] );
  my $before = state_of($file);
  like status_of { $list->write }, qr/^guard: \Q$file\E: /, 'the guard refuses a large change';
  is_deeply state_of($file), $before, 'the guard leaves the list unchanged';
  $list->accept_change->accept_change(0);
  like status_of { $list->write }, qr/^guard: /,
    'the guard refuses a change whose acceptance was taken back';
  is $list->accept_change->write->removed, 20, 'the guard lets an accepted change pass';
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  like status_of { $list->write }, qr/^guard: /, 'the guard accepts a change for one run only';
};

subtest 'preview' => sub {
  my @old = (
    "p\xC3\xA4ivi\@example.com", "p\xE4ivi\@example.com",
    "\xC3",                      "\xED\xA0\x80",
    "nul\0\x1B[31m"
  );
  my $file = write_file( "$folder/preview.txt", map { "$_\n" } @old, $Simulator::ADDRESS );
  my $list =
    EntraSync::List->new( file => $file, template => '{mail}', clients => [ $client{single} ] );
  my $before  = state_of($file);
  my $report  = $list->preview;
  my @removed = $report->removed_lines;
  is_deeply [ sort @removed ],
    [ sort 'päivi@example.com', 'p\xE4ivi@example.com', '\xC3', '\xED\xA0\x80', "nul\0\x1B[31m" ],
    'preview: removed lines are text, whatever the file holds';
  is scalar( grep { !utf8::valid($_) } @removed ), 0, 'preview: removed lines are valid strings';
  is_deeply [ $report->added_lines ], [], 'preview: a line that stays is not an added line';
  ok $report->changed, 'preview: the report says that the list would change';
  is_deeply state_of($file), $before, 'preview: the file is unchanged';
};

subtest 'errors' => sub {
  my $list = EntraSync::List->new( template => '{mail}' );
  like status_of { $list->fetch }, qr/^invalid_argument: .*client/,
    'fetch: a list without clients is refused';
  $list->add( $client{single} );
  like status_of { $list->write }, qr/^invalid_argument: .*file/,
    'write: a list without a file is refused';
  like status_of { $list->clear }, qr/^invalid_argument: .*file/,
    'clear: a list without a file is refused';
  for my $template ( '{', '{}', 'no attribute', "{mail}\n", "{mail}\0" ) {
    like status_of { EntraSync::List->new( template => $template ) }, qr/^invalid_argument: /,
      'new: a malformed template is refused: ' . $template =~ s/[^ -~]/?/gr;
  }
  like status_of { EntraSync::List->new( file => '' ) }, qr/^invalid_argument: /,
    'new: an empty path is refused';
  like status_of { EntraSync::List->new( file => "\x{263A}" ) },
    qr/^invalid_argument: the file is a path with wide/,
    'new: a path with wide characters is refused';
  like status_of { EntraSync::List->new( template => '{id}' )->add( $client{single} ) },
    qr/^invalid_argument: .*\{id\}/, 'add: a template attribute that QUERYFILTER lacks is refused';
  like status_of {
    EntraSync::List->new( file => "$folder/no/such/list.txt", clients => [ $client{single} ] )
      ->write;
  }, qr{^file: \Q$folder\E/no/such/list\.txt: }, 'write: a folder that does not exist is an error';
  is scalar( eval { EntraSync::List->new( file => "$folder/x", name => 'y' ) } ), undef,
    'new: an unknown argument is refused';
  like $@, qr/^there is no argument 'name'; there are file template clients at \Q$0\E line/,
    'new: the message names the unknown argument';
};

subtest 'the error of a failure' => sub {
  my %figures = (
    wrong_secret => [
      { CLIENTSECRET => 'wrong' }, 'authentication',
      401,                         7000215,
      'invalid_client',            qr/CLIENTSECRET/
    ],
    unknown_group => [
      { GROUPID => 'unknown' }, 'not_found', 404, undef, 'Request_ResourceNotFound', qr/GROUPID/
    ],
  );
  for my $what ( sort keys %figures ) {
    my ( $other, $status, $http, $aadsts, $code, $key ) = @{ $figures{$what} };
    my $conf  = $simulator->configuration( "$folder/$what.entraidconf", %{$other} );
    my $list  = EntraSync::List->new( clients => [ EntraSync::Client->open($conf) ] );
    my $error = EntraSync::Error->catch( sub { $list->fetch } );
    is $error->status_name, $status, "$what: status_name";
    cmp_ok $error->status, '>', 1, "$what: status";
    is $error->http_status, $http,   "$what: http_status";
    is $error->aadsts_code, $aadsts, "$what: aadsts_code";
    is $error->server_code, $code,   "$what: server_code";
    is $error->retry_after, undef,   "$what: retry_after";
    like $error->request_id, qr/^[0-9a-f-]{36}$/, "$what: request_id";
    like $error->message,    qr/^\Q$conf\E: /, "$what: the message begins with the configuration";
    like $error->message,    $key,             "$what: the message names the key to mend";
    is "$error",               $error->message, "$what: the error as text is its message";
    is scalar( $list->lines ), 0,               "$what: the list has no lines";
  }
};

done_testing;
