package App::Entraid::ListState;

# What there is of a list on the disk.
use 5.016;
use strict;
use warnings;

use Cwd            qw(realpath);
use Encode         qw(decode);
use File::Basename qw(dirname);

# After how many seconds a file that a run makes ready can only be a killed run's.
use constant ABANDONED => 3600;

# What there is of a list on the disk: its file, and what runs have left beside it.
sub new {
  my ( $class, $file ) = @_;

  # Where the list is a link, the rest is beside what it leads to.
  my $place = -l $file ? realpath($file) // $file : $file;
  my $self  = bless { file => $file, place => $place }, $class;
  $self->_read;
  return $self;
}

# Why the list cannot be read; undef where it can.
sub fault { return $_[0]{fault} }

# How many lines it has, and when it was changed, in seconds since 1970; undef where it cannot be
# read.
sub lines   { return $_[0]{lines} }
sub changed { return $_[0]{changed} }

# What a run that the guard stopped wanted to do: how many lines it would have added and removed,
# and what the guard said, where that was kept; undef without such a run.
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

# The file by which a person accepts the next run's change; undef where there is none.
sub acceptance {
  my ($self) = @_;
  my $path = "$self->{place}.accept";
  return -e $path || -l $path ? $path : undef;
}

# What killed runs have left in the list's folder; the next run of the list clears it away.
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
