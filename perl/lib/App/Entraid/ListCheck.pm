package App::Entraid::ListCheck;

# Checks one list for monitoring.
use 5.016;
use strict;
use warnings;

use App::Entraid::AgeLimits      ();
use App::Entraid::ExitStatus     qw(OK WARNING CRITICAL UNKNOWN exit_status_name worst_exit_status);
use App::Entraid::ListComparison ();
use App::Entraid::ListState      ();
use App::Entraid::Permission     qw(is_closed);
use App::Entraid::Printable      qw(printable_path);
use App::Entraid::Record         qw(json_truth);
use App::Entraid::RunHistory     ();
use EntraSync                    ();
use List::Util                   qw(max reduce);

# Checks one list from the disk alone. The list is a hash as SecAtGW::LDAPCrons returns it: path,
# template, real_time, configurations and error; `sources` are the files that say so. `label` is
# shown if the path is not known, and `unknown` says why nothing else is known. `writers` are the
# scripts that write the list, as App::Entraid::ListWriters describes them; `places` says where
# scripts were looked for. If `is_unaudited`, no run of the list writes an audit. If `is_rewritten`,
# each run that goes well writes the file, also without a change. `is_passive` is code that says
# whether nobody writes the list on this node. The named arguments are `now`, the time;
# `limits`, the AgeLimits that the command line names; `audit`, an AuditFile, or `audit_fault`, why
# it cannot be read; `history`, a RunHistory; and `compare`, a copy of the list from another node,
# or a folder of copies.
sub new {
  my ( $class, $list, %named ) = @_;
  my $self = bless { %named, list => $list, findings => [] }, $class;
  $self->{limits} //= App::Entraid::AgeLimits->new;
  $self->_find( UNKNOWN, $list->{unknown} ) if defined $list->{unknown};
  $self->{clients} = { map { $_ => $self->_opened($_) } @{ $list->{configurations} } };
  $self->_check_list if defined $list->{path};
  $self->_check_configurations;
  return $self;
}

# The exit status of the worst finding.
sub status {
  my ($self) = @_;
  return worst_exit_status( map { $_->{status} } $self->findings );
}

# The findings: hashes with a status and a message.
sub findings { return @{ $_[0]{findings} } }

# The list's path, or the label if there is no path.
sub label {
  my ($self) = @_;
  my ( $path, $label ) = @{ $self->{list} }{qw(path label)};
  return defined $path ? printable_path($path) : $label;
}

# One line in the form of monitoring plugins: a word first, then the figures and the findings.
sub line {
  my ($self)  = @_;
  my $state   = $self->{state};
  my $lines   = $state && $state->lines;
  my @figures = (
    defined $lines
    ? ( $lines == 1 ? '1 line' : "$lines lines" ) . ', changed ' . _ago( $self->{age} )
    : (),
    defined $self->{run_age} ? 'a run went well ' . _ago( $self->{run_age} ) : (),
    $self->_untold,
    $self->{is_passive} ? 'not written here, since this node is not active' : (),
    $self->_copy,
    $self->_writers,
  );
  my $status = exit_status_name( $self->status );
  return "$status " . $self->label . ': ' . join '; ', @figures ? join( ', ', @figures ) : (),
    map { $_->{message} } $self->findings;
}

# The name that an instance gives the list, and the instance's folder; undef for a list that is
# named by its path.
sub name     { return $_[0]{list}{name} }
sub instance { return $_[0]{list}{instance} }

# The list on the disk, an App::Entraid::ListState; undef if its path is not known.
sub state { return $_[0]{state} }    ## no critic (ProhibitBuiltinHomonyms)

