# entraid: how it is called, and what it says about a wrong command line.
use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid;
use App::Entraid::ExitStatus;
use App::Entraid::Templates;
use SecAtGW::Templates;
use Entraid qw(entraid);
use EntraSync;
use Scratch qw(content folder perl_folder state_of write_file);

my @commands = App::Entraid->commands;
my $manual   = content( perl_folder() . '/script/entraid' );

my $version = entraid('--version');
is $version->output,      "entraid $EntraSync::VERSION\n", '--version prints the version';
is $version->exit_status, 0,                               '--version gives exit status 0';

subtest 'help' => sub {
  for my $arguments ( ['help'], ['--help'], ['-h'], [qw(help help)] ) {
    my $help = entraid( @{$arguments} );
    is $help->exit_status, 0, "entraid @{$arguments} gives exit status 0";
    like $help->output, qr/^ +entraid help \[COMMAND\]$/m,
      "entraid @{$arguments} shows the usage of help";
    is $help->complaints, '', "entraid @{$arguments} prints nothing on the standard error";
  }
  like entraid('help')->output, qr/^ +entraid $_ /m, "help names the command $_" for @commands;
  for my $command (@commands) {
    my $help = entraid( 'help', $command );
    like $help->output, qr/^ +entraid $command .*^ +3  the command line is wrong, /ms,
      "help $command shows the usage and the exit status of $command";
    unlike $help->output, qr/^ +entraid (?!$command)\w+ /m, "help $command names no other command";
    is entraid( $command, $_ )->output, $help->output,
      "$command $_ prints the same as help $command"
      for qw(--help -h);
  }
};

