# entraid status: a line for monitoring whatever goes wrong, and what this user may not see.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use App::Entraid;
use App::Entraid::AuditFile;
use App::Entraid::ListWriters;
use Entraid qw(entraid plugin_text);
use Encode  ();
use Scratch qw(content folder perl_folder write_file);

my $folder = folder();
my $file   = write_file( "$folder/list.txt", "user\@example.com\n" );
my %status = ( OK => 0, WARNING => 1, CRITICAL => 2, UNKNOWN => 3 );

subtest 'failures' => sub {
  mkdir "$folder/none" or die;
  for my $case (
    [ 'a wrong option',           qr/status: unknown option: nonsense; see .*/, '--nonsense' ],
    [ 'an option with a newline', qr/status: unknown option: x\\u\{a\}y; .*/,   "--x\ny" ],
    [ 'no list',                    qr/status: --file, the list, .* is missing; .*/ ],
    [ 'a template with a bar',      qr/.* a\\u\{7c\}b .*/, '--file', $file, '--template', 'a|b' ],
    [ 'a template without an end',  qr/.*/,                '--file', $file, '--template', '{mail' ],
    [ 'an init.pl that is missing', qr/--init: .*/, '--instance', $folder,  '--init', "$folder/x" ],
    [ 'an empty audit',    qr/status: --audit takes a path, and .*/, '--file', $file, '--audit=' ],
    [ 'an empty instance', qr/status: --instance takes a path, and .*/, '--instance=' ],
    [ 'an empty state',    qr/status: --state takes a path, and .*/, '--file', $file, '--state=' ],
    [
      'a state that is missing',
      qr/status: --state takes the folder .*, and \Q$folder\E\/no is none; .*/,
      '--file', $file, '--state', "$folder/no"
    ],
    [ 'a state that is a file', qr/status: --state takes .*/, '--file', $file, '--state', $file ],
    [ 'the help of another command', qr/.*/, '--file', $file, '--accept-change' ],
    )
  {
    my ( $what, $text, @arguments ) = @{$case};
    my $run = entraid( 'status', @arguments );
    like $run->output, qr/\AUNKNOWN: $text\n\z/, "$what: one line for monitoring";
    is( ( () = $run->output =~ /\n/g ), 1, "$what: and no other line" );
    is $run->exit_status, 3,  "$what: the exit status";
    is $run->complaints,  '', "$what: nothing on the standard error";
    $run = entraid( 'status', '--json', @arguments );
    my $record = $run->record;
    is_deeply [ @{$record}{qw(status lists)} ], [ 'UNKNOWN', [] ], "$what, with --json";
    is $record->{error}{status}, 'invalid_argument', "$what, with --json: the error";
    is $run->exit_status,        3,                  "$what, with --json: the exit status";
    is $run->complaints,         '', "$what, with --json: nothing on the standard error";
  }
};

subtest 'an audit that cannot be read' => sub {
  my $missing = "$folder/none.txt";
  for my $case (
    [ 'a folder',    $folder,       qr/\Q$folder\E: it is not a regular file/ ],
    [ 'no such log', "$folder/log", qr/\Q$folder\E\/log cannot be read: .*/ ],
    )
  {
    my ( $what, $audit, $text ) = @{$case};
    my $run = entraid( 'status', '--file', $file, '--audit', $audit );
    like plugin_text( $run->output ), qr/\AUNKNOWN \Q$file\E: 1 line, .*; $text\n\z/,
      "$what: the list is reported all the same";
    is $run->exit_status, 3, "$what: the exit status";
    $run = entraid( 'status', '--file', $missing, '--audit', $audit );
    like $run->output, qr/\ACRITICAL \Q$missing\E: there is no such file; $text( [|] .*)?\n\z/,
      "$what: it hides nothing that is worse";
    is $run->exit_status, 2, "$what: the exit status of what is worse";
    my $record = entraid( 'status', '--json', '--file', $missing, '--audit', $audit )->record;
    is $record->{error}, undef, "$what, with --json: that is no failure";
    is_deeply [ map { $_->{status} } @{ $record->{lists}[0]{findings} } ], [qw(CRITICAL UNKNOWN)],
      "$what, with --json: the findings";
  }
};

subtest 'an output that cannot be written' => sub {
  open my $full, '>', '/dev/full' or die;
  my $run = Entraid->start_to( $full, 'status', '--file', $file )->finish;
  like $run->complaints, qr/\Aentraid: the standard output cannot be written to: .*\n\z/,
    'it is said on the standard error';
  is $run->exit_status, 3, 'the exit status';
};

subtest 'a bar in a name' => sub {
  my $list = write_file( "$folder/a|b.txt", "user\@example.com\n" );
  my $run  = entraid( 'status', '--file', $list );
  like plugin_text( $run->output ),
    qr/\AOK \Q$folder\E\/a\\u\{7c\}b\.txt: 1 line, changed 0 min ago\n\z/,
    'it does not begin the figures';
};

