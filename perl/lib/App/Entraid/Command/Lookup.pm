package App::Entraid::Command::Lookup;

# Asks for addresses in real time: entraid lookup.
use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus qw(OK WARNING exit_status_of);
use App::Entraid::Printable  qw(printable);
use App::Entraid::Record     qw(json_line lookup_record);
use App::Entraid::Session    ();
use EntraSync                ();

# An address has some 300 bytes at the most. A longer line comes from another file.
my $LONGEST_LINE = 4096;

sub options { return ( App::Entraid::Session->options, qw(aliases stdin) ) }

sub completion { return App::Entraid::Session->completion }

# Asks in real time whether addresses belong to members. It touches no file.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my @addresses = _addresses($options);
  my $run       = App::Entraid::Session->new($options);
  my @answers;
  $run->watch(
    sub {
      my $lookup = EntraSync::Lookup->new(
        template => $run->shape,
        aliases  => $options->value('aliases') // 0,
        clients  => [ map { $run->client($_) } $run->configurations ],
      );
      @answers = $lookup->find(@addresses);
      $run->note_report( $lookup->report ) if $lookup->report;
    } );
  _tell( $run, $output, @answers );
  my ($failure) = grep { defined } $run->error, map { $_->error } @answers;
  return exit_status_of($failure) if $failure;
  return ( grep { !$_->is_member } @answers ) ? WARNING : OK;
}

# The addresses: the first operand, or the lines of the standard input.
sub _addresses {
  my ($options) = @_;
  my @addresses;
  if ( $options->value('stdin') ) {
    @addresses = _lines($options);
  } else {
    push @addresses, $options->take_operand // q();
    $options->refuse('the address comes first, and configurations after it')
      if $addresses[0] =~ /\.entraidconf\z/i;
  }

  # An address that is not UTF-8 cannot be in a list. It is asked for as it is.
  utf8::decode($_) for @addresses;

  # Windows programs may begin a text with a byte order mark and end lines with CR LF.
  s/\A\x{FEFF}?\s*|\s+\z//g for @addresses;
  @addresses = grep { length } @addresses;
  return @addresses if @addresses;
  return $options->refuse(
    $options->value('stdin') ? 'the standard input has no address' : 'the address is missing' );
}

# The lines of the standard input, which may be anything: it is read in blocks.
sub _lines {
  my ($options) = @_;
  my @lines;
  my $rest = q();
  local $/ = \65_536;
  while ( defined( my $block = readline STDIN ) ) {
    my @whole = split /\n/, $rest . $block, -1;
    $options->refuse("a line of the standard input has more than $LONGEST_LINE bytes")
      if grep { length > $LONGEST_LINE } @whole;
    $rest = pop @whole;
    push @lines, @whole;
  }
  return ( @lines, $rest );
}

sub _tell {
  my ( $run, $output, @answers ) = @_;
  if ( $run->is_json ) {
    my $record = lookup_record( $run, @answers );
    $output->say( json_line($record) );
    return;
  }
  $output->complain("warning: $_") for $run->warnings;
  $output->complain($_) for $run->skips;
  $output->complain( 'entraid: ' . $run->error ) if $run->error;
  for my $answer (@answers) {
    my $address = printable( $answer->address );
    $output->say( map { "$address: $_" } _words($answer) );
  }
  return;
}

# The lines to print about one address. A member with several lines in a list gets several.
sub _words {
  my ($answer) = @_;
  return printable( 'cannot tell: ' . $answer->error ) if $answer->error;
  return map { 'member: ' . printable($_) } $answer->lines if $answer->is_member;
  return 'not a member' unless defined $answer->reason;
  return 'in the groups, but without a line: ' . printable( $answer->reason );
}

1;
