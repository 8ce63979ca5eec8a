package App::Entraid::Report::ListFacts;

# What a report says about one list.
#
# That is its state, its runs, who is left out, the change that waits for a person and, if a server
# may be asked, what the next run would do.
use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus     qw(exit_status_name);
use App::Entraid::ListCheck      ();
use App::Entraid::ListState      ();
use App::Entraid::Mask           qw(mask_id mask_line mask_text);
use App::Entraid::Printable      qw(printable_path shell_path);
use App::Entraid::Report::Series ();
use EntraSync                    ();
use EntraSync::History           ();

# How many runs are read at most: more than a year of hourly ones.
use constant MOST => 10_000;

# How many lines that go, and how many that come, are shown of a change.
use constant LINES => 100;

# Reads the facts. The list is a hash as App::Entraid::ListCheck takes it. The named arguments are
# `now`, the time; `since`, when the first run began; `history`, a RunHistory, and `state`, its
# folder, if it was named; `audit`, an AuditFile; `progress`, a Progress, if a server may be asked
# what the next run would do; and `is_masked`, whether nobody may be recognised.
sub new {
  my ( $class, $list, %named ) = @_;
  my $self = bless { %named, list => $list }, $class;
  $self->{check} =
    App::Entraid::ListCheck->new( $list, map { $_ => $named{$_} } qw(now history audit) );
  $self->{clients} = [ map { $self->_opened($_) } $self->_configurations ];
  $self->{$_} = [] for qw(runs people);
  if ( defined $list->{path} ) {
    $self->_read_runs;
    $self->_read_proposal;
    $self->_read_people;
    $self->_preview if $self->{progress} && !$list->{real_time};
  }
  $self->{series} = App::Entraid::Report::Series->new( $self->{runs}, $named{now} );
  return $self;
}

# The time for which the facts are told.
sub now { return $_[0]{now} }

# The list's path or, if there is none, its label; and its last part.
sub label { return $_[0]{check}->label }
sub name  { return $_[0]->label =~ s{.*/(?=.)}{}sr }

# The exit status of its worst finding.
sub exit_status { return $_[0]{check}->status }

# The word for its state, and what was found: hashes with `status`, such a word, and `message`.
sub status { return exit_status_name( $_[0]->exit_status ) }

sub findings {
  my ($self) = @_;
  return map {
    {
      status  => exit_status_name( $_->{status} ),
      message => $self->_shown( $_->{message} ) }
  } $self->{check}->findings;
}

