package SecAtGW::LDAPCrons::Failures;

# Collects the failures and warnings of an instance's lists for one line of text.
use 5.016;
use strict;
use warnings;

# How many warnings of a list are quoted.
my $MOST_WARNINGS = 3;

# The reasons that this process has told: for each one the first instance, and the others.
my @told;

# The process that has to name them. A child that it forks has not.
my $process = 0;

# Starts an empty collection for an instance.
sub new {
  my ( $class, $instance ) = @_;
  return bless { instance => $instance, parts => [] }, $class;
}

# Adds that a list could not be brought up to date, as EntraSync::History::Quiet has noted it. Lists
# with the same reason share one text. A reason that another instance has told in this process is
# not told again: at its end the process names all further instances.
sub add {
  my ( $self, $list, $configurations, $error, $quiet ) = @_;
  my $reason = $error->bytes;
  my $suffix = $quiet->suffix;
  if ( index( $reason, "$list: " ) == 0 ) {

    # The error is about the list's file itself. The library's message says what became of the file.
    my $from = @{$configurations} ? ' (from ' . join( ', ', @{$configurations} ) . ')' : '';
    push @{ $self->{parts} }, { text => "$reason$from$suffix" };
    return;
  }
  my ($blamed) = grep { index( $reason, "$_: " ) == 0 } @{$configurations};
  $reason = substr $reason, length "$blamed: " if defined $blamed;

  # Two requests never have the same id, so the id must not keep equal reasons apart.
  my $key = $reason;
  $key =~ s/ \[[^][]*\Q$_\E[^][]*\]// for grep { defined } $error->request_id;

  $key    .= $suffix;
  $reason .= $suffix;
  my ($part) = grep { defined $_->{key} && $_->{key} eq $key } @{ $self->{parts} };
  push @{ $self->{parts} },
    $part = { key => $key, reason => $reason, blamed => [], is_noted => $quiet->is_noted }
    unless $part;
  push @{ $part->{lists} }, $list;
  push @{ $part->{blamed} }, $blamed
    if defined $blamed && !grep { $_ eq $blamed } @{ $part->{blamed} };
  return;
}

# Adds that a list is up to date, with what a person should know all the same: these warnings, or
# all those of the report. Without a warning it adds nothing.
sub add_warnings {
  my ( $self, $list, $report, $told ) = @_;
  my @warnings = $told ? @{$told} : $report->warnings or return;
  my $count    = @warnings;
  utf8::encode($_) for @warnings;
  splice @warnings, $MOST_WARNINGS, @warnings, 'and ' . ( $count - $MOST_WARNINGS ) . ' more'
    if $count > $MOST_WARNINGS;
  my $verdict  = $report->changed ? 'was written' : 'is up to date';
  my $disputed = _number( $report->disputed, 'address', 'addresses' );
  my $number   = _number( $count,            'warning', 'warnings' );
  $number .= " ($disputed disputed)" if $report->disputed;
  push @{ $self->{parts} }, { text => "$list $verdict with $number: " . join '; ', @warnings };
  return;
}

# Adds that troubles of a list are over. Lists of which the same is said share one text.
sub add_ended {
  my ( $self, $list, @texts ) = @_;
  for my $text (@texts) {
    utf8::encode($text);
    my ($part) = grep { defined $_->{over} && $_->{over} eq $text } @{ $self->{parts} };
    push @{ $self->{parts} }, $part = { over => $text } unless $part;
    push @{ $part->{lists} }, $list;
  }
  return;
}

sub _number {
  my ( $count, $one, $many ) = @_;
  return "$count " . ( $count == 1 ? $one : $many );
}

# The line with its newline; nothing if nothing went wrong.
sub line {
  my ($self) = @_;
  my @parts = grep { !$self->_is_told($_) } @{ $self->{parts} } or return;
  return _line( "$self->{instance}: " . join '; ', map { _text($_) } @parts );
}

sub _line {
  my ($line) = @_;
  $line =~ s/[[:cntrl:]]/?/g;
  return "$line\n";
}

# Whether another instance has told the same. An instance that runs again tells all of it again.
sub _is_told {
  my ( $self, $part ) = @_;
  return 0 unless $part->{is_noted};
  my $key = $part->{key};
  my ($told) = grep { $_->{key} eq $key } @told;
  if ( !$told || $told->{first} eq $self->{instance} ) {
    push @told, { key => $key, first => $self->{instance}, others => [] } unless $told;
    return 0;
  }
  push @{ $told->{others} }, $self->{instance};
  $process = $$;
  return 1;
}

# The lines that name the further instances, and forgets them.
sub rest {
  my @lines;
  for my $told ( grep { @{ $_->{others} } } @told ) {
    my %seen;
    my @others = grep { !$seen{$_}++ } @{ $told->{others} };
    my $count  = @others == 1 ? 'one more instance has' : @others . ' more instances have';
    push @lines, _line( "$count the same failure as $told->{first}: " . join ', ', @others );
  }
  @told = ();
  return @lines;
}

END {
  my @rest = $process == $$ ? rest() : ();
  print {*STDERR} @rest if @rest;
}

sub _text {
  my ($part) = @_;
  return $part->{text} if defined $part->{text};
  return join( ', ', @{ $part->{lists} } ) . ": $part->{over}" if defined $part->{over};
  my @lists  = @{ $part->{lists} };
  my $state  = @lists > 1           ? 'were left as they were' : 'was left as it was';
  my $blamed = @{ $part->{blamed} } ? join( ', ', @{ $part->{blamed} } ) . ': ' : '';
  return join( ', ', @lists ) . " $state: $blamed$part->{reason}";
}

1;
