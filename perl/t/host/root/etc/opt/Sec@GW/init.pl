## no critic
# Stands in for the product's: where things are.
$base_path        = "/opt/Sec\@GW";
$base_config_path = "/etc/opt/Sec\@GW";
$documentroot     = "/server";
unshift @INC, "$base_path/lib";
1;
