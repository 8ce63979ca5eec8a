# entraid status --instance: the access rights, which a script names and no setting does.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use CronScripts;
use Entraid qw(entraid);
use Instance;
use Product qw(init_for);
use Scratch qw(folder perl_folder write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 30));
my $instance  = Instance->new($simulator);
my $rights    = $instance->path('gsm_auth_auto.txt');
my $conf      = $instance->configure( 'rights', GROUPID => 'single', STATEDIR => 'state' );
my $hour      = 3600;

# entrasync's script, and one as the product's guide has it.
my ($own) =
  map { $_->access_rights( 'example', 'rights', 'reg' ) } grep { $_->is_own } CronScripts::sets();
my $theirs = <<"PERL";
use SecAtGW::EntraID;
\$status=`\$bin_path/get_status.sh \$base_path`;
\$conffile="$rights";
if (\$status eq "ACTIVE") {
  push \@conntest, SecAtGW::EntraID::entraid_search("$conf");
  if(\@conntest) {
    open(my \$fh, ">", \$conffile);
    print \$fh "* \$_ <reg> - 0\\n" for \@conntest;
    close(\$fh);
  }
}
PERL

# The product's init.pl, with a get_status.sh that runs this.
my $base = folder();
my $init = init_for( perl_folder() . '/blib/lib', "our \$base_path = q\0$base\0;\n" );
sub node { return chmod 0755, write_file( "$base/bin/get_status.sh", "#!/bin/sh\n$_[0]\n" ) }
node('printf ACTIVE');

