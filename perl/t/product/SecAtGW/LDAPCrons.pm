## no critic
package SecAtGW::LDAPCrons;

# Stands in for the product's: made up, as its guide shows how it is called. The sender list is
# filled from LDAP and from Entra ID, the SMS list from Entra ID alone.
use SecAtGW::EntraID;
use SecAtGW::LDAPStub;

sub new {
  my $class = shift;
  my $self  = {@_};
  return bless $self, $class;
}

sub run_scripts {
  my $self = shift;
  my %list = (
    $self->{envelopeconf}->{ALLOWEDLDAPSENDERFILE} =>
      [ SecAtGW::LDAPStub::ldap_search(), $self->entraid("usersync") ],
    $self->{composeconf}->{LDAPGSMLISTFILE} => [ $self->entraid("sms") ],
  );
  foreach my $file ( sort keys %list ) {
    open( LIST, ">$file" ) or return 0;
    print LIST map { lc($_) . "\n" } @{ $list{$file} };
    close(LIST);
  }
  return 1;
}

sub entraid {
  my ( $self, $name ) = @_;
  return SecAtGW::EntraID::entraid_search("$self->{docroot}/config/entraid/$name.entraidconf");
}

sub messages { return () }

1;
