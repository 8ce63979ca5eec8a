# What bash completes for entraid.
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
is $run->exit_status, 0,  'entraid completion bash';
is $run->complaints,  '', 'without a complaint';
write_file( $script, $run->output );

my $home = "$folder/home";
write_file("$home/$_")
  for 'a.entraidconf', 'b.txt', 'sub dir/c d.entraidconf', 'sub dir/e f.txt',
  "it's.entraidconf", '-x.entraidconf';
chdir $home or die "$home: $!";

# What a bash of this environment is asked for.
sub bash {
  my ( $code, @arguments ) = @_;
  local %ENV = ( PATH => $ENV{PATH}, HOME => $home );
  open my $output, '-|', qw(/bin/bash --norc --noprofile -c), $code, 'bash', @arguments or die;
  return join '', <$output>;
}

# What completes the last of these words.
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
  is_deeply [ completed('') ],    [ @commands, qw(--help --version) ], 'all there are';
  is_deeply [ completed('d') ],   [ grep { /\Ad/ } @commands ],        'those that begin so';
  is_deeply [ completed('--v') ], ['--version'],                       'or an option';
  is_deeply [ completed( 'help', '' ) ],       \@commands,             'which help tells about';
  is_deeply [ completed( 'completion', '' ) ], ['bash'],               'the shell that there is';
};

subtest 'options' => sub {
  for my $command ( App::Entraid->commands ) {
    my @options = map { '--' . s/[|=].*//r } App::Entraid->class_of($command)->options;
    is_deeply [ completed( $command, '-' ) ], [ sort @options, '--help' ], "of $command";
  }
  is_deeply [ completed(qw(diff --json --te)) ],        ['--template'],     'after others';
  is_deeply [ completed(qw(diff a.entraidconf --te)) ], ['--template'],     'after a configuration';
  is_deeply [ completed(qw(diff -- -)) ],               ['-x.entraidconf'], 'not after --';
  is_deeply [ completed(qw(nonsense -)) ],              [],                 'of no command';
};

subtest 'values' => sub {
  my @templates = sort keys %SecAtGW::Templates::TEMPLATE;
  is_deeply [ completed( qw(write --template), '' ) ], \@templates,       'templates';
  is_deeply [ completed(qw(write --template re)) ],    ['reg-rules'],     'that begin so';
  is_deeply [ completed(qw(write --template = re)) ],  ['reg-rules'],     'after a =';
  is_deeply [ completed(qw(write --template =)) ],     \@templates,       'or at it';
  is_deeply [ completed( qw(diff --color), 'a' ) ],    [qw(auto always)], 'when';
  is_deeply [ completed( qw(status --warning), '' ) ], [],                'not hours';
};

subtest 'files' => sub {
  is_deeply [ sort( completed( 'search', '' ) ) ],
    [ '-x.entraidconf', 'a.entraidconf', "it's.entraidconf", 'sub dir' ],
    'configurations, and folders that may have some';
  is_deeply [ completed( 'search', 'sub dir/' ) ], ['sub dir/c d.entraidconf'], 'in a folder';
  is_deeply [ sort( completed( qw(diff --file), 'sub dir/' ) ) ],
    [ 'sub dir/c d.entraidconf', 'sub dir/e f.txt' ], 'a list is any file';
  is_deeply [ completed( qw(diff --file =),     'b' ) ], ['b.txt'],   'after a =';
  is_deeply [ completed( qw(status --instance), '' ) ],  ['sub dir'], 'an instance is a folder';
};

# What entraid is given when somebody types this in a shell, with TAB in it.
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
    'word by word';
  is typed("entraid search sub\tc\t"), '<search><sub dir/c d.entraidconf>', 'a name with spaces';
  is typed("entraid search sub\\ dir/c\t"), '<search><sub dir/c d.entraidconf>', 'after a \\';
  is typed("entraid search 'sub d\tc\t"),   '<search><sub dir/c d.entraidconf>', 'in quotes';
  is typed("entraid search \"sub d\tc\t"),  '<search><sub dir/c d.entraidconf>', 'of both kinds';
  is typed("entraid search it\t"),          "<search><it's.entraidconf>", 'a name with a quote';
  is typed("entraid diff --file=sub\te\ta\t"), '<diff><--file=sub dir/e f.txt><a.entraidconf>',
    'after a =';
};

# A command that nobody has thought of here.
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
  is_deeply [ completed('') ], [qw(novel plain --help --version)], 'is completed';
  is_deeply [ completed( 'novel', '-' ) ], [qw(--deep --help --quick --root)], 'its options';
  is_deeply [ completed( qw(novel -d),      '' ) ],  [qw(one two)],            'what they take';
  is_deeply [ completed( qw(novel --root),  '' ) ],  ['sub dir'],              'of files';
  is_deeply [ completed( qw(novel --quick), '' ) ],  [qw(x y)],                'and the rest';
  is_deeply [ completed( qw(plain --root),  'b' ) ], ['b.txt'], 'or any file where it says nothing';
  is_deeply [ completed( 'plain',           'b' ) ], ['b.txt'], 'for both';
};

for my $arguments ( [], ['zsh'], [qw(bash bash)] ) {
  my $run = entraid( 'completion', @{$arguments} );
  is $run->complaints,
    "entraid: completion: it takes the name of a shell, which is bash; see entraid help completion\n",
    "completion @{$arguments}";
  is $run->exit_status, 3, 'exit status';
}
chdir '/';

done_testing;
