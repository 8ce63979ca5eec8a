package SecAtGW::Templates;

# Names the templates of the gateway's lists.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our $VERSION   = '1.0.0';
our @EXPORT_OK = qw(%TEMPLATE);

# The templates of the gateway's lists, by the names that `entraid --template` takes.
our %TEMPLATE = (
  'senders'   => '{address}',
  'sms'       => '{address} {phone}',
  'reg-rules' => '* {address} <reg> - 0',
  'sms-rules' => '{address} * <sms> - 0',
);

1;
