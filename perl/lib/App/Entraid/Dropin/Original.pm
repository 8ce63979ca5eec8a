package App::Entraid::Dropin::Original;

# Passes on to the product's own module what entrasync's module does not have.
#
# The product's own is loaded when it is first needed, into a package beside entrasync's. Its calls
# of its own functions, and its variables, stay its own. Only this package is compiled under another
# name: `package NAME` is rewritten in its text, and so are its variables and calls with that name
# in front.
use 5.016;
use strict;
use warnings;

# Perl puts here which function was called.
our $AUTOLOAD;

# What belongs to a package, and is never passed on.
my %IS_SPECIAL =
  map { $_ => 1 } qw(AUTOLOAD BEGIN CHECK CLONE DESTROY END INIT UNITCHECK import unimport);

# Variables of entrasync's modules and of perl. All others are the same in both packages.
my %IS_OURS = map { $_ => 1 } qw(AUTOLOAD BEGIN EXPORT EXPORT_FAIL EXPORT_OK EXPORT_TAGS ISA KEYS
  VERSION a b __ANON__);

# Puts the product's own module, which is kept in a file, behind entrasync's package of that name.
sub new {
  my ( $class, $package, $kept ) = @_;
  open my $handle, '<', $kept or die "$kept: $!\n";
  my $text = do { local $/ = undef; readline $handle };
  my $self = bless {
    package => $package,
    beside  => "${package}::Original",
    kept    => $kept,
    text    => $text,
  }, $class;
  my $import = $package->can('import');
  my %found  = $self->_functions;
  for my $name ( sort keys %found ) {
    my $stub = sub { goto &{ $self->_code( $name, $_[0] ) } };
    if ( defined $found{$name} ) {
      require Scalar::Util;
      &Scalar::Util::set_prototype( $stub, $found{$name} );
    }
    $self->_define( $name, $stub );
  }
  $self->_define( AUTOLOAD => sub { goto &{ $self->_code( $AUTOLOAD =~ s/.*:://sr, $_[0] ) } } );

  # An object of ours that ends is no call of a method that we do not have.
  $self->_define( DESTROY => sub { } );
  if ( $text =~ /\bExporter\b|^\s*sub\s+import\b/m ) {
    no strict 'refs';
    no warnings 'redefine';
    *{"${package}::import"} = sub { goto &{ $self->_importer( $import, @_ ) } };
  }
  return $self;
}

# How a line of the text defines a function, or a constant, which is a function with an empty
# prototype.
my $SUB      = qr/\A\s*sub\s+(\w+)\s*(?:\(([\\\$\@%&*;+_\[\]\s]*)\))?/;
my $ASSIGNED = qr/\A\s*\*(\w+)\s*=\s*(?:sub\b|\\&)/;
my $CONSTANT = qr/\A\s*use\s+constant\s+(\w+)/;

# The functions that the text defines and entrasync's package does not, with their prototypes. Some
# may be missing that are made when the module is loaded.
sub _functions {
  my ($self) = @_;
  my $package = my $here = $self->{package};
  my ( %found, $is_pod, $has_constants );
  for my $line ( split /\n/, $self->{text} ) {
    last if $line =~ /\A__(?:END|DATA)__\b/;
    if ( $line =~ /\A=([a-zA-Z]+)/ ) { $is_pod = $1 ne 'cut'; next }
    next if $is_pod;
    $here = $1 if $line =~ /\A\s*package\s+([\w:]+)/;
    next unless $here eq $package;
    $has_constants = 1 if $line =~ /\A\s*use\s+constant\s*\{/;
    if    ( $line =~ $SUB )      { $found{$1} = $2 }
    elsif ( $line =~ $ASSIGNED ) { $found{$1} = undef }
    elsif ( $line =~ $CONSTANT ) { $found{$1} = q() }
    elsif ($has_constants)       { $found{$1} = q() while $line =~ /(\w+)\s*=>/g }
    $has_constants = 0 if $has_constants && $line =~ /\}\s*;/;
  }
  delete @found{ grep { $IS_SPECIAL{$_} || defined &{"${package}::$_"} } keys %found };
  return map { $_ => defined $found{$_} ? $found{$_} =~ s/\s+//gr : undef } keys %found;
}

sub _define {
  my ( $self, $name, $code ) = @_;
  no strict 'refs';
  return if defined &{"$self->{package}::$name"};
  *{"$self->{package}::$name"} = $code;
  return;
}

# The code of one of the product's own functions or methods. It is called in place of the caller's
# function, with the same arguments, and takes that function's place for later calls. Throws as perl
# does if the product has no such function either.
sub _code {
  my ( $self, $name, $first ) = @_;
  my ( $package, $beside ) = @{$self}{qw(package beside)};
  $self->_load;
  no strict 'refs';
  if ( my $code = $beside->can($name) ) {
    no warnings qw(redefine prototype);
    *{"${package}::$name"} = $code;
    return $code;
  }
  if ( my $code = $beside->can('AUTOLOAD') ) {
    ${"${beside}::AUTOLOAD"} = "${package}::$name";
    return $code;
  }
  require Scalar::Util;
  my $is_method =
    Scalar::Util::blessed($first) ? $first->isa($package) : defined $first && $first eq $package;
  my $trouble =
    $is_method
    ? qq(Can\x27t locate object method "$name" via package "$package")
    : "Undefined subroutine &${package}::$name called";
  my ( undef, $file, $line ) = caller 1;
  die "$trouble at $file line $line.\n";
}

# Loads the product's own module, once. If it dies, so does the caller, as it would without us.
sub _load {
  my ($self) = @_;
  return if $self->{is_loaded};
  my ( $package, $beside, $kept ) = @{$self}{qw(package beside kept)};
  my $source = $self->_source;
  my $key    = ( $beside =~ s{::}{/}gr ) . '.pm';
  my $hook   = sub {
    return unless $_[1] eq $key;
    $INC{$key} = $kept;
    open my $handle, '<', \$source or return;
    return $handle;
  };
  my %set = $self->_share;
  my @folders;
  {
    local ( $@, $!, $?, $_ );
    local @INC = ( $hook, @INC );
    require $key;
    @folders = grep { !ref || $_ != $hook } @INC;
  }

  # The module may have added folders.
  @INC = @folders if "@folders" ne "@INC";    ## no critic (RequireLocalizedPunctuationVars)
  $self->{is_loaded} = 1;
  no strict 'refs';
  for my $name ( keys %set ) {
    my ( $scalar, $array, $hash ) = @{ $set{$name} };
    ${"${beside}::$name"} = $scalar if defined $scalar;
    @{"${beside}::$name"} = @{$array} if @{$array};
    %{"${beside}::$name"} = %{$hash} if %{$hash};
  }
  _alias( $beside, $package, grep { !exists $set{$_} } _variables($beside) );
  return;
}

# Makes the variables that a program has named so far the same in both packages. Returns what they
# hold: the program has set them later than the module would have, if it had been loaded in time.
sub _share {
  my ($self) = @_;
  my ( $package, $beside ) = @{$self}{qw(package beside)};
  my @names = _variables($package);
  _alias( $package, $beside, @names );
  no strict 'refs';
  return
    map { $_ => [ ${"${package}::$_"}, [ @{"${package}::$_"} ], { %{"${package}::$_"} } ] } @names;
}

# The names of a package's variables that are not ours.
sub _variables {
  my ($package) = @_;
  no strict 'refs';
  return grep { !$IS_OURS{$_} && /\A\w+\z/ } keys %{"${package}::"};
}

# Makes variables of one package the same as those of another.
sub _alias {
  my ( $from, $to, @names ) = @_;
  no strict 'refs';
  for my $name (@names) {
    *{"${to}::$name"} = $_ for \${"${from}::$name"}, \@{"${from}::$name"}, \%{"${from}::$name"};
  }
  return;
}

# The text of the module, for the package beside ours.
sub _source {
  my ($self) = @_;
  my ( $package, $beside, $kept ) = @{$self}{qw(package beside kept)};
  my $text = $self->{text};
  $text =~ s/(?<![\w:\$\@%])(package\s+)\Q$package\E(?![\w:])/$1$beside/g;
  $text =~ s/((?:[\$\@%*]|(?<!&)&)\{?)\Q$package\E::(?=\w++(?!::))/$1${beside}::/g;
  $text =~ s/(?<![\w:&\x27])\Q$package\E::(?=\w++\s*\()/${beside}::/g;
  return qq(#line 1 "$kept"\n$text);
}

# The code that imports for a program that says `use`. Entrasync's functions come first, then the
# product's own.
sub _importer {
  my ( $self, $import, $class, @names ) = @_;
  my ( $package, $beside ) = @{$self}{qw(package beside)};
  no strict 'refs';
  my %is_ours = map { $_ => 1 } @{"${package}::EXPORT_OK"};
  return $import if $import && @names && !grep { !$is_ours{$_} } @names;

  # A script that says only `use` may need nothing of the product's own.
  if ( !@names ) {
    local $@;
    if ( !eval { local $SIG{__DIE__}; $self->_load; 1 } ) {
      warn $@;
      return $import // sub { };
    }
  }
  $self->_load;
  my $theirs = $beside->can('import') // return $import // sub { };
  return sub { shift; unshift @_, $beside; goto &{$theirs} }
    if $theirs != \&Exporter::import;
  if ( !$self->{has_exports}++ ) {
    my @more = grep { !$is_ours{$_} } @{"${beside}::EXPORT_OK"};
    push @{"${package}::EXPORT_OK"}, @more;
    @{"${package}::EXPORT"}      = @{"${beside}::EXPORT"};
    %{"${package}::EXPORT_TAGS"} = %{"${beside}::EXPORT_TAGS"};
    for my $name ( map { s/\A&//r } grep { /\A&?\w/ } @{"${package}::EXPORT"}, @more ) {
      my $code = $beside->can($name) // next;
      $self->_define( $name, $code );
    }
  }
  return \&Exporter::import;
}

1;
