# entraid lookup: whether an address belongs to a member, for a person and for programs.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid);
use Scratch qw(folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start(qw(--members 40));
my $stopped   = Simulator->start;
my $person    = $Simulator::ADDRESS;

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

my $single = configuration( 'single', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
my $main   = configuration('main');
my $dead   = do { $stopped->stop; $stopped->configuration("$folder/dead.entraidconf") };

for my $case (
  [ 0, "$person: member: $person $Simulator::PHONE",        $person,    $single ],
  [ 0, uc($person) . ": member: $person $Simulator::PHONE", uc $person, $single ],
  [ 0, "$person: member: $person",                   '--template', 'senders', $person, $single ],
  [ 0, "$person: member: $person $Simulator::PHONE", $person,      $main,     $single ],
  [ 1, "$person: not a member",                      $person,                $main ],
  [ 1, 'stranger@example.com: not a member',         'stranger@example.com', $single ],
  [ 1, '*: not a member',                            '*',                    $single ],
  [ 1, "' or mail ne ': not a member",               "' or mail ne '",       $single ],
  [ 1, 'a\\u{1b}[2J@example.com: not a member',      "a\e[2J\@example.com",  $single ],
  )
{
  my ( $status, $line, @arguments ) = @{$case};
  my $run = entraid( 'lookup', @arguments );
  is $run->output,      "$line\n", $line;
  is $run->complaints,  '',        "$line: nothing on the standard error";
  is $run->exit_status, $status,   "$line: exit status $status";
}

subtest 'answers that are uncertain' => sub {
  my $run = entraid( 'lookup', $person, $dead );
  like $run->output, qr/\A\Q$person: cannot tell: $dead: cannot connect to \E[^\n]+\n\z/,
    'a server that cannot be reached: the answer has the reason';
  is $run->exit_status, 2, 'a server that cannot be reached: the exit status';
  is entraid( 'lookup', $person, $dead, configuration( 'addresses', GROUPID => 'single' ) )
    ->exit_status, 0,
    'addresses alone: a member of another group is one when a server cannot be reached';
  is entraid( 'lookup', $person, $dead, $single )->exit_status, 2,
    'with numbers: the server that cannot be reached may know somebody else with the address';
  $run = entraid( 'lookup', $person, "$folder/none.entraidconf" );
  like $run->complaints, qr/\Aentraid: .*none\.entraidconf: there is no such file\n\z/,
    'a missing configuration: the message';
  is $run->output,      '', 'a missing configuration: no answer';
  is $run->exit_status, 2,  'a missing configuration: the exit status';
};

subtest 'other addresses' => sub {
  my $aliases = configuration( 'aliases', QUERYFILTER => 'mail,proxyAddresses' );
  my ( $mail, $alias );
  for my $line ( split /\n/, entraid( 'search', $aliases )->output ) {
    ( $mail, $alias ) = split / /, $line;
    last if $mail ne $alias;
  }
  isnt $alias, $mail, 'somebody has a second address';
  is entraid( 'lookup', $alias, $main )->output, "$alias: not a member\n",
    'lookup does not find a second address by default';
  is entraid( 'lookup', '--aliases', $alias, $main )->output, "$alias: member: $mail\n",
    'lookup --aliases finds a second address';
};

# Runs entraid with this content as its standard input.
sub fed {
  my ( $content, @arguments ) = @_;
  my $path = Scratch::write_file( "$folder/addresses", $content );
  open my $input,  '<',  $path   or die;
  open my $before, '<&', \*STDIN or die;
  open STDIN,      '<&', $input  or die;
  my $run = entraid(@arguments);
  open STDIN, '<&', $before or die;
  return $run;
}

subtest 'many addresses' => sub {
  my @all = split /\n/, entraid( 'search', $main )->output;
  my $run = fed( join( '', map { "$_\n" } @all, '', 'x@y.example' ), 'lookup', '--stdin', $main );
  is $run->output, join( '', map { "$_: member: $_\n" } @all ) . "x\@y.example: not a member\n",
    '--stdin: an answer for each address, in order';
  is $run->exit_status, 1, '--stdin: the exit status';
};

subtest 'addresses from elsewhere' => sub {
  my $bom = "\xEF\xBB\xBF";
  my $run = fed( "$bom$person\r\n\r\n\t$person \r\nx\@y.example", 'lookup', '--stdin', $single );
  my $is  = "$person: member: $person $Simulator::PHONE\n";
  is $run->output, "$is${is}x\@y.example: not a member\n",
    '--stdin: a byte order mark, CR LF and spaces are no part of addresses';
  is fed( "\xE4\@y.example\n", 'lookup', '--stdin', $single )->output,
    "\xC3\xA4\@y.example: not a member\n", '--stdin: an address in Latin-1 is shown in UTF-8';
  $run = fed( "$bom\r\n \n", 'lookup', '--stdin', $single );
  is $run->complaints,
    "entraid: lookup: the standard input has no address; see entraid help lookup\n",
    '--stdin: blank lines alone have no address';
};

subtest 'a standard input without lines' => sub {
  for my $input ( 'x' x 4097, "x\@y.example\n" . 'x' x 200_000 . "\n", "\0" x 1_000_000 ) {
    my $run = fed( $input, 'lookup', '--stdin', $single );
    is $run->complaints,
      'entraid: lookup: a line of the standard input has more than 4096 bytes; '
      . "see entraid help lookup\n", '--stdin: a line that is too long is refused';
    is $run->output,      q{}, '--stdin: a line that is too long has no answer';
    is $run->exit_status, 3,   '--stdin: a line that is too long: the exit status';
  }
  is fed( 'x' x 4096, 'lookup', '--stdin', $single )->exit_status, 1,
    '--stdin: a line of 4096 bytes is asked for';
};

subtest 'a standard input that is closed' => sub {
  local $Entraid::HAS_INPUT = 0;
  my $run = entraid( 'lookup', '--stdin', $main );
  is $run->output, '', 'a closed standard input: no answer';
  is $run->complaints,
    "entraid: lookup: the standard input has no address; see entraid help lookup\n",
    'a closed standard input: the message';
  is $run->exit_status, 3, 'a closed standard input: the exit status';
  is entraid( 'lookup', $person, $single )->exit_status, 0,
    'a closed standard input does not matter without --stdin';
};

subtest 'for programs' => sub {
  my $run = entraid( 'lookup', '--json', $person, $single );
  is_deeply $run->record,
    {
    answers => [
      {
        address    => $person,
        attributes => { mail => [$person], mobilePhone => [$Simulator::PHONE] },
        error      => undef,
        lines      => ["$person $Simulator::PHONE"],
        member     => JSON::PP::true(),
        reason     => undef,
      }
    ],
    configurations => [$single],
    error          => undef,
    skips          => [],
    warnings       => [],
    },
    '--json: the object of a member';
  is entraid( 'lookup', '--json', 'x@y.example', $single )->record->{answers}[0]{member},
    JSON::PP::false(), '--json: member is false for a stranger';
  my $answer = entraid( 'lookup', '--json', $person, $dead )->record->{answers}[0];
  is $answer->{member},        undef,     '--json: member is null when a server cannot be reached';
  is $answer->{error}{status}, 'network', '--json: the error when a server cannot be reached';
};

subtest 'the command line' => sub {
  for my $case (
    ['the address is missing'],
    [ 'the address is missing',            '',   $single ],
    [ 'the address is missing',            "\t", $single ],
    [ 'the configuration file is missing', $person ],
    [ 'the address comes first, and configurations after it', $single, $person ],
    )
  {
    my ( $complaint, @arguments ) = @{$case};
    my $run = entraid( 'lookup', @arguments );
    is $run->complaints,  "entraid: lookup: $complaint; see entraid help lookup\n", $complaint;
    is $run->exit_status, 3, "$complaint: the exit status";
  }
};

done_testing;
