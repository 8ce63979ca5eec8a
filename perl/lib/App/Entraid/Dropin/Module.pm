package App::Entraid::Dropin::Module;

# One module in the product's folder, and whose file it is.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Files  qw(digest is_there slurp);
use App::Entraid::Dropin::Loader qw(is_loader_text);
use App::Entraid::Printable      qw(printable_path);

# The modules that both the product and entrasync have.
our @NAMES = qw(EntraID LDAPCrons);

# Examines the file of a module in the product's folder. `record` is the manifest's record of it.
sub new {
  my ( $class, $folder, $name, $record ) = @_;
  my $file = "$folder/$name.pm";
  my $self = bless {
    name   => $name,
    file   => $file,
    kept   => "$file.entrasync-original",
    record => $record,
  }, $class;
  $self->{state} = $self->_look;
  return $self;
}

sub name { return $_[0]{name} }

# The path of the module in the product's folder, and the path of the kept copy of the product's
# own.
sub file { return $_[0]{file} }
sub kept { return $_[0]{kept} }

# The state of the file: `original`, the product's own; `entrasync`, ours; `missing`; `changed`, a
# file that differs from the one that was put there; `unknown`, for the reason that `objection`
# gives.
sub state { return $_[0]{state} }    ## no critic (ProhibitBuiltinHomonyms)

# Whether the file is a loader that entraid dropin put there, recorded or not.
sub is_loader { return is_loader_text( $_[0]{text} // '' ) }

sub record { return $_[0]{record} }

# The bytes of the file and their digest, if it is a regular file.
sub text        { return $_[0]{text} }
sub fingerprint { return digest( $_[0]{text} ) }

# What a person has to correct before the module can be installed or removed; undef if all is well.
sub objection {
  my ($self) = @_;
  my $reason = $self->{reason} // $self->_objection_to_kept;
  return defined $reason ? printable_path($reason) : undef;
}

# The command that a person should run. It names the module, since the product's own file of the
# other module may be kept on purpose.
sub command {
  my ( $self, $action, @options ) = @_;
  return join q( ), "entraid dropin $action --only $self->{name}", @options;
}

# What is wrong with the kept copy of the product's own file, if that copy is needed.
sub _objection_to_kept {
  my ($self) = @_;
  my ( $kept, $record ) = @{$self}{qw(kept record)};
  if ( !$record ) {
    return unless is_there($kept);
    return "$kept is in the way; see whether it is the product's module, and move it away";
  }
  return unless defined $record->{original} && $self->{state} =~ /\A(?:entrasync|missing)\z/;
  return if !-l $kept && -f _ && digest( slurp($kept) ) eq $record->{original};
  my $trouble = is_there($kept) ? 'was changed since it was kept' : 'is gone';
  return
      "$kept, the product's own module, $trouble; install the product's again as $self->{file}"
    . ' and run '
    . $self->command( 'remove', '--accept-change' );
}

sub _look {
  my ($self) = @_;
  my ( $file, $record, $name ) = @{$self}{qw(file record name)};
  return 'missing' unless is_there($file);
  return $self->_found( 'unknown', 'is a symbolic link; put the file itself there' ) if -l $file;
  return $self->_found( 'unknown', 'is not a regular file; move it away' ) if !-f _;

  my $text   = $self->{text} = slurp($file);
  my $digest = $self->fingerprint;
  if ($record) {
    return 'entrasync' if grep { $_ eq $digest } @{ $record->{installed} };
    return 'original' if $digest eq ( $record->{original} // '' );
    my ( $install, $remove ) = map { $self->command( $_, '--accept-change' ) } qw(install remove);
    return $self->_found( 'changed',
          'was changed since entrasync was put there, perhaps by an update of the product; '
        . "$install puts entrasync there again, $remove leaves it" );
  }
  return $self->_found( 'unknown',
        'was put there by entraid dropin, but the module that it replaced is not recorded;'
      . " if there is a $self->{kept}, rename it to $name.pm" )
    if $self->is_loader;
  return $self->_found( 'unknown',
    'is entrasync\'s own module; put the product\'s there, or leave all as it is' )
    if $text =~ /^use EntraSync;/m;
  return 'original' if $text =~ /^\s*package\s+SecAtGW::\Q$name\E\s*[;{]/m;
  return $self->_found( 'unknown', "is not a module SecAtGW::$name; move it away" );
}

# Returns a state, and notes why a person has to look at the file.
sub _found {
  my ( $self, $state, $reason ) = @_;
  $self->{reason} = "$self->{file} $reason";
  return $state;
}

1;
