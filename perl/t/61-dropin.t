# entraid dropin: replaces the product's modules by ours, and restores them.
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

my @names   = qw(EntraID LDAPCrons);
my $built   = perl_folder() . '/blib/lib/SecAtGW';
my $version = $EntraSync::VERSION;

# Whose module has answered: entrasync's, or the product's, which says whom it has found.
my $search = 'use SecAtGW::EntraID; print SecAtGW::EntraID->can("is_from_entrasync")'
  . ' ? "entrasync" : SecAtGW::EntraID::entraid_search("/dev/null")';
my $version_of =
  'require SecAtGW::LDAPCrons; require SecAtGW::EntraID; print $SecAtGW::EntraID::VERSION // 0';

# What entraid dropin prints about a module.
sub ours   { return "SecAtGW::$_[0]: entrasync $version; perl loads $built/$_[0].pm\n" }
sub theirs { return "SecAtGW::$_[0]: the product's own; perl loads $_[1]/SecAtGW/$_[0].pm\n" }

# Runs a subcommand that succeeds, and returns what it prints.
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
  is said( 'status', $lib ), join( '', map { theirs( $_, $lib ) } @names ),
    'status shows the product\'s own modules';
  is_deeply portrait($lib), $before, 'status changes nothing';
  is loaded_by( $lib, $search ), 'Product@Example.com', 'perl loads the product\'s module';

  is said( 'install', $lib ), join( '', map { ours($_) } @names ), 'install shows our modules';
  is said( 'status', $lib ), join( '', map { ours($_) } @names ),
    'status shows our modules after install';
  is loaded_by( $lib, $search ),     'entrasync', 'perl loads our module after install';
  is loaded_by( $lib, $version_of ), $version,    'perl loads our modules of this version';
  for my $name (@names) {
    my $kept = "/SecAtGW/$name.pm.entrasync-original";
    is_deeply portrait($lib)->{$kept}, $before->{"/SecAtGW/$name.pm"},
      "$name: install keeps the original";
    is_deeply [ @{ portrait($lib)->{"/SecAtGW/$name.pm"} }[ 0 .. 2 ] ],
      [ @{ $before->{"/SecAtGW/$name.pm"} }[ 0 .. 2 ] ],
      "$name: our module has the original's mode and owner";
  }

  my $installed = portrait($lib);
  is said( 'install', $lib ), join( '', map { ours($_) } @names ),
    'a second install shows our modules';
  is_deeply portrait($lib), $installed, 'a second install touches nothing';

  is said( 'remove', $lib ), join( '', map { theirs( $_, $lib ) } @names ),
    'remove shows the product\'s modules';
  is_deeply portrait($lib), $before,
    'remove restores content, mode, owner and time, and leaves nothing else';
  is_deeply {
    map { $_ => ( stat "$lib/SecAtGW/$_.pm" )[1] } @names
  }, \%inode, 'remove restores the same inodes';
  is loaded_by( $lib, $search ), 'Product@Example.com',
    'perl loads the product\'s module after remove';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'a second remove touches nothing';
};

subtest 'one module alone' => sub {
  my $lib    = Product->make(@names);
  my $before = portrait($lib);
  is said( 'install', $lib, '--only', 'EntraID' ), ours('EntraID'),
    'install --only EntraID shows our EntraID';
  is said( 'status', $lib ), ours('EntraID') . theirs( 'LDAPCrons', $lib ),
    'status shows our EntraID and the product\'s LDAPCrons';
  is said( 'install', $lib, '--only=SecAtGW::LDAPCrons' ), ours('LDAPCrons'),
    'install --only LDAPCrons shows our LDAPCrons';
  is said( 'remove', $lib, '--only', 'EntraID' ), theirs( 'EntraID', $lib ),
    'remove --only EntraID shows the product\'s EntraID';
  is said( 'status', $lib ), theirs( 'EntraID', $lib ) . ours('LDAPCrons'),
    'status shows the product\'s EntraID and our LDAPCrons';
  said( 'install', $lib, '--only', 'EntraID,LDAPCrons' );
  said( 'remove', $lib );
  is_deeply portrait($lib), $before,
    'modules that were installed and removed one by one leave the product unchanged';
};

