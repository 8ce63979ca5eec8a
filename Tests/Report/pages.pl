#!/usr/bin/perl
# Makes pages of entraid report from runs that are made up, the same ones each time:
#
#     perl -Mblib=perl Tests/Report/pages.pl FOLDER
#
# The folder gets year.html, instance.html, failing.html, one.html, none.html, wide.html and
# hostile.html, and in `lists` what they are made of.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/../../perl/t/lib";

use App::Entraid::AuditFile         ();
use App::Entraid::Printable         qw(printable);
use App::Entraid::Report::ListFacts ();
use App::Entraid::Report::Page      qw(page);
use App::Entraid::RunHistory        ();
use MadeRuns                        qw(failed_run good_run hourly_runs remember stopped_run);
use Scratch                         qw(write_file);

my $folder = shift // die "Name a folder\n";
my $now    = 1_795_956_000;

# The page shows the name of this machine, which would make a picture of it differ.
{
  no warnings 'redefine';
  *POSIX::uname = sub { return ( 'Linux', 'gateway1.example.com' ) };
}

my %runs = (
  'senders.txt' => [ hourly_runs( $now, 365, \&_eventful ) ],
  'sms.txt'     => [
    hourly_runs(
      $now, 60,
      sub {
        my ( $hour, $began ) = @_;
        return $hour < 1100
          ? undef
          : failed_run( $began, 'authentication',
              'sms.entraidconf: sign-in refused '
            . '(AADSTS7000222): the client secret has ended; make a new one in Entra ID, and put '
            . "its Value into CLIENTSECRET (line 4) [trace id $began]" );
      } )
  ],
  'access.txt' => [ hourly_runs( $now, 40 ) ],
  'new.txt'    => [ good_run( $now - 4000, 0, 118 ) ],
  'none.txt'   => [],
  'wide.txt'   => [
    map {
      my $lines = 9_876_543 + 1000 * ( $_ % 7 );
      good_run( $now - 86_400 * $_, $lines, $lines + 1000, requests => 10_000, seconds => 299.9 )
    } 1 .. 90
  ],
);

# A year with an outage, a secret that ended, and two changes that the guard stopped.
sub _eventful {
  my ( $hour, $began, $lines ) = @_;
  return failed_run( $began, 'network',
    'senders.entraidconf: cannot connect to login.microsoftonline.com: its name has no address' )
    if $hour >= 2000 && $hour < 2050;
  return failed_run( $began, 'authentication',
    'senders.entraidconf: sign-in refused (AADSTS7000222): the client secret has ended; make a new '
      . 'one in Entra ID, and put its Value into CLIENTSECRET (line 4)' )
    if $hour >= 5000 && $hour < 5060;
  return stopped_run( $began, $lines, 0, $lines - 3 ) if $hour >= 7000 && $hour < 7020;
  return stopped_run( $began, $lines, 2, 6,
    message => "senders.txt: the list was left as it is: this would remove 6 of its $lines lines, "
      . 'and MAXREMOVED allows 5' )
    if $hour >= 8757;
  return;
}

