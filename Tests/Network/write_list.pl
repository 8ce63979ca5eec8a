# Writes a list through the module as it ships and prints the result, after the warnings:
# write_list.pl CONFIGURATION LIST [CONFIGURATION...]
#
# If WITH_INFO is set, the other lines of the log are printed too.
use strict;
use warnings;

use EntraSync;

my ( $first, $file, @others ) = @ARGV;
binmode STDOUT, ':encoding(UTF-8)';
my $error = EntraSync::Error->catch(
  sub {
    my @clients = map { EntraSync::Client->open($_) } $first, @others;
    for my $client (@clients) {
      $client->on_log( sub { print "$_[0]: $_[1]\n" if $_[0] eq 'warning' || $ENV{WITH_INFO} } );
    }
    EntraSync::List->new( file => $file, template => '{mail}', clients => \@clients )->write;
  } );
print $error ? $error->status_name . ": $error\n" : "written\n";
exit( $error ? 1 : 0 );
