# What is loaded before anything is asked for. A process for each message pays for it each time, so
# a module that only some function or command needs is loaded when that one is used.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Scratch qw(perl_folder);

# What any module of C needs. If it is not beside its file, XSLoader leaves it to DynaLoader.
my @xs = qw(Config DynaLoader XSLoader strict vars warnings warnings::register);

my @entrasync = (
  'EntraSync', map { "EntraSync::$_" } qw(Answer Arguments Check Client Error List Lookup Report)
);
my @entraid = (
  qw(App::Entraid Exporter List::Util Scalar::Util constant),
  map { "App::Entraid::$_" } qw(ExitStatus Manual Output Printable Signals)
);

# The modules that a program has loaded when it ends.
sub loaded {
  my ( $code, @arguments ) = @_;
  my $show    = 'END { print STDERR map { "\0$_\n" } grep { /\.pm\z/ } keys %INC }';
  my @folders = map { "-I$_" } grep { !ref } @INC;
  open my $output, '-|', 'sh', '-c', 'exec "$@" 2>&1 >/dev/null', 'sh',
    $^X, @folders, '-e', "$show $code", @arguments
    or die "sh: $!";
  my @names = map { /\A\0(.+)\.pm$/ ? $1 =~ s{/}{::}gr : () } <$output>;
  close $output;
  return @names;
}

# Fails with the names of modules that are loaded beside the ones that may be.
sub loads_only {
  my ( $allowed, $name, @program ) = @_;
  my %is_allowed = map { $_ => 1 } @{$allowed};
  my @names      = loaded(@program);
  local $Test::Builder::Level = $Test::Builder::Level + 1;
  is_deeply [ sort grep { !$is_allowed{$_} } @names ], [], "$name loads no module in advance";
  ok( ( grep { $_ eq $allowed->[-1] } @names ), "$name loads what it needs" );
  return;
}

loads_only( [ @xs, @entrasync ], 'EntraSync', 'require EntraSync' );
loads_only( [ @xs, @entrasync, qw(SecAtGW::EntraID SecAtGW::EntraID::Lookups) ],
  'SecAtGW::EntraID', 'require SecAtGW::EntraID; SecAtGW::EntraID->import' );

# Runs a command of entraid. The configuration and the list do not exist.
my @entraid_command = ( 'do shift', perl_folder() . '/script/entraid' );
loads_only( [ @xs, @entrasync, @entraid ], 'entraid --version', @entraid_command, '--version' );

my @heavy = qw(Encode Getopt::Long IO::File JSON::PP POSIX Pod::Usage Time::HiRes);
my %needs = (
  'search /no/such.conf'                => 'Getopt::Long',
  'write --file /no/such /no/such.conf' => 'Getopt::Long',
  'diff --file /no/such /no/such.conf'  => 'Getopt::Long Time::HiRes',
  'lookup a@example.com /no/such.conf'  => 'Getopt::Long',
  'search --json /no/such.conf'         => 'Encode Getopt::Long JSON::PP',
  'search --template {x} /no/such.conf' => 'Encode Getopt::Long',
);
for my $command ( sort keys %needs ) {
  my %is_loaded = map { $_ => 1 } loaded( @entraid_command, split q( ), $command );
  is join( q( ), grep { $is_loaded{$_} } @heavy ), $needs{$command},
    "entraid $command loads the large modules that it needs, and no other";
}

done_testing;