subtest 'people' => sub {
  my $simulator = Simulator->start(qw(--members 20));
  my ( $lib, $root ) = ( Product->make(@names), folder() );
  my $conf =
    $simulator->configuration( "$root/config/entraid/usersync.entraidconf", GROUPID => 'single' );
  said( 'install', $lib );
  is loaded_by( $lib, "use SecAtGW::EntraID; print SecAtGW::EntraID::entraid_search('$conf')" ),
    $Simulator::ADDRESS,
    'our module finds the people of a configuration';
  said( 'remove', $lib, '--only', 'LDAPCrons' );
  is loaded_by(
    $lib,
    "use SecAtGW::LDAPCrons; print SecAtGW::LDAPCrons->new( docroot => '$root' )->entraid('usersync')"
    ),
    $Simulator::ADDRESS, 'the product\'s LDAPCrons searches with our EntraID';
};

subtest 'a product without one of them' => sub {
  my $lib    = Product->make('EntraID');
  my $before = portrait($lib);
  like said( 'status', $lib ),
    qr{^SecAtGW::LDAPCrons: missing; perl loads /.*/SecAtGW/LDAPCrons\.pm$}m,
    'status shows a module that the product does not have';
  said( 'install', $lib );
  is loaded_by( $lib, $version_of ), $version, 'install adds our module where the product has none';
  is + ( stat "$lib/SecAtGW/LDAPCrons.pm" )[2] & 07777, 0644,
    'install adds a module that all users can read';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'remove takes the added module away';
};

subtest 'a product without a folder for them' => sub {
  my $lib    = folder();
  my $before = portrait($lib);
  said( 'install', $lib, '--new' );
  is + ( stat "$lib/SecAtGW" )[2] & 07777, 0755,     'install makes the folder SecAtGW';
  is loaded_by( $lib, $version_of ),       $version, 'perl loads our modules from the new folder';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'remove takes the folder SecAtGW away';
  said( 'install', $lib, '--new' );
  my $others = write_file( "$lib/SecAtGW/Other.pm", 'of the product' );
  said( 'remove', $lib );
  is_deeply [ bsd_glob("$lib/SecAtGW/*") ], [$others],
    'remove keeps the folder SecAtGW when the product has put a file there';
};

