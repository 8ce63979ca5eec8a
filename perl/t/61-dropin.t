# entraid dropin: ours in the place of the product's modules, and back again.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Digest::SHA qw(sha256_hex);
use Encode      qw(decode);
use File::Glob  qw(bsd_glob);
use Test::More;

use EntraSync;
use Product qw(dropin loaded_by portrait);
use Scratch qw(content folder perl_folder write_file);
use Simulator;

my @names     = qw(EntraID LDAPCrons);
my $built     = perl_folder() . '/blib/lib/SecAtGW';
my $version   = $EntraSync::VERSION;
my $simulator = Simulator->start(qw(--members 20));
my $root      = folder();
my $conf =
  $simulator->configuration( "$root/config/entraid/usersync.entraidconf", GROUPID => 'single' );
my $search = qq{use SecAtGW::EntraID; print SecAtGW::EntraID::entraid_search('$conf')};
my $version_of =
  'require SecAtGW::LDAPCrons; require SecAtGW::EntraID; print $SecAtGW::EntraID::VERSION // 0';

# What entraid dropin prints of a module.
sub ours   { return "SecAtGW::$_[0]: entrasync $version; perl loads $built/$_[0].pm\n" }
sub theirs { return "SecAtGW::$_[0]: the product's own; perl loads $_[1]/SecAtGW/$_[0].pm\n" }

# Runs a subcommand that goes well, and returns what it prints.
sub said {
  my $run = dropin(@_);
  is $run->complaints,  '', "$_[0]: no complaint";
  is $run->exit_status, 0,  "$_[0]: exit status";
  return $run->output;
}

subtest 'both modules' => sub {
  my $lib    = Product->make(@names);
  my $before = portrait($lib);
  my %inode  = map { $_ => ( stat "$lib/SecAtGW/$_.pm" )[1] } @names;
  is said( 'status', $lib ), join( '', map { theirs( $_, $lib ) } @names ), 'the product\'s own';
  is_deeply portrait($lib), $before, 'status changes nothing';
  is loaded_by( $lib, $search ), 'Product@Example.com', 'which perl finds';

  is said( 'install', $lib ),        join( '', map { ours($_) } @names ), 'ours';
  is said( 'status', $lib ),         join( '', map { ours($_) } @names ), 'as status says too';
  is loaded_by( $lib, $search ),     $Simulator::ADDRESS, 'perl finds ours, and they find theirs';
  is loaded_by( $lib, $version_of ), $version,            'of this version';
  for my $name (@names) {
    my $kept = "/SecAtGW/$name.pm.entrasync-original";
    is_deeply portrait($lib)->{$kept}, $before->{"/SecAtGW/$name.pm"},
      "$name: the original is kept";
    is_deeply [ @{ portrait($lib)->{"/SecAtGW/$name.pm"} }[ 0 .. 2 ] ],
      [ @{ $before->{"/SecAtGW/$name.pm"} }[ 0 .. 2 ] ], "$name: ours has its mode and owner";
  }

  my $installed = portrait($lib);
  is said( 'install', $lib ), join( '', map { ours($_) } @names ), 'again';
  is_deeply portrait($lib), $installed, 'which touches nothing';

  is said( 'remove', $lib ), join( '', map { theirs( $_, $lib ) } @names ), 'the product\'s again';
  is_deeply portrait($lib), $before, 'with content, mode, owner and time, and nothing besides';
  is_deeply {
    map { $_ => ( stat "$lib/SecAtGW/$_.pm" )[1] } @names
  }, \%inode, 'the very same files';
  is loaded_by( $lib, $search ), 'Product@Example.com', 'which perl finds again';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'again, which touches nothing';
};

subtest 'only one' => sub {
  my $lib    = Product->make(@names);
  my $before = portrait($lib);
  is said( 'install', $lib, '--only', 'EntraID' ), ours('EntraID'), 'is put there';
  is said( 'status', $lib ), ours('EntraID') . theirs( 'LDAPCrons', $lib ), 'and no other';
  is loaded_by(
    $lib,
    "use SecAtGW::LDAPCrons; print SecAtGW::LDAPCrons->new( docroot => '$root' )->entraid('usersync')"
    ),
    $Simulator::ADDRESS, 'the product\'s LDAPCrons searches with it';
  is said( 'install', $lib, '--only=SecAtGW::LDAPCrons' ), ours('LDAPCrons'), 'then the other';
  is said( 'remove', $lib, '--only', 'EntraID' ),          theirs( 'EntraID', $lib ), 'back alone';
  is said( 'status', $lib ), theirs( 'EntraID', $lib ) . ours('LDAPCrons'), 'and no other';
  said( 'install', $lib, '--only', 'EntraID,LDAPCrons' );
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'in whatever order, all is as it was';
};

