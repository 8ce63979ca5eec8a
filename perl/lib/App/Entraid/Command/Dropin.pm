package App::Entraid::Command::Dropin;

# Replaces the product's modules with entrasync's and back: entraid dropin.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Folder ();
use App::Entraid::Dropin::Module ();
use App::Entraid::Dropin::Status qw(status_line status_of);
use App::Entraid::ExitStatus     qw(OK WARNING exit_status_of);
use App::Entraid::Printable      qw(printable_path);
use App::Entraid::Record         qw(error_record json_line json_truth);
use EntraSync::Error             ();

sub options { return qw(lib=s only=s accept-change json) }

sub completion {
  return (
    operands => [qw(install status remove)],
    lib      => 'folders',
    only     => [@App::Entraid::Dropin::Module::NAMES],
  );
}

# Puts our modules into the product's folder, reports on them, or removes them again.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my ( $action, @more ) = $options->operands;
  $options->refuse('it takes install, status or remove')
    if @more || ( $action // '' ) !~ /\A(?:install|status|remove)\z/;
  my $lib = $options->value('lib') // '';
  $options->refuse('--lib, the product\'s folder of modules, is missing') unless length $lib;
  my $accepts_change = $options->value('accept-change');
  $options->refuse('--accept-change is for install and remove')
    if $accepts_change && $action eq 'status';
  my @names = _names($options);

  my ( $changed, @status ) = 0;
  my $error = EntraSync::Error->catch(
    sub {
      my $folder = App::Entraid::Dropin::Folder->new( $lib, @names );
      $changed = $folder->$action($accepts_change) unless $action eq 'status';
      $output->has_done("the modules in $lib were changed") if $changed;
      @status = map { status_of($_) } $folder->modules;
    } );
  _tell( $options, $output, $changed, $error, @status );
  return exit_status_of($error) if $error;
  return ( grep { defined $_->{advice} } @status ) ? WARNING : OK;
}

# The modules that --only names, or all modules without --only.
sub _names {
  my ($options) = @_;
  my $only      = $options->value('only') // return @App::Entraid::Dropin::Module::NAMES;
  my %is_named  = map  { s/\ASecAtGW:://r => 1 } split /,/, $only;
  my @names     = grep { delete $is_named{$_} } @App::Entraid::Dropin::Module::NAMES;
  $options->refuse( '--only takes '
      . join( ' or ', @App::Entraid::Dropin::Module::NAMES )
      . ', and not '
      . printable_path($only) )
    if %is_named || !@names;
  return @names;
}

sub _tell {
  my ( $options, $output, $changed, $error, @status ) = @_;
  if ( $options->value('json') ) {
    $output->say(
      json_line(
        {
          lib     => printable_path( $options->value('lib') ),
          changed => json_truth($changed),
          modules => \@status,
          error   => $error ? error_record($error) : undef,
        } ) );
  } elsif ($error) {
    $output->complain("entraid: $error");
  } else {
    $output->say( map { status_line($_) } @status );
  }
  return;
}

1;
