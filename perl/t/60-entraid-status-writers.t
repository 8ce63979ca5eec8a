# entraid status --instance: who writes each list, and with whose modules.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use CronScripts;
use Entraid qw(entraid plugin_text);
use Product qw(dropin init_for);
use Scratch qw(content folder perl_folder write_file);

# An instance with all three lists.
my $instance = folder() . '/example';
my %path     = map { $_ => "$instance/config/$_.txt" } qw(senders sms gsm_auth_auto);
write_file( $_, "user\@example.com\n" ) for values %path;
write_file( "$instance/config/envelope.cfg",
  "ALLOWEDLDAPSENDERFILE=$path{senders}\nLDAPSENDERMODE=realtime\n" );
write_file( "$instance/config/compose.cfg", "LDAPGSMLISTFILE=$path{sms}\nLDAPGSMMODE=realtime\n" );
my $lists = 3;

# The configuration of the access rights; those scripts name it.
my %key  = map { $_ => '0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e' } qw(TENANTID CLIENTID GROUPID);
my $conf = write_file(
  "$instance/config/entraid/usersync.entraidconf",
  "CLIENTSECRET = the-Value-of-its-client-secret\nSTATEDIR = state\n",
  map { "$_ = $key{$_}\n" } sort keys %key
);

# The scripts, as cron has them. Those of the field may not be there; then others stand in for them.
my ($own)   = grep { $_->is_own } CronScripts::sets();
my ($field) = grep { !$_->is_own } CronScripts::sets();
my %theirs  = (
  user_sync => $field ? $field->user_sync : "use SecAtGW::LDAPCrons;\nmy \$c; \$c->run_scripts;\n",
  access    => $field
  ? $field->access_rights( 'devipannu', 'usersync', 'reg' )
  : qq(\$f="/server/devipannu/config/gsm_auth_auto.txt"; SecAtGW::EntraID::entraid_search("x");),
);
$theirs{access} =~ s{/server/devipannu/}{$instance/}g;
my %ours =
  ( user_sync => $own->user_sync, access => $own->access_rights( 'example', 'usersync', 'reg' ) );

# Makes a folder of cron with these scripts.
sub cron {
  my (%scripts) = @_;
  my $cron = folder();
  for my $name ( keys %scripts ) {
    my $mode = $name =~ /off/ ? 0644 : 0755;
    chmod $mode, write_file( "$cron/$name", $scripts{$name} ) or die;
  }
  return $cron;
}

# What status says about the writers of the three lists: the values of `by` in --json, and the text.
sub writers {
  my ( $cron, $init ) = @_;
  my @what   = ( 'status', '--instance', $instance, '--cron', $cron, '--init', $init );
  my %record = map { $_->{list} => $_->{writers} } @{ entraid( @what, '--json' )->record->{lists} };
  my $run    = entraid(@what);
  my @by     = map {
    [ map { $_->{by} } @{ $record{$_} } ]
  } @path{qw(senders sms gsm_auth_auto)};
  my %line = map { /^\w+ (\S+): (.*)/ ? ( $1 => $2 ) : () } split /\n/, plugin_text( $run->output );
  for my $path ( sort values %path ) {
    my $texts = join ', ', map { $_->{text} } @{ $record{$path} };
    $texts = "written by no script that was found in $cron" unless length $texts;
    like $line{$path},
      qr/\A1 line, changed \d+ min ago, (?:a run went well \d+ min ago, )?\Q$texts\E(?:;|\z)/,
      'the line says the same as --json';
  }
  return ( \@by, @line{ @path{qw(senders sms gsm_auth_auto)} } );
}

# Product's folders: without a drop-in, with both modules, with the search alone, and with a drop-in
# that cannot be loaded.
my %lib = map { $_ => Product->make(qw(EntraID LDAPCrons)) } qw(none both search broken);
dropin( 'install', $lib{both} );
dropin( 'install', $lib{search}, '--only', 'EntraID' );
dropin( 'install', $lib{broken} );
for my $name (qw(EntraID LDAPCrons)) {
  my $loader = "$lib{broken}/SecAtGW/$name.pm";
  write_file( $loader, content($loader) =~ s{'\K/[^']*(?=/SecAtGW/)}{/none}r );
}
my %init = map { $_ => init_for( $lib{$_} ) } keys %lib;
$init{own} = init_for( perl_folder() . '/blib/lib' );