subtest 'a product without one of them' => sub {
  my $lib    = Product->make('EntraID');
  my $before = portrait($lib);
  like said( 'status', $lib ),
    qr{^SecAtGW::LDAPCrons: missing; perl loads /.*/SecAtGW/LDAPCrons\.pm$}m,
    'is told';
  said( 'install', $lib );
  is loaded_by( $lib, $version_of ),                    $version, 'gets ours';
  is + ( stat "$lib/SecAtGW/LDAPCrons.pm" )[2] & 07777, 0644,     'which all can read';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'and loses it again';
};

subtest 'a product without a folder for them' => sub {
  my $lib    = folder();
  my $before = portrait($lib);
  said( 'install', $lib );
  is + ( stat "$lib/SecAtGW" )[2] & 07777, 0755,     'gets one';
  is loaded_by( $lib, $version_of ),       $version, 'with ours in it';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'and loses it again';
  said( 'install', $lib );
  my $others = write_file( "$lib/SecAtGW/Other.pm", 'of the product' );
  said( 'remove', $lib );
  is_deeply [ bsd_glob("$lib/SecAtGW/*") ], [$others], 'unless the product has used it meanwhile';
};

subtest 'what is not written with slashes and letters alone' => sub {
  my $lib = folder() . q(/it's a {product}@home);
  mkdir $lib or die "$lib: $!";
  said( 'install', $lib );
  is loaded_by( $lib, $version_of ), $version, 'is a folder like others';
};

subtest 'an older release of ours' => sub {
  my $lib    = Product->make(@names);
  my $before = portrait($lib);
  said( 'install', $lib );

  # What another release would have put there and recorded.
  my $record = "$lib/SecAtGW/entrasync-dropin.json";
  my $file   = "$lib/SecAtGW/EntraID.pm";
  my $text   = content($file);
  my $older  = $text =~ s{'\K/[^']*/}{/opt/older/}gr;
  isnt $older, $text, 'it loads from elsewhere';
  write_file( $file, $older );
  my ( $new, $old ) = map { sha256_hex($_) } $text, $older;
  write_file( $record, content($record) =~ s/$new/$old/r );

  my $status = dropin( 'status', $lib );
  is $status->output,
      "SecAtGW::EntraID: entrasync of no known version; perl loads /opt/older/EntraID.pm; "
    . '/opt/older/EntraID.pm, which it loads, is gone; install entrasync again and run'
    . " entraid dropin install --only EntraID\n"
    . ours('LDAPCrons'), 'is told';
  is $status->exit_status, 1, 'as a doubt';
  like loaded_by( $lib, $search ), qr{\A/opt/older/EntraID\.pm is gone; install entrasync again, },
    'its scripts say so too';
  said( 'install', $lib );
  is loaded_by( $lib, $search ), $Simulator::ADDRESS, 'is brought up to date';
  write_file( $file, $older );
  is dropin( 'status', $lib )->exit_status, 1, 'is known even after that';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'and taken away';
};

subtest 'another installation of ours' => sub {
  my $lib   = Product->make(@names);
  my $other = folder();
  write_file( "$other/EntraID.pm", "our \$VERSION = '9.8.7';\n" );
  said( 'install', $lib );
  my $file  = "$lib/SecAtGW/EntraID.pm";
  my $text  = content($file);
  my $there = $text =~ s{'\K/[^']*/(?=EntraID)}{$other/}r;
  my ( $new, $old ) = map { sha256_hex($_) } $text, $there;
  my $record = "$lib/SecAtGW/entrasync-dropin.json";
  write_file( $record, content($record) =~ s/$new/$old/r );
  write_file( $file,   $there );
  like dropin( 'status', $lib )->output,
    qr{\ASecAtGW::EntraID: entrasync 9\.8\.7; perl loads \Q$other\E/EntraID\.pm; \Q$file\E loads another},
    'is told with its version';
};

