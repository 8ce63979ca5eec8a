package SecAtGW::LDAPCrons::Settings;

# Reads the settings of one of the product's cfg files.
use 5.016;
use strict;
use warnings;

use EntraSync::Error ();
use Scalar::Util     qw(reftype);

# Takes the settings of one cfg file from the product's own reader. Throws if they are not a hash.
sub new {
  my ( $class, $file, $settings ) = @_;
  EntraSync::Error->throw("$file could not be read: its reader returned no hash of settings")
    unless ( reftype($settings) // '' ) eq 'HASH';
  my %values = map { lc() => $settings->{$_} } sort keys %{$settings};
  return bless { file => $file, values => \%values }, $class;
}

# The value of a key in any case, trimmed; '' if it is not set.
sub value {
  my ( $self, $key ) = @_;
  my $value = $self->{values}{ lc $key } // '';
  $value = join ',', @{$value} if ref $value eq 'ARRAY';
  $value =~ s/\A\s+|\s+\z//g;
  return $value;
}

# The value of a key that names the list's file. Throws if the path is not absolute.
sub path {
  my ( $self, $key ) = @_;
  my $path = $self->value($key);
  EntraSync::Error->throw("$key of $self->{file} must be an absolute path, beginning with /")
    if $path ne '' && $path !~ m{\A/};
  return $path;
}

# The value of a key that names configurations: file names, with or without .entraidconf. Commas
# separate them or, if there is no comma, spaces.
sub configurations {
  my ( $self, $key ) = @_;
  my $names     = $self->value($key);
  my $separator = $names =~ /,/ ? qr/\s*,\s*/ : qr/\s+/;
  return map { /\.entraidconf\z/i ? $_ : "$_.entraidconf" }
    grep { length } split $separator, $names;
}

# Whether a key says that the list is looked up in real time.
sub is_real_time {
  my ( $self, $key ) = @_;
  my $mode = $self->value($key);
  return 1 if $mode =~ /\Areal[-_ ]?time\z/i;
  return 0 if $mode =~ /\A(?:list)?\z/i;
  return EntraSync::Error->throw("$key of $self->{file} is '$mode'; set it to list or realtime");
}

1;
