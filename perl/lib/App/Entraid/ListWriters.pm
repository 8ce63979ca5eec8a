package App::Entraid::ListWriters;

# Finds out what writes the lists of a gateway's instance, and with whose modules.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Loader     qw(is_loader_text loader_target);
use App::Entraid::Dropin::ScriptPerl ();
use App::Entraid::Printable          qw(printable_path);
use EntraSync::Error                 ();
use Cwd                              qw(abs_path);
use File::Basename                   qw(basename dirname);

# Where the system finds the scripts, unless the command line says otherwise: cron's folder, cron's
# tables, and systemd's timers that are on.
my @PLACES = (
  '/etc/cron.hourly', glob('/etc/cron.d/*'), glob '/etc/systemd/system/timers.target.wants/*.timer'
);

# Where systemd looks for a timer's service, after the timer's own folder.
my @UNITS = qw(/etc/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system
  /lib/systemd/system);

# A script is small. No more than this is read of a file that cron runs.
my $MOST = 262_144;

# What a script that writes access rights calls, whether the product's or entrasync's.
my $SEARCH = qr/\bSecAtGW::EntraID::(?:entraid_search|write_list)\b/;

# How a script opens a file that it writes anew, and what one does that may leave it as it is.
my $REWRITING = qr/\bopen\b[^;]*,\s*(?:\x22\s*>(?!>)[^\x22]*\x22|\x27\s*>(?!>)[^\x27]*\x27)/;
my $SPARING   = qr/\b(?:rename|move|copy|compare|cmp|diff)\b/;

# A configuration that a script names. If the path is not absolute, or has a variable in it, nobody
# knows which file that is.
my $CONFIGURATION = qr{(?<![^\s\x22\x27=])/[^\s\x22\x27\$]+[.]entraidconf\b};

