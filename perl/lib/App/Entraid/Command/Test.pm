package App::Entraid::Command::Test;

# Checks configurations step by step: entraid test.
use 5.016;
use strict;
use warnings;

use App::Entraid::ConfigurationCheck ();
use App::Entraid::ExitStatus         qw(worst_exit_status);
use App::Entraid::Mask               qw(mask_line);
use App::Entraid::Options            ();
use App::Entraid::Printable          qw(printable printable_path);
use App::Entraid::Progress           ();
use App::Entraid::Record             qw(check_record json_line);

# How a step is marked.
my %MARK = ( passed => "\x{2713}", doubtful => '!', failed => "\x{2717}" );

sub options { return ( qw(mask json), App::Entraid::Progress->options ) }

sub completion {
  return (
    operands => 'configurations',
    progress => [ App::Entraid::Options->choices ] );
}

# Checks configurations step by step. It touches no file.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  $options->refuse('the configuration file is missing') unless $options->operands;
  my $progress = App::Entraid::Progress->of($options);
  my $masks    = $options->value('mask');
  my $is_json  = $options->value('json');
  my @checks;
  for my $configuration ( $options->operands ) {
    my $check = App::Entraid::ConfigurationCheck->new( $configuration, $progress );
    $check->mask_samples( \&mask_line ) if $masks;
    push @checks, $check;
    $output->say( _lines($check) ) unless $is_json;
  }
  $output->say( json_line( check_record(@checks) ) )
    if $is_json;
  return worst_exit_status( map { $_->status } @checks );
}

# The lines that show a check to a person.
sub _lines {
  my ($check) = @_;
  return printable_path( $check->configuration ),
    ( map { "  $MARK{ $_->{outcome} } $_->{name}: " . printable( $_->{text} ) } $check->steps ),
    ( map { '    such as ' . printable($_) } $check->samples );
}

1;
