package App::Entraid::AuditFile;

# Reads from an AUDITFILE how the last runs over a list ended.
use 5.016;
use strict;
use warnings;

use Encode      qw(decode encode);
use EntraSync   ();
use Fcntl       qw(SEEK_SET);
use Time::Local qw(timegm);

use App::Entraid::Printable qw(printable_path);

# How many bytes are read at once.
use constant CHUNK => 1 << 20;

# Opens an AUDITFILE.
sub new {
  my ( $class, $path ) = @_;
  EntraSync::Error->throw( printable_path($path) . ': it is not a regular file' )
    if -e $path && !-f _;
  open my $handle, '<:raw', $path
    or EntraSync::Error->throw( printable_path($path) . " cannot be read: $!" );
  return bless { path => $path, handle => $handle }, $class;
}

# Returns a hash reference. `success` is when a run over the list last went well, in seconds since
# 1970. `failure` is the message of the last run that has failed since then. A key that does not
# apply is absent.
sub last_runs {
  my ( $self, $list ) = @_;
  my $name = encode( 'UTF-8', printable_path($list) );
  my ( %last, $is_later );
  $self->_each_line_backwards(
    sub {
      my ( $time, $end, $rest ) =
        $_[0] =~ /\A(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) \[[^\]]*\] \Q$name\E: (\w+)(.*)\z/s
        or return 1;
      if ( $end eq 'failed' ) {
        $last{failure} = decode( 'UTF-8', $rest =~ s/\A \(\w+\): //r ) unless $is_later++;
        return 1;
      }
      return 1 unless $end eq 'replaced' || $end eq 'unchanged';
      my ( $year, $month, @rest ) = $time =~ /\d+/g;
      $last{success} = timegm( reverse(@rest), $month - 1, $year );
      return 0;
    } );
  return \%last;
}

# Calls code with each line, the last one first, until it returns false.
sub _each_line_backwards {
  my ( $self, $code ) = @_;
  my $handle = $self->{handle};
  my $end    = -s $handle;
  my $rest   = q();
  while ( $end > 0 ) {
    my $start = $end > CHUNK ? $end - CHUNK : 0;
    seek $handle, $start, SEEK_SET or last;
    read $handle, my $chunk, $end - $start or last;
    my @lines = split /\n/, $chunk . $rest, -1;
    $rest = $start ? shift @lines : q();
    for my $line ( reverse @lines ) { return unless $code->($line) }
    $end = $start;
  }
  return;
}

1;
