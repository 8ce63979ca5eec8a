package EntraSync::Command::Dropin;

use 5.016;
use strict;
use warnings;

use EntraSync::CommandLine::ExitStatus qw(OK WARNING);
use EntraSync::CommandLine::Printable  qw(printable_path);
use EntraSync::CommandLine::Record     ();
use EntraSync::Dropin::Folder          ();
use EntraSync::Dropin::Module          ();
use EntraSync::Dropin::Status          ();
use EntraSync::Error                   ();

sub options { return qw(lib=s only=s accept-change json) }

sub completion {
  return (
    operands => [qw(install status remove)],
    lib      => 'folders',
    only     => [@EntraSync::Dropin::Module::NAMES],
  );
}

# Puts our modules into the product's folder, tells of them, or takes them away again.
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
      my $folder = EntraSync::Dropin::Folder->new( $lib, @names );
      $changed = $folder->$action($accepts_change) unless $action eq 'status';
      $output->has_done("the modules in $lib were changed") if $changed;
      @status = map { EntraSync::Dropin::Status::of($_) } $folder->modules;
    } );
  _tell( $options, $output, $changed, $error, @status );
  return EntraSync::CommandLine::ExitStatus::of($error) if $error;
  return ( grep { defined $_->{advice} } @status ) ? WARNING : OK;
}

# The modules that --only names, and otherwise all.
sub _names {
  my ($options) = @_;
  my $only      = $options->value('only') // return @EntraSync::Dropin::Module::NAMES;
  my %is_named  = map  { s/\ASecAtGW:://r => 1 } split /,/, $only;
  my @names     = grep { delete $is_named{$_} } @EntraSync::Dropin::Module::NAMES;
  $options->refuse( '--only takes '
      . join( ' or ', @EntraSync::Dropin::Module::NAMES )
      . ', and not '
      . printable_path($only) )
    if %is_named || !@names;
  return @names;
}

sub _tell {
  my ( $options, $output, $changed, $error, @status ) = @_;
  if ( $options->value('json') ) {
    $output->say(
      EntraSync::CommandLine::Record::json(
        {
          lib     => printable_path( $options->value('lib') ),
          changed => EntraSync::CommandLine::Record::truth($changed),
          modules => \@status,
          error   => $error ? EntraSync::CommandLine::Record::of_error($error) : undef,
        } ) );
  } elsif ($error) {
    $output->complain("entraid: $error");
  } else {
    $output->say( map { EntraSync::Dropin::Status::line($_) } @status );
  }
  return;
}

1;

__END__

=head1 NAME

EntraSync::Command::Dropin - entraid dropin

=cut
