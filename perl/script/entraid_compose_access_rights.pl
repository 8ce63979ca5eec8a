#!/usr/bin/perl
# Writes D-Compose's automatic access rights from an Entra ID group. For /etc/cron.hourly: does
# nothing unless this node is active, and prints nothing when all is well; otherwise the list is
# left as it was, one line says why, and it exits with 1.
#
#     entraid_compose_access_rights.pl [--instance=NAME] [--configname=NAME] [--rules=reg|sms]
#
# What a command line says counts before the line below.
use strict;
use warnings;

our $base_path;

BEGIN { require '/etc/opt/Sec@GW/init.pl' }

use Getopt::Long ();
use SecAtGW::EntraID;

# ---- The line to edit: the instance (the name of its folder below /server), the configuration (its
# ---- file's name in config/entraid, without .entraidconf), and the rules: 'reg' for registration,
# ---- `* user@example.com <reg> - 0`, or 'sms' for SMS, `user@example.com * <sms> - 0`.

my %setting = ( instance => 'example', configname => 'usersync', rules => 'reg' );

# -------------------------------------------------------------------------------------------------

# As SecAtGW::Templates has them. That module may be out of reach here: the product's folder comes
# first, and has only the modules that entraid dropin puts there.
my %template = (
  reg => '* {address} <reg> - 0',
  sms => '{address} * <sms> - 0',
);
my $program = 'entraid_compose_access_rights.pl';
read_options();
my ( $instance, $configname, $rules ) = @setting{qw(instance configname rules)};
die "$program: rules is '$rules'; set it to reg or sms\n" unless exists $template{$rules};

die "$program: $INC{'SecAtGW/EntraID.pm'} cannot write lists; put entrasync's in its place with"
  . " entraid dropin install\n"
  unless SecAtGW::EntraID->can('write_list');

exit 0 unless status() =~ /\AACTIVE(?: FAKE)?\z/;

my $report = SecAtGW::EntraID::write_list(
  conf     => "/server/$instance/config/entraid/$configname.entraidconf",
  file     => "/server/$instance/config/gsm_auth_auto.txt",
  template => $template{$rules},
);
exit( $report ? 0 : 1 );

# Takes the settings of the command line.
sub read_options {
  my $usage = 'it takes --instance, --configname and --rules, each with a value';
  local $SIG{__WARN__} = sub { };
  Getopt::Long::Configure(qw(no_auto_abbrev no_ignore_case));
  Getopt::Long::GetOptions( \%setting, map { "$_=s" } sort keys %setting ) && !@ARGV
    or die "$program: $usage\n";
  for my $name (qw(instance configname)) {
    die "$program: $name is '$setting{$name}'; set it to a name, without a /\n"
      if $setting{$name} !~ m{\A[^/\0]+\z} || $setting{$name} =~ /\A\.\.?\z/;
  }
  return;
}

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
