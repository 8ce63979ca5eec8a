# entraid with two credentials, of which the first one has ended.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid);
use Scratch qw(content folder write_file);
use Simulator;

my $folder = folder();
my $next   = 'Nxt8Q~the-second-secret';
write_file( "$folder/next", $next );
chmod 0600, "$folder/next" or die $!;
my @both  = ( '--next-secret-file', "$folder/next" );
my $ended = Simulator->start( '--secret-ends=-3',  @both );
my $valid = Simulator->start( '--secret-ends=300', @both );

# A configuration of the group `single`, with a next client secret.
sub configuration {
  my ( $simulator, $name, %values ) = @_;
  return $simulator->configuration(
    "$folder/$name.entraidconf",
    GROUPID          => 'single',
    NEXTCLIENTSECRET => $next,
    %values
  );
}

my $first   = qr/CLIENTSECRET [(]line 2[)]/;
my $second  = qr/NEXTCLIENTSECRET [(]line 6[)]/;
my $refusal = qr/Entra ID refuses the client secret of $first, which has ended; $second was used;/;

my $conf = configuration( $ended, 'ended' );
my $run  = entraid( 'write', '--file', "$folder/list", $conf );
is $run->exit_status,       0, 'write: the next secret writes the list' or diag $run->complaints;
is content("$folder/list"), "$Simulator::ADDRESS\n", 'write: the list is right';
like $run->complaints, qr/\Awarning: \Q$conf\E: $refusal put it in the place of $first\n\z/,
  'write: one warning says which secret was refused';

$run = entraid( 'test', $conf );
is $run->exit_status, 1, 'test: a secret that was refused is a doubt';
like $run->output, qr/^  ! credential: $refusal /m, 'test: a step says which secret was refused';

$run = entraid( 'test', configuration( $valid, 'valid' ) );
is $run->exit_status, 0, 'test: two secrets that are accepted are no doubt'
  or diag $run->output;
like $run->output,
  qr/ credential: the next one, $second, is accepted too\n/,
  'test: the next secret is tried too';

$run = entraid( 'test', configuration( $valid, 'wrong', NEXTCLIENTSECRET => 'Unk8Q~nobodys' ) );
is $run->exit_status, 1, 'test: a next secret that is refused is a doubt';
like $run->output,
  qr/^  ! credential: the next one, $second, is of no use: .*[(]AADSTS7000215[)]/m,
  'test: a next secret that is refused is told before it is needed';

$run = entraid( 'write', '--file', "$folder/list",
  configuration( $ended, 'both', NEXTCLIENTSECRET => 'Unk8Q~nobodys' ) );
is $run->exit_status, 2, 'write: two refused secrets fail';
like $run->complaints,
  qr/[(]AADSTS7000222[)].* $first.*; $second does not help: .*[(]AADSTS7000215[)]/,
  'write: the error names both secrets';
unlike $run->complaints, qr/nobodys|\Q$next\E/, 'write: the error holds no secret';
is content("$folder/list"), "$Simulator::ADDRESS\n", 'write: the list stays as it is';

done_testing;
