#!/usr/bin/perl
# Writes D-Compose's automatic access rights from an Entra ID group. It is meant for
# /etc/cron.hourly. It does nothing unless this node is active. It prints nothing when all is well.
# After a failure the list is left as it was, one line says why, and the exit status is 1.
#
#     entraid_compose_access_rights.pl [--instance=NAME] [--configname=NAME] [--rules=reg|sms]
#       [--loud]
#
# Where runs are remembered, a trouble is told when it begins, once a day while it lasts, and when
# it is over. --loud tells it in every run.
#
# The command line overrides the settings below.
use strict;
use warnings;

our $base_path;

# Whatever ends this script: a failure has the exit status 1.
END { $? &&= 1 }

BEGIN { require '/etc/opt/Sec@GW/init.pl' }

use Getopt::Long ();
use SecAtGW::EntraID;

# ---- Edit the line below. It sets the instance (the name of its folder below /server), the
# ---- configuration (the name of its file in config/entraid, without .entraidconf), and the rules:
# ---- 'reg' for registration, `* user@example.com <reg> - 0`, or 'sms' for SMS,
# ---- `user@example.com * <sms> - 0`.

my %setting = ( instance => 'example', configname => 'usersync', rules => 'reg' );

# -------------------------------------------------------------------------------------------------

# The same templates as in SecAtGW::Templates. This script cannot rely on that module: the product's
# folder comes first in the search path, and has only the modules that entraid dropin puts there.
my %template = (
  reg => '* {address} <reg> - 0',
  sms => '{address} * <sms> - 0',
);
my $program = 'entraid_compose_access_rights.pl';
my $is_loud;
read_options();
my ( $instance, $configname, $rules ) = @setting{qw(instance configname rules)};
die "$program: rules is '$rules'; set it to reg or sms\n" unless exists $template{$rules};

die "$program: $INC{'SecAtGW/EntraID.pm'} cannot write lists; put entrasync's in its place with"
  . " entraid dropin install\n"
  unless SecAtGW::EntraID->can('is_from_entrasync');

exit 0 unless status() =~ /\AACTIVE(?: FAKE)?\z/;

my $report = SecAtGW::EntraID::write_list(
  conf     => "/server/$instance/config/entraid/$configname.entraidconf",
  file     => "/server/$instance/config/gsm_auth_auto.txt",
  template => $template{$rules},
  quiet    => !$is_loud,
);
exit( $report ? 0 : 1 );

# Reads the settings that the command line gives.
sub read_options {
  my $usage = 'it takes --instance, --configname and --rules, each with a value, and --loud';
  local $SIG{__WARN__} = sub { };
  Getopt::Long::Configure(qw(no_auto_abbrev no_ignore_case));
  Getopt::Long::GetOptions( \%setting, 'loud' => \$is_loud, map { "$_=s" } sort keys %setting )
    && !@ARGV
    or die "$program: $usage\n";
  for my $name (qw(instance configname)) {
    die "$program: $name is '$setting{$name}'; set it to a name, without a /\n"
      if $setting{$name} !~ m{\A[^/\0]+\z} || $setting{$name} =~ /\A\.\.?\z/;
  }
  return;
}

# The status that the product gives this node: ACTIVE on the node that does the work.
sub status {
  my $command = "$base_path/bin/get_status.sh";
  no warnings 'exec';    # The message below is enough.
  open my $output, '-|', $command, $base_path or die "$program: $command cannot be run: $!\n";
  my $status = join '', <$output>;
  close $output or die "$program: $command failed: ", $! || 'status ' . ( $? >> 8 ), "\n";
  $status =~ s/\s+\z//;
  return $status;
}
