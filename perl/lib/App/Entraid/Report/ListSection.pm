package App::Entraid::Report::ListSection;

# The part of a page that is about one list.
use 5.016;
use strict;
use warnings;

use App::Entraid::Report::Chart   qw(chart);
use App::Entraid::Report::LeftOut qw(left_out_by_reason);
use App::Entraid::Report::Markup  qw(element);
use App::Entraid::Report::Table   qw(table);
use App::Entraid::Report::Words   qw(ago count lasting moment number plain_moment);
use Exporter                      qw(import);

our @EXPORT_OK = qw(badge list_section);

# How many runs, failures and people of one reason are shown at most.
use constant { RUNS => 12, FAILURES => 15, PEOPLE => 100 };

# How many lines of a change are shown at once; more are behind a click.
use constant OPEN => 20;

# What a status is called, if that is not its name.
my %STATUS =
  ( guard => 'stopped', invalid_argument => 'invalid argument', not_found => 'not found' );

# The parts in their order. Each returns elements, or nothing if it does not apply.
my @PARTS = (
  \&_figures, \&_change, \&_preview, \&_course, \&_failures,
  \&_skips,   \&_groups, \&_runs,    \&_keepers,
);

# The article about a list. The facts are a ListFacts. The name is unique in the page.
sub list_section {
  my ( $facts, $name ) = @_;
  my $label = $facts->label;
  my ($folder) = $label =~ m{\A(.*/).}s;
  return element(
    'article',
    { id => $name, 'aria-labelledby' => "$name-head" },
    element(
      'header',
      element( 'h2', { id    => "$name-head" }, $facts->name ),
      element( 'p',  { class => 'place' }, badge( $facts->status ), q( ), $folder ),
    ),
    _findings( $facts->findings ),
    map { $_->( $facts, $name ) } @PARTS
  );
}

# A word of monitoring as a coloured label.
sub badge {
  my ($status) = @_;
  return element( 'strong', { class => 'badge ' . lc $status }, $status );
}

sub _findings {
  my (@findings) = @_;
  return unless @findings;
  return element(
    'ul',
    { class => 'findings' },
    map { element( 'li', { class => lc $_->{status} }, $_->{message} ) } @findings
  );
}

# A part with its heading.
sub _part {
  my ( $heading, @inside ) = @_;
  return element( 'section', element( 'h3', $heading ), @inside );
}

# The figures that matter most.
sub _figures {
  my ($facts) = @_;
  my ( $record, $last ) = ( $facts->record, $facts->last_reading );
  my $totals  = $facts->series->totals;
  my @figures = (
    [ 'Lines',                   defined $record->{lines}   ? number( $record->{lines} )  : undef ],
    [ 'Changed',                 defined $record->{age}     ? ago( $record->{age} )       : undef ],
    [ 'A run went well',         defined $record->{run_age} ? ago( $record->{run_age} )   : undef ],
    [ 'Usual time between runs', $record->{interval} ? lasting( $record->{interval} )     : undef ],
    [ 'People read',             $last               ? number( $last->{fetched} )         : undef ],
    [ 'Left out',                $last               ? number( $last->{skipped} )         : undef ],
    [ 'Left out on purpose',     $last && $last->{excluded} ? number( $last->{excluded} ) : undef ],
    [ 'Addresses nobody gets',   $last && $last->{disputed} ? number( $last->{disputed} ) : undef ],
    [ 'First credential ends',   _end( $record->{credential_end}, $facts->now ) ],
    [ 'Runs',                    $totals->{runs}    ? number( $totals->{runs} )    : undef ],
    [ 'Runs that failed',        $totals->{failed}  ? number( $totals->{failed} )  : undef ],
    [ 'Stopped by the guard',    $totals->{stopped} ? number( $totals->{stopped} ) : undef ],
  );
  my @known = grep { defined $_->[1] } @figures or return;
  return element(
    'dl',
    { class => 'figures' },
    map { element( 'div', element( 'dt', $_->[0] ), element( 'dd', $_->[1] ) ) } @known
  );
}

# When a credential ends, and in how many days; undef if that is not known.
sub _end {
  my ( $end, $now ) = @_;
  return unless defined $end;
  my $days = int( ( $end - $now ) / 86_400 );
  my $when = $end <= $now ? 'has ended' : $days ? 'in ' . count( $days, 'day' ) : 'within a day';
  return plain_moment($end) =~ s/ .*//r . " ($when)";
}

