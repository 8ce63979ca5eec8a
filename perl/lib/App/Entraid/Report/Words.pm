package App::Entraid::Report::Words;

# How the page says times, numbers and counts.
use 5.016;
use strict;
use warnings;

use App::Entraid::Report::Markup qw(element);
use Exporter                     qw(import);
use POSIX                        ();

our @EXPORT_OK = qw(ago count day lasting month moment number plain_moment);

# Month names do not depend on the environment's language, as the page is English.
my @MONTHS = qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec);

# A time of this machine's time zone, for a person and for programs.
sub moment {
  my ($time) = @_;
  my $utc = POSIX::strftime( '%Y-%m-%dT%H:%M:%SZ', gmtime $time );
  return element( 'time', { datetime => $utc }, plain_moment($time) );
}

sub plain_moment { return POSIX::strftime( '%Y-%m-%d %H:%M', localtime $_[0] ) }

# A day, such as 29 Nov.
sub day {
  my ($time) = @_;
  my ( $day, $month ) = ( localtime $time )[ 3, 4 ];
  return "$day $MONTHS[$month]";
}

# The name of the month that a time is in.
sub month { return $MONTHS[ ( localtime $_[0] )[4] ] }

# A whole number with commas.
sub number {
  my ($number) = @_;
  1 while $number =~ s/\A(-?\d+)(\d{3})/$1,$2/;
  return $number;
}

# A number with what it counts. The plural has an s if none is given.
sub count {
  my ( $number, $one, $many ) = @_;
  return number($number) . q( ) . ( $number == 1 ? $one : $many // "${one}s" );
}

# How long something takes or took, in whole minutes, hours or days.
sub lasting {
  my ($seconds) = @_;
  return count( int( $seconds / 60 ),     'minute' ) if $seconds < 3600;
  return count( int( $seconds / 3600 ),   'hour' ) if $seconds < 172_800;
  return count( int( $seconds / 86_400 ), 'day' );
}

# How long ago something was.
sub ago {
  my ($seconds) = @_;
  return $seconds < 60 ? 'just now' : lasting($seconds) . ' ago';
}

1;
