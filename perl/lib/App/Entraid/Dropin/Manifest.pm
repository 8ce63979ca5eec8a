package App::Entraid::Dropin::Manifest;

# What was put into the product's folder, and in the place of what.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Files qw(is_there slurp);
use App::Entraid::Printable     qw(printable_path);
use EntraSync::Error            ();
use JSON::PP                    ();

# The form of what is written; another release may know another.
my $FORMAT = 1;

# Reads what was put into a folder, and in the place of what.
sub new {
  my ( $class, $folder ) = @_;
  my $self = bless { path => "$folder/entrasync-dropin.json", modules => {} }, $class;
  return $self unless is_there( $self->{path} );
  my $content = -l $self->{path} || !-f _ ? undef : _decoded( slurp( $self->{path} ) );
  EntraSync::Error->throw(
    printable_path( $self->{path} )
      . ' is not as entraid dropin wrote it; restore it from a backup,'
      . ' or rename the kept files (.entrasync-original) to their old names and remove it',
    'file'
  ) unless $content;
  @{$self}{qw(modules has_made_folder)} = @{$content}{qw(modules has_made_folder)};
  return $self;
}

sub path { return $_[0]{path} }

# What is known of one module: the digests of the product's own file (undef where there was none)
# and of all that was put there; undef where nothing was.
sub record {
  my ( $self, $name ) = @_;
  return $self->{modules}{$name};
}

# Notes that a file is put there, or with undef that nothing is any more.
sub set {
  my ( $self, $name, $record ) = @_;
  if ($record) { $self->{modules}{$name} = $record }
  else         { delete $self->{modules}{$name} }
  return;
}

sub is_empty { return !%{ $_[0]{modules} } }

# Whether the folder was made for it, and so goes with it.
sub has_made_folder { return $_[0]{has_made_folder} }

sub made_folder {
  my ($self) = @_;
  $self->{has_made_folder} = JSON::PP::true;
  return;
}

# What is to be written.
sub text {
  my ($self) = @_;
  return JSON::PP->new->canonical->pretty->encode(
    {
      format          => $FORMAT,
      modules         => $self->{modules},
      has_made_folder => $self->{has_made_folder} ? JSON::PP::true : JSON::PP::false,
    } );
}

# What the text says; nothing where it cannot be what was written.
sub _decoded {
  my ($text) = @_;
  my $content = eval { JSON::PP->new->decode($text) };
  return unless ref $content eq 'HASH' && ( $content->{format} // '' ) eq $FORMAT;
  return unless ref $content->{modules} eq 'HASH';
  for my $record ( values %{ $content->{modules} } ) {
    return unless ref $record eq 'HASH' && ref $record->{installed} eq 'ARRAY';
    return
      if grep { ref || !/\A[0-9a-f]{64}\z/ } @{ $record->{installed} }, $record->{original} // ();
  }
  return $content;
}

1;
