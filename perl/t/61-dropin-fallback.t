# The loader that entraid dropin installs, when entrasync's module cannot be loaded: it says so
# once, and the product's own module answers as if nothing had been installed.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use JSON::PP ();
use Test::More;

use Product qw(dropin loaded_by portrait);
use Scratch qw(content folder perl_folder write_file);

my @names = qw(EntraID LDAPCrons);
my $blib  = perl_folder() . '/blib';

# An installation of entrasync that can be broken, and a product's folder whose loaders use it.
sub broken {
  my ( $break, @installed ) = @_;
  my $base = folder();
  system( 'cp', '-R', "$blib/lib", "$blib/arch", $base ) == 0 or die 'cp';
  $break->($base);
  my $lib = Product->make(@names);
  dropin( 'install', $lib, map { ( '--only', $_ ) } @installed );
  for my $name (@names) {
    my $loader = "$lib/SecAtGW/$name.pm";
    my $text   = content($loader);
    write_file( $loader, $text =~ s{\Q$blib\E/}{$base/}gr ) if $text =~ /\A# Put here/;
  }
  return ( $lib, $base );
}

# Runs code in a perl that has $lib first, and returns the data that `say_all` was given, and what
# was printed on the standard error.
sub seen {
  my ( $lib, $code, @options ) = @_;
  my $complaints = folder() . '/complaints';
  my $data       = loaded_by( $lib, <<"PERL", @options );
BEGIN { open STDERR, '>', '$complaints' or die }
use JSON::PP ();
sub say_all { print JSON::PP->new->allow_nonref->canonical->encode( [\@_] ) }
$code
PERL
  return ( eval { JSON::PP->new->decode($data) } // $data, content($complaints) );
}

# The warning for a reason.
sub warning {
  my ( $lib, $base, $name, $reason ) = @_;
  my $undo = join ' && ',
    ( map { "mv -f '$lib/SecAtGW/$_.pm.entrasync-original' '$lib/SecAtGW/$_.pm'" } @names ),
    "rm -f '$lib/SecAtGW/entrasync-dropin.json'";
  my $before = quotemeta "entrasync's $base/lib/SecAtGW/$name.pm could not be loaded: ";
  my $after  = quotemeta "; the product's own is used in its place; install entrasync for this perl"
    . " and run entraid dropin install, or undo that with: $undo\n";
  return qr/\A$before$reason$after\z/;
}

my $so = 'arch/auto/EntraSync/EntraSync.so';

# What is broken, and the reason that the warning gives.
my %case = (
  'a compiled module that is garbage' =>
    [ sub { put( "$_[0]/$so", 'x' x 100 ) }, qr/Can't load '\S+' for module EntraSync: [^\n]+/ ],
  'a compiled module that is empty' =>
    [ sub { put( "$_[0]/$so", '' ) }, qr/Can't load '\S+' for module EntraSync: [^\n]+/ ],
  'a compiled module that is missing' => [
    sub { unlink "$_[0]/$so" or die },
    qr/Can't locate loadable object for module EntraSync in \@INC[^\n]*/
  ],
  'a missing library' => [
    sub { unlink "$_[0]/arch/auto/EntraSync/libentrasync.so.1" or die },
    qr/Can't load '\S+' for module EntraSync: libentrasync\.so\.1: [^\n]+/
  ],
  'a library that is empty' => [
    sub { put( "$_[0]/arch/auto/EntraSync/libentrasync.so.1", '' ) },
    qr/Can't load '\S+' for module EntraSync: \S+libentrasync\.so\.1: [^\n]+/
  ],
  'an EntraSync.pm that dies' =>
    [ sub { put( "$_[0]/lib/EntraSync.pm", qq(die "out of order\\n";) ) }, qr/out of order/ ],
  'an EntraSync.pm that is missing' => [
    sub { unlink "$_[0]/lib/EntraSync.pm" or die },
    qr/Can't locate EntraSync\.pm in \@INC[^\n]*/
  ],
  'a module that ends half-way' => [
    sub {
      my $text = content("$blib/lib/SecAtGW/EntraID.pm") =~ s/^1;\n.*//msr;
      put( "$_[0]/lib/SecAtGW/EntraID.pm", "$text\nsub half {\n" );
    },
    qr/Missing right curly[^\n]+/
  ],
  'a module that is false' => [
    sub {
      put( "$_[0]/lib/SecAtGW/EntraID.pm", "package SecAtGW::EntraID; sub write_list {} 0;\n" );
    },
    qr/\S+ did not return a true value[^\n]+/
  ],
  'a submodule that is missing' => [
    sub { unlink "$_[0]/lib/SecAtGW/EntraID/Lookups.pm" or die },
    qr{Can't locate SecAtGW/EntraID/Lookups\.pm in \@INC[^\n]*}
  ],
  'an installation that is gone' =>
    [ sub { system( 'rm', '-r', "$_[0]/lib", "$_[0]/arch" ) }, qr/it is gone/ ],
);

# Where the system has the library, too, that one is found.
delete $case{'a missing library'}
  if system( $^X, '-MDynaLoader', '-e', 'exit !DynaLoader::dl_load_file(q(libentrasync.so.1))' ) ==
  0;

sub put {
  my ( $path, $text ) = @_;
  unlink $path;
  return write_file( $path, $text );
}

# What a program sees of the module, and of perl around it.
my $look = <<'PERL';
my %around;
BEGIN {
  my $state = sub {
    join '|', $@, $! + 0, "@INC", map { "$_=" . ref $SIG{$_} } sort keys %SIG;
  };
  $SIG{__DIE__} = sub { $around{died}++ };
  ( $@, $! ) = ( 'before', 7 );
  require SecAtGW::EntraID;
  $around{after} = $state->();
}
say_all(
  [ SecAtGW::EntraID::entraid_search('/dev/null') ],
  SecAtGW::EntraID->can('write_list') ? 1 : 0,
  $INC{'SecAtGW/EntraID.pm'},
  [ grep { /EntraSync|entrasync|Lookups/ && !/-original\z/ } keys %INC ],
  $around{after},
  $around{died} // 0,
);
PERL

# What that program sees where nothing was installed.
my $pristine = Product->make(@names);
my ($native) = seen( $pristine, $look );
is $native->[2], "$pristine/SecAtGW/EntraID.pm",
  'without a drop-in the product\'s own module is loaded';

# The same where the product's folder is another one.
sub as_native {
  my ($lib) = @_;
  return [ map { ref ? $_ : s/\Q$pristine\E/$lib/r } @{$native} ];
}

for my $what ( sort keys %case ) {
  my ( $break, $reason ) = @{ $case{$what} };
  subtest $what => sub {
    my ( $lib,  $base )       = broken($break);
    my ( $seen, $complaints ) = seen( $lib, $look );
    is_deeply $seen, as_native($lib),
      "$what: the product's own answers, and perl around it is unchanged";
    like $complaints, warning( $lib, $base, 'EntraID', $reason ), "$what: one warning";
  };
}

subtest 'both modules in one program' => sub {
  my ( $lib,  $base )       = broken( sub { unlink "$_[0]/$so" or die } );
  my ( $seen, $complaints ) = seen( $lib, <<'PERL');
use SecAtGW::LDAPCrons;
use SecAtGW::EntraID;
say_all( ref SecAtGW::LDAPCrons->new, SecAtGW::LDAPCrons->can('lists') ? 1 : 0,
  [ SecAtGW::LDAPCrons->new( docroot => '' )->messages ] );
PERL
  is_deeply $seen, [ 'SecAtGW::LDAPCrons', 0, [] ], 'both modules: the product\'s own answer';
  like $complaints, warning( $lib, $base, 'LDAPCrons', qr/[^\n]+/ ), 'both modules: one warning';
};

# While a library is replaced, entrasync can be loaded again a moment later.
subtest 'an installation that is whole again between the two modules' => sub {
  my ( $lib, $base ) = broken( sub { rename "$_[0]/$so", "$_[0]/$so.away" or die } );
  put( "$lib/SecAtGW/LDAPCrons.pm.entrasync-original", "package SecAtGW::LDAPCrons;\n1;\n" );
  my ( $seen, $complaints ) = seen( $lib, <<"PERL");
use SecAtGW::LDAPCrons;
BEGIN { rename '$base/$so.away', '$base/$so' or die }
use SecAtGW::EntraID;
say_all( map { \$_->can('is_from_entrasync') ? 1 : 0 } qw(SecAtGW::LDAPCrons SecAtGW::EntraID) );
PERL
  is_deeply $seen, [ 0, 1 ], 'whole again: the one is the product\'s own, the other entrasync\'s';
  like $complaints, warning( $lib, $base, 'LDAPCrons', qr/[^\n]+/ ), 'whole again: one warning';
};

subtest 'another perl' => sub {
  my ( $lib, $base ) = broken( sub { } );
  my $loader = "$lib/SecAtGW/EntraID.pm";
  my $text   = content($loader);
  my ($this) = $text =~ /^my \$perl\s*=\s*'(\S+) /m;
  for my $other (
    $text =~ s/^(my \$perl\s*=\s*')5\.\d+/${1}5.099/mr,
    $text =~ s/^my \$perl\s*=.*\K MULTIPLICITY/ /mr
    )
  {
    isnt $other, $text, 'another perl: the loader names one';
    write_file( $loader, $other );
    my ( $seen, $complaints ) = seen( $lib, $look );
    is_deeply $seen, as_native($lib), 'another perl: the product\'s own answers';
    like $complaints,
      warning( $lib, $base, 'EntraID',
      qr{it was installed for another perl than this one \(/\S+, version 5\.\d+\)} ),
      'another perl: one warning';
  }
  is length $this, 5, 'the loader has the version of perl without the release';
};

subtest 'the commands of the warning' => sub {
  for my $only ( [], ['EntraID'] ) {
    my ( $lib,  $base )       = broken( sub { unlink "$_[0]/$so" or die }, @{$only} );
    my ( $seen, $complaints ) = seen( $lib, 'use SecAtGW::EntraID;' );
    my ($commands) = $complaints =~ /undo that with: (.+)\n/;
    is system( '/bin/sh', '-c', $commands ), 0, "the commands of the warning can be run (@{$only})";
    my $pristine = Product->make(@names);
    is_deeply portrait($lib), portrait($pristine),
      "the commands of the warning leave the product as it was (@{$only})";
  }
  my $lib = folder() . q(/it's a lib);
  mkdir $lib or die;
  dropin( 'install', $lib, '--new' );
  write_file( "$lib/SecAtGW/EntraID.pm",
    content("$lib/SecAtGW/EntraID.pm") =~ s{'\K/[^']*(?=/SecAtGW/)}{/none}r );
  my ( $seen, $complaints ) = seen( $lib, 'require SecAtGW::EntraID;' );
  like $complaints,
    qr{\Aentrasync's /none/SecAtGW/EntraID\.pm could not be loaded: it is gone; the product has no such module of its own here; install [^\n]+\n},
    'without a module of the product the error says so';
  my ($commands) = $complaints =~ /undo that with: (.+)\n/;
  is system( '/bin/sh', '-c', $commands ), 0, 'the commands of the error can be run';
  is_deeply [ glob quotemeta($lib) . '/SecAtGW/*' ], [], 'the commands of the error leave nothing';
};

subtest 'a product\'s own module that dies' => sub {
  for my $case (
    [ 'a line',                'die "no license\n";' ],
    [ 'a text without an end', 'die "no license";' ],
    [ 'an object',             'die bless {}, "Product::Fault";' ],
    [ 'a syntax error',        'sub x { ' ],
    [ 'a missing module',      'use No::Such::Module;' ],
    [ 'a false value',         '0;' ],
    )
  {
    my ( $what, $code ) = @{$case};
    my $text  = "package SecAtGW::EntraID;\n$code\n" . ( $code eq '0;' ? '' : "1;\n" );
    my $plain = Product->make('EntraID');
    Product->put( $plain, 'EntraID', $text );
    my ( $lib, $base ) = broken( sub { unlink "$_[0]/$so" or die } );
    write_file( "$lib/SecAtGW/EntraID.pm.entrasync-original", $text );
    my @seen = map { [ seen( $_, <<'PERL') ] } $plain, $lib;
my @died = map { eval { require SecAtGW::EntraID; 'none' } // $@ } 1;
say_all( map { ref $_ ? {%$_} : "$_" } @died );
PERL
    my ( $native, $ours ) = map { $_->[0][0] =~ s/0x\w+/0x/r } @seen;
    $ours =~ s/Compilation failed in require at \Q$lib\E\S+ line \d+\.\n//;
    $ours =~ s/\.entrasync-original\b//g;
    $ours =~ s{\A\Q$lib\E/(\S+ did not return a true value) at \S+ line \d+\.\nC.* (?=at -e)}{$1 };
    is $ours, $native =~ s/\Q$plain\E/$lib/gr, "$what: it dies as it would without us";
    like $seen[1][1], warning( $lib, $base, 'EntraID', qr/[^\n]+/ ), "$what: one warning";
  }
};

subtest 'a program that handles warnings' => sub {
  my ( $lib,  $base )       = broken( sub { unlink "$_[0]/$so" or die } );
  my ( $seen, $complaints ) = seen( $lib, <<'PERL');
BEGIN { $SIG{__WARN__} = sub { die @_ } }
use SecAtGW::EntraID;
say_all( SecAtGW::EntraID::entraid_search('/dev/null') );
PERL
  is_deeply $seen, ['Product@Example.com'], 'a handler that dies: the product\'s own answers';
  like $complaints, warning( $lib, $base, 'EntraID', qr/[^\n]+/ ),
    'a handler that dies: one warning';
  ( $seen, $complaints ) = seen( $lib, <<'PERL');
my @warned;
BEGIN { $SIG{__WARN__} = sub { push @warned, @_ } }
no warnings;
use SecAtGW::EntraID;
say_all(@warned);
PERL
  like $seen->[0], warning( $lib, $base, 'EntraID', qr/[^\n]+/ ), 'a handler gets the warning';
  is $complaints, '', 'a handler gets the warning, and nobody else';
};

subtest 'a program that has named functions before' => sub {
  my ( $lib,  $base )       = broken( $case{'a module that ends half-way'}[0] );
  my ( $seen, $complaints ) = seen( $lib, <<'PERL', '-w' );
sub search { SecAtGW::EntraID::entraid_search('/dev/null') }
sub list { defined &SecAtGW::EntraID::write_list ? 1 : 0 }
BEGIN { @SecAtGW::EntraID::SITE = (1, 2) }
require SecAtGW::EntraID;
say_all( search(), list(), @SecAtGW::EntraID::SITE );
PERL
  is_deeply $seen, [ 'Product@Example.com', 0, 1, 2 ],
    'functions that a program has named before are the product\'s own';
  unlike $complaints, qr/redefined/, 'no function is defined twice';
};

subtest 'a relative search path' => sub {
  my ( $lib, $base ) = broken( sub { unlink "$_[0]/$so" or die } );
  my ($folder) = $lib =~ m{(.*)/lib\z};
  for my $options ( [], ['-T'] ) {
    my ( $seen, $complaints ) = seen( $lib, <<"PERL", @{$options} );
BEGIN { chdir '$folder' or die; \@INC = ( 'lib', grep { !/^\Q$folder\E/ } \@INC ) }
use SecAtGW::EntraID;
say_all( SecAtGW::EntraID::entraid_search('/dev/null'), \$INC{'SecAtGW/EntraID.pm'} );
PERL
    is_deeply $seen, [ 'Product@Example.com', 'lib/SecAtGW/EntraID.pm' ],
      "a relative search path: the product's own answers (@{$options})";
  }
};

# `entraid dropin remove`, and the removal of the package after it, take away what a script is just
# loading.
subtest 'a drop-in that is removed meanwhile' => sub {
  my %rest = ( 'gone' => 'die "gone\n";', 'still there' => content("$blib/lib/EntraSync.pm") );
  for my $what ( sort keys %rest ) {
    for my $name ( 'SecAtGW/EntraID.pm', '/SecAtGW/EntraID.pm' ) {
      my ( $lib, $base ) = broken( sub { } );
      my ( $kept, $file ) = map { "$lib/SecAtGW/EntraID.pm$_" } '.entrasync-original', '';
      put( "$base/lib/EntraSync.pm",
        "package EntraSync;\nBEGIN { rename '$kept', '$file' or die }\n$rest{$what}" );
      my $path = $name =~ m{\A/} ? "$lib$name" : $name;
      my ( $seen, $complaints ) = seen( $lib,
        $look =~ s/require SecAtGW::EntraID/require '$path'/r =~
          s/\$INC\{'SecAtGW\/EntraID.pm'\}/\$INC{'$path'}/r );
      @{ $seen->[3] } = grep { $_ ne $file } @{ $seen->[3] };
      is_deeply $seen, as_native($lib),
        "removed meanwhile, entrasync is $what: the product's own answers";
      is $complaints, '', "removed meanwhile, entrasync is $what: nothing is said";
    }
  }
};

subtest 'status' => sub {
  my ( $lib, $base ) = broken( sub { unlink "$_[0]/$so" or die } );
  my $run = dropin( 'status', $lib );
  is $run->exit_status, 1, 'status gives exit status 1 when the product\'s own answers';
};

done_testing;
