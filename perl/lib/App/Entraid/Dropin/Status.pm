package App::Entraid::Dropin::Status;

# Describes the modules in the product's folder for a person or a program.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Loader qw(loader_target loader_text);
use App::Entraid::Printable      qw(printable_path);
use Exporter                     qw(import);

our @EXPORT_OK = qw(status_line status_of);

# The status of modules in the product's folder, a hash reference for each: its state, the file that
# answers a script of the product, and advice for a person. `script` loads the modules as such a
# script does; without it, and where that would run the product's own, perl's search path tells.
sub status_of {
  my ( $script, @modules ) = @_;
  my @status = map  { _status($_) } @modules;
  my @ours   = grep { $modules[$_]->state eq 'entrasync' } 0 .. $#modules;
  return @status unless $script && @ours;
  my @answers = $script->answers( map { $modules[$_]->name } @ours );
  for my $index (@ours) {
    my ( $status, $answer ) = ( $status[$index], shift @answers );
    my $target = loader_target( $modules[$index]->text ) // '';
    $status->{loaded} = defined $answer->{file} ? printable_path( $answer->{file} ) : undef;
    $status->{advice} //= _advice_to( $modules[$index], $answer )
      if ( $answer->{file} // '' ) ne $target;
  }
  return @status;
}

sub _status {
  my ($module) = @_;
  my $loaded = $module->state eq 'missing' ? _found( $module->name ) : $module->file;
  my $version;
  my $advice = $module->objection;
  if ( $module->state eq 'entrasync' ) {
    $loaded  = loader_target( $module->text ) // $loaded;
    $version = _version_of($loaded);
    $advice //= _advice( $module, $loaded );
  } elsif ( $module->record ) {
    $advice //=
        printable_path( $module->file )
      . ' is not entrasync\'s any more, perhaps by an update of the product; run '
      . $module->command('install');
  }
  return {
    module  => 'SecAtGW::' . $module->name,
    file    => printable_path( $module->file ),
    state   => $module->state,
    version => $version,
    loaded  => defined $loaded ? printable_path($loaded) : undef,
    advice  => $advice,
  };
}

# The same status as one line for a person.
sub status_line {
  my ($status) = @_;
  my %what = (
    original  => 'the product\'s own',
    entrasync => 'entrasync ' . ( $status->{version} // 'of no known version' ),
  );
  my $line = "$status->{module}: " . ( $what{ $status->{state} } // $status->{state} );
  $line .= defined $status->{loaded} ? "; perl loads $status->{loaded}" : '; perl finds none';
  return defined $status->{advice} ? "$line; $status->{advice}" : $line;
}

# The file that perl finds for a module that is missing in the product's folder.
sub _found {
  my ($name)  = @_;
  my ($found) = grep { -f } map { "$_/SecAtGW/$name.pm" } grep { !ref } @INC;
  return $found;
}

sub _version_of {
  my ($file) = @_;
  open my $handle, '<', $file or return;
  my ($version) = map { /^our \$VERSION\s*=\s*'([\w.]+)';/ ? $1 : () } readline $handle;
  close $handle;
  return $version;
}

# What a person should do although the file is ours; nothing if all is well.
sub _advice {
  my ( $module, $loaded ) = @_;
  my $shown   = printable_path( $module->file );
  my $install = $module->command('install');
  return printable_path($loaded)
    . ", which it loads, is gone; install entrasync again and run $install"
    unless -r $loaded;
  return if $module->text eq loader_text( $module->name );
  return "$shown loads another installation of entrasync; run $install";
}

# What a person should do when another file answers a script of the product than entrasync's.
sub _advice_to {
  my ( $module, $answer ) = @_;
  my $what = defined $answer->{file} ? 'gets another file' : 'cannot load it';
  return "a script of the product $what: "
    . ( $answer->{said} // printable_path( $module->file ) . ' is not what its init.pl finds' );
}

1;
