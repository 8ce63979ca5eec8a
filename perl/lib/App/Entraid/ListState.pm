package App::Entraid::ListState;

# Reads the state of a list from the disk.
use 5.016;
use strict;
use warnings;

use Cwd            qw(realpath);
use Encode         qw(decode);
use File::Basename qw(dirname);

# A temporary file that is older than this, in seconds, belongs to a killed run.
use constant ABANDONED => 3600;

# Reads the state of a list: its file, and the files that runs have left beside it.
sub new {
  my ( $class, $file ) = @_;

  # If the list is a symbolic link, the other files are beside the link's target.
  my $place = -l $file ? realpath($file) // $file : $file;
  my $self  = bless { file => $file, place => $place }, $class;
  $self->_read;
  return $self;
}

# Why the list cannot be read; undef if it can be read.
sub fault { return $_[0]{fault} }

# How many lines the list has, and when it was changed, in seconds since 1970. Both are undef if the
# list cannot be read.
sub lines   { return $_[0]{lines} }
sub changed { return $_[0]{changed} }

# The change that the guard stopped, as a hash reference: `text`, the path of the file that shows
# it; `added` and `removed`, how many lines the run would have added and removed; and `objection`,
# why the guard stopped it. Facts that were not kept are absent. It is undef if the guard stopped no
# run.
sub proposal {
  my ($self) = @_;
  return unless -e "$self->{place}.proposed";
  my %proposal = ( text => "$self->{place}.proposed.diff" );
  return \%proposal unless -f $proposal{text};
  open my $text, '<', $proposal{text} or return \%proposal;
  @proposal{qw(added removed)} = ( 0, 0 );
  while ( my $line = <$text> ) {
    $proposal{added}++ if $line   =~ /\A\+ /;
    $proposal{removed}++ if $line =~ /\A- /;
    $proposal{objection} = decode( 'UTF-8', $1 ) if $line =~ /\A# \d\S+ \S+ UTC: (.+)/;
  }
  return \%proposal;
}

# The path of the file by which a person accepts the next run's change; undef if there is no such
# file.
sub acceptance {
  my ($self) = @_;
  my $path = "$self->{place}.accept";
  return -e $path || -l $path ? $path : undef;
}

# The files that killed runs have left in the list's folder. The next run of the list removes them.
sub leftovers {
  my ( $self, $now ) = @_;
  my $folder = dirname( $self->{place} );
  opendir my $handle, $folder or return;
  return grep { $now - ( ( lstat $_ )[9] // $now ) > ABANDONED }
    map { "$folder/$_" } grep { /\A\.entrasync-.*\.tmp\z/s } sort readdir $handle;
}

sub _read {
  my ($self) = @_;
  my $file = $self->{file};
  return $self->{fault} = 'there is no such file' unless -e $file;
  return $self->{fault} = 'it is not a regular file' unless -f _;
  open my $handle, '<', $file or return $self->{fault} = "it cannot be read ($!)";
  my $lines = 0;
  while ( my $line = <$handle> ) { $lines++ if $line =~ /[^\r\n]/ }
  @{$self}{qw(lines changed)} = ( $lines, ( stat $handle )[9] );
  return;
}

1;
