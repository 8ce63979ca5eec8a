package SecAtGW::LDAPCrons::Failures;

# Collects the failures and warnings of an instance's lists for one line of text.
use 5.016;
use strict;
use warnings;

# How many warnings of a list are quoted.
my $MOST_WARNINGS = 3;

# Starts an empty collection for an instance.
sub new {
  my ( $class, $instance ) = @_;
  return bless { instance => $instance, parts => [] }, $class;
}

# Adds that a list could not be brought up to date. Lists with the same reason share one text.
sub add {
  my ( $self, $list, $configurations, $error ) = @_;
  my $reason = $error->bytes;
  if ( index( $reason, "$list: " ) == 0 ) {

    # The error is about the list's file itself. The library's message says what became of the file.
    my $from = @{$configurations} ? ' (from ' . join( ', ', @{$configurations} ) . ')' : '';
    push @{ $self->{parts} }, { text => "$reason$from" };
    return;
  }
  my ($blamed) = grep { index( $reason, "$_: " ) == 0 } @{$configurations};
  $reason = substr $reason, length "$blamed: " if defined $blamed;

  # Two requests never have the same id, so the id must not keep equal reasons apart.
  my $key = $reason;
  $key =~ s/ \[[^][]*\Q$_\E[^][]*\]// for grep { defined } $error->request_id;

  my ($part) = grep { defined $_->{key} && $_->{key} eq $key } @{ $self->{parts} };
  push @{ $self->{parts} }, $part = { key => $key, reason => $reason, blamed => [] }
    unless $part;
  push @{ $part->{lists} }, $list;
  push @{ $part->{blamed} }, $blamed
    if defined $blamed && !grep { $_ eq $blamed } @{ $part->{blamed} };
  return;
}

# Adds that a list is up to date, with what a person should know all the same. A report without
# warnings adds nothing.
sub add_warnings {
  my ( $self, $list, $report ) = @_;
  my @warnings = $report->warnings or return;
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

sub _number {
  my ( $count, $one, $many ) = @_;
  return "$count " . ( $count == 1 ? $one : $many );
}

# The line with its newline; nothing if nothing went wrong.
sub line {
  my ($self) = @_;
  return unless @{ $self->{parts} };
  my $line = "$self->{instance}: " . join '; ', map { _text($_) } @{ $self->{parts} };
  $line =~ s/[[:cntrl:]]/?/g;
  return "$line\n";
}

sub _text {
  my ($part) = @_;
  return $part->{text} if defined $part->{text};
  my @lists  = @{ $part->{lists} };
  my $state  = @lists > 1           ? 'were left as they were' : 'was left as it was';
  my $blamed = @{ $part->{blamed} } ? join( ', ', @{ $part->{blamed} } ) . ': ' : '';
  return join( ', ', @lists ) . " $state: $blamed$part->{reason}";
}

1;
