package Host;

# A gateway that is none: a copy of t/host/root with the Perl modules installed into the product's
# folder, in which scripts are run as cron runs them.
use strict;
use warnings;

use Carp    qw(croak);
use Scratch qw(content folder perl_folder write_file);

# A root with everything installed, from which each gateway is copied.
my $master;

sub new {
  my ($class) = @_;
  my $self    = bless { root => folder() . '/root' }, $class;
  _do( qw(cp -R), _master(), $self->{root} );
  return $self;
}

# One whose product has these modules of its own, and nothing of ours.
sub with_product {
  my ( $class, @names ) = @_;
  my $self = bless { root => folder() . '/root' }, $class;
  my $t    = perl_folder() . '/t';
  _do( qw(cp -R), "$t/host/root",                                $self->{root} );
  _do( 'cp',      ( map { "$t/product/SecAtGW/$_.pm" } @names ), $self->lib . '/SecAtGW' );
  return $self;
}

# The product's folder of modules.
sub lib { return $_[0]->path('/opt/Sec@GW/lib') }

# Where a path of the gateway is for the test.
sub path {
  my ( $self, $path ) = @_;
  return "$self->{root}$path";
}

# The bytes of one of the gateway's files.
sub content_of {
  my ( $self, $path ) = @_;
  return content( $self->path($path) );
}

# Adds a configuration to an instance and returns its path on the gateway.
sub configure {
  my ( $self, $simulator, $instance, $name, %other ) = @_;
  my $path = "/server/$instance/config/entraid/$name.entraidconf";
  $simulator->configuration( $self->path($path), %other );
  return $path;
}

# Adds a setting to one of an instance's cfg files.
sub set {
  my ( $self, $instance, $cfg, $key, $value ) = @_;
  my $path = $self->path("/server/$instance/config/$cfg.cfg");
  write_file( $path, content($path), "$key=$value\n" );
  return;
}

# What get_status.sh will say.
sub set_status {
  my ( $self, $status ) = @_;
  write_file( $self->path('/etc/opt/Sec@GW/status'), $status );
  return;
}

# Runs a script, given as its text, with these arguments: what cron would mail, and the exit status.
sub run {
  my ( $self, $text, @arguments ) = @_;
  my $script = '/opt/Sec@GW/cron.hourly/script.pl';
  chmod 0755, write_file( $self->path($script), $text );
  my $child = open( my $output, '-|' ) // croak "fork: $!";
  if ( !$child ) {
    open STDERR, '>&', \*STDOUT or die;
    exec perl_folder() . '/t/host/enter', $self->{root}, $script, @arguments
      or die "enter: $!";
  }
  my $mail = join '', <$output>;
  close $output;
  return ( $mail, $? >> 8 );
}

sub _master {
  return $master if $master;
  my $folder = folder() . '/root';
  my $built  = perl_folder() . '/blib';
  _do( qw(cp -R), perl_folder() . '/t/host/root', $folder );
  _do( qw(cp -R), "$built/lib/.", "$built/arch/.", "$folder/opt/Sec\@GW/lib" );
  return $master = $folder;
}

sub _do {
  my (@command) = @_;
  my $child = open( my $output, '-|' ) // croak "fork: $!";
  if ( !$child ) {
    open STDERR, '>&', \*STDOUT or die;
    exec @command or die "$command[0]: $!";
  }
  my $said = join '', <$output>;
  close $output or croak "@command: $said";
  return;
}

1;