# What status says of the access rights if cron runs this script, or this table of cron.
sub status {
  my ( $script, @options ) = @_;
  my $cron = folder();
  chmod 0755, write_file( "$cron/access", $script );
  my @what   = ( 'status', '--instance', $instance->root, '--init', $init, @options );
  my @cron   = ( '--cron', $script =~ /\A\d/ ? "$cron/access" : $cron );
  my ($line) = grep { /\Q$rights\E/ } split /\n/, entraid( @what, @cron )->output;
  my ($list) =
    grep { $_->{list} eq $rights } @{ entraid( @what, @cron, '--json' )->record->{lists} };
  $line =~ s/ [|] .*//;
  return ( $line =~ s/(?:,|(?<=:)) (?:not )?written by [^;,]*//r, $list );
}

sub aged {
  my ( $hours, @lines ) = @_;
  write_file( $rights, map { "* $_ <reg> - 0\n" } @lines ? @lines : 'user@example.com' );
  my $time = time - $hours * $hour;
  utime $time, $time, $rights or die;
  return;
}

subtest 'the configurations' => sub {
  aged(0);
  my $other   = $instance->configure( 'other', GROUPID => 'single' );
  my $entraid = write_file( folder() . '/entraid', "#!/bin/sh\n" );
  my $table   = "23 * * * * root $entraid write --file $rights --template reg-rules";
  for my $case (
    [ 'entrasync\'s script',     [$conf],           $own ],
    [ 'the product\'s script',   [$conf],           $theirs ],
    [ 'entraid write from cron', [ $other, $conf ], "$table $other $conf\n" ],
    [ 'a path with a variable',  [],                $theirs =~ s{/rights\.}{/\$name.}r ],
    [ 'a path that is relative', [],                "$table other.entraidconf\n" ],
    [
      'a script without the name',
      [], $own =~ s/configname => 'rights'/configname => \$ENV{NAME}/r
    ],
    )
  {
    my ( $what, $configurations, $script ) = @{$case};
    my ( undef, $list ) = status($script);
    is_deeply $list->{configurations}, [ sort @{$configurations} ], $what;
  }
  my $scripts = folder();
  chmod 0755, write_file( "$scripts/access", $own );
  my ( undef, $list ) = status("23 * * * * root $scripts/access --configname other\n");
  is_deeply $list->{configurations}, [$other], 'the option --configname';
  unlink $other or die;
  ( my $line, $list ) = status("23 * * * * root $scripts/access --configname other\n");
  like $line, qr/\ACRITICAL .*; \Q$other\E: there is no such file\z/,
    'a configuration that is missing';
};

subtest 'runs that are remembered' => sub {
  unlink $rights or die;
  is entraid( 'write', '--template', 'reg-rules', '--file', $rights, $conf )->exit_status, 0,
    'a run that goes well';
  utime 1, 1, $rights or die;
  my ( $line, $list ) = status($own);
  like $line, qr/\AOK .*, a run went well 0 min ago\z/,
    'the STATEDIR of the script\'s configuration is known';
  is $list->{added}, 1, 'the figures of that run';
  my $secret = $simulator->secret;
  $instance->configure( 'rights', GROUPID => 'single', STATEDIR => 'state', CLIENTSECRET => 'x' );
  entraid( 'write', '--template', 'reg-rules', '--file', $rights, $conf );
  ($line) = status($own);
  like $line, qr/\AWARNING .*, a run went well 0 min ago; the last run failed: .*CLIENTSECRET/,
    'a run that failed';

  # A file system's clock may be ahead a little.
  aged(-0.01);
  ($line) = status($theirs);
  like $line, qr/\AOK .*, a run went well 0 min ago\z/,
    'a failure is over if the product\'s script has written the list since then';
  unlink glob $instance->path('entraid/state/*');
  $instance->configure( 'rights', GROUPID => 'single', STATEDIR => 'state' );
};

subtest 'a script that writes the file in each run' => sub {
  for my $case (
    [ 2,  'OK',       'a run went well 2 h ago' ],
    [ 4,  'WARNING',  'a run went well 4 h ago; a run went well more than 3 h ago' ],
    [ 13, 'CRITICAL', 'a run went well 13 h ago; a run went well more than 12 h ago' ],
    [ 1,  'OK',       'a run went well 1 h ago', '--max-age', '2h' ],
    [
      3,           'CRITICAL', 'a run went well 3 h ago; a run went well more than 2 h ago',
      '--max-age', '2h'
    ],
    )
  {
    my ( $hours, $word, $text, @options ) = @{$case};
    aged($hours);
    my ($line) = status( $theirs, @options );
    like $line, qr/\A$word .*, \Q$text\E\z/, "a file of $hours hours, @options";
  }
  aged(-2);
  my ($line) = status($theirs);
  like $line, qr/\AOK .*, changed 0 min ago, no run of it is known\z/, 'a file from the future';
  unlink $rights or die;
  ($line) = status($theirs);
  like $line, qr/\ACRITICAL \S+:; there is no such file\z/, 'a file that is missing';
};

subtest 'a script that may leave the file as it is' => sub {
  aged(30);
  for my $script (
    $theirs =~ s/close.*/close(\$fh); rename("\$conffile.new", \$conffile);/r,
    $theirs =~ s/open.*/use File::Compare; compare(1, 2); open(my \$fh, ">", \$conffile);/r,
    $theirs =~ s/open.*/write_file(\$conffile);/r,
    $theirs =~ s/">"/">>"/r,
    )
  {
    my ($line) = status($script);
    like $line, qr/\AOK .*, changed 30 h ago, no run of it is known\z/, 'its runs are not known';
    ($line) = status( $script, '--max-age', 2 );
    like $line, qr/\AUNKNOWN .*; nothing tells when a run last went well\z/, 'with --max-age';
  }
};

subtest 'a node that is not active' => sub {
  aged(30);
  my $passive = qr/\AOK .*, not written here, since this node is not active\z/;
  my $too_old = qr/\ACRITICAL .*; a run went well more than 12 h ago\z/;
  for my $case (
    [ 'printf PASSIVE',         $passive ],
    [ 'echo STARTING',          $passive ],
    [ 'printf "ACTIVE"',        $too_old ],
    [ 'echo "ACTIVE FAKE"',     $too_old ],
    [ 'printf PASSIVE; exit 1', $too_old ],
    [ 'exit 0',                 $too_old ],
    )
  {
    my ( $code, $says ) = @{$case};
    node($code);
    my ($line) = status($theirs);
    like $line, $says, $code;
  }
  node('printf PASSIVE');
  my ($line) = status( $theirs, '--max-age', 2 );
  like $line, $passive, 'with --max-age';
  ($line) = status( $own, '--max-age', 2 );
  like $line, $passive, 'with --max-age, and no run that is known';
  unlink $rights or die;
  ($line) = status($theirs);
  like $line, qr/\AOK \S+: not written here, since this node is not active\z/,
    'a list that was never written here';
  aged(30);
  ($line) = status( $theirs =~ s/^\$status.*//mr );
  like $line, $too_old, 'a script that does not ask for the node\'s status';
  unlink "$base/bin/get_status.sh" or die;
  ($line) = status($theirs);
  like $line, $too_old, 'no get_status.sh';
};

done_testing;
