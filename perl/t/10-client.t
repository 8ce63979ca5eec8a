# EntraSync::Client: what it says about a configuration, and what its constructor refuses.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use Scratch qw(folder write_file);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start;
my %good      = (
  TENANTID     => 'example.com',
  CLIENTID     => 'c1000000-0000-4000-8000-000000000001',
  CLIENTSECRET => 'not-a-secret',
  GROUPID      => $simulator->group('main'),
);

sub configuration {
  my ( $name, %other ) = @_;
  my %values = ( %good, %other );
  return write_file( "$folder/$name",
    map { "$_ = $values{$_}\n" } grep { defined $values{$_} } sort keys %values );
}

sub thrown_by(&) {    ## no critic (ProhibitSubroutinePrototypes)
  my ($code) = @_;
  return eval { $code->(); 1 } ? 'nothing was thrown' : $@;
}

my $client = EntraSync::Client->open( configuration( 'good', queryfilter => 'MAIL, mobilephone' ) );
isa_ok $client, 'EntraSync::Client';
is_deeply [ $client->attributes ], [qw(mail mobilePhone)],
  'attributes are spelt as Graph spells them';
is scalar( $client->attributes ), 2, 'attributes: in scalar context they are counted';
is_deeply [ $client->warnings ], [], 'a good configuration gives no warning';
is $client->cancel,             undef,   'cancel without a run gives undef';
is $client->on_progress(undef), $client, 'on_progress(undef) takes the callback away';

my $doubtful = EntraSync::Client->open( configuration( 'doubtful', UNKNOWN => 'x' ) );
is scalar( $doubtful->warnings ), 1, 'an unknown key gives one warning';
like + ( $doubtful->warnings )[0], qr/\Q$folder\E\/doubtful.*line 5/,
  'the warning of an unknown key names file and line';

# Paths are bytes.
my $bytes = "$folder/j\xC3\xA4sen";
write_file( $bytes, content_of('good') );
isa_ok eval { EntraSync::Client->open($bytes) }, 'EntraSync::Client',
  'a path in bytes opens a client';
my $upgraded = $bytes;
utf8::upgrade($upgraded);
isa_ok eval { EntraSync::Client->open($upgraded) }, 'EntraSync::Client',
  'a path in bytes that perl keeps as characters opens a client';
is $upgraded, $bytes, 'open leaves the caller\'s path unchanged';

my $missing = thrown_by { EntraSync::Client->open("$folder/v\xC3\xA4in\xC3\xB6") };
like $missing, qr/\Q$folder\E\/väinö: /, 'the message of a missing file is in characters';
like $missing->bytes, qr/\Q$folder\E\/v\xC3\xA4in\xC3\xB6: /,
  'bytes gives the message of a missing file in bytes';

# Errors of the library are objects whose status says what kind of error it is.
for my $case (
  [ 'a file that is not there', 'file', qr{/none: },        sub { "$folder/none" } ],
  [ 'a folder',                 'file', qr{^\Q$folder\E: }, sub { "$folder" } ],
  [
    'a missing key',
    'configuration',
    qr{/keyless: .*CLIENTID},
    sub { configuration( 'keyless', CLIENTID => undef ) }
  ],
  [ 'an empty path', 'invalid_argument', qr{path is empty}, sub { '' } ],
  [
    'a path with a NUL',
    'invalid_argument',
    qr{^the configuration is a path with a NUL byte$},
    sub { "$folder/good\0x" }
  ],
  [
    'a path with wide characters',
    'invalid_argument',
    qr{^the configuration is a path with wide characters; encode it},
    sub { "$folder/\x{263A}" }
  ],
  )
{
  my ( $what, $status, $message, $path ) = @{$case};
  my $error = thrown_by { EntraSync::Client->open( $path->() ) };
  isa_ok $error, 'EntraSync::Error', "$what throws an EntraSync::Error";
  is eval { $error->status_name }, $status, "$what: the status of the error";
  like $error,   $message,   "$what: the message of the error";
  unlike $error, qr/[\r\n]/, "$what: the message is one line";
}

# A mistake of the calling program croaks with the caller's file and line.
my $here = qr/ at \Q$0\E line \d+/;
for my $case (
  [ 'no path', qr/^the configuration file is missing$here/, sub { EntraSync::Client->open } ],
  [
    'an unknown argument',
    qr/^there is no argument 'prgress'; there are progress log log_level$here/,
    sub { EntraSync::Client->open( 'x', prgress => 1 ) }
  ],
  [
    'a name without a value',
    qr/^the arguments must be pairs of name and value$here/,
    sub { EntraSync::Client->open( 'x', 'log' ) }
  ],
  [
    'a callback that is no code',
    qr/^progress must be a code reference/,
    sub { EntraSync::Client->open( "$folder/good", progress => 'main' ) }
  ],
  [
    'a class in the place of an object',
    qr/^this is not an EntraSync::Client object/,
    sub { EntraSync::Client->warnings }
  ],
  [
    'an object of another class',
    qr/^this is not an EntraSync::Client object/,
    sub { EntraSync::Client::cancel( EntraSync::List->new ) }
  ],
  [
    'a blessed hash',
    qr/^this is not an EntraSync::Client object/,
    sub { EntraSync::Client::cancel( bless {}, 'EntraSync::Client' ) }
  ],
  )
{
  my ( $what, $message, $code ) = @{$case};
  like thrown_by( \&{$code} ), $message, "$what croaks";
}

sub content_of { return Scratch::content("$folder/$_[0]") }

done_testing;
