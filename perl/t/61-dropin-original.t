# What entrasync's modules do not have is passed on to the product's own, which is kept beside them.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use JSON::PP ();
use Test::More;

use EntraSync;
use Product qw(dropin loaded_by portrait);
use Scratch qw(content folder write_file);

# The product's own module: functions of all kinds, and some that entrasync has, too.
my $original = <<'PERL';
package SecAtGW::EntraID;
use strict;
our $VERSION = '7.5';
our $loads++;
our $debug = 'off';
our @list  = qw(a b);
my $secret = 'lexical';

=head1 NAME

sub documented { }

=cut

sub entraid_search { return 'original search' }
sub write_list { return 'original write_list' }
sub _fetch { return 'original _fetch' }
sub searches { return join ',', entraid_search(), SecAtGW::EntraID::entraid_search(), &_fetch }
sub context { return wantarray ? 'list' : defined wantarray ? 'scalar' : 'void' }
sub aliased { $_[0] = 'changed'; return }
sub calls { return join ' ', ( caller 0 )[ 0, 3 ], __PACKAGE__ }
sub caller_file { return ( caller )[1] }
sub variables { return "$debug $SecAtGW::EntraID::debug @list $secret" }
sub with_prototype(\@$) { my ( $list, $more ) = @_; return @{$list} + $more }
sub fails { die { code => 7 } }
sub data { local $/; return scalar <DATA> }
sub file { return __FILE__ . ' ' . __LINE__ }
sub by_name { no strict 'refs'; return &{'SecAtGW::EntraID::hidden'}() }
{ no strict 'refs'; *{'hidden'} = sub { return 'hidden' } }
*assigned = sub { return 'assigned' };
use constant LIMIT => 7;
use constant { FIRST => 'first', SECOND => 'second' };
use constant {
  THIRD  => 'third',
  FOURTH => [4],
};
BEGIN { $SecAtGW::EntraID::early = 1 }
package SecAtGW::EntraID::Row;
sub new { return bless {}, shift }
sub name { return 'row' }
package SecAtGW::EntraID;
sub row { return SecAtGW::EntraID::Row->new->name }
sub method { my ( $class, @more ) = @_; return "$class @more" }
1;
__DATA__
the data
PERL

# Installs entrasync over a module of the product with this text.
sub installed {
  my ( $text, $name ) = @_;
  $name //= 'EntraID';
  my $lib = Product->make(qw(EntraID LDAPCrons));
  Product->put( $lib, $name, $text );
  my $run = dropin( 'install', $lib );
  is $run->complaints, '', 'install over the product\'s module';
  return $lib;
}

# What code returns in a perl that finds the product's folder first: data, or what was printed.
sub seen {
  my ( $lib, $code, @options ) = @_;
  my $printed = loaded_by( $lib, <<"PERL", @options );
use JSON::PP ();
sub say_all { print JSON::PP->new->allow_nonref->canonical->encode( [\@_] ) }
#line 1 "page.cgi"
$code
PERL
  return eval { JSON::PP->new->decode($printed) } // $printed;
}

my $lib  = installed($original);
my $kept = "$lib/SecAtGW/EntraID.pm.entrasync-original";

