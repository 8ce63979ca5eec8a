# Runs the synopsis of each module.
use strict;
use warnings;

use Cwd        qw(getcwd);
use File::Glob qw(bsd_glob);
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use Scratch qw(folder perl_folder write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 20));
my $folder    = folder();

# The configurations that the synopses name, and the instance's folder.
my $server = "$folder/server";
$simulator->configuration( "$folder/$_.entraidconf", QUERYFILTER => 'mail,mobilePhone' )
  for qw(senders staff guests);
$simulator->configuration("$server/example/config/entraid/usersync.entraidconf");
$simulator->configuration( "$server/example/config/entraid/sms.entraidconf",
  QUERYFILTER => 'mail,mobilePhone' );

# A person in these groups, whom the synopses call anna@example.com.
my $list =
  EntraSync::List->new( clients => [ EntraSync::Client->open("$folder/staff.entraidconf") ] );
$list->fetch;
my ( $anna, $phone ) = split / /, ( $list->lines )[0];

# The code of a module's synopsis.
sub synopsis_of {
  my ($module)   = @_;
  my $pod        = Scratch::content( perl_folder() . "/lib/$module.pm" );
  my ($synopsis) = $pod =~ /^=head1 SYNOPSIS\n(.*?)^=head1 /ms or return;
  return join '', $synopsis =~ /^(?:  .*\n|\n)/mg;
}

# What each synopsis prints, and which files it writes.
my %expected = (
  'EntraSync/Answer' => [qr/\A\Q$phone\E\n\z/],
  'EntraSync/Check'  => [qr/^passed: the sign-in was accepted\n.*^passed: group /ms],
  'EntraSync/Lookup' => [qr/\A\Q$anna $phone\E\n\z/],
  'EntraSync'        => [ qr/^\d+ lines, \d+ new, 0 gone$/m, 'allowed_senders.txt' ],
  'EntraSync/Client' => [qr/\Amail mobilePhone\n.*^\d+ people, .*^info: /ms],
  'App/Entraid'      =>
    [qr/^\+ [^\s@]+@[^\s@]+ \+?\d+\n.*\nsenders\.txt would change: .*\nexit status 0\n\z/ms],
  'EntraSync/List'    => [ qr/^[^\s@]+@[^\s@]+ \+?\d+$/m, 'gsm_list.txt' ],
  'EntraSync/History' => [qr/\A(?:\d+ lines, ok|no run is remembered)\n\z/],
  'EntraSync/Report'  => [ qr/\A20 people read in [\d.]+ s\nthe list was replaced\n/, 'staff.txt' ],
  'EntraSync/Error'   => [qr/^file: no-such-file\.entraidconf: .*$/m],
  'SecAtGW/EntraID'   =>
    [ qr/\A(?:[^\s@]+@[^\s@]+\n){3,}\d+ lines\n\z/, 'server/example/config/gsm_auth_auto.txt' ],
  'SecAtGW/LDAPCrons' => [
    qr/\A\z/, 'server/example/config/allowed_senders_ldap.txt',
    'server/example/config/gsm_list.txt'
  ],
);

my $home = getcwd();
for my $module ( sort keys %expected ) {
  my ( $said, @files ) = @{ $expected{$module} };
  my $code = synopsis_of($module);
  ok $code, "$module has a synopsis" or next;

  # Replaces the paths and the person of a gateway by those of the test.
  $code =~ s{'/server/}{'$server/}g;
  $code =~ s{anna\@example\.com}{$anna}g;
  my $script =
    write_file( "$folder/synopsis.pl", "use strict;\nuse warnings FATAL => 'all';\n$code" );
  chdir $folder or die;
  open my $output, '-|', $^X, ( map { "-I$_" } @INC ), $script or die;
  my $printed = join '', <$output>;
  ok close $output, "$module: the synopsis runs";
  chdir $home or die;
  like $printed, $said, "$module: the synopsis prints the expected text";
  ok -s "$folder/$_", "$module: $_ was written" for @files;
}

my @with_methods = map { s{.*/lib/}{}r =~ s/\.pm$//r }
  grep { !/Arguments|Templates/ } map { bsd_glob( perl_folder() . $_ ) } '/lib/*.pm', '/lib/*/*.pm';
is_deeply [ sort keys %expected ], [ sort @with_methods ],
  'every module with a manual has its synopsis run';

done_testing;
