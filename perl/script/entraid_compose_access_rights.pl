#!/usr/bin/perl
# Writes D-Compose's automatic access rights from an Entra ID group. For /etc/cron.hourly: does
# nothing unless this node is active, and prints nothing when all is well; otherwise the list is
# left as it was, one line says why, and it exits with 1.
use strict;
use warnings;

our $base_path;

BEGIN { require '/etc/opt/Sec@GW/init.pl' }

use SecAtGW::EntraID;

# ---- Settings -----------------------------------------------------------------------------------

# The instance: the name of its folder below /server.
my $instance = 'example';

# The configuration: its file's name in the instance's config/entraid, without .entraidconf.
my $configname = 'usersync';

# The rules: 'reg' for `* user@example.com <reg> - 0`, registration;
# 'sms' for `user@example.com * <sms> - 0`, SMS authentication.
my $rules = 'reg';

# The list.
my $file = "/server/$instance/config/gsm_auth_auto.txt";

# -------------------------------------------------------------------------------------------------

my %template = (
  reg => '* {address} <reg> - 0',
  sms => '{address} * <sms> - 0',
);
my $program = 'entraid_compose_access_rights.pl';
die "$program: the setting \$rules is '$rules'; set it to reg or sms\n"
  unless exists $template{$rules};

exit 0 unless status() =~ /\AACTIVE(?: FAKE)?\z/;

my $report = SecAtGW::EntraID::write_list(
  conf     => "/server/$instance/config/entraid/$configname.entraidconf",
  file     => $file,
  template => $template{$rules},
);
exit( $report ? 0 : 1 );

# What the product says about this node; ACTIVE on the one that does the work.
sub status {
  my $command = "$base_path/bin/get_status.sh";
  no warnings 'exec';    # One line says it.
  open my $output, '-|', $command, $base_path or die "$program: $command cannot be run: $!\n";
  my $status = join '', <$output>;
  close $output or die "$program: $command failed: ", $! || 'status ' . ( $? >> 8 ), "\n";
  $status =~ s/\s+\z//;
  return $status;
}
