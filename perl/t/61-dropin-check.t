# entraid dropin install: it looks at the folder and at the product's init.pl before it changes
# anything, and loads the modules as a script of the product afterwards.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use Time::HiRes qw(time);

use App::Entraid::Dropin::ScriptPerl;
use Entraid qw(entraid);
use EntraSync;
use Product qw(dropin init_for portrait);
use Scratch qw(content folder perl_folder write_file);

my $built = perl_folder() . '/blib/lib/SecAtGW';

# Checks that install refuses with this exit status and text, in one line and without a change.
sub refuses {
  my ( $what, $status, $complaint, $lib, @options ) = @_;
  my $before = portrait($lib);
  my $run    = dropin( 'install', $lib, @options );
  is $run->complaints,  "entraid: $complaint\n", $what;
  is $run->output,      '',                      "$what: nothing is printed on the standard output";
  is $run->exit_status, $status,                 "$what: the exit status";
  is_deeply portrait($lib), $before, "$what: the folder is unchanged";
  return;
}

subtest 'a folder in which there is nothing to replace' => sub {
  my $lib  = folder();
  my $name = '; name the product\'s folder of modules, or put entrasync\'s there all the same with'
    . ' --new';
  my $reason = "--lib: $lib has nothing to replace, since there is no";
  refuses( 'install into an empty folder',
    3, "$reason SecAtGW/EntraID.pm and no SecAtGW/LDAPCrons.pm$name", $lib );
  mkdir "$lib/SecAtGW" or die;
  write_file( "$lib/SecAtGW/LDAPCrons.pm", content( Product::source_of('LDAPCrons') ) );
  refuses(
    'install of a module that the product does not have',
    3,    "$reason SecAtGW/EntraID.pm$name",
    $lib, '--only', 'EntraID'
  );
  my $run = dropin( 'install', $lib, '--only', 'EntraID', '--new' );
  is $run->exit_status, 0, 'install --new puts a module where the product has none';
  is dropin( 'install', $lib, '--only', 'EntraID' )->exit_status, 0,
    'a second install of that module needs no --new';
};

subtest 'the search path that init.pl makes' => sub {
  my $lib   = Product->make(qw(EntraID LDAPCrons));
  my $other = Product->make('EntraID');
  my $init  = init_for($other);
  my $run   = dropin( 'install', $lib, '--init', $init );
  like $run->complaints,
    qr{\Aentraid: --lib: \Q$lib\E is not in the search path that \Q$init\E makes, so that no script looks there; name another file by --init, or one of \Q$other\E, [^\n]+\n\z},
    'a folder that is not in the search path is refused';
  is $run->exit_status, 3, 'a folder that is not in the search path: exit status 3';
  ok !-e "$lib/SecAtGW/entrasync-dropin.json",
    'a folder that is not in the search path gets no file';

  $init = init_for( $lib, "unshift \@INC, '$other';\n" );
  refuses(
    'install into a folder that comes after another',
    3,
    "--lib: $lib comes after another folder in the search path that $init makes, and scripts find"
      . " $other/SecAtGW/EntraID.pm; name that folder by --lib, or move that file away",
    $lib,
    '--init',
    $init
  );
  is dropin( 'install', $lib, '--only', 'LDAPCrons', '--init', $init )->exit_status, 0,
    'a module that the earlier folder does not have is installed';
  is dropin( 'install', $other, '--init', $init )->exit_status, 0,
    'install into the folder that comes first';

  symlink $lib, "$other/link" or die;
  is dropin( 'install', $lib, '--init', init_for("$other/link") )->exit_status, 0,
    'a search path that names the folder by a symbolic link';
};

