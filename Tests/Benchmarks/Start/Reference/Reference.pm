package Reference;

# The least that a module over libcurl can be, as a measure of how long others take to load.
use 5.016;
use strict;
use warnings;

our $VERSION = '1';

require XSLoader;
XSLoader::load( __PACKAGE__, $VERSION );

1;
