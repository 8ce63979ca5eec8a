package EntraSync::CommandLine::ListRun;

use 5.016;
use strict;
use warnings;

use EntraSync                         ();
use EntraSync::CommandLine::Printable qw(printable_path shell_word);
use EntraSync::CommandLine::Record    ();
use EntraSync::CommandLine::Templates ();

# What a subcommand that works on a list is told by its command line.
sub options { return qw(file=s template=s json) }

# A list and its configurations, from the command line.
sub new {
  my ( $class, $options )  = @_;
  my ( $file,  $template ) = map { $options->value($_) } qw(file template);
  $options->refuse('--file, the list, is missing')      unless length( $file // '' );
  $options->refuse('the configuration file is missing') unless $options->operands;
  return bless {
    file           => $file,
    template       => $template,
    shape          => scalar EntraSync::CommandLine::Templates::of($options),
    is_json        => $options->value('json'),
    configurations => [ $options->operands ],
    warnings       => [],
  }, $class;
}

# Opens the configurations and has the code do something with the list: it returns a report. Returns
# true where all went well.
sub attempt {
  my ( $self, $code ) = @_;
  $self->{error} = EntraSync::Error->catch( sub { $self->{report} = $code->( $self->_list ) } );
  return !$self->{error};
}

# What came of it: one of these two.
sub report { return $_[0]{report} }
sub error  { return $_[0]{error} }

# The paths, in bytes.
sub file           { return $_[0]{file} }
sub configurations { return @{ $_[0]{configurations} } }

# What a person should mend though the run goes on: one line each.
sub warnings { return @{ $_[0]{warnings} } }

# What was read and what became of it, in one line.
sub figures {
  my ($self) = @_;
  my $report = $self->{report};
  my ( $people, $lines, $nested ) = map { $report->$_ } qw(fetched written nested_groups);
  return join ', ',
    $people == 1 ? '1 person' : "$people people",
    $lines == 1  ? '1 line'   : "$lines lines",
    ( map { $report->$_ . " $_" } qw(added removed) ),
    $report->skipped . ' left out',
    $report->excluded . ' excluded',
    $nested ? "$nested nested groups not read" : ();
}

# Tells it in one of two forms: as JSON, where that was asked for, or for a person: warnings and
# failures on the standard error, and else the lines that the code returns.
sub tell {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, $output, $lines ) = @_;
  if ( $self->{is_json} ) {
    $output->say(
      EntraSync::CommandLine::Record::json( EntraSync::CommandLine::Record::of($self) ) );
    return;
  }
  $output->complain("warning: $_") for $self->warnings;
  if ( $self->{error} ) {
    $output->complain("entraid: $self->{error}");
  } else {
    $output->say( $lines->() );
  }
  return;
}

# A command line that does something else with the same list.
sub command {
  my ( $self, @words ) = @_;
  my @template = defined $self->{template} ? ( '--template', $self->{template} ) : ();
  return join ' ', 'entraid', map { shell_word($_) } @words, '--file', $self->{file}, @template,
    ( grep { /\A-/ } $self->configurations ) ? '--' : (), $self->configurations;
}

sub _list {
  my ($self) = @_;

  # A list written over a configuration would take a secret with it. The library knows one by the
  # end of its name alone.
  EntraSync::Error->throw(
    printable_path( $self->{file} ) . ": is a configuration and no list; name the list's file" )
    if grep { _is_same( $self->{file}, $_ ) } $self->configurations;
  my $list = EntraSync::List->new( file => $self->{file}, template => $self->{shape} );
  $list->add( $self->_client($_) ) for $self->configurations;
  return $list;
}

# Whether two paths lead to one file.
sub _is_same {
  my ( $one, $other ) = map { join q( ), ( stat $_ )[ 0, 1 ] } @_;
  return length $one && $one eq $other;
}

sub _client {
  my ( $self, $configuration ) = @_;
  my $client = EntraSync::Client->open( $configuration,
    log => sub { $self->_warn( $_[1] ) if $_[0] eq 'warning' } );
  $self->_warn($_) for $client->warnings;
  return $client;
}

# The log tells of a configuration's warnings again when the run begins.
sub _warn {
  my ( $self, $warning ) = @_;
  return if grep { $_ eq $warning } @{ $self->{warnings} };
  push @{ $self->{warnings} }, $warning;
  return;
}

1;

__END__

=head1 NAME

EntraSync::CommandLine::ListRun - one list, its configurations, and what came of a run

=cut
