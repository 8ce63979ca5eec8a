# Values that no caller means to pass, and objects that go away while they are used.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use POSIX        ();
use Scalar::Util qw(weaken);
use Storable     ();
use Test::More;

use EntraSync;
use SecAtGW::EntraID ();
use Scratch          qw(folder);
use Simulator;

my $folder    = folder();
my $simulator = Simulator->start;
my $conf      = $simulator->configuration( "$folder/single.entraidconf", GROUPID => 'single' );
my $address   = $Simulator::ADDRESS;

# Runs code in a process of its own and returns what it returns, so that a crash is one failure.
sub said_by {
  my ($code) = @_;
  my $child = open( my $output, '-|' ) // die "fork: $!";
  if ( !$child ) {
    alarm 60;
    local $SIG{__WARN__} = sub { print "warned: @_" };
    print eval { $code->() } // "died: $@";
    close STDOUT;
    POSIX::_exit(0);
  }
  my $said = do { local $/; <$output> };
  close $output;
  return $? ? "ended with status $?" : $said =~ s/ at \S+ line \d+\.\n//r;
}

sub new_client { return EntraSync::Client->open( $conf, @_ ) }
sub new_list   { return EntraSync::List->new( clients => [@_] ) }
sub new_lookup { return EntraSync::Lookup->new( clients => [ new_client() ] ) }

# Calls code when it is freed, when it is read as a tied scalar, and when it is read as text.
{

  package Acting;
  use overload '""' => sub { $_[0]{code}->() }, fallback => 1;
  sub new        { my ( $class, $code ) = @_; return bless { code => $code }, $class }
  sub TIESCALAR  { my ( $class, $code ) = @_; return bless { code => $code }, $class }
  sub FETCH      { return $_[0]{code}->() }
  sub on_destroy { my ( $class, $code ) = @_; return bless { destroys => $code }, $class }
  sub DESTROY    { my ($self) = @_; $self->{destroys}->() if $self->{destroys}; return }
}

# Code that keeps an object, whose destructor calls more code.
sub code_with_destructor {
  my ($code) = @_;
  my $kept = Acting->on_destroy($code);
  return sub { return $kept };
}

