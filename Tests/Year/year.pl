#!/usr/bin/perl
# A year of a gateway's instance: 8,760 hours in which cron runs, with a clock that is handed in.
#
#     Tests/Year/run
#
# People come and go each week. There is an outage, a throttled day, a client secret that ends
# without a successor and one that ends with one, a stop of the guard that a person accepts, and a
# group that is empty for some hours. It prints TAP, and each mail that cron would have sent.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/../../perl/t/lib";
use Test::More;

use EntraSync::History;
use Instance;
use Simulator;

# YEAR_HOURS shortens the year, to look at its beginning.
my $hours = $ENV{YEAR_HOURS} // 8760;
my $begin = 1_798_761_600;                               # 2027-01-01 00:00 UTC
my $next  = 'next-client-secret~0123456789abcdefghij';

# What happens, by days of the year.
my %day = ( outage => 40, throttled => 80, ends => 150, guard => 200, empty => 250, next => 300 );

sub set_clock {
  my ($time) = @_;
  open my $clock, '+<', $ENV{YEAR_CLOCK} or die "$ENV{YEAR_CLOCK}: $!\n";
  print {$clock} pack 'q', $time;
  close $clock or die "$ENV{YEAR_CLOCK}: $!\n";
  return;
}

sub date {
  my ($day) = @_;
  my @time = gmtime $begin + $day * 86_400;
  return sprintf '%d-%02d-%02d', $time[5] + 1900, $time[4] + 1, $time[3];
}

# The simulator, which is started anew on its port when it has to be another one.
my ( $simulator, $port, $flags );

sub simulator {
  my (@flags) = @_;
  return $simulator if $simulator && $flags eq "@flags";
  $simulator->stop if $simulator;
  $simulator = Simulator->start( @flags, $port ? ( '--port', $port ) : () );
  ($port) = $simulator->{values}{LOGINURL} =~ /:(\d+)/;
  $flags = "@flags";
  return $simulator;
}

# Whether an hour is one of so many from the beginning of a day on.
sub is_within {
  my ( $hour, $day, $count ) = @_;
  return $hour >= $day * 24 && $hour < $day * 24 + $count;
}

set_clock($begin);
my $folder   = $ENV{YEAR_FOLDER};
my $secret   = "$folder/next-secret";
my $instance = Instance->new( simulator( '--members', 60 ), 'example' );
open my $file, '>', $secret or die "$secret: $!\n";
print {$file} "$next\n";
close $file or die "$secret: $!\n";

# The simulator of an hour, and what the configurations say beside it.
sub world {
  my ($hour)  = @_;
  my $day     = int( $hour / 24 );
  my $week    = int( $day / 7 );
  my $members = 60 + $week % 5;
  my %keys    = ( SECRETEXPIRES => date( $day{ends} ) );
  $keys{SECRETEXPIRES}    = date( $day{next} ) if $hour >= $day{ends} * 24 + 3;
  $keys{NEXTCLIENTSECRET} = $next if $day >= $day{next} - 25;
  if ( $hour >= $day{next} * 24 + 5 ) {
    delete $keys{NEXTCLIENTSECRET};
    @keys{qw(CLIENTSECRET SECRETEXPIRES)} = ( $next, date(700) );
  }

  if ( is_within( $hour, $day{outage}, 30 ) ) {
    $simulator->stop;
    $flags = 'stopped';
    return ( $simulator, %keys, TIMEOUT => 1 );
  }
  return ( simulator( '--members', $members, qw(--fault throttle:99:600) ), %keys )
    if is_within( $hour, $day{throttled}, 24 ) && $hour % 2;
  return ( simulator( '--members', $members, qw(--fault expired-secret@token) ), %keys )
    if is_within( $hour, $day{ends}, 3 );
  $members = 20 if is_within( $hour, $day{guard}, 240 );
  $members = 0 if is_within( $hour, $day{empty}, 6 );
  return ( simulator( '--members', $members, qw(--secret-ends=-1 --next-secret-file), $secret ),
    %keys )
    if $day >= $day{next};
  return ( simulator( '--members', $members, '--next-secret-file', $secret ), %keys );
}

