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
  unlink $file;
  my $report = SecAtGW::EntraID::write_list(
    conf     => $conf,
    file     => $file,
    template => $template,
  );
  is content($file), $shape{$template}, "write_list writes the line of template $template";
  ok $report && $report->changed, "write_list gives a report with template $template";
}
write_file( $file, "$person\n" );
ok SecAtGW::EntraID::write_list( conf => [ $conf, $main ], file => $file, template => '{mail}' ),
  'write_list accepts several configurations';
like content($file), qr/\A(?:[^\s@]+@[^\s@]+\n){40,51}\z/,
  'write_list merges the people of several configurations';
my $before = state_of($file);
my $again =
  SecAtGW::EntraID::write_list( conf => [ $main, $conf ], file => $file, template => '{mail}' );
ok $again && !$again->changed, 'write_list changes nothing for the same people in another order';
is_deeply state_of($file), $before, 'write_list does not touch a list that stays the same';
is_deeply \@warnings,      [],      'write_list gives no warning on success';

# Failures give no report and one warning, and leave the file unchanged.
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
  is_deeply state_of($file),                          $before, "$what: the file is unchanged";
  is scalar @warnings, 1, "$what: one warning";
  like $warnings[0], qr/\A[^\n]*\n\z/, "$what: the warning is one line";
  like $warnings[0], $reason,          "$what: the warning has the reason";
  my $shown = ref $named{conf} ? '' : $named{conf} // '';
  is scalar( () = $warnings[0] =~ /\Q$shown\E/g ), 1,
    "$what: the warning names the configuration once"
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
ok $accepted && $accepted->removed, 'accept_change lets a change pass that the guard refuses';
is content($file), "$person\n", 'accept_change writes the list';
is_deeply \@warnings, [], 'accept_change gives no warning';
is SecAtGW::EntraID::last_error(), undef, 'last_error is undef after a later success';

done_testing;