# How the last runs of the list ended, as App::Entraid::RunHistory describes it.
sub last { return $_[0]{last} // {} }    ## no critic (ProhibitBuiltinHomonyms)

# The earliest end of its credentials that is known, in seconds since 1970; otherwise undef.
sub credential_end { return $_[0]{credential_end} }

# The last run that went well, as EntraSync::History has it; empty if none is remembered.
sub good { return $_[0]->last->{good} // {} }

# The figures that are known, for graphs: hashes with a name, a value, and perhaps a unit and
# limits. What a run did is that of the last one that went well.
sub figures {
  my ($self)  = @_;
  my $state   = $self->{state} // return;
  my %limit   = %{ $self->{limit} // {} };
  my @figures = ( { name => 'lines', value => $state->lines } );
  my $is_run  = defined $self->{run_age};
  push @figures,
    { name => 'age',     value => $self->{age},     unit => 's', $is_run ? () : %limit },
    { name => 'run_age', value => $self->{run_age}, unit => 's', %limit };
  my ( $added, $removed, $left_out, $seconds ) =
    @{ $self->good }{qw(added removed skipped seconds)};
  push @figures,
    { name => 'added',    value => $added },
    { name => 'removed',  value => $removed },
    { name => 'left_out', value => $left_out },
    { name => 'seconds',  value => $seconds, unit => 's' },
    { name => 'guard',    value => $state->proposal ? 1 : 0 };
  return grep { defined $_->{value} } @figures;
}

# The same facts for programs.
sub record {
  my ($self)   = @_;
  my $list     = $self->{list};
  my $state    = $self->{state};
  my $proposal = $state && $state->proposal;
  my %figure   = map { $_->{name} => $_->{value} } $self->figures;
  return {
    list           => $self->label,
    status         => exit_status_name( $self->status ),
    real_time      => json_truth( $list->{real_time} ),
    lines          => $state && $state->lines,
    age            => $self->{age},
    run_age        => $self->{run_age},
    interval       => $self->{interval},
    warning        => $self->{limit}{warning},
    critical       => $self->{limit}{critical},
    added          => $figure{added},
    removed        => $figure{removed},
    left_out       => $figure{left_out},
    seconds        => $figure{seconds},
    credential_end => $self->{credential_end},
    accepted       => json_truth( $state && $state->accepts ),
    configurations => [ map { printable_path($_) } @{ $list->{configurations} } ],
    writers        => $list->{writers} && [ map { _writer_record($_) } @{ $list->{writers} } ],
    comparison     => $self->{comparison} && $self->{comparison}->record,
    proposal       => $proposal && { map { $_ => $proposal->{$_} } qw(added removed objection) },
    findings       => [
      map { { status => exit_status_name( $_->{status} ), message => $_->{message} } }
        $self->findings
    ],
  };
}

sub _writer_record {
  my ($writer) = @_;
  return { map { $_ => $writer->{$_} } qw(script by text) };
}

sub _find {
  my ( $self, $status, $message ) = @_;
  push @{ $self->{findings} }, { status => $status, message => $message };
  return;
}

# That nothing tells how the runs went, for a person.
sub _untold {
  my ($self) = @_;
  return if $self->{tells_hidden};
  return 'its runs are not known to this user' if defined $self->{hidden};
  return defined $self->{age} && !$self->{last} ? 'no run of it is known' : ();
}

# Where the same lines are, for a person.
sub _copy {
  my ($self) = @_;
  my $comparison = $self->{comparison} // return;
  return $comparison->is_same ? 'the same lines as ' . $comparison->label : ();
}

# Who writes the list, for a person.
sub _writers {
  my ($self) = @_;
  my $list = $self->{list};
  return unless $list->{writers};
  my @texts = map { $_->{text} } @{ $list->{writers} };
  return @texts ? @texts : "written by no script that was found in $list->{places}";
}

sub _check_list {
  my ($self) = @_;
  my $list   = $self->{list};
  my $state  = $self->{state} = App::Entraid::ListState->new( $list->{path} );
  if ( defined $state->fault ) {
    $self->_find( $state->is_closed ? UNKNOWN : CRITICAL, $state->fault )
      unless $state->is_missing && $self->_is_passive;
  } else {
    my $lines = $state->lines;
    $self->{age} = _age( $self->{now}, $state->changed );
    $self->_find( WARNING, 'it is empty' ) if !$lines && !$list->{real_time};
    $self->_find( WARNING, 'its addresses are looked up in real time, but it is not empty' )
      if $lines && $list->{real_time};
  }
  $self->_find( UNKNOWN, $self->{audit_fault} ) if defined $self->{audit_fault};
  my $last = $self->{last} = $self->_last_runs;
  $last ? $self->_check_runs($last) : $self->_check_change;
  $self->_check_companions;
  my @writers = grep { defined $_->{by} } @{ $list->{writers} // [] };
  $self->_find( WARNING, 'several scripts write it; let one write it' ) if @writers > 1;
  $self->_check_copy if defined $self->{compare} && !defined $state->fault;
  return;
}

# Compares the list with that of another node.
sub _check_copy {
  my ($self) = @_;
  my $comparison = $self->{comparison} =
    App::Entraid::ListComparison->new( $self->{list}{path}, $self->{compare} );
  return $self->_find( UNKNOWN, 'it was not compared: ' . $comparison->fault )
    if defined $comparison->fault;
  return if $comparison->is_same;
  my ( $here, $there ) = ( scalar( () = $comparison->here ), scalar( () = $comparison->there ) );
  $self->_find( WARNING, "lines in it alone: $here, in " . $comparison->label . " alone: $there" );
  return;
}

# How the last runs of the list ended, by the audit, the history and the file; undef if none of them
# knows it.
sub _last_runs {
  my ($self) = @_;
  my $list = $self->{list};
  my $audited =
      $self->{audit} && !$list->{is_unaudited}
    ? $self->{audit}->last_runs( $list->{path}, $self->{now} )
    : undef;
  $self->{source} =
    $audited ? 'the audit names no run that went well' : 'no run that went well is remembered';
  my $remembered;
  my $error   = EntraSync::Error->catch( sub { $remembered = $self->_remembered } );
  my $written = $self->_written;
  my $is_told = $written || $audited && defined $audited->{success};
  $self->_find( UNKNOWN, $error->message ) if $error && !$is_told;
  $self->{hidden} = $self->{history}->hidden_folder if !$error && !$remembered && !$is_told;
  return reduce { _merged( $a, $b ) } grep { defined } $audited, $remembered, $written;
}

# What the file itself tells if each run that goes well writes it; undef if it tells nothing.
sub _written {
  my ($self) = @_;
  my $changed = $self->{state}->changed;
  return
       unless $self->{list}{is_rewritten}
    && defined $changed
    && $changed <= $self->{now} + App::Entraid::RunHistory::AHEAD;
  return { run => $changed, success => $changed };
}

# How the runs of the list ended that are remembered; undef if none is.
sub _remembered {
  my ($self) = @_;
  my $list   = $self->{list};
  my $people = EntraSync::List->new( file => $list->{path} );
  if ( !$list->{real_time} ) {
    $people->add($_) for map { $self->{clients}{$_} // () } @{ $list->{configurations} };
  }
  return $self->{history}->last_runs( $people, $list->{path}, $self->{now} );
}

# What two sources know of the same runs. One may have been begun anew, or not be this user's. A
# failure is over if the other one knows of a good run since then.
sub _merged {
  my ( $one, $other ) = @_;
  my %last = ( %{$other}, %{$one} );
  for my $key (qw(run success)) {
    my @times = grep { defined } map { $_->{$key} } $one, $other;
    $last{$key} = max(@times) if @times;
  }
  delete @last{qw(failure failed)};
  for my $pair ( [ $one, $other ], [ $other, $one ] ) {
    my ( $source, $witness ) = @{$pair};
    my $failed = $source->{failed} // next;
    next if ( $witness->{success} // 0 ) > $failed || ( $last{failed} // 0 ) > $failed;
    @last{qw(failure failed)} = @{$source}{qw(failure failed)};
  }
  return \%last;
}

# Checks when a run last went well, and whether one has failed since then.
sub _check_runs {
  my ( $self, $last ) = @_;
  if ( defined $last->{success} ) {
    $self->{interval} = $last->{interval};
    $self->{run_age}  = _age( $self->{now}, $last->{success} );
    $self->_check_age(
      $self->{run_age},
      'a run went well',
      $self->{limits}->of_runs( $last->{interval} ) );
  } else {
    $self->_find( UNKNOWN, $self->{source} );
  }

  # If the guard stopped the last run, the finding about its proposal says so.
  $self->_find( WARNING, "the last run failed: $last->{failure}" )
    if defined $last->{failure} && !$self->{state}->proposal && !$self->_is_passive;
  return;
}

# Checks when the list last changed, if nothing tells how its runs went.
sub _check_change {
  my ($self) = @_;
  my $limits = $self->{limits};
  my %limit  = $limits->of_change;
  if ( $limits->needs_runs ) {
    $self->_find( UNKNOWN, 'nothing tells when a run last went well' ) unless $self->_is_passive;
  } elsif ( defined $self->{hidden} && !%limit && !$self->_is_passive ) {
    $self->_find( UNKNOWN,
          'its runs are not known to this user, who may not look into '
        . printable_path( $self->{hidden} )
        . '; run this as root, for example by a rule of sudo, or let entraid status go by the age'
        . ' of the list (--warning, --critical)' );
    $self->{tells_hidden} = 1;
  }
  return $self->_check_age( $self->{age}, 'it was changed', %limit );
}

# Whether nobody writes the list on this node. That is asked only if there is something to report.
sub _is_passive {
  my ($self) = @_;
  my $ask = $self->{list}{is_passive} // return 0;
  return $self->{is_passive} //= $ask->();
}

sub _check_age {
  my ( $self, $age, $what, %limit ) = @_;
  return unless defined $age;
  $self->{limit} = \%limit;
  for my $level ( [ CRITICAL, 'critical' ], [ WARNING, 'warning' ] ) {
    my ( $status, $name ) = @{$level};
    my $limit = $limit{$name} // next;
    next unless $age > $limit;
    return if $self->_is_passive;
    return $self->_find( $status, "$what more than " . _span($limit) . ' ago' );
  }
  return;
}

# Checks the files beside the list.
sub _check_companions {
  my ($self) = @_;
  my $state = $self->{state};
  if ( my $proposal = $state->proposal ) {
    my $objection = $proposal->{objection} // 'its reason was not kept';
    my $figures =
      defined $proposal->{added} ? " ($proposal->{added} added, $proposal->{removed} removed)" : '';
    my $text = printable_path( $proposal->{text} );
    $self->_find( WARNING,
      "the guard stopped a change: $objection$figures; "
        . ( $state->accepts ? 'it is accepted for the next run' : "look at $text" ) );
  }
  $self->_find( WARNING, $_ ) for $state->flaws;
  my $leftovers = () = $state->leftovers( $self->{now} );
  $self->_find( WARNING,
    "killed runs left $leftovers .entrasync-*.tmp in its folder; the next run removes them" )
    if $leftovers;
  return;
}

# The client of a configuration; undef, and a finding, if it cannot be opened.
sub _opened {
  my ( $self, $configuration ) = @_;
  my $client;
  my $error = EntraSync::Error->catch( sub { $client = EntraSync::Client->open($configuration) } );
  $self->_find( is_closed($configuration) ? UNKNOWN : CRITICAL, $error->message ) if $error;
  return $client;
}

# Checks whether a run could start with the configurations. Nothing is sent.
sub _check_configurations {
  my ($self) = @_;
  my $list = $self->{list};
  if ( $list->{error} ) {
    my $is_closed = grep { is_closed($_) } @{ $list->{sources} // [] },
      @{ $list->{configurations} };
    return $self->_find( $is_closed ? UNKNOWN : CRITICAL, $list->{error}->message );
  }
  my $people = EntraSync::List->new( template => $list->{template} );
  for my $configuration ( @{ $list->{configurations} } ) {
    my $client = $self->{clients}{$configuration} // next;
    my $error  = EntraSync::Error->catch(
      sub {
        my $fault = EntraSync::Error->catch( sub { $client->check_credential } );
        $self->_find( CRITICAL, $fault->message ) if $fault;
        $self->_find( WARNING,  $_ ) for $client->warnings;
        $self->_note_end( $client->credential_end, $configuration );
        $people->add($client);
      } ) or next;
    $self->_find( CRITICAL, $error->message );
  }
  return;
}

# Keeps the earliest end of the credentials. One that has ended is critical, though a token may live
# on for an hour.
sub _note_end {
  my ( $self, $end, $configuration ) = @_;
  return unless defined $end;
  $self->{credential_end} = $end if $end < ( $self->{credential_end} // 'inf' );
  $self->_find( CRITICAL, printable_path($configuration) . ': its credential has ended' )
    if $end <= $self->{now};
  return;
}

# Seconds since a time. The age is never below 0, even if the clock was set back.
sub _age {
  my ( $now, $time ) = @_;
  return $now > $time ? $now - $time : 0;
}

# A limit, for a person.
sub _span {
  my ($seconds) = @_;
  my ( $number, $unit ) = $seconds < 3600 ? ( $seconds / 60, 'min' ) : ( $seconds / 3600, 'h' );
  return ( 0 + sprintf '%.2f', $number ) . " $unit";
}

sub _ago {
  my ($seconds) = @_;
  return sprintf '%d min ago',  $seconds / 60 if $seconds < 3600;
  return sprintf '%d h ago',    $seconds / 3600 if $seconds < 172_800;
  return sprintf '%d days ago', $seconds / 86_400;
}

1;