# The change that the guard stopped.
sub _change {
  my ($facts) = @_;
  my $proposal = $facts->proposal // return;
  return _part(
    'A change waits for a person',
    element( 'p', $proposal->{objection} // 'The reason was not kept.' ),
    _difference($proposal),
    _advice($proposal),
    element( 'p', { class => 'source' }, "From $proposal->{text}." ),
  );
}

# How to accept the change.
sub _advice {
  my ($proposal) = @_;
  return element( 'p', 'Its lines cannot be read.' ) unless $proposal->{is_readable};
  return element( 'p', 'It is accepted. The next run makes this change.' )
    if $proposal->{is_accepted};
  return if $proposal->{is_mistaken};
  return (
    element( 'p',   'If the change is right, accept it once, for the next run:' ),
    element( 'pre', element( 'code', "touch $proposal->{accept}" ) ),
  );
}

# What the next run would do.
sub _preview {
  my ($facts) = @_;
  my $preview = $facts->preview // return;
  my $heading = 'What the next run would do';
  return _part( $heading,
    element( 'p', { class => 'notice' }, "It would fail: $preview->{error}" ) )
    if defined $preview->{error};
  my $figures =
    count( $preview->{fetched}, 'person', 'people' ) . ', ' . count( $preview->{written}, 'line' );
  return _part(
    $heading,
    element(
      'p',
      $preview->{is_changed} ? 'It would replace the list' : 'It would leave the list as it is',
      ": $figures."
    ),
    (
      defined $preview->{guard}
      ? element( 'p', { class => 'notice' }, "The guard would stop it: $preview->{guard}" )
      : ()
    ),
    _difference($preview),
    _findings( map { { status => 'WARNING', message => $_ } } @{ $preview->{warnings} } ),
  );
}

# The lines that go and come.
sub _difference {
  my ($change) = @_;
  my @lines    = @{ $change->{lines} } or return;
  my @items    = map {
    my ( $sign, $line ) = @{$_};
    element( 'li', { class => $sign eq '+' ? 'came' : 'gone' }, "$sign $line" )
  } @lines;
  push @items, element( 'li', 'and ' . count( $change->{more}, 'more line' ) ) if $change->{more};
  my $sum =
      count( $change->{removed}, 'line would go', 'lines would go' ) . ', '
    . number( $change->{added} )
    . ' would come';
  return element(
    'details',
    { open => @items <= OPEN ? 'open' : undef },
    element( 'summary', $sum ),
    element( 'ul', { class => 'diff' }, @items ) );
}

sub _course {
  my ( $facts, $name ) = @_;
  my $series = $facts->series;
  return _part( 'Lines over time', element( 'p', $facts->silence ) ) unless $series->runs;
  my $cut = 'Earlier runs were not read: these are the last ' . number( scalar $series->runs );
  return _part(
    'Lines over time',
    chart( $series, "$name-chart" ),
    $facts->is_cut ? element( 'p', { class => 'source' }, "$cut." ) : () );
}

# When runs failed or were stopped: one item for runs that ended alike, one after the other.
sub _failures {
  my ($facts)  = @_;
  my @episodes = reverse $facts->series->episodes or return;
  my $more     = @episodes - FAILURES;
  splice @episodes, FAILURES if $more > 0;
  return _part(
    'Failures and stops',
    element( 'ol', { class => 'failures' }, map { _failure($_) } @episodes ),
    $more > 0
    ? element(
      'p',
      { class => 'source' },
      'And ' . number($more) . ' earlier, as the chart shows.'
      )
    : () );
}

sub _failure {
  my ($episode) = @_;
  my ( $first, $last, $count ) = @{$episode}{qw(first last count)};
  my $length = $last->{began} - $first->{began};
  my @when   = moment( $first->{began} );
  push @when, ' to ', moment( $last->{began} ) if $count > 1;
  push @when, ' (' . lasting($length) . ')' if $length >= 60;
  return element(
    'li',
    element(
      'p',
      { class => 'head' },
      element( 'strong', $STATUS{ $episode->{status} } // $episode->{status} ),
      q( ), count( $count, 'run' ),
      ', ', @when
    ),
    element( 'p', $last->{message} ),
  );
}

# Who is left out.
sub _skips {
  my ($facts) = @_;
  my ( $last, $source ) = ( $facts->last_reading, $facts->source // q() );
  my @kinds =
    left_out_by_reason( $source eq 'preview' || !$last ? [] : $last->{reasons}, $facts->people )
    or return;
  my $most = $kinds[0]{count};
  my $when = $last ? 'As the run of ' . plain_moment( $last->{began} ) . ' has counted them.' : q();
  my %said = (
    preview => 'As a run would find them now.',
    audit   => "$when The names are those of the audit.",
    q()     => "$when The names are in the audit, if there is one.",
  );
  return _part(
    'Left out',
    table(
      'reasons',
      $said{$source},
      [ { name => 'Reason' }, { name => 'Times', kind => 'number' } ],
      map {
        [
          element(
            'div', element( 'span', $_->{kind} ), _share( $_->{count}, $most ), _people($_)
          ),
          number( $_->{count} ) ]
      } @kinds
    ) );
}

# A bar beside others.
sub _share {
  my ( $count, $most ) = @_;
  return element(
    'svg',
    { class => 'share', width => '100%', height => 4, 'aria-hidden' => 'true' },
    element( 'rect', { width => sprintf( '%.1f%%', 100 * $count / $most ), height => 4 } ) );
}

# The people of a reason, if they are known.
sub _people {
  my ($kind) = @_;
  my @people = @{ $kind->{people} } or return;
  my $more   = @people - PEOPLE;
  splice @people, PEOPLE if $more > 0;
  my @items = map {
    my $person = $_;
    element(
      'li',
      ( length $person->{names} ? element( 'bdi', $person->{names} ) : () ),
      element( 'code', $person->{name} ),
      ( $person->{reason} eq $kind->{kind} ? () : element( 'span', $person->{reason} ) ),
    )
  } @people;
  push @items, element( 'li', 'and ' . number($more) . ' more' ) if $more > 0;
  return element(
    'details',
    element( 'summary', 'Who they are' ),
    element( 'ul', { class => 'people' }, @items ) );
}

sub _groups {
  my ($facts) = @_;
  my $last = $facts->last_reading // return;
  return _part(
    'People by group',
    table(
      'groups',
      'As the run of ' . plain_moment( $last->{began} ) . ' has read them.',
      [ { name => 'Group' }, { name => 'Its people are' }, { name => 'People', kind => 'number' } ],
      map {
        [
          element( 'code', $_->{id} ),
          $_->{excluded} ? 'excluded' : 'in the list',
          number( $_->{people} ) ]
      } @{ $last->{groups} } ) );
}

# The last runs.
sub _runs {
  my ($facts) = @_;
  my @runs = $facts->runs or return;
  splice @runs, RUNS if @runs > RUNS;
  my $has_message = grep { defined $_->{message} } @runs;
  my $is_stopped  = grep { $_->{status} eq 'guard' } @runs;
  my $brackets    = $is_stopped ? ' The guard stopped what is in brackets.' : q();
  my @columns     = (
    { name => 'Began' },
    { name => 'Outcome',  kind => 'outcome' },
    { name => 'Lines',    kind => 'number', unit => 'lines' },
    { name => 'Came',     kind => 'number', unit => 'came' },
    { name => 'Gone',     kind => 'number', unit => 'gone' },
    { name => 'Requests', kind => 'number', unit => 'requests' },
    { name => 'Seconds',  kind => 'number', unit => 'seconds' },
    $has_message ? { name => 'What it said', kind => 'message' } : (),
  );
  return _part(
    'The last runs',
    table(
      'runs',    "The latest come first.$brackets",
      \@columns, map { _run( $runs[$_], $_ ? $runs[ $_ - 1 ] : {} ) } 0 .. $#runs
    ) );
}

# The cells of a run. The other run is that of the row above.
sub _run {
  my ( $run, $above ) = @_;
  my $outcome =
      $run->{status} eq 'ok'    ? ( $run->{changed} ? 'replaced' : 'unchanged' )
    : $run->{status} eq 'guard' ? 'stopped'
    :                             'failed';

  # What a run that failed did not come to know is 0.
  my @lines = map { number($_) } @{$run}{qw(lines_after added removed)};
  @lines = ("\x{2013}") x 3 if $outcome eq 'failed';
  @lines[ 1, 2 ] = map { "($_)" } @lines[ 1, 2 ] if $outcome eq 'stopped';
  return [
    moment( $run->{began} ),
    element( 'span', { class => $outcome }, $outcome ),
    @lines,
    number( $run->{requests} ),
    sprintf( '%.1f', $run->{seconds} ),
    _is_same( $run, $above ) ? 'the same' : $run->{message},
  ];
}

# Whether two runs have said the same, apart from the ids at the end of a message.
sub _is_same {
  my (@messages) = map { $_->{message} // return } @_;
  s/ \[[^\]]*\]\z// for @messages;
  return $messages[0] eq $messages[1];
}

# Which configurations and scripts keep the list.
sub _keepers {
  my ($facts) = @_;
  my $record  = $facts->record;
  my @writers = map { element( 'li', $_->{text} ) } @{ $record->{writers} // [] };
  my @files   = map { element( 'li', element( 'code', $_ ) ) } @{ $record->{configurations} };
  return unless @files || @writers;
  return _part( 'How it is kept', element( 'ul', { class => 'keepers' }, @files, @writers ) );
}

1;
