package App::Entraid::AuditFile;

# Reads from an AUDITFILE how the last runs over a list ended.
use 5.016;
use strict;
use warnings;

use Encode      qw(decode encode);
use Errno       ();
use EntraSync   ();
use Fcntl       qw(SEEK_SET);
use Time::Local qw(timegm);

use App::Entraid::Printable qw(printable_path);

# How many bytes are read at once.
use constant CHUNK => 1 << 20;

# How far another clock may be ahead, in seconds.
use constant AHEAD => 300;

# Opens an AUDITFILE. If a new one has been begun since the last run, the one before it will do.
sub new {
  my ( $class, $path ) = @_;
  EntraSync::Error->throw( printable_path($path) . ': it is not a regular file' )
    if -e $path && !-f _;
  my $handle;
  if ( !open $handle, '<:raw', $path ) {
    my $problem = $!;
    EntraSync::Error->throw( printable_path($path) . " cannot be read: $problem" )
      unless $!{ENOENT} && defined _rotated($path);
    undef $handle;
  }
  return bless { path => $path, handle => $handle }, $class;
}

# Returns a hash reference. `run` is when a run over the list last ended before `now`, in seconds
# since 1970. `success` is when a run last went well. `failure` is the message of the last run that
# has failed since then, and `failed` when that was. A key that does not apply is absent.
sub last_runs {
  my ( $self, $list, $now ) = @_;
  my $name = encode( 'UTF-8', printable_path($list) );
  my %last;
  my $read = sub {
    my ( $time, $end, $rest ) =
      $_[0] =~ /\A(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) \[[^\]]*\] \Q$name\E: (\w+)(.*)\z/s
      or return 1;
    return 1 unless $end =~ /\A(?:failed|replaced|unchanged)\z/;
    my ( $year, $month, @rest ) = $time =~ /\d+/g;
    my $seconds = timegm( reverse(@rest), $month - 1, $year );
    return 1 if $seconds > $now + AHEAD;
    $last{run} //= $seconds;
    if ( $end eq 'failed' ) {
      @last{qw(failed failure)} = ( $seconds, decode( 'UTF-8', $rest =~ s/\A \(\w+\): //r ) )
        unless defined $last{failed};
      return 1;
    }
    $last{success} = $seconds;
    return 0;
  };
  _each_line_backwards( $self->{handle}, $read ) if $self->{handle};
  my $rotated = defined $last{success} ? undef : _rotated( $self->{path} );
  _each_line_of_rotated( $rotated, $read ) if defined $rotated;
  return \%last;
}

# The audit that logrotate has put aside last; undef if there is none.
sub _rotated {
  my ($path) = @_;
  my ( $folder, $name ) = $path =~ m{\A(.*/)?([^/]+)\z}s or return;
  opendir my $handle, $folder // q(.) or return;
  my @paths = map { ( $folder // q() ) . $_ }
    grep { /\A\Q$name\E(?:[.]1|-\d{8}(?:-?\d+)?)(?:[.]gz)?\z/ } readdir $handle;
  my ($last) = sort { ( stat $b )[9] <=> ( stat $a )[9] } grep { -f && -r _ } @paths;
  return $last;
}

sub _each_line_of_rotated {
  my ( $path, $code ) = @_;
  if ( $path !~ /[.]gz\z/ ) {
    open my $handle, '<:raw', $path or return;
    return _each_line_backwards( $handle, $code );
  }

  # Not every installation of perl has the module.
  my $unpacked = eval {
    require IO::Uncompress::Gunzip;
    IO::Uncompress::Gunzip->new($path);
  } or return;
  my @lines = grep { / (?:failed|replaced|unchanged)\b/ } <$unpacked>;
  chomp @lines;
  for my $line ( reverse @lines ) { return unless $code->($line) }
  return;
}

# Who was left out by the last run that read all of a list's groups: hashes with `name`, the object
# id; `display_name` and `sign_in_name`, if they are known; and `reason`. If that run says that it
# left somebody out and does not say whom, an earlier one does.
sub left_out {
  my ( $self, $list ) = @_;
  my $name = encode( 'UTF-8', printable_path($list) );
  my ( $is_read, $run, @people );
  return unless $self->{handle};
  _each_line_backwards(
    $self->{handle},
    sub {
      my ( $id, $text ) = $_[0] =~ /\A\S+ \[([^\]]*)\] \Q$name\E: (.*)\z/s or return 1;
      return 0 if defined $run && $id ne $run;
      if ( $text =~ /\A(?:replaced|unchanged): .*? (\d+) left out/ ) {
        return 0 if !$1 && !$is_read;
        $is_read = 1;
      }
      my $person = _person($text) // return 1;
      $run = $id;
      unshift @people, $person;
      return 1;
    } );
  return @people;
}

# Somebody whom a line of the audit says to be left out; undef for another line.
sub _person {
  my ($text) = @_;
  my ( $name, $names, $reason ) =
    decode( 'UTF-8', $text ) =~ /\Aleft out (\S+)(?: \((.*?)\))?: (.*)\z/s
    or return;
  my ( $display_name, $sign_in_name ) = ( $names // q() ) =~ /\A(?:"(.*)")?(?:(?:\A|, )(\S+))?\z/s;
  return {
    name         => $name,
    display_name => $display_name,
    sign_in_name => $sign_in_name,
    reason       => $reason,
  };
}

# Calls code with each line, the last one first, until it returns false.
sub _each_line_backwards {
  my ( $handle, $code ) = @_;
  my $end  = -s $handle;
  my $rest = q();
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
