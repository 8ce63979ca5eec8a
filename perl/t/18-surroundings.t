# What the modules leave alone in the program that calls them, and what they bear with.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Errno qw(EXDEV);
use POSIX qw(setlocale LC_ALL);
use Test::More;

use SecAtGW::EntraID ();
use SecAtGW::LDAPCrons;
use Instance;
use Scratch qw(folder write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 30));
my $good      = $simulator->configuration( "$folder/good.entraidconf", GROUPID => 'single' );
my $bad       = "$folder/missing.entraidconf";
my $file      = "$folder/list.txt";

# Every function, once well and once not.
my %calls;
for my $conf ( [ well => $good ], [ badly => $bad ] ) {
  my ( $how, $path ) = @{$conf};
  $calls{"entraid_search, $how"} = sub { scalar SecAtGW::EntraID::entraid_search($path) };
  $calls{"entraid_search of an address, $how"} =
    sub { scalar SecAtGW::EntraID::entraid_search( $path, $Simulator::ADDRESS ) };
  $calls{"entraid_lookup, $how"} =
    sub { SecAtGW::EntraID::entraid_lookup( $path, $Simulator::ADDRESS ) };
  $calls{"entraid_test, $how"} = sub { SecAtGW::EntraID::entraid_test($path) };
  $calls{"write_list, $how"} =
    sub { SecAtGW::EntraID::write_list( conf => $path, file => $file ) };
}
$calls{'run_scripts'} = sub {
  SecAtGW::LDAPCrons->new(
    docroot      => $folder,
    envelopeconf => { ALLOWEDLDAPSENDERFILE => $file, LDAPSENDERMODE => 'realtime' } )->run_scripts;
};

for my $name ( sort keys %calls ) {
  subtest $name => sub {
    my @warnings;
    local $SIG{__WARN__} = sub { push @warnings, @_ };
    local $SIG{__DIE__}  = sub { fail "died where all could see it: @_" };
    local $_             = 'topic';
    local $/             = 'separator';
    local $,             = 'comma';
    local $\             = 'end';
    my %environment = %ENV;
    my $locale      = setlocale(LC_ALL);
    my $umask       = umask;
    $@ = "before\n";
    $? = 7 << 8;
    $! = EXDEV;
    $calls{$name}->();
    my %after = ( '$@' => $@, '$?' => $?, '$!' => $! + 0 );
    is $after{'$@'}, "before\n", '$@';
    is $after{'$?'}, 7 << 8,     '$?';
    is $after{'$!'}, EXDEV,      '$!';
    is $_,           'topic',    '$_';
    is_deeply \%ENV, \%environment, 'the environment';
    is setlocale(LC_ALL), $locale, 'the locale';
    is umask,             $umask,  'the umask';
    is scalar @warnings, ( $name =~ /badly/ ? 1 : 0 ), 'a warning where there is a failure';
  };
}

subtest 'another locale' => sub {
  my ($locale) = grep { setlocale( LC_ALL, $_ ) } qw(fi_FI.UTF-8 de_DE.UTF-8 C.UTF-8);
  plan skip_all => 'there is no other locale here' unless $locale;
  is_deeply [ SecAtGW::EntraID::entraid_search($good) ], [$Simulator::ADDRESS],
    "the same lines in $locale";
  is setlocale(LC_ALL), setlocale( LC_ALL, $locale ), 'which stays';
  setlocale( LC_ALL, 'C' );
};

# A scalar that counts how often it is read.
{

  package Counting;
  sub TIESCALAR { my ( $class, $value ) = @_; return bless { value => $value, reads => 0 }, $class }
  sub FETCH { my ($self) = @_; $self->{reads}++; return $self->{value} }
}

# An object that is a path or an address in string context.
{

  package Speaking;
  use overload '""' => sub { ${ $_[0] } }, fallback => 1;
}

subtest 'tied, magical and overloaded arguments' => sub {
  my $counter = tie my $conf, 'Counting', $good;
  is_deeply [ SecAtGW::EntraID::entraid_search($conf) ], [$Simulator::ADDRESS], 'a tied path';
  is $counter->{reads}, 1, 'is read once';
  my $reader = tie my $address, 'Counting', $Simulator::ADDRESS;
  ok ref SecAtGW::EntraID::entraid_lookup( $good, $address ), 'a tied address';
  is $reader->{reads}, 1, 'is read once';

  "$good\n$Simulator::ADDRESS" =~ /\A(.+)\n(.+)\z/ or die;
  ok ref SecAtGW::EntraID::entraid_lookup( $1, $2 ), 'what a match has found';
  local $ENV{CONF} = $good;
  ok ref SecAtGW::EntraID::entraid_lookup( $ENV{CONF}, $Simulator::ADDRESS ), 'the environment';

  my $path = $good;
  my $mail = $Simulator::ADDRESS;
  ok
    ref SecAtGW::EntraID::entraid_lookup( bless( \$path, 'Speaking' ),
    bless( \$mail, 'Speaking' ) ), 'objects with a text';
};

subtest 'a die in __WARN__' => sub {
  local $SIG{__WARN__} = sub { die "warned: @_" };
  is eval { SecAtGW::EntraID::entraid_search($bad); 1 }, undef, 'goes on upwards';
  like $@, qr/\Awarned: \Q$bad\E: /, 'as it was thrown';
  is SecAtGW::EntraID::last_error()->status_name, 'file', 'and the error is kept';
};

subtest 'taint mode' => sub {
  my $script = write_file( "$folder/tainted.pl", <<'PERL');
    use strict; use warnings FATAL => 'all';
    use SecAtGW::EntraID; use SecAtGW::LDAPCrons;
    my ( $conf, $address, $file ) = @ARGV;
    eval { open my $probe, '>', $file }; print $@ ? "tainted\n" : "not tainted\n";
    print join( ' ', SecAtGW::EntraID::entraid_search($conf) ), "\n";
    print ref SecAtGW::EntraID::entraid_lookup( $conf, $address ), "\n";
    my ($clean) = $file =~ /(.*)/;
    print SecAtGW::EntraID::write_list( conf => $conf, file => $clean )->written, "\n";
    print SecAtGW::LDAPCrons->new( docroot => '/nowhere', envelopeconf =>
      { ALLOWEDLDAPSENDERFILE => $clean, LDAPSENDERMODE => 'realtime' } )->run_scripts, "\n";
PERL
  open my $output, '-|', $^X, '-T', ( map { "-I$_" } @INC ), $script, $good, $Simulator::ADDRESS,
    "$folder/tainted.txt"
    or die;
  is join( '', <$output> ), "tainted\n$Simulator::ADDRESS\nHASH\n1\n1\n", 'all functions work';
  ok close $output, 'and end well';
};

done_testing;
