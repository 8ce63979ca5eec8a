# entraid with credentials as people export them, and with values that somebody has spoilt.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid);
use Scratch qw(credentials folder write_file);
use Simulator;

my $credentials = credentials();
my $folder      = folder();
my $password    = 'geheimgeheim';
my $good        = Simulator->start( '--certificate', "$credentials/good.pem" );
my $soon        = Simulator->start( '--certificate', "$credentials/soon.pem" );

write_file( "$folder/password", "$password\r\n" );
chmod 0600, "$folder/password" or die $!;

# A configuration of the group `single`, with these values; undef leaves a key out.
sub configuration {
  my ( $name, %values ) = @_;
  return $good->configuration( "$folder/$name.entraidconf", GROUPID => 'single', %values );
}

# The same, signed in by a certificate.
sub certified {
  my ( $name, $certificate, %values ) = @_;
  return configuration(
    $name,
    CLIENTSECRET      => undef,
    CLIENTCERTIFICATE => "$credentials/$certificate",
    %values
  );
}

my %with_password = ( CLIENTKEYPASSWORD => $password );
my $key           = "$credentials/good.key";
for my $case (
  [ 'a key and its certificate in one file',   'both.pem' ],
  [ 'a chain with the certificate at its end', 'vault.pem' ],
  [ 'a chain in a file of its own', 'chain.pem', CLIENTKEY => $key ],
  [ 'a file with Bag Attributes',   'export.pem' ],
  [ 'a file of Windows',            'windows.pem' ],
  [ 'a certificate in DER',         'good.der', CLIENTKEY => $key ],
  [ 'an encrypted key', 'good.pem', CLIENTKEY => "$credentials/encrypted.key", %with_password ],
  [ 'a PKCS#12 file',   'good.p12', %with_password ],
  [
    'a PKCS#12 file by both keys', 'good.p12',
    CLIENTKEY => "$credentials/good.p12",
    %with_password
  ],
  [ 'a PKCS#12 file with RC2',           'old.p12', %with_password ],
  [ 'a PKCS#12 file with Triple DES',    'des.p12', %with_password ],
  [ 'a PKCS#12 file without a password', 'open.p12' ],
  [ 'a password in a file',              'good.p12', CLIENTKEYPASSWORDFILE => 'password' ],
  [
    'a password that is not ASCII',
    'words.p12', CLIENTKEYPASSWORD => "geh\xC3\xA9im W\xC3\xB6rt \xE2\x82\xAC"
  ],
  )
{
  my ( $what, $certificate, %values ) = @{$case};
  my $run = entraid( 'test', certified( 'good', $certificate, %values ) );
  is $run->exit_status, 0, "$what signs in" or diag $run->output;
  unlike $run->output . $run->complaints, qr/geheim|W\xC3\xB6rt|!/,
    "$what gives neither a doubt nor its password away";
}

