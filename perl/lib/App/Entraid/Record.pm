package App::Entraid::Record;

# Describes results as records for JSON.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(HIDDEN printable_path);
use Exporter                qw(import);

# What the records of all runs count.
use constant COUNTS => qw(
  fetched written excluded disputed nested_groups contacts devices service_principals
  unknown_kinds readings
);

our @EXPORT_OK =
  qw(change_record check_record error_record json_line json_truth lookup_record search_record);

# The record of a search. The manual says what the keys mean. All keys are always present; a value
# that is not known is null.
sub search_record {
  my ($run) = @_;
  my $record = _of($run);
  $record->{lines} = $run->report ? [ $run->lines ] : undef;
  return $record;
}

# The record of a lookup.
sub lookup_record {
  my ( $run, @answers ) = @_;
  return {
    configurations => [ map { printable_path($_) } $run->configurations ],
    warnings       => [ $run->warnings ],
    skips          => $run->report ? [ $run->report->skips ]     : undef,
    error          => $run->error  ? error_record( $run->error ) : undef,
    answers        => [ map { _answer($_) } @answers ],
  };
}

# The record of checks, one for each configuration.
sub check_record {
  my (@checks) = @_;
  return { configurations => [ map { _check($_) } @checks ] };
}

# The record of a change that was made, or would be made, to a list. All keys are always present.
sub change_record {
  my ($run) = @_;
  my ( $report, $error ) = ( $run->report, $run->error );
  my $is_stopped = $error && $error->status_name eq 'guard';
  my %record     = (
    %{ _of($run) },
    list  => printable_path( $run->file ),
    guard => $is_stopped ? $error->message : undef,
    map { $_ => undef } qw(added removed changed),
  );
  return \%record unless $report;
  $record{guard}   = $report->guard;
  $record{added}   = [ $report->added_lines ];
  $record{removed} = [ $report->removed_lines ];
  $record{changed} = json_truth( $report->changed );
  return \%record;
}

sub _answer {
  my ($answer) = @_;
  my $is_member = $answer->is_member;
  return {
    address    => $answer->address,
    member     => defined $is_member ? json_truth($is_member) : undef,
    reason     => $answer->reason,
    lines      => [ $answer->lines ],
    attributes => { map { $_ => [ $answer->values($_) ] } $answer->attributes },
    error      => $answer->error ? error_record( $answer->error ) : undef,
  };
}

sub _check {
  my ($check) = @_;
  return {
    configuration => printable_path( $check->configuration ),
    steps         => [ $check->steps ],
    samples       => [ $check->samples ],
    token_end     => $check->token_end,
    error         => $check->error ? error_record( $check->error ) : undef,
  };
}

# The keys that the records of all runs share.
sub _of {
  my ($run) = @_;
  my ( $report, $error ) = ( $run->report, $run->error );
  my %record = (
    configurations => [ map { printable_path($_) } $run->configurations ],
    warnings       => [ $run->warnings ],
    error          => $error ? error_record($error) : undef,
    map { $_ => undef } COUNTS, qw(skips seconds),
  );
  return \%record unless $report;
  $record{$_}      = $report->$_ for COUNTS;
  $record{skips}   = [ $report->skips ];
  $record{seconds} = 0 + sprintf '%.3f', $report->seconds;
  return \%record;
}

# A truth value in JSON.
sub json_truth {
  my ($value) = @_;
  require JSON::PP;
  return $value ? JSON::PP::true() : JSON::PP::false();
}

# One line of JSON. Characters that would control a terminal are escaped.
sub json_line {
  my ($record) = @_;
  my $hidden = HIDDEN;
  require JSON::PP;
  my $text = JSON::PP->new->canonical->encode($record);
  $text =~ s/($hidden)/_escape( ord $1 )/ge;
  return $text;
}

# The record of an error. One that was not foreseen is a text.
sub error_record {
  my ($error) = @_;
  my @others = qw(http_status aadsts_code server_code request_id retry_after);
  return { status => undef, message => $error =~ s/\s+\z//r, map { $_ => undef } @others }
    if !ref $error;
  return {
    status => $error->status_name,
    map { $_ => $error->$_ } 'message', @others,
  };
}

# The JSON escape of a character. Above U+FFFF it is a surrogate pair.
sub _escape {
  my ($character) = @_;
  return sprintf '\\u%04x', $character if $character < 0x1_0000;
  my $rest = $character - 0x1_0000;
  return sprintf '\\u%04x\\u%04x', 0xD800 + ( $rest >> 10 ), 0xDC00 + ( $rest & 0x3FF );
}

1;
