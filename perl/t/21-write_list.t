# SecAtGW::EntraID::write_list.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Scratch qw(content folder state_of write_file);
use SecAtGW::EntraID;
use Simulator;

my $folder    = folder();
my $file      = "$folder/list.txt";
my $simulator = Simulator->start(qw(--members 50));
my $conf      = $simulator->configuration(
  "$folder/single.entraidconf",
  GROUPID     => 'single',
  QUERYFILTER => 'mail,mobilePhone'
);
my $main = $simulator->configuration( "$folder/main.entraidconf", GROUPID => 'main' );
my @warnings;
local $SIG{__WARN__} = sub { push @warnings, @_ };

my $person = $Simulator::ADDRESS;
my %shape  = (
  '{address}'             => "$person\n",
  '{address} {phone}'     => "$person $Simulator::PHONE\n",
  '* {address} <reg> - 0' => "* $person <reg> - 0\n",
  '{address} * <sms> - 0' => "$person * <sms> - 0\n",
);
for my $template ( sort keys %shape ) {
  my $report = SecAtGW::EntraID::write_list(
    conf          => $conf,
    file          => $file,
    template      => $template,
    accept_change => 1,
  );
  is content($file), $shape{$template}, "template $template";
  ok $report && $report->changed, 'and a report';
}
ok SecAtGW::EntraID::write_list( conf => [ $conf, $main ], file => $file, template => '{mail}' ),
  'several configurations';
like content($file), qr/\A(?:[^\s@]+@[^\s@]+\n){40,51}\z/, 'are merged';
my $before = state_of($file);
my $again =
  SecAtGW::EntraID::write_list( conf => [ $main, $conf ], file => $file, template => '{mail}' );
ok $again && !$again->changed, 'the same people in another order change nothing';
is_deeply state_of($file), $before, 'not even the file\'s time';
is_deeply \@warnings,      [],      'no warning so far';

# Failures: no report, the file as it was, and one warning.
for my $case (
  [ 'the guard', 'guard', qr/MAXREMOVED.*$/, conf => $conf, file => $file, template => '{mail}' ],
  [
    'a failing search', 'authentication', qr/CLIENTSECRET/,
    file => $file,
    conf => $simulator->configuration( "$folder/wrong.entraidconf", CLIENTSECRET => 'x' )
  ],
  [
    'an attribute that is not there', 'invalid_argument', qr/\{phone\}/,
    conf     => $main,
    file     => $file,
    template => '{phone}'
  ],
  [
    'a malformed template', 'invalid_argument', qr/template/,
    conf     => $main,
    file     => $file,
    template => '{'
  ],
  [ 'no file', 'invalid_argument', qr/needs a file/, conf => $main ],
  [
    'an unknown argument', 'invalid_argument', qr/has no argument 'path'/,
    conf => $main,
    path => $file
  ],
  [ 'no configuration', 'invalid_argument', qr/configuration/, file => $file ],
  )
{
  my ( $what, $status, $reason, %named ) = @{$case};
  @warnings = ();
  is_deeply [ SecAtGW::EntraID::write_list(%named) ], [undef], "$what: no report";
  is_deeply state_of($file),                          $before, "$what: the file is as it was";
  is scalar @warnings, 1, "$what: one warning";
  like $warnings[0], qr/\A[^\n]*\n\z/, "$what: in one line";
  like $warnings[0], $reason,          "$what: with the reason";
  my $shown = ref $named{conf} ? '' : $named{conf} // '';
  is scalar( () = $warnings[0] =~ /\Q$shown\E/g ), 1, "$what: naming the configuration once"
    if $shown;
  is SecAtGW::EntraID::last_error()->status_name, $status, "$what: last_error";
}

@warnings = ();
my $accepted = SecAtGW::EntraID::write_list(
  conf          => $conf,
  file          => $file,
  template      => '{mail}',
  accept_change => 1,
);
ok $accepted && $accepted->removed, 'a change that the guard refuses can be accepted';
is content($file), "$person\n", 'and is made then';
is_deeply \@warnings, [], 'without a warning';
is SecAtGW::EntraID::last_error(), undef, 'success ends last_error';

done_testing;
