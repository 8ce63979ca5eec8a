## no critic
# Stands in for the product's, of which the script uses nothing.
1;
