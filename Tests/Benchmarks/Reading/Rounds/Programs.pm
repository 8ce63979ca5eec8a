package Programs;

# The programs that are compared: how each is started, and what it leaves out.
use strict;
use warnings;
use Exporter       qw(import);
use File::Basename qw(dirname);
use File::Spec;

our @EXPORT_OK = qw(missing perls_own programs);

my $reading = File::Spec->rel2abs( dirname(__FILE__) . '/..' );
my $top     = File::Spec->rel2abs("$reading/../../..");
my $bench   = $ENV{BENCH} // "$top/.build/bench";
my $perl    = '/usr/bin/perl';

# Where the modules were built. An installed perl finds them without blib.pm, too.
my @ours = map { "-I$top/perl/blib/$_" } qw(lib arch);
my $sdk  = "$top/.build/peers/venv/bin/python";

sub rival {
  my ($name) = @_;
  return "$reading/Rivals/$name";
}

# The version of a Debian package.
sub package_version {
  my ($package) = @_;
  open my $in, '-|', 'dpkg-query', '-W', '-f', '${Version}', $package or return 'unknown';
  my ($version) = <$in>;
  close $in;
  return $version // 'unknown';
}

sub versions {
  return join ', ', map { "$_ " . package_version($_) } @_;
}

# Returns the programs. `kind` is ours, limit or rival. `command` is given a configuration's path
# without its ending, and a list. What needs TLS cannot be measured without, and `most` limits the
# number of people.
sub programs {
  return grep { !$_->{needs} || -x $_->{needs} } (
    {
      name    => 'entraid',
      title   => '`entraid write`',
      kind    => 'ours',
      is_perl => 1,
      command => sub {
        my ( $conf, $list ) = @_;
        return (
          $perl,        @ours,    "$top/perl/script/entraid",
          'write',      '--file', $list,
          '--template', '{mail}', "$conf.entraidconf"
        );
      },
      versions => sub { 'perl ' . package_version('perl') },
    },
    {
      name     => 'c',
      title    => 'entrasync in C',
      kind     => 'ours',
      command  => sub { ( "$top/.build/c/gcc/example", "$_[0].entraidconf", $_[1], '{mail}' ) },
      versions => sub { 'Tests/C/example.c' },
    },
    {
      name        => 'curl',
      title       => 'curl to /dev/null',
      kind        => 'limit',
      has_no_list => 1,
      command     => sub { ( 'curl', '--config', "$_[0].curl" ) },
      versions    => sub { versions('curl') },
    },
    {
      name     => 'cpp',
      title    => 'C++: libcurl, simdjson',
      kind     => 'limit',
      command  => sub { ( "$bench/bin/limit", "$_[0].entraidconf", $_[1] ) },
      versions => sub { versions(qw(libcurl4 libsimdjson-dev g++)) },
      omits    =>
        'all but a glance at each address: links, ids, whole answers, the change of the list',
    },
    {
      name     => 'go',
      title    => 'Go',
      kind     => 'rival',
      command  => sub { ( "$bench/bin/with-go", "$_[0].entraidconf", $_[1] ) },
      versions => sub { versions('golang-go') },
    },
    {
      name     => 'lwp',
      title    => 'Perl: LWP, JSON::XS',
      kind     => 'rival',
      is_perl  => 1,
      command  => sub { ( $perl, rival('with-lwp'), "$_[0].entraidconf", $_[1] ) },
      versions => sub { versions(qw(libwww-perl libjson-xs-perl)) },
    },
    {
      name     => 'mojo',
      title    => 'Perl: Mojo::UserAgent',
      kind     => 'rival',
      is_perl  => 1,
      command  => sub { ( $perl, rival('with-mojo'), "$_[0].entraidconf", $_[1] ) },
      versions => sub { versions(qw(libmojolicious-perl libcpanel-json-xs-perl libev-perl)) },
    },
    {
      name    => 'requests',
      title   => 'Python: requests',
      kind    => 'rival',
      command =>
        sub { ( '/usr/bin/python3', rival('with_requests.py'), "$_[0].entraidconf", $_[1] ) },
      versions => sub { versions(qw(python3 python3-requests)) },
    },
    {
      name      => 'httpx',
      title     => 'Python: MSAL, httpx',
      kind      => 'rival',
      needs_tls => 1,
      command   => sub {
        return ( '/usr/bin/python3', rival('with_msal_and_httpx.py'), "$_[0].entraidconf", $_[1] );
      },
      versions => sub { versions(qw(python3-msal python3-httpx python3-h2)) },
    },
    {
      name      => 'sdk',
      title     => 'Python: msgraph-sdk',
      kind      => 'rival',
      needs     => $sdk,
      needs_tls => 1,
      most      => 1000,
      command   => sub { ( $sdk, rival('with_msgraph_sdk.py'), "$_[0].entraidconf", $_[1] ) },
      versions  => sub {
        open my $in, '<', "$reading/../../Peers/requirements.txt" or return 'unknown';
        my ($version) = map { /^(msgraph-sdk)==(\S+)/ ? "$1 $2 (PyPI)" : () } <$in>;
        close $in;
        return $version // 'unknown';
      },
    },
  );
}

# Says which program is left out, and why.
sub missing {
  return if -x $sdk;
  return 'msgraph-sdk is left out, since it is not installed: `make test-peers` does that.';
}

# What perl itself needs, and perl with the modules of `entraid write`, before anything is read.
sub perls_own {
  my @modules = map { "-M$_" } qw(App::Entraid App::Entraid::Command::Write);
  return (
    { name => 'perl',    command => sub { ( $perl, '-e',  '1' ) } },
    { name => 'modules', command => sub { ( $perl, @ours, @modules, '-e', '1' ) } },
  );
}

1;
