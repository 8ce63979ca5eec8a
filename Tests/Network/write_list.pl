# Writes a list through the module as it ships and prints the result, after the warnings:
# write_list.pl CONFIGURATION LIST
use strict;
use warnings;

use EntraSync;

my ( $configuration, $file ) = @ARGV;
binmode STDOUT, ':encoding(UTF-8)';
my $error = EntraSync::Error->catch(
  sub {
    my $client = EntraSync::Client->open($configuration);
    $client->on_log( sub { print "warning: $_[1]\n" if $_[0] eq 'warning' } );
    EntraSync::List->new( file => $file, template => '{mail}', clients => [$client] )->write;
  } );
print $error ? $error->status_name . ": $error\n" : "written\n";
exit( $error ? 1 : 0 );
