# The bash completion of entraid.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid;
use App::Entraid::Completion;
use SecAtGW::Templates;
use Entraid qw(entraid);
use Scratch qw(content folder write_file);
use Terminal;

plan skip_all => 'there is no bash here' unless -x '/bin/bash';

my $folder = folder();
my $script = "$folder/entraid.bash";
my $run    = entraid(qw(completion bash));
is $run->exit_status, 0,  'entraid completion bash gives exit status 0';
is $run->complaints,  '', 'entraid completion bash prints nothing on the standard error';
write_file( $script, $run->output );

my $home = "$folder/home";
write_file("$home/$_")
  for 'a.entraidconf', 'b.txt', 'sub dir/c d.entraidconf', 'sub dir/e f.txt',
  "it's.entraidconf", '-x.entraidconf';
chdir $home or die "$home: $!";

# Runs code in bash and returns what it prints.
sub bash {
  my ( $code, @arguments ) = @_;
  local %ENV = ( PATH => $ENV{PATH}, HOME => $home );
  open my $output, '-|', qw(/bin/bash --norc --noprofile -c), $code, 'bash', @arguments or die;
  return join '', <$output>;
}

# The completions of the last of these words.
sub completed {
  my (@words) = @_;
  return split /\n/, bash( <<'BASH', $script, 'entraid', @words );
. "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_entraid
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
BASH
}

subtest 'commands' => sub {
  my @commands = App::Entraid->commands;
  is_deeply [ completed('') ], [ @commands, qw(--help --version) ],
    'an empty word: all commands and options';
  is_deeply [ completed('d') ],   [ grep { /\Ad/ } @commands ], 'd: the commands that begin with d';
  is_deeply [ completed('--v') ], ['--version'],                '--v: the option --version';
  is_deeply [ completed( 'help', '' ) ],       \@commands,      'help: all commands';
  is_deeply [ completed( 'completion', '' ) ], ['bash'],        'completion: bash';
};

