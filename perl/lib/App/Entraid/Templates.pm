package App::Entraid::Templates;

# Short names for the shapes of the gateway's lists.
use 5.016;
use strict;
use warnings;

use Exporter           qw(import);
use SecAtGW::Templates qw(%TEMPLATE);

our @EXPORT_OK = qw(template_names template_of);

sub template_names { return sort keys %TEMPLATE }

# The template that --template gives, by a name or as text. Returns nothing if the option was not
# given.
sub template_of {
  my ($options) = @_;
  my $argument = $options->value('template') // return;
  return $TEMPLATE{$argument} if exists $TEMPLATE{$argument};
  require Encode;
  my $keep     = Encode::FB_CROAK() | Encode::LEAVE_SRC();
  my $template = eval { Encode::decode( 'UTF-8', $argument, $keep ) }
    // $options->refuse('--template is not UTF-8');
  return $template if $template =~ /[{}]/;
  return $options->refuse(
    "--template $template is neither a template such as {mail} nor one of " . join ', ',
    template_names() );
}

1;
