# The audit of a run in a Perl program: the log of the first client and the AUDITFILE of each
# configuration have the same lines, however the run ends.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

use EntraSync;
use Scratch qw(content folder write_file);
use Simulator;

my $simulator = Simulator->start(qw(--members 5));
my $folder    = folder();
my $file      = "$folder/list.txt";
my @audits    = map { "$folder/$_.log" } qw(first second);
my $only      = $Simulator::ADDRESS;

# The caller's umask must not change the mode of an audit.
umask 0;

sub configuration {
  my ( $name, $audit, %settings ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", AUDITFILE => $audit, %settings );
}

my $single   = configuration( 'single',   $audits[0], GROUPID      => 'single' );
my $oddities = configuration( 'oddities', $audits[1], GROUPID      => 'oddities' );
my $wrong    = configuration( 'wrong',    $audits[1], CLIENTSECRET => 'a-secret-that-is-wrong' );

# Runs code with a list of these configurations. Returns the log's lines about the list, and the
# error, if there is one.
sub told {
  my ( $code, @configurations ) = @_;
  unlink @audits;
  my @told;
  my $log = sub {
    push @told, $_[1] if index( $_[1], "$file: " ) == 0 && $_[1] !~ /; the groups are read again\z/;
  };
  my @clients = map { EntraSync::Client->open($_) } @configurations;
  $clients[0]->on_log($log);
  my $list  = EntraSync::List->new( file => $file, template => '{mail}', clients => \@clients );
  my $error = EntraSync::Error->catch( sub { $code->($list) } );
  return ( \@told, $error );
}

# Checks that a file has these lines, each after the time and the run.
sub has_lines {
  my ( $audit, $lines ) = @_;
  my $text = content($audit) // '';
  my ( @lines, %runs );
  utf8::decode($text);
  for my $line ( split /^/m, $text ) {
    my ( $run, $rest ) = $line =~ /\A\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ \[(\w+)\] ([^\n]*)\n\z/
      or return fail "this is not a line of an audit: $line";
    $runs{$run} = 1;
    push @lines, $rest;
  }
  my $name = $audit =~ s{.*/}{}r;
  is_deeply \@lines, $lines, "$name has the same lines as the log";
  is keys %runs, 1, 'the audit\'s lines name one run';
  return is + ( stat $audit )[2] & 07777, 0600, 'only its owner can read the audit';
}

# Runs of two configurations: how each is made, how it ends, and what the log says about it.
my $write  = sub { $_[0]->write };
my $accept = sub { $_[0]->accept_change->write };
for my $case (
  [
    'a run that goes well',
    [], $write, $oddities, undef, qr/left out \S+ \("Oddity /,
    qr/replaced: /
  ],
  [ 'a run that changes nothing', undef, $write, $oddities, undef, qr/left out /, qr/unchanged: / ],
  [
    'a run that the guard stops',
    [ 10 .. 29 ],
    $write, $oddities, 'guard',
    qr/guard: .*: stopped\z/,
    qr/failed \(guard\): /
  ],
  [
    'a run that a person accepts',
    [ 10 .. 29 ],
    $accept, $oddities, undef, qr/guard: .*: accepted by a person\z/,
    qr/replaced: /
  ],
  [
    'a run that fails', undef,
    $write,             $wrong,
    'authentication',   qr/AADSTS7000215/,
    qr/failed \(authentication\): /
  ],
  )
{
  my ( $name, $users, $code, $second, $status, $middle, $end ) = @{$case};
  subtest $name => sub {
    write_file( $file, map { "user$_\@example.com\n" } @{$users} ) if $users;
    my ( $told, $error ) = told( $code, $single, $second );
    is $error && $error->status_name, $status,                 "$name: the status of the error";
    is $told->[0], "$file: run begins, from $single, $second", "$name: the first line";
    ok scalar( grep { /\A\Q$file\E: (?:.*)$middle/ } @{$told} ), "$name: the line in the middle";
    like $told->[-1], qr/\A\Q$file\E: $end/, "$name: the last line";
    has_lines( $_, $told ) for @audits;
    return unless $users && @{$users} && !$error;
    my %said = map { s/\A\Q$file\E: //r => 1 } @{$told};
    ok $said{"+ $only"},              "$name: the log has the added line";
    ok $said{'- user29@example.com'}, "$name: the log has a removed line";
  };
}

subtest 'a preview' => sub {
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  my ( $told, $error ) = told( sub { $_[0]->preview }, $single, $oddities );
  is $error, undef, 'a preview gives no error';
  is_deeply $told,                   [], 'a preview logs nothing about the list';
  is_deeply [ grep { -e } @audits ], [], 'a preview writes no audit';
};

done_testing;