for my $setter (qw(on_progress on_log)) {
  is said_by(
    sub {
      my $client = new_client();
      my $calls  = 0;
      $client->$setter( code_with_destructor( sub { $calls++; $client->$setter(undef) } ) );
      $client->$setter(undef);
      my $list = new_list($client);
      $list->fetch;
      return "$calls, " . $list->lines;
    }
    ),
    '1, 1', "$setter: a destructor of the old code can set the code again";

  is said_by(
    sub {
      my $client = new_client();
      $client->$setter( code_with_destructor( sub { undef $client } ) );
      $client->$setter( sub { } );
      return defined $client ? 'kept' : 'freed';
    }
    ),
    'freed', "$setter: a destructor of the old code can free the client";

  is said_by(
    sub {
      my $client = new_client();
      weaken( my $weak = $client );
      my $died = 'nothing';
      $client->$setter(
        code_with_destructor(
          sub {
            eval {
              $weak->$setter( sub { } );
              1;
            } or $died = $@;
          } ) );
      undef $client;
      return $died =~ /^(?:this EntraSync::Client belongs|Can't call method)/ ? 'refused' : $died;
    }
    ),
    'refused', "$setter: a destructor cannot use a client that is being freed";

  is said_by(
    sub {
      my $client = new_client();
      tie my $code, 'Acting', sub {
        undef $client;
        return sub { }
      };
      $client->$setter($code);
      return 'done';
    }
    ),
    'done', "$setter: reading the new code can free the client";

  is said_by(
    sub {
      my $list;
      my $calls = 0;
      my $client;
      $client = new_client( substr( $setter, 3 ) => code_with_destructor( sub { $calls++ } ) );
      my $old = sub {
        $client->$setter( sub { } );
        undef $client;
        undef $list;
      };
      $client->$setter($old);
      undef $old;
      $list = new_list($client);
      $list->fetch;
      return $calls;
    }
    ),
    1, "$setter: code can replace itself and free its client and list";
}

is said_by(
  sub {
    my $list = new_list();
    tie my $client, 'Acting', sub { undef $list; return new_client() };
    $list->add($client);
    return 'done';
  }
  ),
  'done', 'add: reading the client can free the list';
is said_by(
  sub {
    my @lists = ( new_list(), new_list() );
    my $reads = 0;
    tie my $list,   'Acting', sub { return $lists[ $reads++ < 2 ? 0 : 1 ] };
    tie my $client, 'Acting', sub { return new_client() };
    $list->add($client);
    $lists[0]->fetch;
    return "$reads, " . $lists[0]->lines;
  }
  ),
  '2, 1', 'add: a tied list is read once by perl and once by the method';
is said_by(
  sub {
    my $list = new_list( new_client() );
    tie my $yes, 'Acting', sub { undef $list; return 1 };
    $list->accept_change($yes);
    return 'done';
  }
  ),
  'done', 'accept_change: reading the argument can free the list';

# What a find of addresses in an array returns.
sub found_by {
  my ($addresses) = @_;
  return said_by(
    sub {
      my $lookup = new_lookup();
      $lookup->_find( ref $addresses eq 'CODE' ? $addresses->() : $addresses );
      return join ' ', map { $lookup->_is_member($_) ? 'member' : 'stranger' } 0 .. 1;
    } );
}
my @holes;
$holes[1] = $address;
is found_by( \@holes ), 'died: an address is undefined', 'find: a hole is refused';
is found_by( [ undef, $address ] ), 'died: an address is undefined', 'find: undef is refused';
is found_by( [ Acting->new( sub { $address } ), $address ] ), 'member member',
  'find: an object with overloaded text is an address';
is found_by(
  sub {
    my @addresses;
    @addresses =
      ( lc $address, Acting->new( sub { @addresses = ('x') x 100; return $address } ) );
    return \@addresses;
  }
  ),
  'member member', 'find: text that changes the array while it is read frees no address';
is found_by( [ Acting->new( sub { die "unreadable\n" } ), 'x' ] ), "died: unreadable\n",
  'find: what overloaded text throws comes out';
is found_by( [ *STDOUT, $address ] ), 'stranger member', 'find: a glob is no address';
is found_by( [ "\x{263A}\@example.com", $address ] ), 'stranger member', 'find: wide characters';
is found_by( [ "\x{D800}\x{DFFF}",      $address ] ), 'stranger member', 'find: lone surrogates';
is found_by( [ "$address\0", $address ] ), 'stranger member', 'find: a NUL ends no address';
is found_by( [ 'x' x 2_000_000, $address ] ), 'stranger member', 'find: two million characters';
is found_by( [ \$address, 'x' ] ), 'died: the address is a reference where text belongs',
  'find: a reference is refused';
is found_by(
  sub {

    package Short;
    sub TIEARRAY  { return bless [], shift }
    sub FETCHSIZE { return 2 }
    sub FETCH     { return $_[1] ? undef : $address }
    tie my @tied, 'Short';
    return \@tied;
  }
  ),
  'died: an address is undefined', 'find: an undefined element of a tied array is refused';

is said_by(
  sub {
    my @said;
    for my $wrong ( \$address, [], {}, sub { }, *STDOUT{IO} ) {
      push @said, eval { new_lookup()->find($wrong); 'found' } // $@;
    }
    return join '', map { s/ at \S+ line \d+\.\n//r } @said;
  }
  ),
  'the address is a reference where text belongs' x 5, 'find: a reference of any kind is refused';

subtest 'a reference to an address, through the drop-in functions' => sub {
  my @warnings;
  local $SIG{__WARN__} = sub { push @warnings, @_ };
  is SecAtGW::EntraID::entraid_lookup( $conf, \$address ), 0,
    'entraid_lookup cannot tell about a reference';
  is SecAtGW::EntraID::entraid_search( $conf, {} ), 0, 'entraid_search finds nobody by a reference';
  is scalar( grep { /: the address is a reference where text belongs\n\z/ } @warnings ), 2,
    'each warns once';
};

for my $case (
  [ 'a file',          sub { EntraSync::List->new( file     => \$address ) } ],
  [ 'a template',      sub { EntraSync::List->new( template => [] ) } ],
  [ 'a configuration', sub { EntraSync::Client->open( {} ) } ],
  )
{
  my ( $what, $code ) = @{$case};
  like said_by($code), qr/\Adied: the \w+ is a reference where text belongs\z/,
    "a reference cannot be $what";
}

for my $class (qw(Client List Lookup Check)) {
  my $method = $class eq 'Client' ? '_open' : '_new';
  for my $wrong ( undef, \1, new_client() ) {
    like said_by(
      sub {
        my $new = "EntraSync::$class"->can($method);
        $new->( $wrong, $class eq 'Check' ? new_client() : ($conf) x 2 );
      }
      ),
      qr/\Adied: (?:this is a method of a class, not of an object|Usage: )/,
      "$class->$method is refused for " . ( defined $wrong ? 'an object' : 'undef' );
  }
}

# Every function of the module with each kind of value in each place.
subtest 'every function with strange arguments' => sub {
  my @strange = (
    undef,                            '',
    'text',                           -1,
    1e300,                            2**63,
    \1,                               [],
    {},                               sub { },
    qr/x/,                            *STDOUT,
    *STDOUT{IO},                      \*STDOUT,
    bless( [], 'EntraSync::Client' ), bless( \my $empty, 'EntraSync::List' ),
    v1.2,                             Acting->new( sub { 'text' } ),
    substr( $address, 0, 1 ),         Storable::dclone( \1 ) );
  my %object = (
    Client => new_client(),
    List   => new_list( new_client() ),
    Lookup => new_lookup(),
    Check  => EntraSync::Check->new( new_client() ),
    Report => new_list( new_client() )->fetch,
  );
  for my $class ( sort keys %object ) {
    my $said = said_by(
      sub {
        no strict 'refs';
        my $calls = 0;
        local $SIG{__WARN__} = sub { };
        open STDERR, '>', '/dev/null';
        for my $name ( sort keys %{"EntraSync::${class}::"} ) {
          my $code = "EntraSync::$class"->can($name) or next;
          next if $name =~ /^(?:BEGIN|import|croak|open|run|fetch|write|clear|preview)$/;
          for my $first ( @strange, values %object ) {
            for my $second ( @strange, values %object ) {
              eval { my @all = $code->( $first, $second, $second ) };
              eval { my $one = $code->( $first, $second ) };
              $calls++;
            }
          }
        }
        return $calls > 1000 ? 'survived' : $calls;
      } );
    is $said, 'survived', "EntraSync::$class: no call crashes";
  }
  like "$_", qr/^EntraSync::\w+=SCALAR/, 'the objects are still there' for values %object;
};

subtest 'objects that were tampered with' => sub {
  my %tamper = (
    'assigned to'         => sub { ${ $_[0] } = [1] },
    'undefined inside'    => sub { undef ${ $_[0] } },
    'made a glob'         => sub { ${ $_[0] } = *STDOUT },
    'blessed again'       => sub { bless $_[0], 'EntraSync::List' },
    'made read-only'      => sub { Internals::SvREADONLY( ${ $_[0] }, 1 ) },
    'frozen and thawed'   => sub { $_[0]    = Storable::dclone( $_[0] ) },
    'a copy of its value' => sub { my $copy = ${ $_[0] }; $_[0] = bless \$copy, ref $_[0] },
  );
  for my $how ( sort keys %tamper ) {
    is said_by(
      sub {
        local $SIG{__WARN__} = sub { };
        for my $object ( new_client(), new_list( new_client() ), new_lookup() ) {
          eval { $tamper{$how}->($object) };
          for my $method (qw(attributes fetch lines cancel)) {
            eval { EntraSync::Client->can($method)->($object) } if EntraSync::Client->can($method);
            eval { EntraSync::List->can($method)->($object) } if EntraSync::List->can($method);
          }
          eval { EntraSync::Lookup::find( $object, $address ) };
          undef $object;
        }
        return 'survived';
      }
      ),
      'survived', "objects that were $how crash nothing";
  }
};

subtest 'a run in unusual places' => sub {
  my $list = new_list(
    new_client(
      progress => sub {
        my @x = sort { $a <=> $b } 3, 2, 1;
      } ) );
  is join( ' ', sort { $list->fetch; $a cmp $b } qw(b a) ), 'a b', 'in a sort block';
  is join( ' ', map { $list->fetch->written } 1, 2 ), '1 1', 'in a map block';
  tie my $tied, 'Acting', sub { $list->fetch->written };
  is $tied,                                             1, 'while a tied scalar is read';
  is '' . Acting->new( sub { $list->fetch->written } ), 1, 'while an object becomes text';
  my $written;
  my $object = Acting->on_destroy( sub { $written = $list->fetch->written } );
  undef $object;
  is $written, 1, 'in a destructor';
  eval {
    my $guard = Acting->on_destroy( sub { $written = 'again ' . $list->fetch->written } );
    die "the reason\n";
  };
  is "$written, $@", "again 1, the reason\n", 'in a destructor while an exception passes';
  my $line = "$address\n";
  $line =~ s/(\S+)/$list->fetch; $1/e;
  is $line, "$address\n", 'in a substitution';
  for my $loop ( 1 .. 2 ) { $list->fetch; next }
  is scalar( $list->lines ), 1, 'in a loop';
};

done_testing;
