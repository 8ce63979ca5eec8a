## no critic
package SecAtGW::InstanceUtils;

# Stands in for the product's: the instances that are on the disk.
sub getinstances {
  my $what = shift;
  die "only dirname is known" unless $what eq "dirname";
  opendir( SERVER, "/server" ) or die "/server: $!";
  my @names = sort grep { !/^\./ && -d "/server/$_/config" } readdir(SERVER);
  closedir(SERVER);
  return \@names;
}

1;
