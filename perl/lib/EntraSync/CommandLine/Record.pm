package EntraSync::CommandLine::Record;

use 5.016;
use strict;
use warnings;

use EntraSync::CommandLine::Printable qw(HIDDEN printable_path);
use JSON::PP                          ();

# What came of a run, for programs: the manual's section JSON says what the keys mean. All of them
# are always there; what is not known is null.
sub of {
  my ($run) = @_;
  my ( $report, $error ) = ( $run->report, $run->error );
  my $is_stopped = $error && $error->status_name eq 'guard';
  my %record     = (
    list           => printable_path( $run->file ),
    configurations => [ map { printable_path($_) } $run->configurations ],
    warnings       => [ $run->warnings ],
    guard          => $is_stopped ? $error->message : undef,
    error          => $error      ? _error($error)  : undef,
    map { $_ => undef }
      qw(fetched written added removed skips excluded nested_groups changed seconds),
  );
  return \%record unless $report;
  $record{$_}      = $report->$_ for qw(fetched written excluded nested_groups guard);
  $record{added}   = [ $report->added_lines ];
  $record{removed} = [ $report->removed_lines ];
  $record{skips}   = [ $report->skips ];
  $record{changed} = $report->changed ? JSON::PP::true : JSON::PP::false;
  $record{seconds} = 0 + sprintf '%.3f', $report->seconds;
  return \%record;
}

# One line of JSON, in which what would steer a terminal is escaped.
sub json {
  my ($record) = @_;
  my $hidden   = HIDDEN;
  my $text     = JSON::PP->new->canonical->encode($record);
  $text =~ s/($hidden)/_escape( ord $1 )/ge;
  return $text;
}

sub _error {
  my ($error) = @_;
  return {
    status => $error->status_name,
    map { $_ => $error->$_ } qw(message http_status aadsts_code server_code request_id retry_after),
  };
}

# Beyond the first plane JSON takes two halves.
sub _escape {
  my ($character) = @_;
  return sprintf '\\u%04x', $character if $character < 0x1_0000;
  my $rest = $character - 0x1_0000;
  return sprintf '\\u%04x\\u%04x', 0xD800 + ( $rest >> 10 ), 0xDC00 + ( $rest & 0x3FF );
}

1;

__END__

=head1 NAME

EntraSync::CommandLine::Record - what came of a run, as JSON

=cut