subtest 'an update of the product over ours' => sub {
  my $lib = Product->make(@names);
  said( 'install', $lib );
  my $update = content( Product::source_of('EntraID') ) =~ s/Product\\/Update\\/r;
  my $file   = Product->put( $lib, 'EntraID', $update );
  my $state  = portrait($lib);
  my $status = dropin( 'status', $lib );
  like $status->output,
    qr{\ASecAtGW::EntraID: changed; perl loads \Q$file\E; \Q$file\E was changed since },
    'is told';
  is $status->exit_status, 1, 'as a doubt';

  for my $action (qw(install remove)) {
    my $run = dropin( $action, $lib );
    like $run->complaints,
      qr{\Aentraid: \Q$file\E was changed since entrasync was put there, [^\n]+--accept-change[^\n]+\n\z},
      "$action refuses in one line";
    is $run->exit_status, 2, 'exit status';
    is_deeply portrait($lib), $state, 'and changes nothing';
  }
  like $status->output,
    qr/; entraid dropin install --only EntraID --accept-change .* remove --only EntraID --accept-change/,
    'and what to run names the module, since the other one may be the product\'s on purpose';
  said( 'install', $lib, '--accept-change' );
  is loaded_by( $lib, $search ), $Simulator::ADDRESS, 'install puts ours there where it is told to';
  said( 'remove', $lib );
  is loaded_by( $lib, $search ), 'Update@Example.com', 'and the update is what comes back';

  said( 'install', $lib );
  Product->put( $lib, 'EntraID', $update . "# again\n" );
  said( 'remove', $lib, '--accept-change' );
  is content($file), $update . "# again\n", 'remove leaves it where it is told to';
  is_deeply [ grep { /entrasync[^\/]*\z/ } bsd_glob("$lib/SecAtGW/*") ], [], 'and nothing of ours';
};

subtest 'the same file again, by an update of the product' => sub {
  my $lib = Product->make(@names);
  said( 'install', $lib );
  my $file   = Product->put( $lib, 'EntraID', content( Product::source_of('EntraID') ) );
  my $before = portrait($lib);
  utime 1, 1, $file;
  my $status = dropin( 'status', $lib );
  is $status->output,
    theirs( 'EntraID', $lib ) =~
    s{\n}{; $file is not entrasync's any more, perhaps by an update of the product; run}r
    . " entraid dropin install --only EntraID\n"
    . ours('LDAPCrons'), 'is told';
  is $status->exit_status,    1,                                   'as a doubt';
  is said( 'install', $lib ), ours('EntraID') . ours('LDAPCrons'), 'and replaced';
  said( 'remove', $lib );
  is + ( stat $file )[9], 1, 'and the later one is what comes back';
};

subtest 'ours was removed by hand' => sub {
  my $lib    = Product->make(@names);
  my $before = portrait($lib);
  said( 'install', $lib );
  unlink "$lib/SecAtGW/EntraID.pm" or die;
  my $status = dropin( 'status', $lib );
  like $status->output,
    qr/^SecAtGW::EntraID: missing; .* is not entrasync's any more, .* --only EntraID$/m, 'is told';
  is $status->exit_status, 1, 'as a doubt';
  said( 'install', $lib );
  is loaded_by( $lib, $search ), $Simulator::ADDRESS, 'install puts it there again';
  unlink "$lib/SecAtGW/EntraID.pm" or die;
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'remove brings the original back';
};

subtest 'for programs' => sub {
  my $lib    = Product->make('EntraID');
  my $record = dropin( 'install', $lib, '--json' )->record;
  ok delete $record->{changed}, 'changed';
  is_deeply $record, {
    lib     => $lib,
    error   => undef,
    modules => [
      map {
        {
          module  => "SecAtGW::$_",
          file    => "$lib/SecAtGW/$_.pm",
          state   => 'entrasync',
          version => $version,
          loaded  => decode( 'UTF-8', "$built/$_.pm" ),
          advice  => undef,
        }
      } @names
    ],
    },
    'all that is known';
  ok !dropin( 'install', $lib, '--json' )->record->{changed}, 'not changed';
  write_file( "$lib/SecAtGW/EntraID.pm", 'x' );
  my $run = dropin( 'remove', $lib, '--json' );
  is $run->record->{error}{status}, 'file', 'a refusal';
  is $run->exit_status,             2,      'exit status';
  is $run->complaints,              '',     'and nothing on the standard error';
  is dropin( 'status', $lib, '--json' )->record->{modules}[0]{state}, 'changed', 'the state';
};

done_testing;
