package SecAtGW::LDAPCrons::Failures;

# What went wrong with an instance's lists, in one line.
use 5.016;
use strict;
use warnings;

# What went wrong with an instance's lists, to be told in one line.
sub new {
  my ( $class, $instance ) = @_;
  return bless { instance => $instance, parts => [] }, $class;
}

# Takes in that a list could not be kept; lists that failed for the same reason are told together.
sub add {
  my ( $self, $list, $configurations, $error ) = @_;
  my $reason = $error->bytes;
  if ( index( $reason, "$list: " ) == 0 ) {

    # About the list's file itself: the library says what became of it.
    my $from = @{$configurations} ? ' (from ' . join( ', ', @{$configurations} ) . ')' : '';
    push @{ $self->{parts} }, { text => "$reason$from" };
    return;
  }
  my ($blamed) = grep { index( $reason, "$_: " ) == 0 } @{$configurations};
  $reason = substr $reason, length "$blamed: " if defined $blamed;

  # Two requests never have the same id.
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

# The one line with its newline; nothing when nothing went wrong.
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
