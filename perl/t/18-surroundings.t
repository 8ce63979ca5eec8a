# What the modules leave unchanged in the calling program, and what they accept from it.
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

# Every function, once with success and once with a failure.
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
    local $SIG{__DIE__}  = sub { fail "the caller's \$SIG{__DIE__} was called: @_" };
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
    is $after{'$@'}, "before\n", '$@ of the caller is unchanged';
    is $after{'$?'}, 7 << 8,     '$? of the caller is unchanged';
    is $after{'$!'}, EXDEV,      '$! of the caller is unchanged';
    is $_,           'topic',    '$_ of the caller is unchanged';
    is_deeply \%ENV, \%environment, 'the environment is unchanged';
    is setlocale(LC_ALL), $locale, 'the locale is unchanged';
    is umask,             $umask,  'the umask is unchanged';
    is scalar @warnings, ( $name =~ /badly/ ? 1 : 0 ),
      'one warning for a failure, none for a success';
  };
}

subtest 'another locale' => sub {
  my ($locale) = grep { setlocale( LC_ALL, $_ ) } qw(fi_FI.UTF-8 de_DE.UTF-8 C.UTF-8);
  plan skip_all => 'there is no other locale here' unless $locale;
  is_deeply [ SecAtGW::EntraID::entraid_search($good) ], [$Simulator::ADDRESS],
    "entraid_search gives the same lines in the locale $locale";
  is setlocale(LC_ALL), setlocale( LC_ALL, $locale ),
    "entraid_search leaves the locale $locale set";
  setlocale( LC_ALL, 'C' );
};

# A scalar that counts how often it is read.
{

  package Counting;
  sub TIESCALAR { my ( $class, $value ) = @_; return bless { value => $value, reads => 0 }, $class }
  sub FETCH { my ($self) = @_; $self->{reads}++; return $self->{value} }
}

# An object that gives a path or an address in string context.
{

  package Speaking;
  use overload '""' => sub { ${ $_[0] } }, fallback => 1;
}

subtest 'tied, magical and overloaded arguments' => sub {
  my $counter = tie my $conf, 'Counting', $good;
  is_deeply [ SecAtGW::EntraID::entraid_search($conf) ], [$Simulator::ADDRESS],
    'entraid_search accepts a tied path';
  is $counter->{reads}, 1, 'entraid_search reads a tied path once';
  my $reader = tie my $address, 'Counting', $Simulator::ADDRESS;
  ok ref SecAtGW::EntraID::entraid_lookup( $good, $address ),
    'entraid_lookup accepts a tied address';
  is $reader->{reads}, 1, 'entraid_lookup reads a tied address once';

  "$good\n$Simulator::ADDRESS" =~ /\A(.+)\n(.+)\z/ or die;
  ok ref SecAtGW::EntraID::entraid_lookup( $1, $2 ), 'entraid_lookup accepts $1 and $2';
  local $ENV{CONF} = $good;
  ok ref SecAtGW::EntraID::entraid_lookup( $ENV{CONF}, $Simulator::ADDRESS ),
    'entraid_lookup accepts a path from the environment';

  my $path = $good;
  my $mail = $Simulator::ADDRESS;
  ok
    ref SecAtGW::EntraID::entraid_lookup( bless( \$path, 'Speaking' ),
    bless( \$mail, 'Speaking' ) ), 'entraid_lookup accepts objects with overloaded text';
};

subtest 'a die in __WARN__' => sub {
  local $SIG{__WARN__} = sub { die "warned: @_" };
  is eval { SecAtGW::EntraID::entraid_search($bad); 1 }, undef,
    'a die in __WARN__ comes out of entraid_search';
  like $@, qr/\Awarned: \Q$bad\E: /, 'entraid_search passes on what __WARN__ threw';
  is SecAtGW::EntraID::last_error()->status_name, 'file',
    'last_error gives the error after a die in __WARN__';
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
  is join( '', <$output> ), "tainted\n$Simulator::ADDRESS\nHASH\n1\n1\n",
    'taint mode: all functions work';
  ok close $output, 'taint mode: the script ends with status 0';
};

subtest 'taint mode refuses to write to a tainted path' => sub {
  my $refused = 'the file is tainted, and under -T no such path is written: see perlsec';
  my $script  = write_file( "$folder/refused.pl", <<'PERL');
    use strict; use warnings;
    use EntraSync; use SecAtGW::EntraID; use SecAtGW::LDAPCrons;
    $SIG{__WARN__} = sub { print "warned: @_" };
    my ( $conf, $file, $template ) = @ARGV;
    { package Speaking; use overload '""' => sub { ${ $_[0] } }, fallback => 1; }
    sub tried { my ($path) = @_; my $error = EntraSync::Error->catch( sub {
      EntraSync::List->new( file => $path, template => $template ) } );
      print $error // 'made', "\n" }
    tried($file);
    tried("$file.$$");
    tried( bless \( my $text = $file ), 'Speaking' );
    my ($clean) = $file =~ /(.*)/;
    tried($clean);
    tried( bless \( $text = $clean ), 'Speaking' );
    print defined SecAtGW::EntraID::write_list( conf => $conf, file => $file ) ? 1 : 0, "\n";
    my $crons = SecAtGW::LDAPCrons->new( docroot => '/the/example', envelopeconf =>
      { ALLOWEDLDAPSENDERFILE => $file, LDAPSENDERMODE => 'realtime' } );
    print $crons->run_scripts, ' ', $crons->messages;
PERL
  my $said_with = sub {
    my ($switch) = @_;
    open my $output, '-|', $^X, $switch, ( map { "-I$_" } @INC ), $script, $good,
      "$folder/refused.txt", '{mail}'
      or die;
    my $said = join '', <$output>;
    return $said =~ s/ at [^\n]+ line \d+\.$//mgr;
  };
  my $said = $said_with->('-T');
  is $said =~ s/^0 .*\n\z//mr, <<"EXPECTED", 'under -T a tainted path is refused, and no other';
$refused
$refused
$refused
made
made
warned: $good: $refused
0
EXPECTED
  like $said, qr/^0 .*\Q$refused\E\n\z/m, 'under -T the scripts say which path is tainted';
  ok !-e "$folder/refused.txt", 'under -T nothing is written to a tainted path';
  like $said_with->('-t'), qr/\Awarned: the file is tainted, and will be written\nmade\n/,
    'under -t a tainted path gives a warning';
};

done_testing;
