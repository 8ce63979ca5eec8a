# entraid dropin when a call fails or it is killed: the folder is unchanged or fully changed,
# and perl finds a whole module at any time.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use Errno qw(ENOSPC);
use Test::More;

use App::Entraid::Dropin::Files;
use App::Entraid::Dropin::Folder;
use EntraSync;
use Product qw(portrait);
use Scratch qw(content write_file);

my @names = qw(EntraID LDAPCrons);

# Runs code in which a fault replaces the call of this number, counted from 1, or that call
# and all later ones. Returns the error and the number of calls.
sub with_fault {
  my ( $number, $fault, $code, $lasts ) = @_;
  my $count   = 0;
  my $attempt = \&App::Entraid::Dropin::Files::attempt;
  my $faulty  = sub {
    my ( $path, $trouble, $call ) = @_;
    my $is_faulty = ++$count == $number || $lasts && $count > $number;
    return $attempt->( $path, $trouble, $is_faulty ? sub { $fault->($call) } : $call );
  };
  no warnings 'redefine';
  local *App::Entraid::Dropin::Files::attempt = $faulty;
  return ( scalar EntraSync::Error->catch($code), $count );
}

# A disk that is full for one call.
sub full {
  $! = ENOSPC;
  return 0;
}

# Folders to begin with, and the action on each.
my %case = (
  'install'                          => [ sub { Product->make(@names) },    'install' ],
  'install where there is no folder' => [ sub { Scratch::folder() },        'install' ],
  'install where one is missing'     => [ sub { Product->make('EntraID') }, 'install' ],
  'install over an update'           => [
    sub {
      my $lib = installed();
      Product->put( $lib, 'EntraID', content( Product::source_of('EntraID') ) . "# updated\n" );
      return $lib;
    },
    'install'
  ],
  'remove'                       => [ \&installed, 'remove' ],
  'remove where one was missing' => [
    sub { my $lib = Product->make('EntraID'); change( $lib, 'install' ); return $lib },
    'remove'
  ],
);

sub installed {
  my $lib = Product->make(@names);
  change( $lib, 'install' );
  return $lib;
}

sub change {
  my ( $lib, $action ) = @_;
  return App::Entraid::Dropin::Folder->new( $lib, @names )->$action(1);
}

# What a folder has, without the times of our files, which are new each time, and without the
# record of a new folder: one that a killed run has made stays.
sub essence {
  my ($lib) = @_;
  my $portrait = portrait($lib);
  for my $path ( keys %{$portrait} ) {
    next if @{ $portrait->{$path} } == 3;
    $portrait->{$path}[4] =~ s/"has_made_folder" : \w+//;
    $portrait->{$path}[3] = 0
      if $path =~ /\.json\z/ || $portrait->{$path}[4] =~ /\A# Put here by entraid dropin/;
  }
  return $portrait;
}

for my $what ( sort keys %case ) {
  my ( $make, $action ) = @{ $case{$what} };
  subtest "$what: a call that fails" => sub {
    my $lib      = $make->();
    my $before   = portrait($lib);
    my $number   = 0;
    my $refusals = 0;
    while (1) {
      my ( $error, $count ) = with_fault( ++$number, \&full, sub { change( $lib, $action ) } );
      last if $count < $number;
      next unless $error;
      $refusals++;
      like $error, qr/ \(No space left on device\)/,
        "call $number: the error says that the disk is full";
      is_deeply portrait($lib), $before, "call $number: the folder is unchanged after a failure";
    }

    # Only what comes after the change does not matter: taking away the names it was held by.
    cmp_ok $refusals, '>=', 6, 'a call that fails: several calls give an error';
    isnt_deeply( portrait($lib), $before,
      'a call that fails: a run without a fault changes the folder' );
  };

  subtest "$what: a disk that stays full" => sub {
    my $lib = $make->();
    change( $lib, $action );
    my $after = essence($lib);
    my ( $number, $count, $error, %said ) = (0);
    do {
      my $fresh  = $make->();
      my $before = portrait($fresh);
      ( $error, $count ) =
        with_fault( ++$number, \&full, sub { change( $fresh, $action ) }, 1 );
      if ( $error && $error =~ /; all is as it was; / ) {
        is_deeply {
          map { $_ => portrait($fresh)->{$_} } keys %{$before}
        }, $before, "call $number: the folder is unchanged when the error says so";
      }
      $said{$1}++ if $error && $error =~ /; ((?:not )?all is as it was); /;
      change( $fresh, $action );
      is_deeply essence($fresh), $after, "call $number: the next run gives the same folder";
    } until $count < $number;
    ok $said{'not all is as it was'}, 'a full disk: the error says when not all could be put back';
  };

  subtest "$what: a kill" => sub {
    my $lib = $make->();
    change( $lib, $action );
    my $after  = essence($lib);
    my $number = 0;
    my $ended  = 0;
    while ( !$ended ) {
      $number++;
      my $fresh = $make->();
      my $child = fork // die "fork: $!";
      if ( !$child ) {
        my ( $error, $count ) = with_fault(
          $number,
          sub { kill KILL => $$; sleep 60 },
          sub { change( $fresh, $action ) } );
        POSIX::_exit( $count < $number ? 7 : 8 );
      }
      waitpid $child, 0;
      $ended = $? >> 8 == 7;
      for my $name (@names) {
        my $file = "$fresh/SecAtGW/$name.pm";
        ok !-e $file || ( content($file) // '' ) =~ /^1;\n(?:# updated\n)?\z/m,
          "call $number: $name.pm is whole or not there";
      }
      change( $fresh, $action );
      is_deeply essence($fresh), $after,
        "call $number: the next run after a kill gives the same folder";
    }
    cmp_ok $number, '>', 6, 'a kill: several calls were interrupted';
  };
}

sub isnt_deeply {
  my ( $one, $other, $what ) = @_;
  my $encoder = JSON::PP->new->canonical;
  return isnt $encoder->encode($one), $encoder->encode($other), $what;
}

subtest 'a reader during changes' => sub {
  my $lib   = Product->make(@names);
  my $file  = "$lib/SecAtGW/EntraID.pm";
  my %known = ( content($file) => 'theirs' );
  change( $lib, 'install' );
  $known{ content($file) } = 'ours';
  pipe my $end, my $go_on or die "pipe: $!";
  my $reader = open( my $output, '-|' ) // die "fork: $!";
  if ( !$reader ) {
    close $go_on;
    my %found;
    my $bits = '';
    vec( $bits, fileno $end, 1 ) = 1;
    do { $found{ $known{ content($file) // '' } // 'something else' }++ }
      until select my $ready = $bits, undef, undef, 0;
    print join ' ', sort keys %found;
    close STDOUT;
    POSIX::_exit(0);
  }
  change( $lib, $_ ) for map { (qw(remove install)) x $_ } 30;
  close $go_on;
  like scalar <$output>, qr/\A(?:ours|theirs|ours theirs)\z/,
    'a reader during changes finds our module or the product\'s, whole';
  waitpid $reader, 0;
};

subtest 'a signal' => sub {
  my $lib   = Product->make(@names);
  my $count = 0;
  my $error = eval {
    local $SIG{TERM} = sub { die "stopped\n" };
    with_fault( 5, sub { kill TERM => $$; $_[0]->() }, sub { change( $lib, 'install' ) } );
    'none';
  } // $@;
  is $error, "stopped\n", 'a signal during a change stops the program';
  my @modules = App::Entraid::Dropin::Folder->new( $lib, @names )->modules;
  is_deeply [ map { $_->state } @modules ], [qw(entrasync entrasync)],
    'a signal takes effect after the change';
};

done_testing;
