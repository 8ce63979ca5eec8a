# SecAtGW::LDAPCrons: a list that was written, and that a person should look at all the same, is in
# cron's one line.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Doubles qw(%DOUBLES dispute);
use Instance;
use Scratch qw(content write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 60));

subtest 'addresses that nobody gets' => sub {
  my $instance = Instance->new($simulator);
  $instance->configure( 'sms',     %DOUBLES );
  $instance->configure( 'senders', GROUPID => 'single' );
  my $sms = $instance->path('sms.txt');
  my $end =
      'with 2 warnings (2 addresses disputed): '
    . dispute( anna => 2,  3 ) . '; '
    . dispute( iris => 18, 19 ) . "\n";
  my ( $all_well, $text, $printed ) = $instance->run( $instance->settings );
  is $all_well, 0,                                'run_scripts returns 0';
  is $text,     "example: $sms was written $end", 'the line names instance, list and texts';
  is $printed,  '',                               'nothing else is printed';
  like $instance->sms,   qr/^bo\@doubles\.example 0407000005$/m, 'the list was written';
  unlike $instance->sms, qr/^anna@/m,                            'nobody has the address';
  is $instance->senders, "$Simulator::ADDRESS\n", 'the other list was written';

  ( $all_well, $text ) = $instance->run( $instance->settings );
  is $all_well, 0,                                  'the next run returns 0 too';
  is $text,     "example: $sms is up to date $end", 'the next run: the line';
};

subtest 'a client secret that ends soon' => sub {
  my $instance = Instance->new($simulator);
  my ( $day, $month, $year ) = ( gmtime time + 2 * 86_400 )[ 3 .. 5 ];
  $instance->configure(
    'senders',
    GROUPID       => 'single',
    SECRETEXPIRES => sprintf( '%d-%02d-%02d', $year + 1900, $month + 1, $day ) );
  my ( $all_well, $text ) =
    $instance->run( envelopeconf => { $instance->settings }->{envelopeconf} );
  is $all_well, 0, 'a secret that ends soon: run_scripts returns 0';
  like $text,
    qr/\Aexample: \S+ was written with 1 warning: \S+: the client secret of [^\n]+ ends on [^\n]+\n\z/,
    'a secret that ends soon: the line says so';
  is $instance->senders, "$Simulator::ADDRESS\n", 'a secret that ends soon: the list is written';
};

subtest 'members that were not read' => sub {
  my $instance = Instance->new($simulator);
  $instance->configure( 'senders', GROUPID => 'mixed' );
  my @only = ( envelopeconf => { $instance->settings }->{envelopeconf} );
  my ( $all_well, $text ) = $instance->run(@only);
  is $all_well, 0, 'an unknown type: run_scripts returns 0';
  like $text,
    qr/\Aexample: \S+senders\.txt was written with 1 warning: 1 members of unknown types were not read: "futureUser"; [^\n]+\n\z/,
    'an unknown type: the line names it';

  $instance->configure(
    'senders',
    GROUPID        => 'main',
    EXCLUDEGROUPID => $simulator->group('nested') );
  write_file( $instance->path('senders.txt'), '' );
  ( $all_well, $text ) = $instance->run(@only);
  is $all_well, 0, 'groups in an excluded group: run_scripts returns 0';
  like $text,
    qr/\Aexample: \S+senders\.txt was written with 1 warning: the members of 1 groups nested in EXCLUDEGROUPID are not left out; [^\n]+\n\z/,
    'groups in an excluded group: the line says so';
};

subtest 'no warnings' => sub {
  my $instance = Instance->new($simulator);
  $instance->configure( 'sms', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
  $instance->configure( 'senders', GROUPID => 'main' );
  is_deeply [ $instance->run( $instance->settings ) ], [ 1, '', '' ],
    'full success prints nothing, though some people lack an address';
};

subtest 'warnings beside a failure' => sub {
  my $instance = Instance->new($simulator);
  $instance->configure( 'sms', %DOUBLES );
  my $senders = $instance->configure(
    'senders',
    GROUPID        => 'main',
    EXCLUDEGROUPID => $simulator->group('empty') );
  my ( $all_well, $text ) = $instance->run( $instance->settings );
  is $all_well, 0, 'run_scripts returns 0';
  like $text,
    qr/\Aexample: [^\n]*senders\.txt was left as it was: \Q$senders\E: nobody is in the excluded group /,
    'the line has the failure';
  like $text, qr/; \S+sms\.txt was written with 2 warnings \(2 addresses disputed\): [^\n]+\n\z/,
    'the line has the warnings';
};

subtest 'two readings that disagree' => sub {
  my $instance = Instance->new($simulator);
  $instance->configure( 'senders', GROUPID => 'main' );
  $instance->run( envelopeconf => { $instance->settings }->{envelopeconf} );
  my $whole = $instance->senders;
  my $short = Simulator->start(qw(--members 60 --fault short-page*1@main));
  $short->configuration( $instance->path('entraid/senders.entraidconf'), GROUPID => 'main' );
  my ( $all_well, $text ) =
    $instance->run( envelopeconf => { $instance->settings }->{envelopeconf} );
  is $all_well, 0, 'run_scripts returns 0';
  like $text,
    qr/\Aexample: \S+senders\.txt is up to date with 1 warning: two readings of the groups disagree about \d+ addresses, [^\n]+\n\z/,
    'the line says so';
  is $instance->senders, $whole, 'the list is as it was';
};

subtest 'many warnings' => sub {
  require SecAtGW::LDAPCrons::Failures;
  my $failures = SecAtGW::LDAPCrons::Failures->new('example');
  my $report   = bless {}, 'FakeReport';
  $failures->add_warnings( '/list', $report );
  is $failures->line,
    "example: /list was written with 5 warnings (1 address disputed): "
    . "w\xC3\xA41; w\xC3\xA42; w\xC3\xA43; and 2 more\n",
    'the line has a few texts, and how many there are';
};

# A report with five warnings.
package FakeReport;

sub warnings {
  return map { "w\xE4$_" } 1 .. 5;
}
sub disputed { return 1 }
sub changed  { return 1 }

package main;

subtest 'nobody has a mobile' => sub {
  my $faulty   = Simulator->start(qw(--members 60 --fault null-attributes:mobilePhone));
  my $instance = Instance->new($faulty);
  $instance->configure( 'sms', QUERYFILTER => 'mail,mobilePhone' );
  write_file( $instance->path('sms.txt'), "old\@example.com 0401\n" );
  my ( $all_well, $text ) = $instance->run( composeconf => { $instance->settings }->{composeconf} );
  is $all_well, 0, 'run_scripts returns 0';
  like $text, qr/\Aexample: [^\n]+\n\z/, 'the text is one line';
  is $instance->sms, "old\@example.com 0401\n", 'the list is as it was';
};

done_testing;