# The facts of the check, as App::Entraid::ListCheck has them for programs.
sub record { return $_[0]{record} //= $_[0]{check}->record }

# The runs, the latest first, and their course.
sub runs   { return @{ $_[0]{runs} } }
sub series { return $_[0]{series} }

# Why there are no runs.
sub silence {
  my ($self) = @_;
  return 'Its runs cannot be read.' if defined $self->{history_fault};
  return 'Its runs are not known to this user.'
    if defined $self->{history}->hidden_folder;
  return 'No run of this time is remembered.';
}

# Whether there may be earlier runs than those that were read.
sub is_cut { return @{ $_[0]{runs} } == MOST }

# The last run that has read all groups; undef if none has.
sub last_reading {
  my ($self) = @_;
  my ($run)  = grep { @{ $_->{groups} } } $self->runs;
  return $run;
}

# The people who are left out, as far as they are known: hashes with `name`, `names` and `reason`.
sub people { return @{ $_[0]{people} } }

# Where that is known from: `preview`, `audit` or undef.
sub source { return $_[0]{source} }

# The change that the guard stopped, a hash: `objection`, why; `text`, the path of the file that has
# it; `accept`, the path of the file that accepts it; `is_readable`; `is_accepted`; `is_mistaken`,
# whether a file beside the list is not trusted; and what a difference has: `removed` and `added`,
# how many lines; `lines`, the first of each, as pairs of a sign and a line; and `more`, how many
# others. undef if there is none.
sub proposal { return $_[0]{proposal} }

# What the next run would do: a hash with `error`, or with what a difference has; `written`, how
# many lines the list would have; `fetched`, how many people were read; `is_changed`; `guard`, what
# the guard has against it; and `warnings`. undef if no server was asked.
sub preview { return $_[0]{preview} }

# Why the report lacks something: one line each.
sub faults {
  my ($self) = @_;
  return grep { defined } $self->{history_fault}, $self->{preview} && $self->{preview}{error};
}

sub _configurations { return @{ $_[0]{list}{configurations} // [] } }

# Text that may name people.
sub _shown {
  my ( $self, $text ) = @_;
  return $self->{is_masked} && defined $text ? mask_text($text) : $text;
}

sub _shown_line {
  my ( $self, $line ) = @_;
  return $self->{is_masked} ? mask_line($line) : $line;
}

# The client of a configuration; nothing if it cannot be opened, which the check says.
sub _opened {
  my ( $self, $configuration ) = @_;
  my $client;
  EntraSync::Error->catch(
    sub {
      $client = EntraSync::Client->open($configuration);
    } );
  return $client // ();
}

sub _read_runs {
  my ($self) = @_;
  my ( $list, $folder ) = ( $self->{list}, $self->{state} );
  my $error = EntraSync::Error->catch(
    sub {
      my @which = ( list => $list->{path}, folder => $folder );
      if ( !defined $folder ) {
        my @clients = $list->{real_time} ? () : @{ $self->{clients} };
        @which =
          ( list => EntraSync::List->new( file => $list->{path}, clients => \@clients ) );
      }
      my @runs = EntraSync::History->runs( @which, since => $self->{since}, most => MOST );
      $self->{runs} = [
        map {
          { %{$_}, message => $self->_shown( $_->{message} ) }
        } @runs
      ];
    } );
  $self->{history_fault} = $self->_shown( $error->message ) if $error;
  return;
}

sub _read_proposal {
  my ($self)   = @_;
  my $state    = App::Entraid::ListState->new( $self->{list}{path} );
  my $proposal = $state->proposal // return;
  my $path     = $proposal->{text};
  my ( $removed, $added ) = _changes_in($path);
  $self->{proposal} = {
    $self->_difference( $removed, $added ),
    objection   => $self->_shown( $proposal->{objection} ),
    is_readable => defined $proposal->{removed},
    is_accepted => $state->accepts,
    is_mistaken => scalar( () = $state->flaws ),
    accept      => shell_path( $path =~ s/\.proposed\.diff\z/.accept/r ),
    text        => printable_path($path),
  };
  return;
}

# The lines that would go and come, of the file beside the list: two arrays, in which those that are
# not shown are undef. Both are empty if the file cannot be read.
sub _changes_in {
  my ($path) = @_;
  my %lines = ( '-' => [], '+' => [] );
  if ( -f $path && open my $file, '<', $path ) {
    while ( my $line = <$file> ) {
      my ( $sign, $text ) = $line =~ /\A([-+]) (.*)/ or next;
      my $known = $lines{$sign};
      push @{$known}, @{$known} < LINES ? printable_path($text) : undef;
    }
  }
  return @lines{qw(- +)};
}

# How many lines go and come, and the first of each, as pairs of a sign and a line.
sub _difference {
  my ( $self, $removed, $added ) = @_;
  my @lines;
  for my $kind ( [ '-', $removed ], [ '+', $added ] ) {
    my ( $sign, $all ) = @{$kind};
    my $last = $#{$all} < LINES ? $#{$all} : LINES - 1;
    push @lines, map { [ $sign, $self->_shown_line($_) ] } @{$all}[ 0 .. $last ];
  }
  return (
    removed => scalar @{$removed},
    added   => scalar @{$added},
    lines   => \@lines,
    more    => @{$removed} + @{$added} - @lines,
  );
}

sub _read_people {
  my ($self) = @_;
  $self->_keep_people( 'audit', $self->{audit}->left_out( $self->{list}{path} ) )
    if $self->{audit} && !$self->{list}{is_unaudited};
  return;
}

sub _keep_people {
  my ( $self, $source, @people ) = @_;
  $self->{source} = $source;
  $self->{people} = [ map { $self->_person($_) } @people ];
  return;
}

sub _person {
  my ( $self, $person ) = @_;
  my ( $id,   $reason ) = @{$person}{qw(name reason)};
  my ( $name, $sign_in ) =
    map { defined $_ ? $self->_shown_line($_) : undef } @{$person}{qw(display_name sign_in_name)};
  return {
    name   => $self->{is_masked} ? mask_id($id) : $id,
    reason => $self->_shown($reason),
    names  => join( ', ', defined $name ? qq("$name") : (), $sign_in // () ),
  };
}

# Asks the server what the next run would do.
sub _preview {
  my ($self) = @_;
  my $list = $self->{list};
  return if !$self->_configurations || $list->{error};
  my $report;
  my $error = EntraSync::Error->catch(
    sub {
      my $people = EntraSync::List->new(
        file     => $list->{path},
        template => $list->{template},
        clients  => [ map { $self->_required($_) } $self->_configurations ],
      );
      $report = $self->{progress}->during( sub { $people->preview } );
    } );
  return $self->{preview} = { error => $self->_shown( $error->message ) } if $error;
  $self->_keep_people( 'preview', $report->skips );
  $self->{preview} = {
    $self->_difference( [ $report->removed_lines ], [ $report->added_lines ] ),
    guard      => $self->_shown( $report->guard ),
    warnings   => [ map { $self->_shown($_) } $report->warnings ],
    is_changed => $report->changed,
    map { $_ => $report->$_ } qw(written fetched),
  };
  return;
}

# The client of a configuration. Throws if it cannot be opened.
sub _required {
  my ( $self, $configuration ) = @_;
  return EntraSync::Client->open( $configuration, progress => $self->{progress}->of_client );
}

1;
