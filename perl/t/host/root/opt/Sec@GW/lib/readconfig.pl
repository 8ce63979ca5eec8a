## no critic
# Stands in for the product's: each cfg file as a reference to a hash.
sub readdomainconfig   { return read_cfg( shift, "domain" ) }
sub readenvelopeconfig { return read_cfg( shift, "envelope" ) }
sub readcomposeconfig  { return read_cfg( shift, "compose" ) }

sub read_cfg {
  my ( $path, $component ) = @_;
  error_log("$path is no $component file") unless $path =~ /\Q$component_files{$component}\E$/;
  open( CFG, "<", $path ) or return undef;
  my %values;
  while (<CFG>) {
    next if /^\s*#/;
    $values{ clean_value($1) } = clean_value($2) if /^([^=]+)=(.*)$/;
  }
  close(CFG);
  return \%values;
}
