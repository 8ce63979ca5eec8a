## no critic
# Stands in for the product's, which the readers of cfg files are not loaded without.
sub mail_domain { return ( split /\@/, $_[0] )[1] }
