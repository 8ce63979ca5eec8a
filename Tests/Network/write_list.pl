# Writes a list through the module as it ships and prints the result, after the warnings:
# write_list.pl CONFIGURATION LIST
#
# If WITH_INFO is set, the other lines of the log are printed too.
use strict;
use warnings;

use EntraSync;

my ( $configuration, $file ) = @ARGV;
binmode STDOUT, ':encoding(UTF-8)';
my $error = EntraSync::Error->catch(
  sub {
    my $client = EntraSync::Client->open($configuration);
    $client->on_log( sub { print "$_[0]: $_[1]\n" if $_[0] eq 'warning' || $ENV{WITH_INFO} } );
    EntraSync::List->new( file => $file, template => '{mail}', clients => [$client] )->write;
  } );
print $error ? $error->status_name . ": $error\n" : "written\n";
exit( $error ? 1 : 0 );
