package App::Entraid::Instance;

# The lists of a gateway's instance.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);
use SecAtGW::LDAPCrons      ();
use Exporter                qw(import);

our @EXPORT_OK = qw(lists_of_instance);

# The lists of a gateway's instance, as SecAtGW::LDAPCrons keeps them; where that cannot be told, what
# is the matter with the instance, in the place of a list.
sub lists_of_instance {
  my ($folder) = @_;
  $folder =~ s{(?<=.)/+\z}{};
  my $label   = printable_path($folder);
  my $unknown = sub { return { label => $label, unknown => $_[0] } };
  return $unknown->('it has no folder config; name an instance, such as /server/example')
    unless -d "$folder/config";
  my @lists = SecAtGW::LDAPCrons->new(
    docroot      => $folder,
    envelopeconf => _settings("$folder/config/envelope.cfg"),
    composeconf  => _settings("$folder/config/compose.cfg"),
  )->lists;
  return $unknown->('neither its envelope.cfg nor its compose.cfg names a list') unless @lists;
  return map { { label => "$label: the $_->{name} list", %{$_} } } @lists;
}

# What a cfg file sets, as far as lists need it: a line for each key. The product's own reader needs
# the product.
sub _settings {
  my ($path) = @_;
  return unless -f $path;
  open my $file, '<', $path or return;
  my %values;
  while ( my $line = <$file> ) {
    $values{$1} = $2 if $line =~ /\A\s*([^#=\s][^=]*?)\s*=\s*(.*?)\s*\z/s;
  }
  return \%values;
}

1;
