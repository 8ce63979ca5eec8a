# entraid dropin: what it refuses, and that a refusal changes nothing.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Fcntl qw(:flock);
use Test::More;

use Entraid qw(entraid);
use Product qw(dropin portrait);
use Scratch qw(content folder perl_folder write_file);

# Checks that a subcommand refuses, in one line and without a change.
sub refuses {
  my ( $what, $status, $complaint, $lib, @arguments ) = @_;
  my $before = portrait($lib);
  my $run    = dropin( shift @arguments, $lib, @arguments );
  like $run->complaints, qr/\Aentraid: $complaint[^\n]*\n\z/, $what;
  is $run->output,      '',      "$what: nothing is printed on the standard output";
  is $run->exit_status, $status, "$what: the exit status";
  is_deeply portrait($lib), $before, "$what: the folder is unchanged";
  return;
}

my $module = 'SecAtGW/EntraID.pm';

# What is in the module's place: how to make it, and what the refusal says.
for my $case (
  [
    'a symbolic link',
    sub { symlink '/etc/hostname', $_[0] or die },
    'is a symbolic link; put the file itself there'
  ],
  [
    'a link to a module',
    sub { symlink Product::source_of('EntraID'), $_[0] or die },
    'is a symbolic link; '
  ],
  [ 'a link to nowhere', sub { symlink '/no/such/file', $_[0] or die }, 'is a symbolic link; ' ],
  [ 'a folder',          sub { mkdir $_[0] or die }, 'is not a regular file; move it away' ],
  [
    'a FIFO', sub { system( 'mkfifo', $_[0] ) == 0 or die }, 'is not a regular file; move it away'
  ],
  [
    'another module',
    sub { write_file( $_[0], "package Other;\n1;\n" ) },
    'is not a module SecAtGW::EntraID; move it away'
  ],
  [
    'an empty file', sub { write_file( $_[0] ) }, 'is not a module SecAtGW::EntraID; move it away'
  ],
  [
    'our own module',
    sub { write_file( $_[0], content( perl_folder() . "/lib/$module" ) ) },
    'is entrasync\'s own module; put the product\'s there, or leave all as it is'
  ],
  [
    'ours without a record',
    sub { write_file( $_[0], App::Entraid::Dropin::Loader::loader_text('EntraID') ) },
    'was put there by entraid dropin, but the module that it replaced is not recorded; '
  ],
  )
{
  my ( $what, $make, $reason ) = @{$case};
  subtest $what => sub {
    my $lib = Product->make('LDAPCrons');
    require App::Entraid::Dropin::Loader;
    $make->("$lib/$module");
    refuses( "install over $what", 2, "\Q$lib/$module $reason\E", $lib, 'install' );
    my $status = dropin( 'status', $lib );
    like $status->output, qr/\ASecAtGW::EntraID: unknown; perl loads \S+; \Q$lib\E/,
      "status with $what: the state is unknown";
    is $status->exit_status, 1, "status with $what: the exit status";
  };
}

subtest 'a file in the place of a kept original' => sub {
  my $lib  = Product->make('EntraID');
  my $kept = write_file( "$lib/$module.entrasync-original", 'x' );
  refuses(
    'install beside a file with the name of a kept original',
    2,    "\Q$kept is in the way; \E",
    $lib, 'install'
  );
};

subtest 'the kept original' => sub {
  my $lib  = Product->make('EntraID');
  my $kept = "$lib/$module.entrasync-original";
  dropin( 'install', $lib );
  my $original = content($kept);
  write_file( $kept, $original, "# changed\n" );
  refuses(
    'remove with a changed original',
    2,
    "\Q$kept\E, the product's own module, was changed since it was kept; install the product's again",
    $lib,
    'remove'
  );
  refuses( 'install with a changed original', 2, "\Q$kept\E, ", $lib, 'install' );
  unlink $kept or die;
  refuses(
    'remove with a missing original',
    2,    "\Q$kept\E, the product's own module, is gone; ",
    $lib, 'remove'
  );
  is dropin( 'status', $lib )->exit_status, 1, 'status gives exit status 1 for a missing original';
  Product->put( $lib, 'EntraID', $original );
  is dropin( 'remove', $lib )->exit_status, 0, 'remove works when the original is there again';
  is content("$lib/$module"),               $original, 'remove puts the original in its place';
};

subtest 'the record' => sub {
  my $lib    = Product->make('EntraID');
  my $record = "$lib/SecAtGW/entrasync-dropin.json";
  dropin( 'install', $lib );
  my $text = content($record);
  for my $broken (
    '', 'x', '[]', '{}',
    $text =~ s/"format" : 1/"format" : 2/r,
    $text =~ s/[0-9a-f]{64}/x/r,
    substr $text, 0, 100
    )
  {
    write_file( $record, $broken );
    refuses(
      "$_ with a broken record",
      2,    "\Q$record\E is not as entraid dropin wrote it; ",
      $lib, $_
    ) for qw(install remove status);
  }
  unlink $record or die;
  symlink '/no/such/file', $record or die;
  refuses(
    'remove with a record that is a symbolic link',
    2,    "\Q$record\E is not as entraid dropin wrote it; ",
    $lib, 'remove'
  );
  unlink $record or die;
  refuses(
    'remove with a missing record',
    2,
    "\Q$lib/$module\E was put there by entraid dropin, .* if there is a \\S+-original, rename it to",
    $lib,
    'remove'
  );
  write_file( $record, $text );
  is dropin( 'remove', $lib )->exit_status, 0, 'remove works when the record is there again';
};