# The facts about a list, which is made with as many lines as its last run left, and is as old.
sub facts {
  my ( $name, %other ) = @_;
  my $path   = "$folder/lists/$name";
  my @runs   = @{ $other{runs} // $runs{$name} };
  my ($good) = grep { $_->{status} eq 'ok' } @runs;
  if ($good) {
    my $lines = $good->{lines_after} > 2000 ? 2000 : $good->{lines_after};
    write_file( $path, map { sprintf "user%04d\@example.com\n", $_ } 1 .. $lines );
    utime $good->{began}, $good->{began}, $path or die "$path: $!\n";
  }
  remember( $path, @runs );
  my $list = { path => $path, configurations => [], template => undef, writers => $other{writers} };
  return App::Entraid::Report::ListFacts->new(
    $list,
    now     => $now,
    since   => $now - 365 * 86_400,
    state   => 'none',
    history => App::Entraid::RunHistory->new('none'),
    audit   => $other{audit} && App::Entraid::AuditFile->new( $other{audit} ),
  );
}

# Writes what a stopped run leaves beside a list.
sub propose {
  my ( $name, $objection, @changes ) = @_;
  my $path = "$folder/lists/$name";
  my $head = "# $path\n# 2026-11-29 12:17:00 UTC: $objection\n";
  my $text = join q(), $head, map { "$_\n" } @changes;
  utf8::encode($text);
  write_file( "$path.proposed",      "user\@example.com\n" );
  write_file( "$path.proposed.diff", $text );
  return;
}

# An audit of a run of a list.
sub audit {
  my ( $name, @left_out ) = @_;
  my $text = join q(),
    map { "2026-11-29T12:17:00Z [run1] $folder/lists/$name: $_\n" }
    ( map { "left out $_" } @left_out ),
    'unchanged: 3 people, 2 lines, 0 added, 0 removed, ' . @left_out . ' left out, 0 excluded';
  utf8::encode($text);
  return write_file( "$folder/lists/$name.audit", $text );
}

sub put {
  my ( $name, @facts ) = @_;
  my $page = page( facts => \@facts, now => $now, days => 365 );
  utf8::encode($page);
  write_file( "$folder/$name.html", $page );
  return;
}

my @id = map { sprintf '%08x-9d0c-4f43-8a55-0c9f8c1f2a11', 0x3b5f6a0e + 7919 * $_ } 0 .. 2;
propose(
  'senders.txt',
  'this would remove 6 of its 1510 lines, and MAXREMOVED allows 5',
  ( map { "- user14$_\@example.com" } 10 .. 15 ),
  map { "+ new$_\@example.com" } 1, 2
);
my $senders = facts(
  'senders.txt',
  audit => audit(
    'senders.txt',
    qq($id[0] ("Bo Ek", bo.ek\@example.onmicrosoft.com): has no mail),
    qq($id[1] ("Käthe Öberg", kathe\@example.onmicrosoft.com): has no mail),
    qq($id[2] ("Postroom", postroom\@example.onmicrosoft.com): mail "no address" has no @),
  ) );
my %facts = map { $_ => facts($_) } qw(sms.txt access.txt new.txt none.txt wide.txt);
put( 'year',     $senders );
put( 'instance', @facts{qw(sms.txt none.txt)}, $senders, @facts{qw(access.txt new.txt)} );
put( 'failing',  $facts{'sms.txt'} );
put( 'one',      $facts{'new.txt'} );
put( 'none',     $facts{'none.txt'} );
put( 'wide',     $facts{'wide.txt'} );

# Texts that would run a script if they became markup, and texts that are hard to lay out.
my @hostile = (
  q(<script>document.title='run'</script>),
  q("><img src=x onerror="document.title='run'">),
  q(</style><svg onload="document.title='run'">),
  "turned \x{202e}txet\x{2066} around, \x{5e9}\x{5dc}\x{5d5}\x{5dd}, e" . "\x{301}" x 40,
  'w' x 400,
);
my $all  = join q( ), @hostile;
my $name = 'hostile <b>&amp; ' . 'long-' x 30 . '.txt';
propose( $name, printable($all), map { ( "- $_", "+ $_" ) } map { printable($_) } @hostile );
put(
  'hostile',
  facts(
    $name,
    runs => [
      failed_run( $now - 3600, 'network', $all ),
      stopped_run( $now - 7200, 3, 1, 1, message => $all ),
      good_run(
        $now - 9000, 0, 3,
        groups  => [ map { { id     => $_, excluded => 1, people => 1 } } @hostile ],
        reasons => [ map { { reason => $_, count    => 1 } } @hostile ],
      ),
    ],
    audit   => audit( $name, map { "$id[0] (\"$_\", x): $_" } map { printable($_) } @hostile ),
    writers => [ map { { text => $_ } } @hostile ],
  ) );
