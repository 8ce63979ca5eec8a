package App::Entraid::Dropin::Loader;

# The small file in the product's folder that loads a module of entrasync.
use 5.016;
use strict;
use warnings;

use EntraSync             ();
use EntraSync::Error      ();
use File::Basename        qw(dirname);
use File::Spec::Functions qw(rel2abs);
use Exporter              qw(import);

our @EXPORT_OK = qw(is_loader_text loader_target loader_text own_folders);

# How each loader begins.
my $MARK = '# Put here by entraid dropin';

# The text of the small file for a module. The file loads the module that is installed together with
# this one, wherever that is.
sub loader_text {
  my ($name)  = @_;
  my @folders = map { s/([\\\x27])/\\$1/gr } own_folders();
  my $file    = "$folders[0]/SecAtGW/$name.pm";
  my $gone    = 'is gone; install entrasync again, or put the product\'s module back';
  my $quoted  = join ', ', map { "'$_'" } @folders;
  return <<"PERL";
$MARK, which takes it away, too.
# It loads the module of entrasync in the place of the one of the product, which is kept beside it.
package SecAtGW::$name;

use strict;
use warnings;

BEGIN {
  my \$file = '$file';
  -r \$file or die "\$file $gone\\n";
  local \@INC = ( $quoted, \@INC );
  require \$file;
}

1;
PERL
}

# The folders that our modules are loaded from: the folder of the Perl files, and the folder of the
# compiled module if that is another one.
sub own_folders {
  my $perl       = dirname( rel2abs( $INC{'EntraSync.pm'} ) );
  my ($compiled) = grep { m{/auto/EntraSync/EntraSync\.\w+\z} } @DynaLoader::dl_shared_objects;
  my $other      = rel2abs( ( $compiled // "$perl/auto" ) =~ s{/auto(?:/.*)?\z}{}r );
  return $other eq $perl ? $perl : ( $perl, $other );
}

# Whether a text is a loader of any release.
sub is_loader_text { return index( $_[0], $MARK ) == 0 }

# The path of the module that a loader loads.
sub loader_target {
  my ($text) = @_;
  my ($file) = $text =~ /^  my \$file = \x27((?:[^\x27\\]|\\.)*)\x27;$/m or return;
  return $file =~ s/\\(.)/$1/gr;
}

1;