subtest 'a module of ours that was changed' => sub {
  my $lib = Product->make('EntraID');
  dropin( 'install', $lib );
  write_file( "$lib/$module", content("$lib/$module"), "# by hand\n" );
  refuses(
    "$_ with a changed module of ours",
    2,    "\Q$lib/$module\E was changed since entrasync was put there, ",
    $lib, $_
  ) for qw(install remove);
  unlink "$lib/$module" or die;
  symlink '/etc/hostname', "$lib/$module" or die;
  refuses(
    "$_ with a symbolic link in our module's place",
    2,    "\Q$lib/$module\E is a symbolic link; ",
    $lib, $_, '--accept-change'
  ) for qw(install remove);
};

subtest 'remove leaves a module that was never installed' => sub {
  my $lib = Product->make('EntraID');
  dropin( 'install', $lib, '--only', 'EntraID' );
  my $other = write_file( "$lib/SecAtGW/LDAPCrons.pm", 'no module' );
  dropin( 'remove', $lib );
  is content("$lib/$module"), content( Product::source_of('EntraID') ),
    'remove restores the module that was installed';
  is content($other), 'no module', 'remove leaves a module that was never installed unchanged';
};

subtest 'a --lib that is not a folder of modules' => sub {
  my $lib  = Product->make('EntraID');
  my $file = write_file( "$lib/file", 'x' );
  for my $action (qw(install status remove)) {
    refuses(
      "$action with a file as --lib",
      3,     "--lib: \Q$file\E is not a folder; ",
      $file, $action
    );
    refuses(
      "$action with a --lib that does not exist",
      3,           "--lib: \Q$lib\E/none is not a folder; ",
      "$lib/none", $action
    );
  }
  my $built = perl_folder() . '/blib/lib';
  refuses(
    'install with our own folder as --lib',
    3,      "--lib: \Q$built\E holds entrasync itself; ",
    $built, 'install'
  );
  my $linked = folder();
  symlink "$lib/SecAtGW", "$linked/SecAtGW" or die;
  refuses(
    'install with a symbolic link as SecAtGW',
    3,       "--lib: \Q$linked\E/SecAtGW is a symbolic link; ",
    $linked, 'install'
  );
  my $blocked = folder();
  write_file("$blocked/SecAtGW");
  refuses(
    'install with a file as SecAtGW',
    3,        "--lib: \Q$blocked\E/SecAtGW is not a folder; ",
    $blocked, 'install'
  );
};

subtest 'another entraid dropin is running' => sub {
  my $lib = Product->make('EntraID');
  open my $handle, '<', $lib or die "$lib: $!";
  flock $handle, LOCK_EX or die "$lib: $!";
  refuses(
    'install while another entraid dropin runs',
    1,    "\Q$lib\E is locked by another entraid dropin; try again",
    $lib, 'install'
  );
  is dropin( 'status', $lib )->exit_status, 0, 'status works while another entraid dropin runs';
};

SKIP: {
  skip 'root may write everywhere', 2 if !$> && !eval { local $> = 65534; $> == 65534 };
  subtest 'a folder of others' => sub {
    my $lib = Product->make('EntraID');
    chmod 0755, $lib =~ s{/lib\z}{}r or die "$lib: $!";
    chmod 0644, "$lib/$module"       or die;
    my $error = do {
      local $> = $> || 65534;
      chmod 0555, "$lib/SecAtGW" if $> == $<;
      require App::Entraid::Dropin::Folder;
      EntraSync::Error->catch(
        sub {
          App::Entraid::Dropin::Folder->new( $lib, 'EntraID' )->install;
        } );
    };
    like $error,
      qr{\A\Q$lib\E/SecAtGW/\S+ cannot be written \(Permission denied\); all is as it was; mend that, or run it as root, and try again\z},
      'a folder that cannot be written: the message';
    is_deeply [ glob "$lib/SecAtGW/{.,}*entrasync*" ], [],
      'a folder that cannot be written: nothing of ours stays';
    chmod 0755, "$lib/SecAtGW";
  };

  subtest 'a folder that others may not look into' => sub {
    my $lib = Product->make('EntraID');
    chmod 0755, $lib =~ s{/lib\z}{}r or die;
    chmod 0600, "$lib/SecAtGW"       or die;
    my $error = do {
      local $> = $> || 65534;
      EntraSync::Error->catch( sub { App::Entraid::Dropin::Folder->new( $lib, 'EntraID' )->modules }
      );
    };
    like $error, qr{\A\Q$lib\E/SecAtGW/\S+ cannot be read \(Permission denied\)\z},
      'a folder that cannot be read is not an empty one';
    chmod 0755, "$lib/SecAtGW";
  };
}

# What is wrong with a command line, and what is said about it.
my $lib = Product->make('EntraID');
for my $case (
  [ [],                   'it takes install, status or remove' ],
  [ ['put'],              'it takes install, status or remove' ],
  [ [qw(install more)],   'it takes install, status or remove' ],
  [ ['install'],          '--lib, the product\'s folder of modules, is missing' ],
  [ [qw(install --lib=)], '--lib, the product\'s folder of modules, is missing' ],
  [ [ qw(install --only Other --lib), $lib ],  '--only takes EntraID or LDAPCrons, and not Other' ],
  [ [ qw(install --only), '', '--lib', $lib ], '--only takes EntraID or LDAPCrons, and not ' ],
  [ [ qw(status --accept-change --lib), $lib ], '--accept-change is for install and remove' ],
  )
{
  my ( $arguments, $complaint ) = @{$case};
  my $run = entraid( 'dropin', @{$arguments} );
  is $run->complaints, "entraid: dropin: $complaint; see entraid help dropin\n",
    "entraid dropin @{$arguments}";
  is $run->exit_status, 3, "exit status of entraid dropin @{$arguments}";
}

done_testing;
