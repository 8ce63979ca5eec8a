## no critic
package SecAtGW::LDAPStub;

# Stands in for a search in a directory server.
sub ldap_search { return ("Ldap\@Example.com") }

1;
