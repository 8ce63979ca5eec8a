package App::Entraid::ListState;

# Reads the state of a list from the disk.
use 5.016;
use strict;
use warnings;

use Cwd            qw(realpath);
use Errno          qw(EACCES);
use Fcntl          qw(S_ISDIR S_ISLNK S_ISREG);
use File::Basename qw(dirname);
use Time::HiRes    qw();

use App::Entraid::Printable qw(printable printable_path);

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

# Whether that is because this user may not, or because there is no such file.
sub is_closed  { return $_[0]{is_closed} }
sub is_missing { return $_[0]{is_missing} }

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
  my %proposal = ( text => $self->proposal_text );
  return \%proposal unless -f $proposal{text};
  open my $text, '<', $proposal{text} or return \%proposal;
  @proposal{qw(added removed)} = ( 0, 0 );
  while ( my $line = <$text> ) {
    $proposal{added}++ if $line   =~ /\A\+ /;
    $proposal{removed}++ if $line =~ /\A- /;
    if ( $line =~ /\A# \d\S+ \S+ UTC: (.+)/ ) {
      my $objection = $1;
      require Encode;
      $proposal{objection} = Encode::decode( 'UTF-8', $objection );
    }
  }
  return \%proposal;
}

# The path of the file that shows what a stopped run would have changed.
sub proposal_text { return "$_[0]{place}.proposed.diff" }

# Whether a file beside the list accepts, for the next run, what a stopped run has proposed.
sub accepts {
  my ($self) = @_;
  return $self->_is_sound("$self->{place}.accept") && !defined $self->_acceptance_flaw;
}

# What is wrong with the files beside the list: those that the next run will not trust, and one that
# accepts nothing. Each is one line.
sub flaws {
  my ($self) = @_;
  my @flaws;
  for my $path ( map { "$self->{place}$_" } qw(.accept .proposed .proposed.diff) ) {
    my $flaw = $self->_flaw($path) // next;
    push @flaws, printable_path($path) . " is ignored, since it $flaw; remove it";
  }
  my $acceptance = "$self->{place}.accept";
  if ( $self->_is_sound($acceptance) && defined( my $flaw = $self->_acceptance_flaw ) ) {
    push @flaws, printable_path($acceptance) . " accepts nothing: $flaw";
  }
  return @flaws;
}

# Whether a person who has looked at the proposal has seen the change that a report is about.
sub shows {
  my ( $self, $report ) = @_;
  return if defined $self->_proposal_flaw;
  return if !$report->written && @{ $self->_content("$self->{place}.proposed") };
  my %shown = map { $_ => 1 } @{ $self->_content("$self->{place}.proposed.diff") };
  return !grep { !$shown{$_} } ( map { '- ' . printable($_) } $report->removed_lines ),
    ( map { '+ ' . printable($_) } $report->added_lines );
}

# The files that killed runs have left in the list's folder. The next run of the list removes them.
sub leftovers {
  my ( $self, $now ) = @_;
  my $folder = dirname( $self->{place} );
  opendir my $handle, $folder or return;
  return grep { $now - ( ( lstat $_ )[9] // $now ) > ABANDONED }
    map { "$folder/$_" } grep { /\A\.entrasync-.*\.tmp\z/s } sort readdir $handle;
}

# Why an acceptance accepts nothing, and what to do; undef if it accepts the proposal.
sub _acceptance_flaw {
  my ($self) = @_;
  my ( $acceptance, $text ) = map { "$self->{place}$_" } qw(.accept .proposed.diff);
  my ( $accepted, $shown ) = map { ( Time::HiRes::lstat($_) )[9] } $acceptance, $text;
  return 'it is older than ' . printable_path($text) . '; look at that, and accept it anew'
    if $self->_is_sound($text) && $accepted < $shown;
  my $flaw = $self->_proposal_flaw // return;
  return "$flaw; remove it";
}

# Why nobody can accept what a stopped run has proposed; undef if somebody can.
sub _proposal_flaw {
  my ($self) = @_;
  my ( $proposed, $text ) = map { "$self->{place}$_" } qw(.proposed .proposed.diff);
  my $lines = $self->_content($proposed);
  my $shown = $self->_content($text);
  return 'no stopped run has left a proposal that can be read' unless $lines && $shown;
  my %is_proposed = map { $_ => 1 } @{$lines};
  return unless grep { /\A([-+]) (.*)/s && ( $1 eq '+' xor $is_proposed{$2} ) } @{$shown};
  return join( ' and ', map { printable_path($_) } $proposed, $text ) . ' do not agree';
}

# The lines of a file beside the list, as the library shows them; undef if the file is missing,
# cannot be read or is not trusted.
sub _content {
  my ( $self, $path ) = @_;
  my $contents = $self->{contents} //= {};
  return $contents->{$path} if exists $contents->{$path};
  $contents->{$path} = undef;
  return unless $self->_is_sound($path) && open my $handle, '<', $path;
  return $contents->{$path} = [ map { printable_path(s/\n\z//r) } <$handle> ];
}

sub _is_sound {
  my ( $self, $path ) = @_;
  return lstat $path && !defined $self->_flaw($path);
}

# Why the next run will not trust a file beside the list, as the library says it; undef if it will,
# or if there is no such file.
sub _flaw {
  my ( $self, $path ) = @_;
  my ( $mode, $links, $user ) = ( lstat $path )[ 2, 3, 4 ] or return;
  return 'is a symbolic link' if S_ISLNK($mode);
  return 'is a folder' if S_ISDIR($mode);
  return 'is not a regular file' if !S_ISREG($mode);
  return "belongs to user id $user" unless grep { $user == $_ } $self->_users;
  return 'has a hard link' if $links != 1;
  return sprintf 'can be changed by other users (mode %o)', $mode & oct 777 if $mode & oct 22;
  return;
}

# The users whose files the next run will trust: root, and the run's. That is this user, or whoever
# owns both the list and what the stopped run has proposed: monitoring has a user of its own.
sub _users {
  my ($self) = @_;
  my ( $list, $proposed ) = map { ( lstat $_ )[4] } $self->{place}, "$self->{place}.proposed";
  return ( 0, $>, defined $list && defined $proposed && $list == $proposed ? $list : () );
}

sub _read {
  my ($self) = @_;
  my $file   = $self->{file};
  my $closed = sub {
    $self->{is_closed} = $! == EACCES;
    $self->{fault}     = "it cannot be read ($!)";
  };
  if ( !stat $file ) {
    return $closed->() if $! == EACCES;
    $self->{is_missing} = 1;
    return $self->{fault} = 'there is no such file';
  }
  return $self->{fault} = 'it is not a regular file' unless -f _;
  open my $handle, '<', $file or return $closed->();
  my $lines = 0;
  while ( my $line = <$handle> ) { $lines++ if $line =~ /[^\r\n]/ }
  @{$self}{qw(lines changed)} = ( $lines, ( stat $handle )[9] );
  return;
}

1;