subtest 'an entrasync that cannot be loaded' => sub {
  my $lib = folder();
  write_file( "$lib/App/Entraid.pm", "die qq(no | library\\n);\n" );
  open my $output, '-|', $^X, "-I$lib", perl_folder() . '/script/entraid', 'status' or die;
  my $said = join q(), <$output>;
  close $output;
  is $said, "UNKNOWN: entrasync cannot be loaded: no _ library; install it for this perl\n",
    'one line for monitoring';
  is $? >> 8, 3, 'the exit status';
};

# What another user than root is told, with the exit status. The modules are loaded by now.
sub seen_by_another {
  my (@arguments) = @_;
  my $path = folder() . '/output';
  $_->can('options') or require "App/Entraid/Command/Status.pm" for 'App::Entraid::Command::Status';
  my $child = fork // die "fork: $!";
  if ( !$child ) {
    open STDOUT, '>', $path or die;
    $> = $> || 65534;
    POSIX::_exit( App::Entraid->new->run( 'status', @arguments ) );
  }
  waitpid $child, 0;
  return ( content($path), $? >> 8 );
}

SKIP: {
  skip 'root may look everywhere', 2 if !$> && !eval { local $> = 65534; $> == 65534 };
  subtest 'a user who may not look' => sub {
    my $root   = folder();
    my $config = "$root/config";
    my $list   = write_file( "$config/senders.txt",           "user\@example.com\n" );
    my $conf   = write_file( "$config/entraid/a.entraidconf", "x\n" );
    my $cfg    = write_file( "$config/envelope.cfg",          "ALLOWEDLDAPSENDERFILE=$list\n" );
    chmod 0755, $root;
    my @instance = ( '--instance', $root, '--cron', "$root/none" );
    my $may_not  = 'it cannot be read \(Permission denied\)';

    for my $case (
      [ $list,             0, qr/\Q$list\E: $may_not/,                '--file', $list ],
      [ $config,           0, qr/\Q$list\E: $may_not/,                '--file', $list ],
      [ $conf,             0, qr/.*; \Q$conf\E: .* run as a user .*/, '--file', $list, $conf ],
      [ "$config/entraid", 0, qr/.*; .*/,                             '--file', $list, $conf ],
      [ $config, 0,    qr/\Q$root\E: this user may not look into its folder config/,   @instance ],
      [ $config, 0644, qr/\Q$root\E: this user may not look into its folder config/,   @instance ],
      [ $cfg,    0, qr/\Q$root\E: the sender list: .*envelope\.cfg could not be read/, @instance ],
      [ "$config/entraid", 0, qr/.*entraid cannot be read: Permission denied/,         @instance ],
      [ $conf,             0, qr/.*; \Q$conf\E: .* run as a user .*/,                  @instance ],
      )
    {
      my ( $closed, $mode, $text, @arguments ) = @{$case};
      my $before = ( stat $closed )[2] & oct 7777;
      chmod $mode, $closed or die;
      my ( $output, $status ) = seen_by_another(@arguments);
      chmod $before, $closed or die;
      my $what = sprintf '%s with mode %o, @arguments', $closed, $mode;
      $what =~ s/\Q$root\E/ROOT/g;
      like $output, qr/\AUNKNOWN $text(?: [|] .*)?\n/, $what;
      is $status, 3, "$what: the exit status";
    }
  };

  subtest 'a user who may not look at the runs' => sub {
    my $root = folder();
    chmod 0755, $root;
    my $list  = write_file( "$root/list.txt", "user\@example.com\n" );
    my $state = "$root/state";
    mkdir $state, 0700 or die;
    chmod 0644, $list or die;
    my $hidden = 'its runs are not known to this user';
    my $remedy =
        "$hidden, who may not look into \Q$state\E; run this as root, for example by a rule of"
      . ' sudo, or let entraid status go by the age of the list \(--warning, --critical\)';
    local $ENV{ENTRASYNC_STATEDIR} = $state;

    for my $case (
      [ 'UNKNOWN', "changed 0 min ago; $remedy" ],
      [ 'OK',      "changed 0 min ago, $hidden", '--warning',  1 ],
      [ 'OK',      "changed 0 min ago, $hidden", '--critical', 1 ],
      [
        'UNKNOWN',   "changed 0 min ago, $hidden; nothing tells when a run last went well",
        '--max-age', 1
      ],
      )
    {
      my ( $word, $text, @arguments ) = @{$case};
      for my $mode ( 0700, 0711, 0744 ) {
        chmod $mode, $state or die;
        my $what = sprintf "a STATEDIR of mode %o, @arguments", $mode;
        my ( $output, $status ) = seen_by_another( '--file', $list, @arguments );
        like $output, qr/\A$word \Q$list\E: 1 line, $text [|] .*\n\z/, $what;
        is $status, $status{$word}, "$what: the exit status";
      }
    }
    chmod 0755, $state or die;
    my ( $output, $status ) = seen_by_another( '--file', $list );
    like $output, qr/\AOK .*, no run of it is known [|] /, 'a STATEDIR that this user may read';
    is $status, 0, 'a STATEDIR that this user may read: the exit status';
  };
}

done_testing;
