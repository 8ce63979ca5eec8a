package App::Entraid::Command::Dropin;

# Replaces the product's modules with entrasync's and back: entraid dropin.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Folder     ();
use App::Entraid::Dropin::Module     ();
use App::Entraid::Dropin::Precheck   qw(refuse_unfit);
use App::Entraid::Dropin::ScriptPerl ();
use App::Entraid::Dropin::Status     qw(status_line status_of);
use App::Entraid::ExitStatus         qw(OK WARNING exit_status_of);
use App::Entraid::Printable          qw(printable_path);
use App::Entraid::Record             qw(error_record json_line json_truth);
use EntraSync::Error                 ();
use File::Spec::Functions            qw(rel2abs);

sub options { return qw(lib=s only=s init=s new again accept-change quiet|q json) }

# The options that only some of the actions have.
my %ACTIONS_OF = (
  'accept-change' => [qw(install remove)],
  'again'         => ['install'],
  'init'          => [qw(install status)],
  'new'           => ['install'],
);

sub completion {
  return (
    operands => [qw(install status remove)],
    lib      => 'folders',
    init     => 'any',
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
  for my $option ( sort keys %ACTIONS_OF ) {
    next if !defined $options->value($option) || grep { $_ eq $action } @{ $ACTIONS_OF{$option} };
    $options->refuse( "--$option is for " . join ' and ', @{ $ACTIONS_OF{$option} } );
  }
  my %done  = ( changed => 0 );
  my @names = _names($options);
  $done{error} =
    EntraSync::Error->catch( sub { _act( $action, $options, $output, \%done, @names ) } );
  _tell( $options, $output, %done );
  return exit_status_of( $done{error} ) if $done{error};
  return ( grep { defined $_->{advice} } @{ $done{status} } ) ? WARNING : OK;
}

# Does it, and notes in %{$done} whether files were `changed`, the product's `init` that was looked
# at, a `doubt` about what was not, and the `status` of each module.
sub _act {
  my ( $action, $options, $output, $done, @names ) = @_;
  my $lib    = $options->value('lib');
  my $folder = App::Entraid::Dropin::Folder->new( $lib, @names );
  my $script =
    $action eq 'remove'
    ? undef
    : App::Entraid::Dropin::ScriptPerl->new( rel2abs($lib), $options->value('init') );
  if ( $options->value('again') ) {
    @names  = map { $_->name } grep { $_->record } $folder->modules;
    $folder = App::Entraid::Dropin::Folder->new( $lib, @names );
  }
  if ( $action eq 'install' && @names ) {
    refuse_unfit( $folder, $script, $options->value('new') );
    $done->{doubt} = $script->doubt;
  }
  $done->{init}    = $script->init if $script;
  $done->{changed} = $folder->$action( $options->value('accept-change') ) if $action ne 'status';
  $output->has_done("the modules in $lib were changed") if $done->{changed};
  $done->{status} = [ status_of( $script, $folder->modules ) ];
  return;
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
  my ( $options, $output, %done )  = @_;
  my ( $init,    $error,  $doubt ) = @done{qw(init error doubt)};
  my @status = @{ $done{status} // [] };
  if ( $options->value('json') ) {
    $output->say(
      json_line(
        {
          lib     => printable_path( $options->value('lib') ),
          init    => defined $init ? printable_path($init) : undef,
          doubt   => $doubt,
          changed => json_truth( $done{changed} ),
          modules => \@status,
          error   => $error ? error_record($error) : undef,
        } ) );
    return;
  }
  @status = grep { defined $_->{advice} } @status if $options->value('quiet');
  $output->complain("entraid: $error") if $error;
  $output->complain("warning: $doubt") if defined $doubt;
  $output->say( map { status_line($_) } @status ) if !$error;
  return;
}

1;
