# The audit of a run, as a Perl program hears it: the log of the first client and the AUDITFILE of
# each configuration say the same, line for line, however the run ends.
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

# What the caller's mask allows must not matter.
umask 0;

sub configuration {
  my ( $name, $audit, %settings ) = @_;
  return $simulator->configuration( "$folder/$name.entraidconf", AUDITFILE => $audit, %settings );
}

my $single   = configuration( 'single',   $audits[0], GROUPID      => 'single' );
my $oddities = configuration( 'oddities', $audits[1], GROUPID      => 'oddities' );
my $wrong    = configuration( 'wrong',    $audits[1], CLIENTSECRET => 'a-secret-that-is-wrong' );

# Has code do something with a list of these configurations, and returns what the log is told of the
# list, and the error, if there is one.
sub told {
  my ( $code, @configurations ) = @_;
  unlink @audits;
  my @told;
  my $log     = sub { push @told, $_[1] if index( $_[1], "$file: " ) == 0 };
  my @clients = map { EntraSync::Client->open($_) } @configurations;
  $clients[0]->on_log($log);
  my $list  = EntraSync::List->new( file => $file, template => '{mail}', clients => \@clients );
  my $error = EntraSync::Error->catch( sub { $code->($list) } );
  return ( \@told, $error );
}

# Whether a file has these lines, each with the time and the run in front.
sub has_lines {
  my ( $audit, $lines ) = @_;
  my $text = content($audit) // '';
  my ( @lines, %runs );
  utf8::decode($text);
  for my $line ( split /^/m, $text ) {
    my ( $run, $rest ) = $line =~ /\A\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ \[(\w+)\] ([^\n]*)\n\z/
      or return fail "no line of an audit: $line";
    $runs{$run} = 1;
    push @lines, $rest;
  }
  my $name = $audit =~ s{.*/}{}r;
  is_deeply \@lines, $lines, "$name has the same";
  is keys %runs, 1, 'of one run';
  return is + ( stat $audit )[2] & 07777, 0600, 'for its owner alone';
}

# The runs of two configurations: how each is made, how it ends, and what is said of it.
my $write  = sub { $_[0]->write };
my $accept = sub { $_[0]->accept_change->write };
for my $case (
  [ 'a run that goes well',     [], $write, $oddities, undef, qr/left out \S+: /, qr/replaced: / ],
  [ 'one that changes nothing', undef, $write, $oddities, undef, qr/left out /,   qr/unchanged: / ],
  [
    'one that the guard stops',
    [ 10 .. 29 ],
    $write,
    $oddities,
    'guard',
    qr/guard: .*: stopped\z/,
    qr/failed \(guard\): /
  ],
  [
    'one that a person accepts',
    [ 10 .. 29 ],
    $accept, $oddities, undef, qr/guard: .*: accepted by a person\z/,
    qr/replaced: /
  ],
  [
    'one that fails',
    undef, $write, $wrong, 'authentication', qr/AADSTS7000215/, qr/failed \(authentication\): /
  ],
  )
{
  my ( $name, $users, $code, $second, $status, $middle, $end ) = @{$case};
  subtest $name => sub {
    write_file( $file, map { "user$_\@example.com\n" } @{$users} ) if $users;
    my ( $told, $error ) = told( $code, $single, $second );
    is $error && $error->status_name, $status,                                    'how it ends';
    is $told->[0],                    "$file: run begins, from $single, $second", 'the first line';
    ok scalar( grep { /\A\Q$file\E: (?:.*)$middle/ } @{$told} ), 'those between';
    like $told->[-1], qr/\A\Q$file\E: $end/, 'the last';
    has_lines( $_, $told ) for @audits;
    return unless $users && @{$users} && !$error;
    my %said = map { s/\A\Q$file\E: //r => 1 } @{$told};
    ok $said{"+ $only"},              'who came';
    ok $said{'- user29@example.com'}, 'and who went';
  };
}

subtest 'a preview' => sub {
  write_file( $file, map { "user$_\@example.com\n" } 10 .. 29 );
  my ( $told, $error ) = told( sub { $_[0]->preview }, $single, $oddities );
  is $error, undef, 'goes well';
  is_deeply $told,                   [], 'the log is told nothing of the list';
  is_deeply [ grep { -e } @audits ], [], 'and it is written down nowhere';
};

done_testing;
