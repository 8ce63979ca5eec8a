# entraid-dropin-remove: one file that removes what entraid dropin has installed, with a perl that
# cannot load entrasync.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Fcntl    qw(:flock);
use JSON::PP ();
use Test::More;

use Product qw(dropin portrait);
use Scratch qw(content folder perl_folder write_file);

my @names   = qw(EntraID LDAPCrons);
my $scripts = perl_folder() . '/blib/script';

# Modules of entrasync that cannot be loaded, as another perl finds them.
my $broken = folder();
for my $module (qw(EntraSync App/Entraid App/Entraid/Dropin/Folder EntraSync/Error)) {
  my $path = "$broken/$module.pm";
  system 'mkdir', '-p', $path =~ s{/[^/]*\z}{}r;
  write_file( $path, "die qq(another perl\\n);\n" );
}

# Runs a script with that perl. Returns what it prints and its exit status.
sub run {
  my ( $script, @arguments ) = @_;
  local %ENV = ( PATH => $ENV{PATH}, PERL5LIB => $broken );
  my $child = open( my $output, '-|' ) // die "fork: $!";
  if ( !$child ) {
    open STDERR, '>&', \*STDOUT or die;
    exec $^X, $script, @arguments or die;
  }
  my $said = join '', <$output>;
  close $output;
  return ( $said, $? >> 8 );
}

sub theirs { return "SecAtGW::$_[0]: the product's own; perl loads $_[1]/SecAtGW/$_[0].pm\n" }

# The file alone, in a folder of its own.
my $alone = folder() . '/remove';
write_file( $alone, content("$scripts/entraid-dropin-remove") );

for my $case (
  [ 'the file alone', $alone ],
  [ 'entraid dropin remove that cannot load entrasync', "$scripts/entraid", qw(dropin remove) ],
  )
{
  my ( $what, @command ) = @{$case};
  subtest $what => sub {
    my $lib    = Product->make(@names);
    my $before = portrait($lib);
    dropin( 'install', $lib );
    isnt content("$lib/SecAtGW/EntraID.pm"), content( Product::source_of('EntraID') ),
      "$what: ours is installed";
    is_deeply [ run( @command, '--lib', $lib ) ],
      [ join( '', map { theirs( $_, $lib ) } @names ), 0 ], "$what: it says what is there now";
    is_deeply portrait($lib), $before, "$what: the product is as it was";
    is_deeply [ run( @command, '--lib', $lib, '--quiet' ) ], [ '', 0 ],
      "$what: a second time it does nothing";

    dropin( 'install', $lib );
    is_deeply [ run( @command, '--only', 'LDAPCrons', '--lib', $lib ) ],
      [ theirs( 'LDAPCrons', $lib ), 0 ], "$what: --only";
    is dropin( 'status', $lib, '--only', 'EntraID' )->exit_status, 0,
      "$what: --only leaves the other module";
    my ( $said, $status ) = run( @command, '--lib', $lib, '--json' );
    my $record = JSON::PP->new->decode($said);
    ok $record->{changed}, "$what: --json";
    is_deeply portrait($lib), $before, "$what: --json: the product is as it was";
  };

  subtest "$what: refusals" => sub {
    my $lib = Product->make(@names);
    dropin( 'install', $lib );
    my $installed = portrait($lib);
    open my $handle, '<', $lib or die "$lib: $!";
    flock $handle, LOCK_EX or die "$lib: $!";
    my ( $said, $status ) = run( @command, '--lib', $lib );
    like $said, qr/\Aentraid: \Q$lib\E is locked by another entraid dropin; try again\n\z/,
      "$what: another entraid dropin";
    is $status, 1, "$what: another entraid dropin: exit status 1";
    close $handle;

    my $update = content( Product::source_of('EntraID') ) . "# updated\n";
    write_file( "$lib/SecAtGW/EntraID.pm", $update );
    my $updated = portrait($lib);
    ( $said, $status ) = run( @command, '--lib', $lib );
    like $said, qr/\Aentraid: \S+ was changed since entrasync was put there, [^\n]+\n\z/,
      "$what: an update";
    is $status, 2, "$what: an update: exit status 2";
    is_deeply portrait($lib), $updated, "$what: an update stays";
    ( $said, $status ) = run( @command, '--lib', $lib, '--accept-change' );
    is $status,                            0,       "$what: --accept-change";
    is content("$lib/SecAtGW/EntraID.pm"), $update, "$what: --accept-change leaves the update";

    for my $arguments ( [], [ '--lib', "$lib/none" ], [qw(--unknown)],
      [ '--init', 'x', '--lib', $lib ] )
    {
      ( $said, $status ) = run( @command, @{$arguments} );
      like $said, qr/\Aentraid[^\n]+\n\z/, "$what: a wrong command line: @{$arguments}";
      is $status, 3, "$what: a wrong command line gives exit status 3: @{$arguments}";
    }
  };
}

is_deeply [ run( "$scripts/entraid", @{$_} ) ],
  [ "entraid: entrasync cannot be loaded: another perl; install it for this perl\n", 2 ],
  "entraid @{$_} says that entrasync cannot be loaded"
  for [], ['--version'], [qw(dropin status --lib /)];

like + ( run( $alone, '--help' ) )[0], qr/\Aentraid-dropin-remove --lib DIR /,
  'entraid-dropin-remove --help';

# Only what belongs to perl itself is loaded.
my $loaded = 'print join "\n", map { "$_ $INC{$_}" } sort keys %INC';
my $report = folder() . '/report.pl';
write_file( $report,
      "\@ARGV = '--help'; eval { no warnings; *CORE::GLOBAL::exit = sub { die 'end' } };"
    . " do '$alone'; $loaded;" );
unlike + ( run($report) )[0], qr{^(?!.* \Q$alone\E$)(?:App/Entraid|EntraSync|SecAtGW)}m,
  'the file loads no other file of entrasync';

done_testing;
