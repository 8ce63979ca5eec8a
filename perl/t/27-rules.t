# The rules that no list may break, in a script of the gateway: entraid_lookup tells somebody
# without a line from nobody, entraid_search warns, and write_list gives a report with its warnings.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Doubles          qw(%DOUBLES address id);
use SecAtGW::EntraID qw(entraid_lookup entraid_search last_error last_reason write_list);
use Scratch          qw(content folder write_file);
use Simulator;

my $folder    = folder();
my $file      = "$folder/list.txt";
my $simulator = Simulator->start(qw(--members 60));
my @warnings;
local $SIG{__WARN__} = sub { push @warnings, @_ };

my $doubles = $simulator->configuration( "$folder/doubles.entraidconf", %DOUBLES );
my $leavers = $simulator->configuration( "$folder/leavers.entraidconf",
  %DOUBLES, EXCLUDEGROUPID => $simulator->group('leavers') );

my $disputed = '"anna@doubles.example" belongs to ' . join ' and ', id(2), id(3);

subtest 'somebody without a line' => sub {
  for my $case (
    [ finn => $doubles, qr/\Ahas no mobilePhone\z/ ],
    [ anna => $doubles, qr/\A\Q$disputed\E, and neither / ],
    [ jon  => $doubles, qr/\AmobilePhone "\* <sms> - 0" contains / ],
    [ eva  => $leavers, qr/ is the address of somebody whom EXCLUDEGROUPID leaves out\z/ ],
    [ eva  => [ $doubles, $leavers ], qr/ whom EXCLUDEGROUPID leaves out\z/ ],
    )
  {
    my ( $name, $conf, $reason ) = @{$case};
    @warnings = ();
    is entraid_lookup( $conf, address($name) ), q(), "$name: entraid_lookup gives an empty text";
    like last_reason(), $reason, "$name: last_reason says why";
    is last_error(), undef, "$name: there is no error";
    is_deeply [ entraid_search( $conf, address($name) ) ], [],
      "$name: entraid_search gives no line";
    like last_reason(), $reason, "$name: last_reason says why after entraid_search";
    is_deeply \@warnings, [], "$name: no warning";
  }
};

subtest 'the answers that are something else' => sub {
  is entraid_lookup( $doubles, address('nobody') ), undef, 'nobody: undef';
  is last_reason(),                                 undef, 'nobody: no reason';
  is entraid_lookup( $doubles, address('bo') )->{mobilePhone}, '0407000005',
    'a member before a guest: the member\'s number';
  is last_reason(), undef, 'a member: no reason';
  my @people = entraid_lookup( $doubles, [ map { address($_) } qw(bo finn nobody jon) ] );
  is_deeply [ map { ref || $_ } @people ], [ 'HASH', q(), undef, q() ], 'several addresses';
  my @reasons = last_reason();
  is_deeply [ map { defined ? 1 : 0 } @reasons ], [ 0, 1, 0, 1 ], 'several addresses: the reasons';
  is scalar last_reason(), 'has no mobilePhone', 'several addresses: the first reason';
  my $missing = "$folder/missing.entraidconf";
  is entraid_lookup( $missing, address('finn') ), 0,     'a failure: 0';
  is last_reason(),                               undef, 'a failure: no reason';
};

subtest 'warnings of all people' => sub {
  @warnings = ();
  my @lines = entraid_search($doubles);
  is scalar @lines,    8, 'entraid_search: each address has one line or none';
  is scalar @warnings, 2, 'entraid_search warns once of each address that nobody gets';
  like $warnings[0], qr/\A\Q$doubles: $disputed\E, [^\n]+\n\z/,
    'entraid_search: a warning is one line that names the configuration';
  is last_error(), undef, 'entraid_search: a warning is no error';
};

subtest 'a written list' => sub {
  @warnings = ();
  my $report = write_list( conf => $doubles, file => $file );
  is $report->disputed, 2, 'write_list: the report counts disputed addresses';
  my @told = $report->warnings;
  is scalar @told,             2, 'write_list: the report has the warnings';
  is scalar $report->warnings, 2, 'write_list: in scalar context they are counted';
  like $told[0], qr/\A\Q$disputed\E, /, 'write_list: a warning';
  is $report->readings, 1, 'write_list: a first filling needs one reading';
  is_deeply \@warnings, [], 'write_list: nothing is printed';
  my ($skip) = grep { $_->{name} eq id(2) } $report->skips;
  like $skip->{reason}, qr/\A\Q$disputed\E, /, 'write_list: who is left out, and why';
  is_deeply [ sort keys %{$skip} ], [qw(display_name name reason sign_in_name)],
    'write_list: the keys of a skip';
};

subtest 'two readings' => sub {
  my $main = $simulator->configuration( "$folder/main.entraidconf", GROUPID => 'main' );
  is write_list( conf => $main, file => $file, accept_change => 1 ), undef,
    'a list of other people: nothing is accepted that no run has proposed';
  my $first = write_list( conf => $main, file => $file, accept_change => 1 );
  is $first->readings, 2, 'a large change: two readings';
  my $whole  = content($file);
  my $short  = Simulator->start(qw(--members 60 --fault short-page*1@main));
  my $conf   = $short->configuration( "$folder/short.entraidconf", GROUPID => 'main' );
  my $report = write_list( conf => $conf, file => $file );
  is $report->readings, 2,      'a short page: two readings';
  is content($file),    $whole, 'a short page: nobody is removed';
  like join( q(), $report->warnings ), qr/\Atwo readings of the groups disagree about /,
    'a short page: a warning';
};

done_testing;