# Looks for scripts in these folders of cron, tables of cron, timers or scripts. `init` names the
# product's init.pl; undef is the usual one.
sub new {
  my ( $class, %named ) = @_;
  my @places = @{ $named{cron} // \@PLACES };
  my $shown  = join ' and ', map { printable_path($_) } @places;
  $shown = '/etc/cron.hourly, /etc/cron.d and the timers of systemd' unless $named{cron};
  my $self = bless { places => $shown, init => $named{init} }, $class;
  $self->{scripts} = [ map { _script( @{$_} ) } map { _commands($_) } @places ];

  # A file that the command line names is looked at even if no script is found.
  App::Entraid::Dropin::ScriptPerl->new( q(), $named{init} ) if defined $named{init};
  return $self;
}

# Who writes a list of an instance: `sender`, `sms` or `access-rights`. Returns a hash reference for
# each script: `script`, its path; `by`, `entrasync`, `dropin`, `search`, `product`, or undef if it
# does not write the list or that is not known; and `text`, the same for a person. Of a script that
# writes access rights, `configurations` are the paths that it names, `is_rewriting` says whether
# each of its runs that goes well writes the file anew, and `needs_active` whether it does nothing
# on a node that is not active.
sub of_list {
  my ( $self, $list, $folder, $path ) = @_;
  my $kind = $list eq 'access-rights' ? 'rights' : 'lists';
  return map {
    { %{ $self->_writer($_) }, _habits( $_, $folder ) }
    }
    grep { $_->{kind} eq 'file' ? $_->{file} eq $path : $_->{kind} eq $kind }
    grep { $_->{kind} ne 'rights' || _names( $_, $folder, $path ) } @{ $self->{scripts} };
}

# Whether the product says that this node is not the active one. If it cannot be asked, that is not
# said.
sub is_passive {
  my ($self) = @_;
  return $self->{is_passive} //= do {
    my $status;
    EntraSync::Error->catch(
      sub {
        $status = App::Entraid::Dropin::ScriptPerl->new( q(), $self->{init} )->node_status;
      } );
    length( $status // q() ) && $status !~ /\AACTIVE(?: FAKE)?\z/ ? 1 : 0;
  };
}

# Where scripts were looked for, for a person.
sub places { return $_[0]{places} }

# What is called from a place: for each command its file and its arguments.
sub _commands {
  my ($place) = @_;
  if ( -d $place ) {
    opendir my $handle, $place or return;

    # The names that run-parts takes.
    return map { [ $_, q() ] } grep { -f && -x _ }
      map      { "$place/$_" } grep { /\A[\w-]+\z/a } sort readdir $handle;
  }
  return _named_in( _text($place) =~ s/^\s*(?:#|\w+\s*=).*//gmr ) if _is_table($place);
  return [ $place, q() ] unless $place =~ m{([^/]+)\.timer\z};
  my ( $name, $folder ) = ( $1, dirname( abs_path($place) // $place ) );
  my ($service) = grep { -f } map { "$_/$name.service" } $folder, @UNITS;
  return unless defined $service;
  return _named_in( join "\n", map { " $_" } _text($service) =~ /^ExecStart=[-\@:+!]*(.*)/gm );
}

# The files that a text names as commands, with the options behind them.
sub _named_in {
  my ($text) = @_;
  my @commands;
  push @commands, [ $1, $2 ] while $text =~ m{\s(/[^\s;|&<>()]+)((?:[ \t]+[\w=./-]+)*)}g;
  return grep { -f $_->[0] } @commands;
}

# Whether a file is a table of cron: it has a line with five fields of time, or a word for them.
sub _is_table {
  my ($path) = @_;
  my $text = _text($path);
  return $text !~ /\A#!/ && $text =~ m{^\s*(?:(?:[\d*,/-]\S*\s+){3}\S+\s+\S+|@\w+)\s+\w+\s+\S}m;
}

sub _text {
  my ($path) = @_;
  open my $handle, '<', $path or return q();
  read $handle, my $text, $MOST or return q();
  return $text;
}

# What a file does to lists, if it is the command entraid or calls it, or is one of the two scripts,
# of the product or of entrasync.
sub _script {
  my ( $path, $arguments ) = @_;
  my $code  = _text($path) =~ s/^\s*#.*//gmr;
  my @files = _written_by( $path =~ m{/entraid\z} ? "$path$arguments" : $code );
  return map { { path => $path, kind => 'file', %{$_} } } @files if @files;
  my $kind =
      $code =~ /\bSecAtGW::LDAPCrons\b/ && $code =~ /\brun_scripts\b/ ? 'lists'
    : $code =~ $SEARCH && $code                  =~ /gsm_auth/        ? 'rights'
    :                                                                   return;
  my ($named)      = $arguments =~ /--instance[= ]\s*(\S+)/;
  my ($configname) = $arguments =~ /--configname[= ]\s*(\S+)/;
  return {
    path       => $path,
    kind       => $kind,
    code       => $code,
    named      => $named,
    configname => $configname,
    is_own     => $code =~ /entraid dropin install/ ? 1 : 0,
  };
}

# The lists that calls of entraid write name, with the configurations of each.
sub _written_by {
  my ($code) = @_;
  my @calls  = $code =~ s/\\\n/ /gr =~ m{(?:\A|[\s/;&|(])entraid[ \t]+write[ \t]([^\n;|&]*)}g;
  my $file   = qr/(?:\A|\s)--file[=\s]\s*(?|\x27([^\x27]*)\x27|\x22([^\x22]*)\x22|(\S+))/;
  return map { /$file/ ? { file => "$1", configurations => [ _configurations($_) ] } : () } @calls;
}

# Whether a script writes the access rights of this instance. The product's names the file, and ours
# the instance.
sub _names {
  my ( $script, $folder, $path ) = @_;
  return index( $script->{code}, $path ) >= 0 unless $script->{is_own};
  my $instance = $script->{named};
  ($instance) = $script->{code} =~ /\binstance\s*=>\s*\x27([^\x27]*)\x27/ unless defined $instance;
  return defined $instance && $instance eq basename($folder);
}

# The configurations that a text names.
sub _configurations {
  my ($text) = @_;
  return $text =~ /$CONFIGURATION/g;
}

# What of_list says beside who writes a list.
sub _habits {
  my ( $script, $folder ) = @_;
  return ( configurations => $script->{configurations} ) if $script->{kind} eq 'file';
  return unless $script->{kind} eq 'rights';
  my $code   = $script->{code};
  my @habits = ( needs_active => $code =~ /\bget_status\b/ ? 1 : 0 );
  if ( $script->{is_own} ) {
    my $name = $script->{configname};
    ($name) = $code =~ /\bconfigname\s*=>\s*\x27([^\x27]*)\x27/ unless defined $name;
    my @paths = defined $name ? "$folder/config/entraid/$name.entraidconf" : ();
    return ( @habits, configurations => \@paths );
  }
  return (
    @habits,
    configurations => [ _configurations($code) ],
    is_rewriting   => $code =~ $REWRITING && $code !~ $SPARING ? 1 : 0
  );
}

sub _writer {
  my ( $self, $script ) = @_;
  my $shown = printable_path( $script->{path} );
  return { script => $shown, by => 'entrasync', text => "written by entraid write of $shown" }
    if $script->{kind} eq 'file';
  my $whose  = ( $script->{is_own} ? 'entrasync\'s' : 'the product\'s' ) . " script $shown";
  my $owners = $self->_owners;
  return {
    script => $shown,
    by     => undef,
    text   => "written by $whose, by modules unknown: $owners"
    }
    unless ref $owners;
  my ( $search, $crons ) = @{$owners}{qw(EntraID LDAPCrons)};
  my $main = $script->{kind} eq 'lists' ? $crons : $search;
  my ( $by, $text );

  if ( $main eq 'entrasync' ) {
    ( $by, $text ) =
      $script->{is_own}
      ? ( 'entrasync', "written by $whose" )
      : ( 'dropin', "written by $whose with entrasync's modules" );
  } elsif ( $script->{kind} eq 'lists' && $main eq 'product' && $search eq 'entrasync' ) {
    ( $by, $text ) =
      ( 'search', "written by $whose with the product's LDAPCrons and entrasync's search" );
  } elsif ( $main eq 'product' && !$script->{is_own} ) {
    ( $by, $text ) = ( 'product', "written by $whose with the product's own modules" );
  } else {
    $text = "not written by $whose, which "
      . ( $main eq 'product' ? 'refuses the product\'s modules' : 'finds no module' );
  }
  return { script => $shown, by => $by, text => $text };
}

# Whose modules a script of the product gets: `entrasync`, `product` or `none` for each; or why that
# is not known. A loader's module is loaded, since a loader may fall back to the product's own.
sub _owners {
  my ($self) = @_;
  return $self->{owners} //= do {
    my %owner;
    my $error = EntraSync::Error->catch(
      sub {
        my $script = App::Entraid::Dropin::ScriptPerl->new( q(), $self->{init} );
        my @path   = $script->search_path;
        for my $name (qw(EntraID LDAPCrons)) {
          my ($file) = grep { -f } map { "$_/SecAtGW/$name.pm" } @path;
          $owner{$name} = defined $file ? _owner( $script, $name, $file ) : 'none';
        }
      } );
    $error ? $error->message : \%owner;
  };
}

sub _owner {
  my ( $script, $name, $file ) = @_;
  open my $handle, '<', $file
    or EntraSync::Error->throw( printable_path($file) . " cannot be read ($!)", 'file' );
  read( $handle, my $text, $MOST );
  return $text =~ /^use EntraSync;/m ? 'entrasync' : 'product' unless is_loader_text($text);
  my ($answer) = $script->answers($name);
  return ( $answer->{file} // q() ) eq ( loader_target($text) // q() ) ? 'entrasync' : 'product';
}

1;