for my $case (
  [
    'a chain without the key\'s certificate',
    'other.pem',
    { CLIENTKEY => $key },
    qr/CLIENTKEY [(]line \d[)] holds the key of another certificate; name the key/
  ],
  [
    'a certificate without its key',
    'good.pem', {},
    qr/CLIENTCERTIFICATE [(]line \d[)] holds no private key; add a line CLIENTKEY = /
  ],
  [
    'a missing password',
    'good.p12', {},
    qr/CLIENTCERTIFICATE [(]line \d[)] is encrypted; add a line CLIENTKEYPASSWORDFILE = /
  ],
  [
    'a wrong password',
    'good.p12',
    { CLIENTKEYPASSWORD => 'geheim' },
    qr/CLIENTCERTIFICATE .* cannot be opened with the password of CLIENTKEYPASSWORD [(]line \d[)];/
  ],
  [
    'a wrong password in a file',
    'good.p12',
    { CLIENTKEYPASSWORDFILE => 'wrong' },
    qr/CLIENTCERTIFICATE .* cannot be opened with the password of CLIENTKEYPASSWORDFILE [(]line/
  ],
  [
    'an empty password file',
    'good.p12',
    { CLIENTKEYPASSWORDFILE => 'empty' },
    qr/CLIENTKEYPASSWORDFILE [(]line \d[)] is empty; put the password into it/
  ],
  [
    'a password file with two lines',
    'good.p12',
    { CLIENTKEYPASSWORDFILE => 'two' },
    qr/CLIENTKEYPASSWORDFILE [(]line \d[)] has more than one line; it must hold the password alone/
  ],
  [
    'a password file that is missing',
    'good.p12',
    { CLIENTKEYPASSWORDFILE => 'none' },
    qr/CLIENTKEYPASSWORDFILE [(]line \d[)] cannot be used: there is no such file/
  ],
  )
{
  my ( $what, $certificate, $values, $words ) = @{$case};
  write_file( "$folder/wrong", 'geheim' );
  write_file( "$folder/empty", "\n" );
  write_file( "$folder/two",   "a\nb\n" );
  my $run = entraid( 'test', certified( 'bad', $certificate, %{$values} ) );
  like $run->output, qr/^  \xE2\x9C\x97 credential: the file of $words/m, "$what is told";
  is $run->exit_status, 2, "$what: the exit status";
  unlike $run->output . $run->complaints, qr/geheim/, "$what: no password is shown";
}

subtest 'the legacy provider' => sub {
  local $Entraid::ENVIRONMENT{OPENSSL_MODULES} = '/nonexistent';
  my $run = entraid( 'test', certified( 'legacy', 'old.p12', %with_password ) );
  like $run->output, qr/openssl pkcs12 -legacy -in OLD\.pfx -out NEW\.pem/,
    'the command that converts an old PKCS#12 file is named where the provider is missing';
};

subtest 'doubts' => sub {
  my $run = entraid( 'test', certified( 'doubts', 'both.pem', %with_password ) );
  like $run->output, qr/^  ! credential: CLIENTKEYPASSWORD [(]line \d[)] is not needed/m,
    'a password that is not needed is told';
  is $run->exit_status, 1, 'a password that is not needed is a doubt';

  chmod 0644, "$folder/password" or die $!;
  $run = entraid( 'test', certified( 'public', 'good.p12', CLIENTKEYPASSWORDFILE => 'password' ) );
  chmod 0600, "$folder/password" or die $!;
  like $run->output,
    qr/^  ! credential: every user of this system can read the file of CLIENTKEYPASSWORDFILE/m,
    'a password file that everybody can read is told';

  $run = entraid( 'test', certified( 'renewed', 'renewed.pem', CLIENTKEY => $key ) );
  like $run->output, qr/^  ! credential: the file of CLIENTCERTIFICATE .* holds 3 certificates /m,
    'several certificates of a key are told';
};

subtest 'values' => sub {
  for my $case (
    [ 'zebra~quince # until 2027',            'seems to have a comment behind it, which is sent' ],
    [ "\xE2\x80\x9Czebra~quince\xE2\x80\x9D", 'is in typographic quotes, which are sent' ],
    [ 'zebra quince',                         'has a space in it' ],
    )
  {
    my ( $secret, $words ) = @{$case};
    for my $name (qw(CLIENTSECRET CLIENTSECRETFILE)) {
      write_file( "$folder/secret", $secret );
      chmod 0600, "$folder/secret" or die $!;
      my $value = $name eq 'CLIENTSECRET' ? $secret : 'secret';
      my $run =
        entraid( 'test', configuration( 'secret', CLIENTSECRET => undef, $name => $value ) );
      like $run->output,   qr/^  ! .*$name.* \Q$words\E/m, "$name: '$words' is a doubt";
      unlike $run->output, qr/zebra|quince/, "$name: '$words' shows nothing of the secret";
    }
  }
  my $run = entraid( 'test',
    configuration( 'comment', EXCLUDEGROUPID => $good->group('main') . ' # staff' ) );
  like $run->output, qr/EXCLUDEGROUPID has a comment behind its value; put the comment on a line/,
    'a comment behind a GUID is said to be one';
};

subtest 'status' => sub {
  my $list   = write_file( "$folder/list.txt", "$Simulator::ADDRESS\n" );
  my @status = ( 'status', '--file', $list );
  my $near   = $soon->configuration(
    "$folder/soon.entraidconf",
    GROUPID           => 'single',
    CLIENTSECRET      => undef,
    CLIENTCERTIFICATE => "$credentials/soon.pem",
    CLIENTKEY         => $key,
  );
  my $run = entraid( @status, $near );
  like $run->output, qr/\AWARNING .*the certificate of CLIENTCERTIFICATE [(]line \d[)] expires on /,
    'status warns of a certificate that ends soon';
  is $run->exit_status, 1, 'status: a certificate that ends soon is a warning';
  $run = entraid( @status, certified( 'expired', 'expired.pem', CLIENTKEY => $key ) );
  like $run->output,
    qr/\ACRITICAL .*the certificate of CLIENTCERTIFICATE [(]line \d[)] expired on /,
    'status says that a certificate has ended';
  is $run->exit_status, 2, 'status: a certificate that has ended is critical';
  $run = entraid( @status, certified( 'long', 'good.pem', CLIENTKEY => $key ) );
  like $run->output, qr/\AOK /, 'status has nothing to say of a certificate that is good for long';
};

done_testing;
