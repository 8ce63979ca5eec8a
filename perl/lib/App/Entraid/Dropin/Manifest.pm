package App::Entraid::Dropin::Manifest;

# Records which files were put into the product's folder, and which files they replaced.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Files qw(is_there slurp);
use App::Entraid::Printable     qw(printable_path);
use EntraSync::Error            ();
use JSON::PP                    ();

# The version of the manifest's format. Another release may write another version.
my $FORMAT = 1;

# Reads the manifest of a folder; it is empty if there is no such file.
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

# The record of one module: `original`, the digest of the product's own file (undef if there was
# none), and `installed`, the digests of all files that were put there. It is undef if none was put
# there.
sub record {
  my ( $self, $name ) = @_;
  return $self->{modules}{$name};
}

# Sets the record of a module, or with undef removes it.
sub set {
  my ( $self, $name, $record ) = @_;
  if ($record) { $self->{modules}{$name} = $record }
  else         { delete $self->{modules}{$name} }
  return;
}

sub is_empty { return !%{ $_[0]{modules} } }

# Whether entrasync made the folder, so that it is removed with the last module.
sub has_made_folder { return $_[0]{has_made_folder} }

sub made_folder {
  my ($self) = @_;
  $self->{has_made_folder} = JSON::PP::true;
  return;
}

# The text of the manifest, in JSON.
sub text {
  my ($self) = @_;
  return JSON::PP->new->canonical->pretty->encode(
    {
      format          => $FORMAT,
      modules         => $self->{modules},
      has_made_folder => $self->{has_made_folder} ? JSON::PP::true : JSON::PP::false,
    } );
}

# Reads the text of a manifest. Returns nothing if entraid dropin cannot have written it.
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