my $nobody = [ [], [], [] ];
for my $case (
  [ 'no script', {}, none => $nobody, 'written by no script that was found in CRON' ],
  [
    'entrasync\'s scripts with the drop-in',
    \%ours,
    both => [ ['entrasync'], ['entrasync'], ['entrasync'] ],
    'written by entrasync\'s script CRON/user_sync'
  ],
  [
    'entrasync\'s scripts with entrasync\'s folder',
    \%ours,
    own => [ ['entrasync'], ['entrasync'], ['entrasync'] ],
    'written by entrasync\'s script CRON/user_sync'
  ],
  [
    'entrasync\'s scripts with the search alone',
    \%ours,
    search => [ ['search'], ['search'], ['entrasync'] ],
    'written by entrasync\'s script CRON/user_sync with the product\'s LDAPCrons and entrasync\'s'
      . ' search'
  ],
  [
    'entrasync\'s scripts with the product\'s modules',
    \%ours,
    none => [ [undef], [undef], [undef] ],
    'not written by entrasync\'s script CRON/user_sync, which refuses the product\'s modules'
  ],
  [
    'the product\'s scripts with the drop-in',
    \%theirs,
    both => [ ['dropin'], ['dropin'], ['dropin'] ],
    'written by the product\'s script CRON/user_sync with entrasync\'s modules'
  ],
  [
    'the product\'s scripts with the search alone',
    \%theirs,
    search => [ ['search'], ['search'], ['dropin'] ],
    'written by the product\'s script CRON/user_sync with the product\'s LDAPCrons and'
      . ' entrasync\'s search'
  ],
  [
    'the product\'s scripts with the product\'s modules',
    \%theirs,
    none => [ ['product'], ['product'], ['product'] ],
    'written by the product\'s script CRON/user_sync with the product\'s own modules'
  ],
  [
    'the product\'s scripts with a drop-in that cannot be loaded',
    \%theirs,
    broken => [ ['product'], ['product'], ['product'] ],
    'written by the product\'s script CRON/user_sync with the product\'s own modules'
  ],
  [
    'a script that cron does not run',
    { 'user_sync.pl' => $ours{user_sync}, off => $ours{access}, other => "#!/bin/sh\nexit 0\n" },
    both => $nobody,
    'written by no script that was found in CRON'
  ],
  [
    'two scripts for one list',
    { user_sync => $theirs{user_sync}, zz => $ours{user_sync} },
    both => [ [qw(dropin entrasync)], [qw(dropin entrasync)], [] ],
    'written by the product\'s script CRON/user_sync with entrasync\'s modules, written by'
      . ' entrasync\'s script CRON/zz'
  ],
  )
{
  my ( $what, $scripts, $lib, $by, $text ) = @{$case};
  subtest $what => sub {
    my $cron = cron( %{$scripts} );
    my ( $found, $senders ) = writers( $cron, $init{$lib} );
    is_deeply $found, $by, "$what: who writes the lists";
    $text =~ s/CRON/$cron/g;
    like $senders, qr/, \Q$text\E(?:;|\z)/, "$what: the text";
    my $are_many = grep { @{$_} > 1 } @{$found};
    is $senders =~ /; several scripts write it; let one write it(?:;|\z)/ ? 1 : 0,
      $are_many ? 1 : 0, "$what: whether several scripts write one list";
  };
}

# What calls entrasync's own scripts, other than a folder of cron.
sub called_by_cron {
  my ( $scripts, $arguments ) = @_;
  return write_file( folder() . '/entrasync', <<"CRON" );
# A comment with $scripts/other in it.
PATH=/usr/bin:/bin
23 * * * * root [ -x $scripts/none ] || $scripts/user_sync
38 * * * * root $scripts/access$arguments > /dev/null
CRON
}

sub called_by_timer {
  my ( $scripts, $arguments ) = @_;
  my $units = folder();
  my %name  = ( user_sync => q(), access => $arguments );
  for my $script ( keys %name ) {
    write_file( "$units/$script.timer",   "[Timer]\nOnCalendar=hourly\n" );
    write_file( "$units/$script.service", <<"UNIT" );
[Service]
Type=oneshot
ExecStart=-\@$scripts/$script$name{$script}
UNIT
  }
  my $wanted = folder();
  symlink "$units/$_.timer", "$wanted/$_.timer" or die for keys %name;
  return map { "$wanted/$_.timer" } sort keys %name;
}

for my $case ( [ 'cron.d', \&called_by_cron ], [ 'timers of systemd', \&called_by_timer ] ) {
  my ( $what, $called ) = @{$case};
  subtest $what => sub {
    my $scripts = cron(%ours);
    for my $arguments ( [ q(), 1 ], [ ' --instance example', 1 ], [ ' --instance=other', 0 ] ) {
      my ( $words, $is_ours ) = @{$arguments};
      my @cron = map { ( '--cron', $_ ) } $called->( $scripts, $words );
      my $record =
        entraid( 'status', '--json', '--instance', $instance, '--init', $init{both}, @cron )
        ->record->{lists};
      my %by = map {
        $_->{list} => [ map { $_->{by} } @{ $_->{writers} } ]
      } @{$record};
      is_deeply $by{ $path{senders} }, ['entrasync'], "$what: the sender list";
      is_deeply $by{ $path{gsm_auth_auto} }, $is_ours ? ['entrasync'] : [],
        "$what: the access rights, with the arguments '$words'";
    }
  };
}

