# The installed module finds its library beside itself in every folder.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use File::Find qw(find);
use Test::More;

use Scratch qw(content folder perl_folder);

my $built = perl_folder() . '/blib/arch/auto/EntraSync';

sub output_of {
  my (@command) = @_;
  open my $output, '-|', @command or die "$command[0]: $!";
  return join '', <$output>;
}

# The path of libentrasync.so.1 that a perl with these folders in @INC loads.
sub loaded_from {
  my (@folders) = @_;
  local %ENV = ( PATH => $ENV{PATH} );
  my ($path) = output_of( $^X, ( map { "-I$_" } @folders ), '-e', <<'PERL' ) =~ m{(/.*)};
    use SecAtGW::LDAPCrons;
    use SecAtGW::EntraID;
    open my $maps, '<', '/proc/self/maps' or die;
    print grep { /libentrasync/ } <$maps>;
PERL
  return $path;
}

like output_of( 'readelf', '-d', "$built/EntraSync.so" ),
  qr/\((?:RUNPATH|RPATH)\)[^\n]*\[\$ORIGIN\]/,
  'EntraSync.so looks for the library beside itself';
like output_of( 'readelf', '-d', "$built/EntraSync.so" ),
  qr/\(NEEDED\)[^\n]*\[libentrasync\.so\.1\]/,
  'EntraSync.so names the library by its soname';
is loaded_from( map { perl_folder() . "/blib/$_" } qw(lib arch) ), "$built/libentrasync.so.1",
  'the build tree\'s module loads the build tree\'s library';

# Installs below a folder, and returns the folders with modules in them.
sub install {
  my (@settings) = @_;
  my $folder = folder();
  delete local @ENV{qw(MAKEFLAGS MAKELEVEL MFLAGS)};
  output_of( qw(make -s -C), perl_folder(), 'install', "DESTDIR=$folder", @settings );
  is $?, 0, "make install @settings";
  my %found;
  find( sub { $found{$File::Find::dir}++ if /^EntraSync\.pm$|^auto$/ }, $folder );
  my ( @scripts, @manuals, @completions, @pages );
  find(
    sub {
      push @scripts,     $File::Find::name if -f && -x _ && $File::Find::dir =~ m{/bin\z};
      push @manuals,     $_ if -f && $File::Find::dir                        =~ m{/man1\z};
      push @completions, $File::Find::name if -f && $File::Find::dir         =~ m{/completions\z};
      push @pages,       $File::Find::name if -f && $File::Find::dir         =~ m{/man3\z};
    },
    $folder
  );
  is_deeply [ sort map { s{.*/}{}r } @scripts ],
    [qw(entraid entraid-dropin-remove entraid_compose_access_rights.pl user_sync.pl)],
    'make install installs the scripts';
  is_deeply [ sort @manuals ], [qw(entraid-dropin-remove.1p entraid.1p)],
    'make install installs the manuals of the commands';
  cmp_ok scalar @pages, '>=', 10, 'make install installs the manual pages of the modules';
  is_deeply [ grep { 2 > ( () = content($_) =~ /^\.SH /mg ) } @pages ], [],
    'each manual page has more than a name';
  is scalar @completions, 1, 'make install installs the bash completion';
  like $completions[0], qr{/share/bash-completion/completions/entraid\z},
    'the bash completion is in bash\'s folder';
  is output_of( qw(/bin/bash -c), '. "$1" && complete -p entraid', 'bash', @completions ),
    "complete -F _entraid entraid\n", 'bash accepts the completion';
  my @folders = sort keys %found;
  my ($entraid) = grep { m{/entraid\z} } @scripts;
  is_run_from( $entraid, @folders );
  return @folders;
}

# Checks that the installed command runs with the installed modules.
sub is_run_from {
  my ( $entraid, @folders ) = @_;
  local %ENV = ( PATH => $ENV{PATH}, PERL5LIB => join ':', @folders );
  like output_of( $entraid, '--version' ), qr/\Aentraid \d+\.\d+\.\d+\n\z/,
    'the installed entraid runs';
  like output_of( $entraid, qw(help diff) ), qr/^ +entraid diff /m,
    'the installed entraid has its manual';
  return;
}

my @site = install();
cmp_ok scalar @site, '>=', 1, 'make install installs modules';
like loaded_from(@site), qr{^\Q$_\E/auto/EntraSync/libentrasync\.so\.1$},
  'the installed module loads its own library'
  for grep { -d "$_/auto/EntraSync" } @site;

my $product = '/opt/Sec@GW/lib';
my ( $one, @more ) = install( "INSTALLSITELIB=$product", "INSTALLSITEARCH=$product" );
is_deeply \@more, [], 'INSTALLSITELIB and INSTALLSITEARCH: all modules are in one folder';
like $one, qr/\Q$product\E$/, 'INSTALLSITELIB and INSTALLSITEARCH: the folder is the product\'s';
is loaded_from($one), "$one/auto/EntraSync/libentrasync.so.1",
  'the module in the product\'s folder loads the library beside it';

done_testing;
