package App::Entraid::Dropin::Loader;

# The small file in the product's folder that loads a module of entrasync.
use 5.016;
use strict;
use warnings;

use Exporter              qw(import);
use File::Basename        qw(dirname);
use File::Spec::Functions qw(rel2abs);

our @EXPORT_OK = qw(is_loader_text loader_target loader_text own_folders);

# How each loader begins.
my $MARK = '# Put here by entraid dropin';

# The loader. `make_text` fills in the words in capital letters between @ signs. Any perl may run
# it, so that it has the syntax of perl 5.8. It has no named functions, since there are two loaders.
my $TEXT = <<'PERL';
@MARK@, which takes it away, too.
# It loads the module of entrasync in the place of the one of the product, which is kept beside it.
# If that fails, it says so once and loads the product's own.
package App::Entraid::Dropin::Loader;

use strict;
use warnings;

our ( $has_warned, $has_failed );

my $file = @FILE@;
my @folders = (@FOLDERS@);
my $perl = @PERL@;

my $here = __FILE__;
if ( $here !~ m{^/} ) {
  require Cwd;

  # The program trusts this folder, since it has loaded this file from there.
  ($here) = ( Cwd::getcwd() . "/$here" ) =~ /(.*)/s;
}
my $kept = "$here.entrasync-original";

# Whether this file was replaced by the product's own while it is run: the drop-in was removed.
my $is_back = sub {
  return if -e $kept;
  local ( $!, $/ ) = ( 0, "\n" );
  open my $handle, '<', $here or return;
  my $line = <$handle>;
  return !defined $line || index( $line, '@MARK@' ) != 0;
};

# What the packages have in them, so that nothing of a module that was loaded by half stays.
my $contents = sub {
  my %contents;
  for my $package (@_) {
    no strict 'refs';
    for my $name ( keys %{"${package}::"} ) {
      my $glob = $name =~ /::$/ ? undef : \*{"${package}::$name"};
      $contents{$package}{$name} = $glob
        && [ grep { defined } map { *{$glob}{$_} } qw(SCALAR ARRAY HASH CODE IO FORMAT) ];
    }
  }
  return \%contents;
};
my $restore = sub {
  my ($contents) = @_;
  for my $package ( 'SecAtGW::@NAME@', 'SecAtGW' ) {
    no strict 'refs';
    for my $name ( keys %{"${package}::"} ) {
      if ( !exists $contents->{$package}{$name} ) {
        delete ${"${package}::"}{$name};
      } elsif ( my $slots = $contents->{$package}{$name} ) {
        undef *{"${package}::$name"};
        *{"${package}::$name"} = $_ for @{$slots};
      }
    }
  }
};

# Loads entrasync's module. Returns why that failed, in one line, or whatever else was thrown.
my $load = sub {

  # A program of another perl that loads the compiled module is ended at once, without an error.
  my $this = join ' ', substr( $], 0, 5 ), $^O, defined &Internals::V ? ( Internals::V() )[0] : ();
  my ( $path, $version ) = ( $^X, $] );
  return "it was installed for another perl than this one ($path, version $version)"
    if $this ne $perl;
  return 'it is gone' unless -r $file;

  my $before = $contents->( 'SecAtGW', 'SecAtGW::@NAME@' );
  my %loaded = %INC;
  my @said;
  my $error;
  {
    local $SIG{__WARN__} = sub { push @said, @_ };
    local $SIG{__DIE__};
    local @INC = ( @folders, @INC );
    $error = $@ unless eval {
      require $file;
      if ( -r $kept ) {
        require App::Entraid::Dropin::Original;
        App::Entraid::Dropin::Original->new( 'SecAtGW::@NAME@', $kept );
      } elsif ( $is_back->() ) {
        die "it was removed\n";
      }
      1;
    };
  }
  if ( !defined $error ) {

    # After a failure perl says that functions are defined again.
    warn $_ for $has_failed ? () : @said;
    return;
  }
  $has_failed = 1;
  for my $name ( grep { !exists $loaded{$_} } keys %INC ) {
    my $path = $INC{$name};
    delete $INC{$name} if !defined $path || grep { index( $path, "$_/" ) == 0 } @folders;
  }
  $restore->($before);
  return $error if ref $error;
  my ($line) = split /\n/, $error;
  $line = 'it died without a message' unless defined $line;
  $line =~ s/ \(you may need to install [^)]*\)//;
  $line =~ s/ \(\@INC [^)]*\)//;
  return $line;
};

