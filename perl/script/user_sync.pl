#!/usr/bin/perl
# Brings the lists of all instances up to date from Entra ID: the sender list (envelope.cfg) and the
# SMS list (compose.cfg). It is meant for /etc/cron.hourly. It prints nothing when all is well.
# After a failure it prints one line for each instance whose list was left as it was, and exits with
# 1. Where runs are remembered, a trouble is told when it begins, once a day while it lasts, and
# when it is over; user_sync.pl --loud tells it in every run. It does not run with the product's own
# modules, unless entrasync's search is installed alone.
use strict;
use warnings;

our ( $documentroot, $base_path, $base_config_path );

# Whatever ends this script: a failure has the exit status 1.
END { $? &&= 1 }

BEGIN { require '/etc/opt/Sec@GW/init.pl' }

use SecAtGW::Instance;
use SecAtGW::InstanceUtils;
use SecAtGW::FileHandle;
use SecAtGW::LDAPCrons;

# ---- Settings -----------------------------------------------------------------------------------

# The folder that holds the instances.
my $servers = '/server';

# The product's own readers of cfg files need these files of the product, loaded in this order.
my @libraries = qw(mailfunctions.pl components.pl validate_input2.pl readconfig.pl);

# -------------------------------------------------------------------------------------------------

# The product's own LDAPCrons writes lists in place and without the guard. It may do that with
# entrasync's search, which a site has installed alone on purpose.
if ( !SecAtGW::LDAPCrons->can('is_from_entrasync') ) {
  require SecAtGW::EntraID;
  die "user_sync.pl: $INC{'SecAtGW/LDAPCrons.pm'} would write lists without the guard; put"
    . " entrasync's in its place with entraid dropin install, or use the product's own script\n"
    unless SecAtGW::EntraID->can('is_from_entrasync');
}

# Where entrasync's module is installed and could not be loaded, the product's own has answered.
{
  no warnings 'once';
  die "user_sync.pl: entrasync could not be loaded, so no list was written\n"
    if $App::Entraid::Dropin::Loader::has_warned;
}

for my $library (@libraries) {
  my $path = "$base_path/lib/$library";
  -r $path or die "user_sync.pl: $path cannot be read: $!\n";
  do $path;
  die "user_sync.pl: $@" if $@;
}

die "user_sync.pl: it takes --loud, and nothing else\n" if grep { $_ ne '--loud' } @ARGV;
{
  no warnings 'once';
  $SecAtGW::LDAPCrons::LOUD ||= @ARGV > 0;
}

my $failed = 0;
for my $instance ( @{ SecAtGW::InstanceUtils::getinstances('dirname') } ) {
  eval { print keep_lists($instance); 1 } or do {
    my $reason = "$@" =~ s/\s+/ /gr;
    print "$instance: its lists were left as they were: $reason\n";
    $failed = 1;
  };
}
exit $failed;

# Brings one instance's lists up to date. Returns the messages to print.
sub keep_lists {
  my ($instance) = @_;
  my $root       = "$servers/$instance";
  my $crons      = SecAtGW::LDAPCrons->new(
    docroot      => $root,
    domainconf   => scalar readdomainconfig("$root/config/config.cfg"),
    envelopeconf => scalar readenvelopeconfig("$root/config/envelope.cfg"),
    composeconf  => scalar readcomposeconfig("$root/config/compose.cfg"),
  );
  return if $crons->run_scripts;

  # entrasync's module also says that a trouble is over.
  $failed ||= !( $crons->can('all_well') && $crons->all_well );
  return $crons->messages;
}

# The product's files call these two functions by name.
sub print_log { print "@_\n"; return }
sub error_log { print "@_\n"; return }
