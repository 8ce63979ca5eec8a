# Replaces CAFILE after a run has judged it and before it sends anything, and prints how that run
# and the next one end: replace_authorities.pl CONFIGURATION CAFILE fifo|other|gone [OTHER]
use strict;
use warnings;

use EntraSync;
use File::Copy 'copy';
use POSIX 'mkfifo';

my ( $configuration, $file, $by, $other ) = @ARGV;
binmode STDOUT, ':encoding(UTF-8)';

# Does both runs with a new client.
sub twice {
  my ( $name, $body ) = @_;
  my $client   = EntraSync::Client->open($configuration);
  my $replaced = 0;
  my $replace  = sub {
    return if $replaced++;
    unlink $file          or die "$file: $!\n";
    mkfifo( $file, 0600 ) or die "$file: $!\n" if $by eq 'fifo';
    copy( $other, $file ) or die "$file: $!\n" if $by eq 'other';
  };
  $client->on_log($replace);
  $client->on_progress($replace);
  for my $run ( 1, 2 ) {
    my $error = EntraSync::Error->catch( sub { $body->($client) } );
    print "$name $run: ", ( $error ? $error->status_name . ": $error" : 'done' ), "\n";
  }
}

copy( $file, "$file.before" ) or die "$file: $!\n";
twice list => sub { EntraSync::List->new( template => '{mail}', clients => [ $_[0] ] )->fetch };
rename "$file.before", $file or die "$file: $!\n";
twice lookup => sub {
  my $lookup = EntraSync::Lookup->new( clients => [ $_[0] ] );
  my $answer = $lookup->find('ainoa.jasen@example.com');
  die $answer->error if $answer->error;
};
