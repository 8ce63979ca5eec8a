package App::Entraid::Options;

# Reads the options of one of entraid's subcommands.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);
use EntraSync::Error        ();
use Getopt::Long            ();

# Describes the options of a subcommand in the form of Getopt::Long: `file=s`, `verbose|v`.
sub new {
  my ( $class, $command, $known ) = @_;
  return bless { command => $command, known => $known, values => {}, operands => [] }, $class;
}

# Reads a command line.
sub read {    ## no critic (ProhibitBuiltinHomonyms)
  my ( $self, @arguments ) = @_;
  my $values = $self->{values};
  my %many   = map { s/[|=].*//r => 1 } grep { /@\z/ } @{ $self->{known} };
  my $take   = sub {
    my ( $name, $value ) = map { "$_" } @_;
    return push @{ $values->{$name} }, $value if $many{$name};
    die "--$name is given twice\n" if exists $values->{$name};
    $values->{$name} = $value;
  };
  my @complaints;
  my $before  = Getopt::Long::Configure(qw(default gnu_getopt no_auto_abbrev no_ignore_case));
  my $is_good = do {
    local $SIG{__WARN__} = sub { push @complaints, @_ };
    Getopt::Long::GetOptionsFromArray( \@arguments, map { $_ => $take } @{ $self->{known} } );
  };
  Getopt::Long::Configure($before);
  chomp @complaints;
  $self->refuse( lcfirst printable_path( $complaints[0] ) ) unless $is_good;
  $self->{operands} = \@arguments;
  return;
}

# The value of an option; undef if it was not given. It is a reference to an array if the option may
# be given several times.
sub value {
  my ( $self, $name ) = @_;
  return $self->{values}{$name};
}

# The value of an option that takes `auto`, `always` or `never`; `auto` if it was not given.
sub choice {
  my ( $self, $name ) = @_;
  my $when = $self->value($name) // 'auto';
  return $when if grep { $_ eq $when } choices();
  return $self->refuse( "--$name takes auto, always or never, and not " . printable_path($when) );
}

# The values that such an option takes.
sub choices { return qw(auto always never) }

# The arguments that are not options.
sub operands {
  my ($self) = @_;
  return @{ $self->{operands} };
}

# Removes the first operand and returns it.
sub take_operand {
  my ($self) = @_;
  return shift @{ $self->{operands} };
}

# Throws an error that says what is wrong with the command line, and where to read about it.
sub refuse {
  my ( $self, $complaint ) = @_;
  return EntraSync::Error->throw("$self->{command}: $complaint; see entraid help $self->{command}");
}

1;