subtest 'the manual' => sub {
  for my $command (@commands) {
    my $class = 'App::Entraid::Command::' . ucfirst $command;
    require_ok $class;
    like $manual, qr/^=head2 $command$/m, "the manual has a section about $command";
    for my $option ( map { s/[=|].*//r } $class->options ) {
      like $manual, qr/^=item .*B<--$option>/m, "the manual describes --$option of $command";
    }
  }
  my ($section) = $manual =~ /^=head1 TEMPLATES\n(.*?)^=head1 /ms;
  my %described = $section =~ /^  ([a-z-]+) +(.*?)   /mg;
  is_deeply \%described, \%SecAtGW::Templates::TEMPLATE, 'the manual describes each template';

  my $script = content( perl_folder() . '/script/entraid_compose_access_rights.pl' );
  like $script, qr/^  $_ +=> '\Q$SecAtGW::Templates::TEMPLATE{"$_-rules"}\E',$/m,
    "entraid_compose_access_rights.pl has the template $_-rules"
    for qw(reg sms);
};

# Wrong command lines, and what entraid says about them.
for my $case (
  [ [],                   qr/a command is missing; see entraid help/ ],
  [ ['sync'],             qr/there is no command sync; there are completion, .*, write; see/ ],
  [ [ '--json', 'diff' ], qr/there is no command --json; / ],
  [ ['diff'],             qr/diff: --file, the list, is missing; see entraid help diff/ ],
  [ ['write'],            qr/write: --file, the list, is missing; see entraid help write/ ],
  [ [qw(diff --file= x)], qr/--file, the list, is missing; / ],
  [ [qw(diff --file x)],  qr/the configuration file is missing; / ],
  [ [qw(status x)],       qr/status: --file, the list, or --instance, .*, is missing; / ],
  [ [qw(status --file x --instance y)], qr/--instance names lists, templates and config[^;]*; / ],
  [ [qw(status --instance x y)],        qr/--instance names lists, templates and config[^;]*; / ],
  [
    [qw(status --file x --warning 1y)],
    qr/--warning takes hours, such as 3 or 0.5, or a time such as 90m or 2d, and not 1y; /
  ],
  [ [qw(status --file x --critical=-1)], qr/--critical takes hours, .*, and not -1; / ],
  [ [ qw(status --file x -c), '' ],      qr/--critical takes hours, .*, and not ; / ],
  [ [qw(status --file x --max-age m)],   qr/--max-age takes hours, .*, and not m; / ],
  [ [qw(status --file x -w 1234567890)], qr/--warning takes hours, .*, and not 1234567890; / ],
  [
    [qw(status --file x -w 3 -c 2)],
    qr/--warning is later than --critical; a list is old before it/
  ],
  [
    [qw(status --file x -w 3 --max-age 90m)],
    qr/--warning is later than --max-age; a list is old /
  ],
  [
    [qw(status --file x -c 3 --max-age 4)],
    qr/--critical and --max-age both say when a list is too/
  ],
  [ [qw(search --json)],        qr/search: the configuration file is missing; see entraid help s/ ],
  [ [qw(search --file x y)],    qr/unknown option: file; / ],
  [ [qw(diff x --file)],        qr/option file requires an argument; / ],
  [ [qw(diff --fil x y)],       qr/unknown option: fil; / ],
  [ [qw(diff --file x --FILE)], qr/unknown option: FILE; / ],
  [ [qw(diff --accept-change)], qr/unknown option: accept-change; / ],
  [ [qw(write --color=never)],  qr/unknown option: color; / ],
  [ [qw(diff --json=yes)],      qr/option json does not take an argument; / ],
  [ [qw(diff --file x --file)], qr/option file requires an argument; / ],
  [ [qw(diff --file x --file y)],         qr/--file is given twice; / ],
  [ [qw(diff --color=red --file x y)],    qr/--color takes auto, always or never, and not red; / ],
  [ [qw(write --progress=1 --file x y)],  qr/--progress takes auto, always or never, and not 1; / ],
  [ [qw(diff --template reg --file x y)], qr/--template reg is neither .* reg-rules, senders, / ],
  [ [ qw(diff --file x y --template), '' ],       qr/--template  is neither / ],
  [ [ qw(diff --file x y --template), "{\xE4}" ], qr/--template is not UTF-8; / ],
  [ [qw(help diff write)],       qr/help: it takes one command; see entraid help help/ ],
  [ [qw(help sync)],             qr/help: there is no command sync; / ],
  [ ["v\xC3\xA4\e[31m"],         qr/there is no command vä\\u\{1b\}\[31m; / ],
  [ [ 'diff', "--v\xC3\xA4\e" ], qr/unknown option: vä\\u\{1b\}; / ],
  )
{
  my ( $arguments, $complaint ) = @{$case};
  my $run  = entraid( @{$arguments} );
  my $what = "entraid @{$arguments}" =~ s/[^ -~]/./gr;

  # Monitoring reads the standard output.
  my $is_plugin = ( $arguments->[0] // q() ) eq 'status';
  my @streams   = ( $run->complaints, $run->output );
  my ( $said, $other ) = $is_plugin ? reverse @streams : @streams;
  my $begin = $is_plugin ? 'UNKNOWN' : 'entraid';
  utf8::decode($said);
  like $said, qr/\A$begin: (?:\w+: )?$complaint[^\n]*\n\z/, $what;
  is $other,            '', "$what: nothing else";
  is $run->exit_status, 3,  "$what: exit status 3";
}

like entraid(qw(help test))->output, qr/^ +\xE2\x9C\x93 file: it is well-formed/m,
  'the manual\'s letters beyond ASCII are shown in UTF-8';

# If LIST is forgotten before *.entraidconf, the list must not replace a configuration.
subtest 'a configuration in the place of the list' => sub {
  my $folder = folder();
  my $secret = "CLIENTSECRET = a-secret\n";
  my ( $first, $second, $other ) =
    map { write_file( "$folder/$_", $secret ) } qw(1.entraidconf 2.entraidconf other.conf);
  symlink $other, "$folder/link" or die "$folder/link: $!";
  link $other, "$folder/second" or die "$folder/second: $!";
  opendir my $handle, $folder or die "$folder: $!";
  my @names  = sort readdir $handle;
  my %before = map { $_ => state_of($_) } $first, $second, $other;

  for my $command ( 'diff', 'write', 'write --accept-change' ) {
    for my $case (
      [ $first,                   $second ],
      [ $first,                   $first ],
      [ $other,                   $second, $other ],
      [ "$folder/link",           $other ],
      [ "$folder/second",         $other ],
      [ $other,                   "$folder/link" ],
      [ "$folder//1.ENTRAIDCONF", $second ],
      )
    {
      my ( $list, @configurations ) = @{$case};
      my $run = entraid( split( / /, $command ), '--file', $list, @configurations );
      is $run->complaints,
        "entraid: $list: is a configuration and no list; name the list's file\n",
        "$command --file @{$case}" =~ s{\Q$folder\E/}{}gr;
      is $run->exit_status, 3,  "$command --file $list: exit status 3";
      is $run->output,      '', "$command --file $list: nothing on the standard output";
    }
  }
  my $record = entraid( qw(write --json --file), $other, $other )->record;
  is $record->{error}{status}, 'invalid_argument',
    '--json: a configuration as the list is an invalid_argument';
  rewinddir $handle;
  is_deeply [ sort readdir $handle ], \@names, 'a configuration as the list: no file is made';
  is_deeply {
    map { $_ => state_of($_) } keys %before
  }, \%before, 'a configuration as the list: no file is changed';
};

subtest 'the exit status of what is thrown' => sub {
  my %status = ( guard => 1, busy => 1, invalid_argument => 3 );
  for my $name (
    qw(invalid_argument configuration file network authentication permission not_found throttled
    server guard cancelled timeout busy)
    )
  {
    my $error = bless { status_name => $name }, 'EntraSync::Error';
    is App::Entraid::ExitStatus::exit_status_of($error), $status{$name} // 2,
      "the exit status of the error $name";
  }
  is App::Entraid::ExitStatus::exit_status_of("text\n"), 2, 'the exit status of another error';
};

done_testing;
