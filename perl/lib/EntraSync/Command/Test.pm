package EntraSync::Command::Test;

use 5.016;
use strict;
use warnings;

use EntraSync::CommandLine::ConfigurationCheck ();
use EntraSync::CommandLine::ExitStatus         ();
use EntraSync::CommandLine::Mask               ();
use EntraSync::CommandLine::Printable          qw(printable printable_path);
use EntraSync::CommandLine::Progress           ();
use EntraSync::CommandLine::Record             ();

# How a step is marked.
my %MARK = ( passed => "\x{2713}", doubtful => '!', failed => "\x{2717}" );

sub options { return ( qw(mask json), EntraSync::CommandLine::Progress::options() ) }

sub completion {
  return (
    operands => 'configurations',
    progress => [ EntraSync::CommandLine::Options::choices() ] );
}

# Looks at configurations, step by step; no file is touched.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  $options->refuse('the configuration file is missing') unless $options->operands;
  my $progress = EntraSync::CommandLine::Progress->of($options);
  my $masks    = $options->value('mask');
  my $is_json  = $options->value('json');
  my @checks;
  for my $configuration ( $options->operands ) {
    my $check = EntraSync::CommandLine::ConfigurationCheck->new( $configuration, $progress );
    $check->mask_samples( \&EntraSync::CommandLine::Mask::line ) if $masks;
    push @checks, $check;
    $output->say( _lines($check) ) unless $is_json;
  }
  $output->say(
    EntraSync::CommandLine::Record::json( EntraSync::CommandLine::Record::of_checks(@checks) ) )
    if $is_json;
  return EntraSync::CommandLine::ExitStatus::worst( map { $_->status } @checks );
}

# What a person reads of a check.
sub _lines {
  my ($check) = @_;
  return printable_path( $check->configuration ),
    ( map { "  $MARK{ $_->{outcome} } $_->{name}: " . printable( $_->{text} ) } $check->steps ),
    ( map { '    such as ' . printable($_) } $check->samples );
}

1;

__END__

=head1 NAME

EntraSync::Command::Test - entraid test

=cut