my ( @mails, %seen );
for my $hour ( 0 .. $hours - 1 ) {
  set_clock( $begin + $hour * 3600 );
  my ( $world, %keys ) = world($hour);
  $instance->{simulator} = $world;
  my $named = join ' ', "$world", map { "$_=$keys{$_}" } sort keys %keys;
  if ( !$seen{configured} || $seen{configured} ne $named ) {
    $instance->configure( 'senders', GROUPID => 'main', STATEDIR => 'state', %keys );
    $instance->configure(
      'sms',
      GROUPID     => 'single',
      QUERYFILTER => 'mail,mobilePhone',
      STATEDIR    => 'state',
      %keys
    );
    $seen{configured} = $named;
  }

  # In the afternoon a person has looked at what the guard has stopped.
  if ( $hour == $day{guard} * 24 + 16 ) {
    open my $accept, '>', $instance->path('senders.txt.accept') or die "accept: $!\n";
    close $accept or die "accept: $!\n";
  }
  my ( undef, $messages, $printed ) = $instance->run( $instance->settings );
  my $mail = $messages . $printed or next;
  push @mails, { hour => $hour, text => $mail };
  my @time = gmtime $begin + $hour * 3600;
  diag sprintf '%02d-%02d %02d:00 %s', $time[4] + 1, $time[3], $time[2],
    $mail =~ s/\Q$folder\E\S*?\/(?=[^\/\s]+(?:[\s:,]))//gr;
}

my $said = sub {
  my ( $from, $count, $pattern ) = @_;
  return scalar grep { is_within( $_->{hour}, $from, $count ) && $_->{text} =~ $pattern } @mails;
};
my $history = $instance->path('entraid/state/history.sqlite');
diag scalar(@mails) . ' mails, ' . ( -s $history ) . ' bytes';
cmp_ok scalar @mails, '<', 30,               'few mails come in a year';
cmp_ok -s $history,   '<', 20 * 1024 * 1024, 'the history stays small';
my @runs = EntraSync::History->runs(
  list   => $instance->path('senders.txt'),
  folder => $instance->path('entraid/state') );
is scalar @runs, $hours, 'each run is remembered';
done_testing, exit if $hours < 8760;

is $said->( $day{outage},     1,  qr/cannot connect/ ), 1, 'an outage is told when it begins';
is $said->( $day{outage},     31, qr/cannot connect/ ), 2, 'and once a day';
is $said->( $day{outage} + 1, 7,  qr/all well again since 06:00, after 30 h/ ), 1,
  'and when it is over';
is $said->( $day{throttled},     24,  qr/throttles/ ),      2, 'a throttled day is told twice';
is $said->( $day{throttled} + 1, 12,  qr/all well again/ ), 1, 'and when it is over';
is $said->( $day{ends} - 30, 23 * 24, qr/ends on/ ),        4, 'the end of a secret is told weekly';
is $said->( $day{ends} - 7,  7 * 24,  qr/ends on/ ),        6, 'and then daily';
is $said->( $day{ends},      1,       qr/AADSTS7000222/ ),  1, 'that it has ended is told';
is $said->( $day{ends},  12, qr/all well again since 03:00, after 3 h/ ), 1, 'and that it is over';
is $said->( $day{guard}, 1,  qr/more than MAXREMOVED/ ),        1, 'a stop of the guard is told';
is $said->( $day{guard}, 17, qr/all well again since 16:00/ ),  1, 'and that it is over';
is $said->( $day{empty}, 1,  qr/the list was left as it is/ ),  1, 'an empty group is told';
is $said->( $day{empty}, 7,  qr/all well again since 06:00/ ),  1, 'and that it is over';
is $said->( $day{next},  1,  qr/NEXTCLIENTSECRET .*was used/ ), 1, 'the next secret is told';
is $said->( $day{next}, 12, qr/AADSTS7000222: |was left as it was/ ), 0, 'and no list misses a run';
is scalar(
  grep { $_->{status} ne 'ok' }
  grep { $_->{began} >= $begin + $day{next} * 86_400 } @runs
  ),
  0, 'all runs after the secret with a successor went well';
done_testing;
