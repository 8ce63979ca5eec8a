# Writes a list while only some file descriptors are left, and prints the result as write_list.pl
# does: scarce.pl FREE CONFIGURATION LIST
use strict;
use warnings;

use EntraSync;

my $free = shift @ARGV;

# Everything that is loaded late is loaded once before.
EntraSync::Error->catch( sub { EntraSync::Client->open('/nonexistent') } );
my @files;
while ( open my $file, '<', '/dev/null' ) { push @files, $file }
splice @files, 0, $free;
my $error = EntraSync::Error->catch( sub { write_list(@ARGV) } );
@files = ();
print $error ? $error->status_name . ": $error\n" : "written\n";

sub write_list {
  my ( $configuration, $list ) = @_;
  my $client = EntraSync::Client->open($configuration);
  EntraSync::List->new( file => $list, template => '{mail}', clients => [$client] )->write;
  return;
}
