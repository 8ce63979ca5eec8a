## no critic
# Stands in for the product's: what a value is after its edges are cleaned.
sub clean_value {
  my $value = shift;
  $value =~ s/^\s+//;
  $value =~ s/\s+$//;
  return $value;
}