my $trouble = do {
  local ( $@, $!, $? );
  my $said = $load->();

  # An upgrade replaces one file after the other, which takes a moment.
  for ( 1 .. 20 ) {
    last unless defined $said && !ref $said && $said =~ /its XS module are of different versions/;
    select undef, undef, undef, 0.25;
    $said = $load->();
  }
  $said;
};
if ( defined $trouble && !ref $trouble && $is_back->() ) {
  delete $INC{$here};
  require $here;
} elsif ( defined $trouble ) {
  die $trouble if ref $trouble;

  # What undoes by hand all that entraid dropin has put into this folder.
  my $folder = $here;
  $folder =~ s{/[^/]*$}{};
  my $quote = sub { my $word = shift; $word =~ s/'/'\\''/g; return "'$word'" };
  my @commands;
  {
    local $!;
    for my $name (@NAMES@) {
      my $module = "$folder/$name.pm";
      my $own    = "$module.entrasync-original";
      if ( -e $own ) {
        push @commands, join ' ', 'mv -f', $quote->($own), $quote->($module);
      } elsif ( open my $handle, '<', $module ) {
        local $/ = "\n";
        my $line = <$handle>;
        push @commands, 'rm -f ' . $quote->($module)
          if defined $line && index( $line, '@MARK@' ) == 0;
      }
    }
  }
  push @commands, 'rm -f ' . $quote->("$folder/entrasync-dropin.json");
  my $remedy = 'install entrasync for this perl and run entraid dropin install, or undo that with: '
    . join ' && ', @commands;
  my $what = "entrasync's $file could not be loaded: $trouble";
  die "$what; the product has no such module of its own here; $remedy\n" unless -e $kept;

  if ( !$has_warned++ ) {
    my $warning = "$what; the product's own is used in its place; $remedy\n";
    local ( $@, $! );
    eval { local $SIG{__DIE__}; warn $warning; 1 } or print STDERR $warning;
  }
  require $kept;
}

1;
PERL

# The text of the small file for a module. The file loads the module that is installed together with
# this one, wherever that is.
sub loader_text {
  my ($name)  = @_;
  my @folders = own_folders();
  my %word    = (
    MARK    => $MARK,
    NAME    => $name,
    NAMES   => 'qw(EntraID LDAPCrons)',
    FILE    => _quoted("$folders[0]/SecAtGW/$name.pm"),
    FOLDERS => join( ', ', map { _quoted($_) } @folders ),
    PERL    => _quoted( join q( ), substr( $], 0, 5 ), $^O, ( Internals::V() )[0] ),
  );
  return $TEXT =~ s/\@([A-Z]+)\@/$word{$1}/gr;
}

# The folders that our modules are loaded from: the folder of the Perl files, and the folder of the
# compiled module if that is another one.
sub own_folders {
  require EntraSync;
  my $perl       = dirname( rel2abs( $INC{'EntraSync.pm'} ) );
  my ($compiled) = grep { m{/auto/EntraSync/EntraSync\.\w+\z} } @DynaLoader::dl_shared_objects;
  my $other      = rel2abs( ( $compiled // "$perl/auto" ) =~ s{/auto(?:/.*)?\z}{}r );
  return $other eq $perl ? $perl : ( $perl, $other );
}

# Whether a text is a loader of any release.
sub is_loader_text { return index( $_[0], $MARK ) == 0 }

# The path of the module that a loader loads.
sub loader_target {
  my ($text) = @_;
  my ($file) = $text =~ /^\s*my \$file = \x27((?:[^\x27\\]|\\.)*)\x27;$/m or return;
  return $file =~ s/\\(.)/$1/gr;
}

# A text as a string of Perl.
sub _quoted { return q(') . $_[0] =~ s/([\\\x27])/\\$1/gr . q(') }

1;
