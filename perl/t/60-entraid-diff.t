# entraid diff: what it shows, and that it changes nothing.
use strict;
use warnings;

use Cwd qw(getcwd);
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use Entraid qw(entraid entraid_on_terminal);
use Scratch qw(folder perl_folder state_of write_file);
use Simulator;

my $folder    = folder() . '/it\'s a folder';
my $simulator = Simulator->start(qw(--members 30));
my $person    = $Simulator::ADDRESS;

sub configuration {
  my ( $name, %other ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", %other );
}

# Makes the list with these lines.
sub list {
  my (@lines) = @_;
  return write_file( "$folder/list.txt", map { "$_\n" } @lines );
}

# All names in the folder.
sub names {
  opendir my $handle, $folder or die "$folder: $!";
  return join ' ', sort readdir $handle;
}

my $single  = configuration( 'single', GROUPID => 'single', QUERYFILTER => 'mail,mobilePhone' );
my $figures = '0 left out, 0 excluded';

# A group of three people, in the order of their lines.
my $inner = configuration( 'inner', GROUPID => 'inner' );
my @three = split /\n/, entraid( 'search', '--template', 'senders', $inner )->output;

subtest 'what would change' => sub {
  my ( $first, $stays, $last ) = @three;
  my $file   = list( 'aa@example.com', "${first}b", $stays, 'zz@example.com' );
  my $before = state_of($file);
  my $names  = names();
  my $run    = entraid( 'diff', '--file', $file, '--template', '{mail}', $inner );
  is $run->output, <<"TEXT", 'diff shows lines and figures';
- aa\@example.com
+ $first
- ${first}b
+ $last
- zz\@example.com
$file would change: 3 people, 3 lines, 2 added, 3 removed, $figures, 1 nested group not read
TEXT
  is $run->complaints,  '', 'diff prints nothing on the standard error';
  is $run->exit_status, 0,  'diff gives exit status 0 for a change that the guard allows';
  is_deeply state_of($file), $before, 'diff leaves the list unchanged';
  is names(), $names, 'diff makes no file beside the list';
};

subtest 'nothing would change' => sub {
  my $file = list($person);
  my $run  = entraid( 'diff', '--file', $file, '--template', '{mail}', $single );
  is $run->output,
    "$file would stay as it is: 1 person, 1 line, 0 added, 0 removed, $figures\n",
    'no change: diff shows the figures alone';
  is $run->exit_status, 0, 'no change: the exit status';
  $run = entraid( 'diff', '--file', list( $person, $person ), '--template', '{mail}', $single );
  is $run->output, "$file would change: 1 person, 1 line, 0 added, 0 removed, $figures\n",
    'a line that the file has twice is a change';
};

subtest 'a list that does not exist' => sub {
  my $file = "$folder/new.txt";
  my $run  = entraid( 'diff', $single, '--file', $file );
  is $run->output, <<"TEXT", 'a missing list counts as empty, and a line has all attributes';
+ $person $Simulator::PHONE
$file would change: 1 person, 1 line, 1 added, 0 removed, $figures
TEXT
  ok !-e $file, 'diff does not make a missing list';
};

subtest 'templates by name' => sub {
  my %line = (
    'senders'   => $person,
    'sms'       => "$person $Simulator::PHONE",
    'reg-rules' => "* $person <reg> - 0",
    'sms-rules' => "$person * <sms> - 0",
  );
  for my $name ( sort keys %line ) {
    my $run = entraid( 'diff', "--template=$name", "--file=$folder/new.txt", $single );
    like $run->output, qr/\A\+ \Q$line{$name}\E\n/, "--template=$name: the line";
  }
};

subtest 'several configurations, and who is left out' => sub {
  my $oddities = configuration( 'oddities', GROUPID => 'oddities', KEY => 'x' );
  my $nested =
    configuration( 'nested', GROUPID => 'nested', EXCLUDEGROUPID => $simulator->group('single') );
  my $run = entraid( 'diff', '--file', "$folder/new.txt", $oddities, $nested, $oddities );
  my @out = $run->output =~ /^left out: [0-9a-f-]{36}(?: \("[^"\n]+", \S+\))?: .+$/mg;
  my ( $people, $lines, $left_out ) =
    $run->output =~
    /: (\d+) people, (\d+) lines, \2 added, 0 removed, (\d+) left out, \d+ excluded/;
  cmp_ok $people, '>', $lines, 'diff counts more people than lines';
  is scalar @out,                             $left_out, 'diff names each person who is left out';
  is scalar( () = $run->output =~ /^\+ /mg ), $lines,    'diff shows each added line';
  like $run->output, qr/, \d+ nested groups? not read$/m,
    'diff counts nested groups that were not read';
  is $run->complaints, "warning: $oddities: line 5: unknown key KEY; it is ignored\n",
    'diff prints a doubt about a configuration once';
};

subtest 'people who are excluded' => sub {
  my $most = configuration(
    'most',
    GROUPID        => join( ',', map { $simulator->group($_) } qw(main single) ),
    EXCLUDEGROUPID => $simulator->group('main') );
  my @diff = ( 'diff', '--file', "$folder/new.txt", '--template', 'senders', $most );
  is entraid(@diff)->output,
    "+ $person\n$folder/new.txt would change: 31 people, 1 line, 1 added, 0 removed, 0 left out,"
    . " 30 excluded, 4 nested groups not read, 5 contacts not read, 5 devices not read\n",
    'diff counts people who are excluded';
  is entraid( @diff, '--json' )->record->{excluded}, 30,
    'diff --json counts people who are excluded';
};

# The command as a person types it, in the search path.
sub in_search_path {
  my $program = perl_folder() . '/script/entraid';
  my $entraid = write_file( "$folder/bin/entraid",
    "#!/bin/sh\nexec '$^X' " . join( ' ', map { "'-I$_'" } @INC ) . qq( '$program' "\$@"\n) );
  chmod 0755, $entraid;
  return "$folder/bin:$ENV{PATH}";
}

subtest 'the guard' => sub {
  my $file   = list( map { "user$_\@example.com" } 10 .. 29 );
  my $before = state_of($file);
  my @diff   = ( 'diff', '--file', $file, '--template', 'senders', $single );
  local $ENV{PATH} = in_search_path();
  my $run = entraid(@diff);
  unlike $run->output, qr/touch/,
    'diff shows no touch command before a run was stopped, since it would accept nothing';
  my ( $propose, $accept ) = ( split /\n/, $run->output )[ -2, -1 ];
  $propose =~ s/\Ato accept it, let a run propose it first: (?=entraid write )//
    or fail 'a line that says how to get a proposal';
  unlike $propose, qr/--accept-change/, 'the command for a proposal accepts nothing';
  ( my $text, $accept ) = $accept =~ /\Athen look at (.+) and accept that once: (entraid write .+)/;

  is system("$accept 2>/dev/null") >> 8, 1, 'without a proposal --accept-change accepts nothing';
  is_deeply state_of($file), $before, 'without a proposal --accept-change changes nothing';
  unlink glob "'$file.proposed'*";
  is system("$propose 2>/dev/null") >> 8, 1, 'the command for a proposal is stopped';
  is system("grep -qxF -- '- user29\@example.com' $text"), 0,
    'the text that diff names shows what would change';
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 30 );
  like entraid(@diff)->output, qr/^to accept it, let a run propose it first: /m,
    'a proposal of another change is not the one to accept';
  $file   = list( map { "user$_\@example.com" } 10 .. 29 );
  $before = state_of($file);

  $run = entraid(@diff);
  is $run->exit_status, 1, 'a change that the guard would stop gives exit status 1';
  my ( $objection, $write, $touch ) = ( split /\n/, $run->output )[ -3 .. -1 ];
  is $objection,
    'the guard would stop it: none of its 20 lines would stay',
    'diff shows the guard\'s objection with its figures';
  is_deeply state_of($file), $before, 'diff leaves the list unchanged when the guard objects';
  is $run->complaints, '', 'diff prints nothing on the standard error when the guard objects';

  $touch =~ s/\Aor for the next run of cron: (?=touch )// or fail 'a line for cron';
  is system($touch), 0, 'the touch command that diff shows can be run';
  ok unlink("$file.accept"), 'the touch command that diff shows makes the .accept file';

  $write =~
    s/\Aif the change is right, as .+[.]proposed[.]diff'? shows it, accept it once: (?=entraid )//
    or fail 'a line for now';
  is system($write),          0,           'the write command that diff shows can be run';
  is Scratch::content($file), "$person\n", 'the write command that diff shows makes the change';

  symlink $file, "$folder/link.txt" or die;
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  unlike entraid( 'diff', '--file', "$folder/link.txt", '--template', 'senders', $single )->output,
    qr/touch/, 'the .accept file of a symbolic link is beside its target';
};

subtest 'names that begin with a hyphen' => sub {
  my $home = getcwd();
  configuration( '-c', GROUPID => 'single' );
  chdir $folder or die "$folder: $!";
  local $ENV{PATH} = in_search_path();
  my $stopped = sub {
    write_file( '-l.txt', map { "user$_\@example.com\n" } 10 .. 29 );
    entraid(qw(write --file -l.txt --template senders -- -c.entraidconf));
    return entraid(qw(diff --file -l.txt --template senders -- -c.entraidconf));
  };
  my ( $write, $touch ) = ( split /\n/, $stopped->()->output )[ -2 .. -1 ];
  is system( $touch =~ s/.*(?=touch )//r ), 0,
    'a hyphen: the touch command that diff shows can be run';
  ok unlink('./-l.txt.accept'),
    'a hyphen: the touch command that diff shows makes the .accept file';
  is system( $write =~ s/.*(?=entraid write )//r ), 0,
    'a hyphen: the write command that diff shows can be run';
  is Scratch::content('-l.txt'), "$person\n",
    'a hyphen: the write command that diff shows makes the change';

  $stopped->();
  my $complaint = entraid(qw(write --file -l.txt --template senders -- -c.entraidconf))->complaints;
  my ($command) = $complaint =~ /(touch .*)$/m;
  is system($command), 0, 'a hyphen: the touch command of a stopped run can be run';
  ok unlink('./-l.txt.accept'),
    'a hyphen: the touch command of a stopped run makes the .accept file';
  chdir $home or die "$home: $!";
};

subtest 'colours' => sub {
  my $file  = list( 'aa@example.com', $three[0] );
  my @diff  = ( 'diff', '--file', $file, '--template', '{mail}', $inner );
  my $plain = entraid(@diff)->output;
  unlike $plain, qr/\e/, 'no colours without a terminal';
  my $colored = entraid_on_terminal(@diff);
  is $colored->output, $plain =~ s/^(- .*)/\e[31m$1\e[0m/mgr =~ s/^(\+ .*)/\e[32m$1\e[0m/mgr,
    'red and green on a terminal';
  is $colored->exit_status, 0, 'colours: the exit status';
  is entraid( @diff, '--color=always' )->output, $colored->output,
    '--color=always: colours without a terminal';
  is entraid_on_terminal( @diff, '--color', 'never' )->output, $plain,
    '--color never: no colours on a terminal';
  is entraid_on_terminal( @diff, '--color=auto' )->output, $colored->output,
    '--color=auto: colours on a terminal';
  {
    local %Entraid::ENVIRONMENT = ( TERM => 'xterm', NO_COLOR => 1 );
    is entraid_on_terminal(@diff)->output, $plain, 'NO_COLOR: no colours on a terminal';
    is entraid_on_terminal( @diff, '--color=always' )->output, $colored->output,
      'NO_COLOR: colours with --color=always';
    $Entraid::ENVIRONMENT{NO_COLOR} = '';
    is entraid_on_terminal(@diff)->output, $colored->output,
      'NO_COLOR: an empty value leaves the colours';
  }
  local %Entraid::ENVIRONMENT = ( TERM => 'dumb' );
  is entraid_on_terminal(@diff)->output, $plain, 'a dumb terminal: no colours';
  like entraid_on_terminal( @diff, '--json', '--color=always' )->output, qr/\A\{[^\e]*\}\n\z/,
    '--json: no colours with --color=always';
};

subtest 'failures' => sub {
  my $file   = list($person);
  my $before = state_of($file);
  my $wrong  = configuration( 'wrong', CLIENTSECRET => 'a-secret-that-is-wrong' );
  for my $case (
    [ 2, qr/\Q$wrong\E: .*AADSTS7000215.*/,           $wrong ],
    [ 2, qr{\Q$folder\E/none: there is no such file}, "$folder/none" ],
    [ 2, qr{\Q$folder\E/none: there is no such file}, $single, "$folder/none" ],
    [ 2, qr/.*GROUPID.*/,               configuration( 'broken',  GROUPID => 'x' ) ],
    [ 2, qr/.*has no group.*/,          configuration( 'unknown', GROUPID => 'unknown' ) ],
    [ 3, qr/\Q$single\E: .*\{name\}.*/, '--template', '{name}', $single ],
    [ 3, qr/line template "\{" .*/,     '--template', '{',      $single ],
    [ 2, qr/.*it is a folder/,          '--file',     $folder,  $single ],
    )
  {
    my ( $status, $complaint, @arguments ) = @{$case};
    unshift @arguments, '--file', $file unless grep { $_ eq '--file' } @arguments;
    my $run = entraid( 'diff', @arguments );
    like $run->complaints, qr/\Aentraid: $complaint\n\z/, "$arguments[-1]: the message is one line";
    is $run->exit_status, $status, "$arguments[-1]: the exit status";
    is $run->output,      '',      "$arguments[-1]: nothing is shown";
    is_deeply state_of($file), $before, "$arguments[-1]: the list is unchanged";
  }
  my $run = entraid( 'diff', '--file', $file, $wrong );
  unlike $run->complaints, qr/a-secret-that/, 'a failure prints no secret';
};

done_testing;
