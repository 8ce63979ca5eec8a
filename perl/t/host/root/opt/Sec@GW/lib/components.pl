## no critic
# Stands in for the product's: where the cfg files' parts are.
%component_files = ( domain => "config.cfg", envelope => "envelope.cfg", compose => "compose.cfg" );