subtest 'an init.pl that cannot be run' => sub {
  my $lib  = Product->make('EntraID');
  my $file = write_file( folder() . '/init.pl' );
  my $say  = sub {
    my ($reason) = @_;
    return "$file could not be run as a script of the product does: $reason; mend that, or name"
      . ' another file by --init';
  };
  for my $case (
    [ 'dies',             "print qq(hello\\n); die qq(no license\\n)", 'no license' ],
    [ 'is false',         '0;',        "$file did not return a true value at -e line 9." ],
    [ 'has a fault',      "\$x = ;\n", "syntax error at $file line 1, near \"= ;\"" ],
    [ 'ends the process', 'exit 0;',   'it ended the process' ],
    )
  {
    my ( $what, $code, $reason ) = @{$case};
    write_file( $file, $code );
    my $run = dropin( 'install', $lib, '--init', $file );
    like $run->complaints, qr/\Aentraid: [^\n]+\n\z/, "an init.pl that $what: one line";
    is $run->complaints,  'entraid: ' . $say->($reason) . "\n", "an init.pl that $what: the reason";
    is $run->exit_status, 2, "an init.pl that $what: exit status 2";
  }
  refuses(
    'install with an init.pl that does not exist',
    3,    "--init: $file.none does not exist; name the file that the product's scripts begin with",
    $lib, '--init', "$file.none"
  );
  write_file( $file, 'sleep 600;' );
  local $App::Entraid::Dropin::ScriptPerl::LIMIT = 0.3;
  my $begin = time;
  my $error = EntraSync::Error->catch(
    sub { App::Entraid::Dropin::ScriptPerl->new( $lib, $file )->search_path } );
  is $error, $say->('it did not end within 0.3 seconds'), 'an init.pl that hangs: the message';
  cmp_ok time - $begin, '<', 10, 'an init.pl that hangs is ended';
  write_file( $file, "system 'sleep 600 &'; unshift \@INC, '$lib'; 1;" );
  $App::Entraid::Dropin::ScriptPerl::LIMIT = 20;
  $begin                                   = time;
  is + ( App::Entraid::Dropin::ScriptPerl->new( $lib, $file )->search_path )[0], $lib,
    'an init.pl that leaves a process behind is not waited for';
  cmp_ok time - $begin, '<', 15, 'an init.pl that leaves a process behind: no limit is reached';
};