subtest 'entraid write from cron' => sub {
  my $entraid = write_file( folder() . '/entraid', "#!/bin/sh\n" );
  my $table   = sub {
    my ($arguments) = @_;
    return write_file( folder() . '/entrasync', "23 * * * * root $entraid $arguments\n" );
  };
  my ( $by, undef, undef, $rights ) =
    writers( $table->("write --template reg-rules --file $path{gsm_auth_auto} /a.entraidconf"),
    $init{none} );
  is_deeply $by, [ [], [], ['entrasync'] ], 'it writes the list that --file names';
  like $rights, qr/, written by entraid write of \Q$entraid\E(?:;|\z)/, 'the line says so';
  ($by) = writers( $table->("write /a.entraidconf --file=$path{sms}"), $init{none} );
  is_deeply $by, [ [], ['entrasync'], [] ], 'the option may come later';
  ($by) = writers( $table->("diff --file $path{sms} /a.entraidconf"), $init{none} );
  is_deeply $by, $nobody, 'entraid diff writes nothing';
  my $script = "#!/bin/sh\nexec $entraid write \\\n  --file $path{sms} \\\n  /a.entraidconf\n";
  ($by) = writers( cron( access => $script ), $init{none} );
  is_deeply $by, [ [], ['entrasync'], [] ], 'a script in a folder of cron may call it';

  for my $file ( "'$path{sms}'", qq("$path{sms}"), "$path{sms}; true" ) {
    ($by) = writers( cron( access => "entraid write /a.entraidconf --file $file\n" ), $init{none} );
    is_deeply $by, [ [], ['entrasync'], [] ], "--file $file";
  }
  my $both = join q(), map { "entraid write --file=$path{$_} /a.entraidconf\n" } qw(senders sms);
  ($by) = writers( cron( access => $both ), $init{none} );
  is_deeply $by, [ ['entrasync'], ['entrasync'], [] ], 'a script may call it twice';
  ($by) = writers( cron( access => $script =~ s/^exec/# exec/mr ), $init{none} );
  is_deeply $by, $nobody, 'a comment calls nothing';
};

subtest 'access rights of another instance' => sub {
  my $cron = cron(
    ours   => $own->access_rights( 'devipannu', 'usersync', 'reg' ),
    theirs => $theirs{access} =~ s{\Q$instance\E/}{/server/devipannu/}gr,
  );
  is_deeply [ ( writers( $cron, $init{both} ) )[0] ], [$nobody],
    'a script that writes another instance\'s access rights is not named';
};

subtest 'an instance without access rights' => sub {
  unlink $path{gsm_auth_auto} or die;
  my @what  = ( 'status', '--json', '--instance', $instance, '--init', $init{both}, '--cron' );
  my $lists = sub {
    return [ map { $_->{list} } @{ entraid( @what, @_ )->record->{lists} } ];
  };
  is_deeply [ sort @{ $lists->( cron() ) } ], [ sort @path{qw(senders sms)} ],
    'a list that does not exist and that nobody writes is not named';
  my $cron = cron(%ours);
  is_deeply [ sort @{ $lists->($cron) } ], [ sort values %path ],
    'a list that a script should write is named';
  is entraid( @what, $cron )->record->{lists}[0]{status}, 'CRITICAL',
    'a list that a script should write and that is missing is critical';
  write_file( $path{gsm_auth_auto}, "* user\@example.com <reg> - 0\n" );
  is_deeply [ sort @{ $lists->("$cron/user_sync") } ], [ sort values %path ],
    '--cron takes a script, too';
};

subtest 'an audit' => sub {
  my $audit  = write_file( folder() . '/audit', "x\n" );
  my @what   = ( 'status', '--instance', $instance, '--init', $init{both}, '--audit', $audit );
  my $line   = qr/^(\w+) \Q$path{gsm_auth_auto}\E: ([^\n]*)/m;
  my ($text) = entraid( @what, '--cron', cron(%theirs) )->output =~ $line;
  is $text, 'OK', 'no audit is expected of the product\'s script for access rights';
  ($text) = entraid( @what, '--cron', cron(%ours) )->output =~ $line;
  is $text, 'UNKNOWN', 'an audit is expected of entrasync\'s script for access rights';
};

subtest 'what cannot be looked at' => sub {
  my $init = write_file( folder() . '/init.pl', "die qq(no license\\n);\n" );
  my $run  = entraid( 'status', '--instance', $instance, '--cron', cron(%ours), '--init', $init );
  like $run->output,
    qr/, written by entrasync's script \S+, by modules unknown: \Q$init\E could not be run as a script of the product does: no license; /,
    'an init.pl that dies: the modules are not known';
  $run = entraid( 'status', '--instance', $instance, '--init', "$init.none" );
  like $run->output, qr/\AUNKNOWN: --init: \S+ does not exist; /, 'an --init that does not exist';
  is $run->exit_status, 3, 'an --init that does not exist: exit status 3';
  for my $option (qw(cron init)) {
    $run = entraid( 'status', '--file', $path{sms}, "--$option", $init );
    is $run->output, "UNKNOWN: status: --$option is for --instance; see entraid help status\n",
      "--$option without --instance";
  }
  is entraid( qw(status --json --file), $path{sms} )->record->{lists}[0]{writers}, undef,
    'a list that is named by its path has no known writers';
};

done_testing;
