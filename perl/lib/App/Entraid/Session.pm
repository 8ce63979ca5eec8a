package App::Entraid::Session;

# Configurations, and the result of reading their people.
use 5.016;
use strict;
use warnings;

use App::Entraid::Options   ();
use App::Entraid::Printable qw(skip_line);
use App::Entraid::Progress  ();
use App::Entraid::Record    qw(json_line search_record);
use App::Entraid::Templates qw(template_names template_of);
use EntraSync               ();

# The options of a subcommand that reads configurations.
sub options { return ( qw(template=s json), App::Entraid::Progress->options ) }

# What a shell completes for such a subcommand.
sub completion {
  return (
    operands => 'configurations',
    template => [ template_names() ],
    progress => [ App::Entraid::Options->choices ],
  );
}

# Reads the configurations and the shape of a line from the command line.
sub new {
  my ( $class, $options ) = @_;
  $options->refuse('the configuration file is missing') unless $options->operands;
  return bless {
    template       => $options->value('template'),
    shape          => scalar template_of($options),
    is_json        => $options->value('json'),
    configurations => [ $options->operands ],
    warnings       => [],
    progress       => App::Entraid::Progress->of($options),
  }, $class;
}

# Opens the configurations and calls the code with their list. The code returns a report. Returns
# true if all went well.
sub attempt {
  my ( $self, $code ) = @_;
  return $self->watch(
    sub {
      $self->{list} = $self->open_list;
      $self->note_report( $code->( $self->{list} ) );
    } );
}

# Runs the code and shows its progress. Keeps an error of the library. Returns true without one.
sub watch {
  my ( $self, $code ) = @_;
  $self->{error} = EntraSync::Error->catch( sub { $self->{progress}->during($code) } );
  return !$self->{error};
}

# Keeps the report of a run, and its warnings.
sub note_report {
  my ( $self, $report ) = @_;
  $self->{report} = $report;

  # The log has most of them already, with the path of what they are about.
  for my $warning ( $report->warnings ) {
    $self->_warn($warning)
      unless grep { length $_ > length $warning && substr( $_, -length $warning ) eq $warning }
      @{ $self->{warnings} };
  }
  return;
}

# The result: either a report or an error.
sub report { return $_[0]{report} }
sub error  { return $_[0]{error} }

# The lines of the people that were found.
sub lines { return $_[0]{report} ? $_[0]{list}->lines : () }

# The shape of a line; undef for the attributes of the QUERYFILTER.
sub shape { return $_[0]{shape} }

# Whether --json was given.
sub is_json { return $_[0]{is_json} }

# The paths of the configurations, in bytes.
sub configurations { return @{ $_[0]{configurations} } }

# What a person should correct although the run goes on: one line each.
sub warnings { return @{ $_[0]{warnings} } }

# The figures of what was read, in one line.
sub figures {
  my ($self) = @_;
  my $report = $self->{report};
  my ( $people, $lines ) = map { $report->$_ } qw(fetched written);
  return join ', ',
    $people == 1 ? '1 person' : "$people people",
    $lines == 1  ? '1 line'   : "$lines lines",
    $self->changes,
    $report->skipped . ' left out',
    $report->excluded . ' excluded',
    _some( $report->disputed, 'address disputed', 'addresses disputed' ),
    (
    map { _not_read( @{$_} ) }[ $report->nested_groups, 'nested group' ],
    [ $report->contacts,           'contact' ],
    [ $report->devices,            'device' ],
    [ $report->service_principals, 'service principal' ],
    [ $report->unknown_kinds,      'member of an unknown type', 'members of unknown types' ]
    ),
    $report->readings > 1 ? 'groups read twice' : ();
}

# How many members of a kind were not read; nothing if there are none.
sub _not_read {
  my ( $count, $one, $many ) = @_;
  $many //= "${one}s";
  return _some( $count, "$one not read", "$many not read" );
}

# A number with what it counts; nothing for 0.
sub _some {
  my ( $count, $one, $many ) = @_;
  return $count ? "$count " . ( $count == 1 ? $one : $many ) : ();
}

# Who is left out, for a person: a line each, by object id, with the names that are known. Two
# configurations may leave out the same person for the same reason.
sub skips {
  my ($self) = @_;
  my %seen;
  return $self->{report} ? grep { !$seen{$_}++ } map { skip_line($_) } $self->{report}->skips : ();
}

# The figures of the change to a list; none without a list.
sub changes { return }

# The result as a record, for programs.
sub record { return search_record( $_[0] ) }

# Prints the result: as JSON after --json, otherwise for a person. A person gets warnings and
# failures on the standard error and, without a failure, the lines that the code returns.
sub tell {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, $output, $lines ) = @_;
  if ( $self->{is_json} ) {
    $output->say( json_line( $self->record ) );
    return;
  }
  return if $self->{is_silent};
  $output->complain("warning: $_") for $self->warnings;
  $output->complain($_) for @{ $self->{ended} // [] };
  if ( $self->{error} ) {
    $output->complain( "entraid: $self->{error}" . ( $self->{suffix} // q() ) );
  } else {
    $output->say( $lines->() );
  }
  return;
}

# Opens the list that the configurations feed.
sub open_list {
  my ($self) = @_;
  my $list = EntraSync::List->new( $self->place, template => $self->{shape} );
  $list->add( $self->client($_) ) for $self->configurations;
  return $list;
}

# The arguments of EntraSync::List that name the list's file. A session without a list has none.
sub place { return }

# Opens the client of one configuration. Keeps its warnings, and shows its progress.
sub client {
  my ( $self, $configuration ) = @_;
  my $client = EntraSync::Client->open(
    $configuration,
    progress  => $self->{progress}->of_client,
    log       => sub { $self->_warn( $_[1] ) },
    log_level => 'warning',
  );
  $self->_warn($_) for $client->warnings;
  return $client;
}

# Keeps a warning once. The log repeats a configuration's warnings when the run begins.
sub _warn {
  my ( $self, $warning ) = @_;
  return if grep { $_ eq $warning } @{ $self->{warnings} };
  push @{ $self->{warnings} }, $warning;
  return;
}

1;
