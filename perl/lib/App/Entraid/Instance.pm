package App::Entraid::Instance;

# Finds the lists of a gateway's instance.
use 5.016;
use strict;
use warnings;

use App::Entraid::Permission qw(is_closed);
use App::Entraid::Printable  qw(printable_path);
use SecAtGW::LDAPCrons       ();
use Exporter                 qw(import);

our @EXPORT_OK = qw(lists_of_instance);

# The lists of a gateway's instance: those that SecAtGW::LDAPCrons finds, and the access rights, if
# there is such a list or a script writes it. `writers`, an App::Entraid::ListWriters, knows who
# writes each. If the instance has no lists, it returns a hash in place of a list, whose key
# `unknown` says what is wrong with the instance.
sub lists_of_instance {
  my ( $folder, $writers ) = @_;
  $folder =~ s{(?<=.)/+\z}{};
  my $label   = printable_path($folder);
  my $unknown = sub { return { label => $label, instance => $folder, unknown => $_[0] } };
  my $config  = "$folder/config";
  return $unknown->('this user may not look into its folder config')
    if is_closed($config) || -d _ && !-x _;
  return $unknown->('it has no folder config; name an instance, such as /server/example')
    unless -d $config;
  my @lists = SecAtGW::LDAPCrons->new(
    docroot      => $folder,
    envelopeconf => scalar _settings("$config/envelope.cfg"),
    composeconf  => scalar _settings("$config/compose.cfg"),
  )->lists;
  push @lists, _access_rights( $folder, $writers );
  return $unknown->('neither its envelope.cfg nor its compose.cfg names a list') unless @lists;

  for my $list ( grep { defined $_->{path} } @lists ) {
    $list->{writers} //= [ $writers->of_list( $list->{name}, $folder, $list->{path} ) ];
    $list->{places} = $writers->places;
  }
  my @sources = map { "$config/$_" } qw(envelope.cfg compose.cfg entraid);
  return map {
    { label => "$label: the $_->{name} list", instance => $folder, sources => \@sources, %{$_} }
  } @lists;
}

# The list of the access rights. A script names it and its configurations, and no setting does. Only
# entrasync's own script writes into an audit.
sub _access_rights {
  my ( $folder, $writers ) = @_;
  my $path  = "$folder/config/gsm_auth_auto.txt";
  my @found = $writers->of_list( 'access-rights', $folder, $path );
  return unless @found || -e $path;
  my %is_named       = map { $_ => 1 } map { @{ $_->{configurations} } } @found;
  my $are_all_active = @found && !grep { !$_->{needs_active} } @found;
  return {
    name           => 'access-rights',
    path           => $path,
    writers        => \@found,
    configurations => [ sort keys %is_named ],
    is_unaudited   => !grep( { ( $_->{by} // q() ) eq 'entrasync' } @found ),
    is_rewritten   => !!grep( { $_->{is_rewriting} } @found ),
    is_passive     => $are_all_active ? sub { $writers->is_passive } : undef,
  };
}

# The settings of a cfg file with one `key = value` a line, which is all that lists need. The
# product's own reader is not used, since it needs the product.
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
