package App::Entraid::Dropin::Module;

# What stands in the product's folder for a module.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Files  qw(digest is_there slurp);
use App::Entraid::Dropin::Loader qw(is_loader_text);
use App::Entraid::Printable      qw(printable_path);

# The modules that there are in two kinds: the product's and ours.
our @NAMES = qw(EntraID LDAPCrons);

# Looks at what stands in the product's folder for a module, and what is recorded of it.
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

# The file in the product's folder, and the one that the product's own is kept in.
sub file { return $_[0]{file} }
sub kept { return $_[0]{kept} }

# What stands there: `original`, the product's own; `entrasync`, ours; `missing`; `changed`, another
# than was put there; `unknown`, for the reason that `objection` gives.
sub state { return $_[0]{state} }    ## no critic (ProhibitBuiltinHomonyms)

# Whether it is the file that we put there, recorded or not.
sub is_loader { return is_loader_text( $_[0]{text} // '' ) }

sub record { return $_[0]{record} }

# Its bytes, and their digest, where it is a file.
sub text        { return $_[0]{text} }
sub fingerprint { return digest( $_[0]{text} ) }

# What a person has to mend before anything can be put there or taken away; undef where nothing is.
sub objection {
  my ($self) = @_;
  my $reason = $self->{reason} // $self->_objection_to_kept;
  return defined $reason ? printable_path($reason) : undef;
}

# What a person is told to run. It names the module, since the other one may have been left to the
# product on purpose.
sub command {
  my ( $self, $action, @options ) = @_;
  return join q( ), "entraid dropin $action --only $self->{name}", @options;
}

# What is wrong with the file that the product's own is kept in, where it is needed.
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

# A state, and the reason why a person has to look.
sub _found {
  my ( $self, $state, $reason ) = @_;
  $self->{reason} = "$self->{file} $reason";
  return $state;
}

1;
