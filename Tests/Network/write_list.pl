# Writes a list through the module as it ships and prints the result:
# write_list.pl CONFIGURATION LIST
use strict;
use warnings;

use EntraSync;

my ( $configuration, $file ) = @ARGV;
binmode STDOUT, ':encoding(UTF-8)';
my $error = EntraSync::Error->catch(
  sub {
    my $client = EntraSync::Client->open($configuration);
    EntraSync::List->new( file => $file, template => '{mail}', clients => [$client] )->write;
  } );
print $error ? $error->status_name . ": $error\n" : "written\n";
exit( $error ? 1 : 0 );