subtest 'a folder with quotes, spaces and other signs in its name' => sub {
  my $lib = folder() . q(/it's a {product}@home);
  mkdir $lib or die "$lib: $!";
  said( 'install', $lib, '--new' );
  is said( 'install', $lib ), join( '', map { ours($_) } @names ),
    'a second install needs no --new';
  is loaded_by( $lib, $version_of ), $version,
    'install works in a folder with quotes, spaces and other signs';
};

subtest 'an older release of ours' => sub {
  my $lib    = Product->make(@names);
  my $before = portrait($lib);
  said( 'install', $lib );

  # The loader and the record that another release would have written.
  my $record = "$lib/SecAtGW/entrasync-dropin.json";
  my $file   = "$lib/SecAtGW/EntraID.pm";
  my $text   = content($file);
  my $older  = $text =~ s{'\K/[^']*/}{/opt/older/}gr;
  isnt $older, $text, 'the loader of an older release loads from elsewhere';
  write_file( $file, $older );
  my ( $new, $old ) = map { sha256_hex($_) } $text, $older;
  write_file( $record, content($record) =~ s/$new/$old/r );

  my $status = dropin( 'status', $lib );
  is $status->output,
      "SecAtGW::EntraID: entrasync of no known version; perl loads $file.entrasync-original; "
    . '/opt/older/EntraID.pm, which it loads, is gone; install entrasync again and run'
    . " entraid dropin install --only EntraID\n"
    . ours('LDAPCrons'), 'status says that the older release is gone';
  is $status->exit_status, 1, 'status gives exit status 1 for an older release';
  like loaded_by( $lib, $search ),
    qr{\Aentrasync's /opt/older/EntraID\.pm could not be loaded: it is gone; [^\n]+\nProduct\@Example\.com\z},
    'a script says that the older release is gone, and gets the product\'s own module';
  said( 'install', $lib );
  is loaded_by( $lib, $search ), 'entrasync', 'install replaces the older release';
  write_file( $file, $older );
  is dropin( 'status', $lib )->exit_status, 1,
    'status gives exit status 1 for an older release after an install';
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'remove takes an older release away';
};

subtest 'another installation of ours' => sub {
  my $lib   = Product->make(@names);
  my $other = folder();
  write_file( "$other/EntraID.pm",
    "package SecAtGW::EntraID;\nour \$VERSION = '9.8.7';\nsub entraid_search { }\n1;\n" );
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
    'status shows the version of another installation';
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
    'status says that an update has changed our module';
  is $status->exit_status, 1, 'status gives exit status 1 after an update';

  for my $action (qw(install remove)) {
    my $run = dropin( $action, $lib );
    like $run->complaints,
      qr{\Aentraid: \Q$file\E was changed since entrasync was put there, [^\n]+--accept-change[^\n]+\n\z},
      "$action refuses an updated module in one line";
    is $run->exit_status, 2, "$action: the exit status for an updated module";
    is_deeply portrait($lib), $state, "$action leaves an updated module unchanged";
  }
  like $status->output,
    qr/; entraid dropin install --only EntraID --accept-change .* remove --only EntraID --accept-change/,
    'status gives commands that name the updated module alone';
  said( 'install', $lib, '--accept-change' );
  is loaded_by( $lib, $search ), 'entrasync',
    'install --accept-change replaces the updated module by ours';
  said( 'remove', $lib );
  is loaded_by( $lib, $search ), 'Update@Example.com', 'remove restores the updated module';

  said( 'install', $lib );
  Product->put( $lib, 'EntraID', $update . "# again\n" );
  said( 'remove', $lib, '--accept-change' );
  is content($file), $update . "# again\n",
    'remove --accept-change leaves an updated module in place';
  is_deeply [ grep { /entrasync[^\/]*\z/ } bsd_glob("$lib/SecAtGW/*") ], [],
    'remove --accept-change leaves no files of ours';
};

subtest 'an update of the product that has the same file' => sub {
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
    . ours('LDAPCrons'), 'status says that the original is in place again';
  is $status->exit_status, 1, 'status gives exit status 1 for an original in place';
  is said( 'install', $lib ), ours('EntraID') . ours('LDAPCrons'),
    'install replaces an original in place';
  said( 'remove', $lib );
  is + ( stat $file )[9], 1, 'remove restores the later original';
};

subtest 'our module was removed by hand' => sub {
  my $lib    = Product->make(@names);
  my $before = portrait($lib);
  said( 'install', $lib );
  unlink "$lib/SecAtGW/EntraID.pm" or die;
  my $status = dropin( 'status', $lib );
  like $status->output,
    qr/^SecAtGW::EntraID: missing; .* is not entrasync's any more, .* --only EntraID$/m,
    'status says that our module is missing';
  is $status->exit_status, 1, 'status gives exit status 1 for a missing module';
  said( 'install', $lib );
  is loaded_by( $lib, $search ), 'entrasync', 'install restores our missing module';
  unlink "$lib/SecAtGW/EntraID.pm" or die;
  said( 'remove', $lib );
  is_deeply portrait($lib), $before, 'remove restores the original of a missing module';
};

subtest 'for programs' => sub {
  my $lib    = Product->make('EntraID');
  my $record = dropin( 'install', $lib, '--json' )->record;
  ok delete $record->{changed}, '--json: changed is true';
  like delete $record->{init}, qr{/init\.pl\z}, '--json: init is the file that was looked at';
  is_deeply $record, {
    lib     => $lib,
    doubt   => undef,
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
    '--json: the other keys';
  ok !dropin( 'install', $lib, '--json' )->record->{changed},
    '--json: changed is false in a second install';
  write_file( "$lib/SecAtGW/EntraID.pm", 'x' );
  my $run = dropin( 'remove', $lib, '--json' );
  is $run->record->{error}{status}, 'file', '--json: the status of a refusal';
  is $run->exit_status,             2,      '--json: the exit status of a refusal';
  is $run->complaints,              '', '--json: a refusal prints nothing on the standard error';
  is dropin( 'status', $lib, '--json' )->record->{modules}[0]{state}, 'changed',
    '--json: the state of a changed module';
};

done_testing;