subtest 'what init.pl finds around it' => sub {
  my $lib   = Product->make('EntraID');
  my $notes = folder() . '/notes';
  my $init  = init_for( $lib, <<"PERL");
open my \$notes, '>', '$notes' or die;
my \@seen = map { \$ENV{\$_} // 'none' } qw(PERL5LIB SECRET);
print {\$notes} join '|', scalar <STDIN> // 'no input', \@seen;
close \$notes;
print "noise\\n";
PERL
  local $Entraid::ENVIRONMENT{SECRET} = 'x';
  my $run = dropin( 'install', $lib, '--only', 'EntraID', '--init', $init );
  is $run->exit_status, 0, 'an init.pl that prints something does no harm';
  is $run->complaints . $run->output,
    "SecAtGW::EntraID: entrasync $EntraSync::VERSION; perl loads $built/EntraID.pm\n",
    'what init.pl prints is not shown';
  is content($notes), 'no input|none|none', 'init.pl gets no input and cron\'s environment';
};

subtest 'closed standard streams' => sub {
  my $lib   = Product->make('EntraID');
  my $notes = folder() . '/notes';
  my $init  = init_for( $lib, <<"PERL");
open my \$notes, '>', '$notes' or die;
print {\$notes} scalar <STDIN> // 'no input', -p STDIN ? ', a pipe' : '';
close \$notes;
PERL
  my @what = ( qw(dropin install --only EntraID --lib), $lib, '--init', $init );
  local $Entraid::HAS_INPUT = 0;
  is entraid(@what)->exit_status, 0,          'without a standard input: exit status 0';
  is content($notes),             'no input', 'without a standard input init.pl gets none';
  my $run = Entraid->start_to( undef, @what )->finish;
  is $run->exit_status, 2,          'without a standard output: exit status 2';
  is content($notes),   'no input', 'without standard streams init.pl gets no input';
};

subtest 'a product without an init.pl' => sub {
  plan skip_all => 'this machine has one' if -e $App::Entraid::Dropin::ScriptPerl::INIT;
  my $lib   = Product->make('EntraID');
  my @what  = ( 'dropin', 'install', '--lib', $lib, '--only', 'EntraID' );
  my $run   = entraid(@what);
  my $doubt = "/etc/opt/Sec\@GW/init.pl does not exist, so it was not checked whether the product's"
    . " scripts look into $lib first; name the file that they begin with by --init";
  is $run->complaints,  "warning: $doubt\n", 'without an init.pl install says what was not checked';
  is $run->exit_status, 0,                   'without an init.pl install gives exit status 0';
  is entraid( @what, '--json' )->complaints, '',
    'without an init.pl --json prints nothing on the standard error';
  is entraid( @what, '--json' )->record->{init},  undef,  'without an init.pl --json has none';
  is entraid( @what, '--json' )->record->{doubt}, $doubt, '--json says what was not checked';
  is entraid( qw(dropin status --lib), $lib )->complaints, '',
    'without an init.pl status has no warning';
};

subtest 'another file answers the product\'s scripts' => sub {
  my $lib  = Product->make('EntraID');
  my $init = init_for( $lib, "\$INC{'SecAtGW/EntraID.pm'} = 'x';\n" );
  my $run  = dropin( 'install', $lib, '--only', 'EntraID', '--init', $init );
  like $run->output,
    qr{\ASecAtGW::EntraID: entrasync \S+; perl finds none; a script of the product cannot load it: \Q$lib\E/SecAtGW/EntraID\.pm is not what its init\.pl finds\n\z},
    'install says that a script of the product gets nothing of the module';
  is $run->exit_status, 1, 'another file answers: install gives exit status 1';
  is dropin( 'status', $lib, '--only', 'EntraID', '--init', $init )->exit_status, 1,
    'another file answers: status gives exit status 1';

  my $loader = "$lib/SecAtGW/EntraID.pm";
  $init = init_for( $lib, "\$SIG{__DIE__} = sub { exit 3 }; 1;\n" );
  is dropin( 'status', $lib, '--only', 'EntraID', '--init', $init )->exit_status, 0,
    'a handler of the product for errors is not called';
};

subtest 'for packages' => sub {
  my $lib    = Product->make(qw(EntraID LDAPCrons));
  my $before = portrait($lib);
  my $said =
    sub { my $run = dropin(@_); return [ $run->complaints . $run->output, $run->exit_status ] };
  is_deeply $said->( 'install', $lib, '--again', '--quiet' ), [ '', 0 ],
    'install --again does nothing where nothing was installed';
  is_deeply portrait($lib), $before, 'install --again changes nothing where nothing was installed';
  is_deeply $said->( 'remove', $lib, '--quiet' ), [ '', 0 ],
    'remove --quiet prints nothing where nothing was installed';
  is_deeply $said->( 'install', $lib, '--only', 'EntraID', '-q' ), [ '', 0 ],
    'install --quiet prints nothing';
  is_deeply $said->( 'status', $lib, '--quiet' ), [ '', 0 ], 'status --quiet prints nothing';
  Product->put( $lib, $_, content( Product::source_of($_) ) . "# updated\n" )
    for qw(EntraID LDAPCrons);
  is $said->( 'status', $lib, '--quiet' )->[1], 1, 'status --quiet notices an update';
  like $said->( 'status', $lib, '--quiet' )->[0], qr/\ASecAtGW::EntraID: changed; [^\n]+\n\z/,
    'status --quiet shows the updated module alone';
  is_deeply $said->( 'install', $lib, qw(--again --accept-change --quiet) ), [ '', 0 ],
    'install --again puts entrasync back after an update';
  like content("$lib/SecAtGW/EntraID.pm"), qr/\A# Put here by entraid dropin/,
    'install --again replaces the module that it had replaced before';
  unlike content("$lib/SecAtGW/LDAPCrons.pm"), qr/\A# Put here by entraid dropin/,
    'install --again leaves the module that was not replaced before';
  is_deeply $said->( 'remove', $lib, '--quiet' ), [ '', 0 ], 'remove --quiet prints nothing';
  like content("$lib/SecAtGW/EntraID.pm"), qr/# updated\n\z/, 'remove restores the updated module';
};

done_testing;