# A name, code, and what it gives.
for my $case (
  [
    'the product\'s own is not loaded before it is needed',
    'no warnings; use SecAtGW::EntraID; SecAtGW::EntraID::last_error();
      say_all( $SecAtGW::EntraID::loads, $SecAtGW::EntraID::VERSION )',
    [ undef, $EntraSync::VERSION ]
  ],
  [
    'a function calls the product\'s own functions',
    'use SecAtGW::EntraID; say_all( SecAtGW::EntraID::searches() )',
    ['original search,original search,original _fetch']
  ],
  [
    'functions that both have stay entrasync\'s',
    'use SecAtGW::EntraID; SecAtGW::EntraID::searches(); $SIG{__WARN__} = sub { };
      say_all( [ SecAtGW::EntraID::entraid_search("/none") ], ref SecAtGW::EntraID::last_error(),
        $SecAtGW::EntraID::VERSION )',
    [ [], 'EntraSync::Error', $EntraSync::VERSION ]
  ],
  [
    'the context of a call',
    'use SecAtGW::EntraID; my @list = SecAtGW::EntraID::context();
      my $scalar = SecAtGW::EntraID::context(); my @again = SecAtGW::EntraID::context();
      say_all( @list, $scalar, @again )',
    [qw(list scalar list)]
  ],
  [
    'arguments are aliases',
    'use SecAtGW::EntraID; my ( $x, $y ); SecAtGW::EntraID::aliased($x);
      SecAtGW::EntraID::aliased($y); say_all( $x, $y )',
    [qw(changed changed)]
  ],
  [
    'caller is the program',
    'package Page; use SecAtGW::EntraID;
      sub seen { SecAtGW::EntraID::caller_file(), SecAtGW::EntraID::calls() =~ /^(\w+)/ }
      main::say_all( seen(), seen() )',
    [qw(page.cgi Page page.cgi Page)]
  ],
  [
    'variables are the same for the program and the product\'s own',
    'no warnings; use SecAtGW::EntraID; $SecAtGW::EntraID::debug = "on";
      push @SecAtGW::EntraID::list, "c";
      my $first = SecAtGW::EntraID::variables(); $SecAtGW::EntraID::debug = "more";
      say_all( $first, SecAtGW::EntraID::variables() )',
    [ 'on on c lexical', 'more more c lexical' ]
  ],
  [
    'a variable that the program reads after a call',
    'use SecAtGW::EntraID; SecAtGW::EntraID::context(); no strict; no warnings;
      say_all( eval q($SecAtGW::EntraID::debug), $SecAtGW::EntraID::loads )',
    [ 'off', 1 ]
  ],
  [
    'a prototype',
    'use SecAtGW::EntraID; my @four = ( 1 .. 4 );
      say_all( SecAtGW::EntraID::with_prototype( @four, 3 ) )',
    [7]
  ],
  [
    'can and defined',
    'use SecAtGW::EntraID;
      my @can = map { SecAtGW::EntraID->can($_) } qw(searches write_list documented nothing);
      say_all( map( { $_ ? 1 : 0 } @can ),
        defined &SecAtGW::EntraID::searches ? 1 : 0, SecAtGW::EntraID->can("context")->() )',
    [ 1, 1, 0, 0, 1, 'list' ]
  ],
  [
    'a function that is made when the product\'s own is loaded',
    'use SecAtGW::EntraID; say_all( SecAtGW::EntraID::hidden(), SecAtGW::EntraID::by_name() )',
    [qw(hidden hidden)]
  ],
  [
    'constants',
    'use strict; use SecAtGW::EntraID;
      say_all( SecAtGW::EntraID::LIMIT + 1, SecAtGW::EntraID::FIRST, SecAtGW::EntraID::SECOND,
        SecAtGW::EntraID::THIRD, SecAtGW::EntraID::FOURTH->[0], SecAtGW::EntraID::assigned() )',
    [ 8, qw(first second third), 4, 'assigned' ]
  ],
  [
    'a method of the class',
    'use SecAtGW::EntraID; say_all( SecAtGW::EntraID->method( 1, 2 ) )',
    ['SecAtGW::EntraID 1 2']
  ],
  [
    'another package in the file',
    'use SecAtGW::EntraID; say_all( SecAtGW::EntraID::row() )', ['row']
  ],
  [
    'the data behind __DATA__',
    'use SecAtGW::EntraID; say_all( SecAtGW::EntraID::data() )',
    ["the data\n"]
  ],
  [
    'the file and line',
    'use SecAtGW::EntraID; say_all( SecAtGW::EntraID::file() )',
    [ "$kept " . ( 1 + grep { /\S/ || 1 } split /^/, $original =~ s/^sub file.*//msr ) ]
  ],
  [
    'what a function throws',
    'use SecAtGW::EntraID; eval { SecAtGW::EntraID::fails() }; say_all($@)',
    [ { code => 7 } ]
  ],
  [
    'a function that nobody has',
    'use SecAtGW::EntraID; eval { SecAtGW::EntraID::nothing(1) }; say_all($@);',
    ["Undefined subroutine &SecAtGW::EntraID::nothing called at page.cgi line 1.\n"]
  ],
  [
    'a method that nobody has',
    'use SecAtGW::EntraID; eval { SecAtGW::EntraID->nothing }; say_all($@);',
    [qq(Can't locate object method "nothing" via package "SecAtGW::EntraID" at page.cgi line 1.\n)]
  ],
  [
    'perl around a call is unchanged',
    'use SecAtGW::EntraID;
      my $state = sub { join "|", @INC, map { $_ . ( $SIG{$_} // "" ) } sort keys %SIG };
      my $before = $state->();
      ( $!, $@, $_ ) = ( 7, "before", "it" );
      SecAtGW::EntraID::context();
      my @after = ( $! + 0, $@, $_ );
      say_all( @after, $before eq $state->() ? 1 : 0 )',
    [ 7, 'before', 'it', 1 ]
  ],
  [
    '%INC names the kept file',
    'use SecAtGW::EntraID; SecAtGW::EntraID::context();
      say_all( $INC{"SecAtGW/EntraID.pm"}, $INC{"SecAtGW/EntraID/Original.pm"} )',
    [ "$lib/SecAtGW/EntraID.pm", $kept ]
  ],
  )
{
  my ( $what, $code, $expected ) = @{$case};
  is_deeply seen( $lib, $code, '-w' ), $expected, $what;
}

subtest 'what the product\'s module exports' => sub {
  my $exports = installed( <<'PERL' );
package SecAtGW::EntraID;
require Exporter;
our @ISA         = ('Exporter');
our @EXPORT      = qw(entraid_search entraid_page $site);
our @EXPORT_OK   = qw(extra);
our %EXPORT_TAGS = ( all => [qw(entraid_page extra)] );
our $site        = 'here';
sub entraid_search { return 'original' }
sub entraid_page { return 'page' }
sub extra { return 'extra' }
1;
PERL
  is_deeply seen(
    $exports, 'use SecAtGW::EntraID; $SIG{__WARN__} = sub { };
    say_all( entraid_page(), [ entraid_search("/none") ], $site )'
    ),
    [ 'page', [], 'here' ],
    'use without names imports what the product exports; entrasync\'s functions come first';
  is_deeply seen(
    $exports, 'use SecAtGW::EntraID qw(extra write_list);
    say_all( extra(), defined &entraid_page ? 1 : 0, defined &write_list ? 1 : 0 )'
    ),
    [ 'extra', 0, 1 ], 'use with names imports functions of both';
  is_deeply seen( $exports, 'use SecAtGW::EntraID qw(:all); say_all( extra(), entraid_page() )' ),
    [qw(extra page)], 'use with a tag';
  is_deeply seen(
    $exports, 'use SecAtGW::EntraID qw(write_list);
    say_all( exists $INC{"SecAtGW/EntraID/Original.pm"} ? 1 : 0 )'
    ),
    [0],
    'use with names of entrasync\'s functions does not load the product\'s own';
  like seen( $exports, 'use SecAtGW::EntraID qw(nothing);' ),
    qr/"nothing" is not exported by the SecAtGW::EntraID module/, 'use with a name that nobody has';

  my $custom = installed( <<'PERL' );
package SecAtGW::EntraID;
sub import { shift; *{ caller() . "::$_" } = \&{$_} for @_ }
sub page { return 'page' }
1;
PERL
  is_deeply seen( $custom, 'use SecAtGW::EntraID qw(page); say_all( page() )' ), ['page'],
    'an import of the product\'s own';

  my $broken = installed("package SecAtGW::EntraID;\nuse Exporter 'import';\nuse No::Such;\n1;\n");
  my $seen =
    seen( $broken, 'use SecAtGW::EntraID; say_all( SecAtGW::EntraID->can("write_list") ? 1 : 0 )' );
  like $seen, qr{\ACan't locate No/Such\.pm in [^\n]+\n(?:[^\n]+\n)*\[1\]\z},
    'a module of the product that cannot be loaded does not take entrasync away';
};

subtest 'a module of the product that dies' => sub {
  my $dies = installed("package SecAtGW::EntraID;\ndie qq(no license\\n);\nsub page { }\n1;\n");
  my $seen = seen( $dies, 'use SecAtGW::EntraID; eval { SecAtGW::EntraID::page() }; say_all($@)' );
  like $seen->[0], qr/\Ano license\nCompilation failed in require/, 'its error reaches the caller';
};

subtest 'an AUTOLOAD of the product' => sub {
  my $auto = installed( <<'PERL' );
package SecAtGW::EntraID;
our $AUTOLOAD;
sub AUTOLOAD { return "$AUTOLOAD(@_)" }
sub DESTROY { }
1;
PERL
  is_deeply seen(
    $auto, 'use SecAtGW::EntraID;
    say_all( SecAtGW::EntraID::anything(1), SecAtGW::EntraID::other(2) )'
    ),
    [ 'SecAtGW::EntraID::anything(1)', 'SecAtGW::EntraID::other(2)' ],
    'the product\'s AUTOLOAD gets what nobody has';
};

subtest 'methods of an object' => sub {
  my $crons = installed( <<'PERL', 'LDAPCrons' );
package SecAtGW::LDAPCrons;
sub new { my $class = shift; return bless {@_}, $class }
sub run_scripts { return 'original run_scripts' }
sub root { my $self = shift; return $self->{docroot} . $self->sign }
sub sign { return '!' }
sub runs { my $self = shift; return $self->run_scripts }
sub own { return __PACKAGE__->new->run_scripts }
sub DESTROY { print 'DESTROY' if ref $_[0] eq 'SecAtGW::LDAPCrons' }
1;
PERL
  is_deeply seen( $crons, <<'PERL' ), [ '/x!', 1, 'original run_scripts', 1, 'SecAtGW::LDAPCrons' ],
use SecAtGW::LDAPCrons;
my $crons = SecAtGW::LDAPCrons->new( docroot => '/x' );
say_all( $crons->root, $crons->runs, $crons->own, $crons->can('lists') ? 1 : 0, ref $crons );
undef $crons;
PERL
    'a method of the product\'s own works on entrasync\'s object, whose methods come first';
  is_deeply seen(
    $crons, 'use SecAtGW::LDAPCrons; { SecAtGW::LDAPCrons->new }
    say_all( exists $INC{"SecAtGW/LDAPCrons/Original.pm"} ? 1 : 0 )'
    ),
    [0],
    'an object that ends loads nothing';
};

subtest 'other modules of the product' => sub {
  my $page = installed( <<'PERL' );
package SecAtGW::EntraID;
use SecAtGW::LDAPStub;
use SecAtGW::Caller;
push @INC, '/added';
sub page { return join ',', SecAtGW::LDAPStub::ldap_search(), SecAtGW::Caller::search() }
1;
PERL
  write_file( "$page/SecAtGW/Caller.pm", <<'PERL' );
package SecAtGW::Caller;
use SecAtGW::EntraID;
sub search {
  local $SIG{__WARN__} = sub { };
  my @found = SecAtGW::EntraID::entraid_search('/none');
  return scalar @found;
}
1;
PERL
  is_deeply seen( $page, 'use SecAtGW::EntraID; say_all( SecAtGW::EntraID::page(), $INC[-1] )' ),
    [ 'Ldap@Example.com,0', '/added' ],
    'modules that the product\'s own loads get entrasync, and folders that it adds stay';
};

subtest 'threads and fork' => sub {
  is_deeply seen( $lib, <<'PERL' ), ['list'], 'a child process';
use SecAtGW::EntraID;
my $child = open( my $output, '-|' ) // die;
if ( !$child ) { print SecAtGW::EntraID::context(); exit }
say_all( scalar <$output> );
PERL
  require Config;
  return unless $Config::Config{useithreads};
  is_deeply seen( $lib, <<'PERL' ), ['list'], 'a thread';
use threads;
use SecAtGW::EntraID;
say_all( threads->create( { context => 'list' }, sub { SecAtGW::EntraID::context() } )->join );
PERL
};

done_testing;