subtest 'options' => sub {
  for my $command ( App::Entraid->commands ) {
    my @options = map { '--' . s/[|=].*//r } App::Entraid->class_of($command)->options;
    is_deeply [ completed( $command, '-' ) ], [ sort @options, '--help' ],
      "the options of $command";
  }
  is_deeply [ completed(qw(diff --json --te)) ], ['--template'], 'options after other options';
  is_deeply [ completed(qw(diff a.entraidconf --te)) ], ['--template'],
    'options after a configuration';
  is_deeply [ completed(qw(diff -- -)) ],  ['-x.entraidconf'], 'no options after --';
  is_deeply [ completed(qw(nonsense -)) ], [],                 'no options of an unknown command';
};

subtest 'values' => sub {
  my @templates = sort keys %SecAtGW::Templates::TEMPLATE;
  is_deeply [ completed( qw(write --template), '' ) ], \@templates, '--template: all templates';
  is_deeply [ completed(qw(write --template re)) ], ['reg-rules'],
    '--template re: the template that begins with re';
  is_deeply [ completed(qw(write --template = re)) ], ['reg-rules'],
    '--template=re: the template that begins with re';
  is_deeply [ completed(qw(write --template =)) ], \@templates, '--template=: all templates';
  is_deeply [ completed( qw(diff --color), 'a' ) ], [qw(auto always)],
    '--color a: the values that begin with a';
  is_deeply [ completed( qw(status --warning), '' ) ], [], '--warning: no completion of hours';
};

subtest 'files' => sub {
  is_deeply [ sort( completed( 'search', '' ) ) ],
    [ '-x.entraidconf', 'a.entraidconf', "it's.entraidconf", 'sub dir' ],
    'search: configurations, and folders';
  is_deeply [ completed( 'search', 'sub dir/' ) ], ['sub dir/c d.entraidconf'],
    'search: a configuration in a folder';
  is_deeply [ sort( completed( qw(diff --file), 'sub dir/' ) ) ],
    [ 'sub dir/c d.entraidconf', 'sub dir/e f.txt' ], '--file: any file in a folder';
  is_deeply [ completed( qw(diff --file =),     'b' ) ], ['b.txt'],   '--file=: a file';
  is_deeply [ completed( qw(status --instance), '' ) ],  ['sub dir'], '--instance: a folder';
};

# The arguments of entraid after this line, with TABs, was typed in a shell.
sub typed {
  my ($line)   = @_;
  my $terminal = Terminal->new;
  my $slave    = $terminal->slave;
  my $given    = "$folder/given";
  unlink $given;
  my $child = fork // die "fork: $!";
  if ( !$child ) {
    local %ENV = ( PATH => $ENV{PATH}, HOME => $home, TERM => 'dumb', INPUTRC => '/dev/null' );
    open STDIN,  '<&', $slave or die;
    open STDOUT, '>&', $slave or die;
    open STDERR, '>&', $slave or die;
    exec qw(/bin/bash --norc --noprofile -i) or die;
  }
  $terminal->type("set +o history; . '$script'; entraid() { printf '<%s>' \"\$\@\" >'$given'; }\n");
  $terminal->type("$line\nexit\n");
  my $screen = $terminal->content;
  waitpid $child, 0;
  return content($given) // $screen;
}

subtest 'TAB' => sub {
  is typed("entraid sea\t--te\tsms-\ta\t"), '<search><--template><sms-rules><a.entraidconf>',
    'TAB completes word by word';
  is typed("entraid search sub\tc\t"), '<search><sub dir/c d.entraidconf>',
    'TAB completes a name with spaces';
  is typed("entraid search sub\\ dir/c\t"), '<search><sub dir/c d.entraidconf>',
    'TAB completes after an escaped space';
  is typed("entraid search 'sub d\tc\t"), '<search><sub dir/c d.entraidconf>',
    'TAB completes in single quotes';
  is typed("entraid search \"sub d\tc\t"), '<search><sub dir/c d.entraidconf>',
    'TAB completes in double quotes';
  is typed("entraid search it\t"), "<search><it's.entraidconf>",
    'TAB completes a name with a quote';
  is typed("entraid diff --file=sub\te\ta\t"), '<diff><--file=sub dir/e f.txt><a.entraidconf>',
    'TAB completes after --file=';
};

# Commands that entraid does not have.
package Novel {
  sub options    { return qw(root=s deep|d=s quick) }
  sub completion { return ( root => 'folders', deep => [qw(one two)], operands => [qw(x y)] ) }
}

package Plain {
  sub options { return qw(root=s) }
}

subtest 'a new command' => sub {
  write_file( $script,
    App::Entraid::Completion::bash_completion( novel => 'Novel', plain => 'Plain' ) );
  is_deeply [ completed('') ], [qw(novel plain --help --version)],
    'a new command: its name is completed';
  is_deeply [ completed( 'novel', '-' ) ], [qw(--deep --help --quick --root)],
    'a new command: its options are completed';
  is_deeply [ completed( qw(novel -d), '' ) ], [qw(one two)],
    'a new command: the values of an option are completed';
  is_deeply [ completed( qw(novel --root), '' ) ], ['sub dir'],
    'a new command: folders are completed';
  is_deeply [ completed( qw(novel --quick), '' ) ], [qw(x y)],
    'a new command: operands are completed';
  is_deeply [ completed( qw(plain --root), 'b' ) ], ['b.txt'],
    'a command without completions: an option takes any file';
  is_deeply [ completed( 'plain', 'b' ) ], ['b.txt'],
    'a command without completions: an operand is any file';
};

for my $arguments ( [], ['zsh'], [qw(bash bash)] ) {
  my $run = entraid( 'completion', @{$arguments} );
  is $run->complaints,
    "entraid: completion: it takes the name of a shell, which is bash; see entraid help completion\n",
    "completion @{$arguments}: the complaint";
  is $run->exit_status, 3, "completion @{$arguments}: the exit status";
}
chdir '/';

done_testing;
