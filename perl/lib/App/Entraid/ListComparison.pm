package App::Entraid::ListComparison;

# Compares a list with a copy of the same list, which another node of the gateway keeps.
use 5.016;
use strict;
use warnings;

use App::Entraid::Printable qw(printable_path);

# Compares the list with the copy. The copy is a file, a folder in which the copy has the list's
# name, or `-`, the standard input. If either cannot be read, `fault` says so.
sub new {
  my ( $class, $list, $copy ) = @_;
  my $self = bless { copy => $copy }, $class;
  my $name = $list =~ s{.*/}{}sr;
  $self->{copy} =~ s{/*\z}{/$name} if $copy ne '-' && -d $copy;
  my ( $here, $there ) = map { _lines($_) } $list, $self->{copy};
  $there = 'the standard input is empty; was the copy read?'
    if $copy eq '-' && ref $here && ref $there && %{$here} && !%{$there};
  for my $side ( $there, $here ) { $self->{fault} = $side unless ref $side }
  return $self if defined $self->{fault};
  $self->{here}  = [ _surplus( $here,  $there ) ];
  $self->{there} = [ _surplus( $there, $here ) ];
  return $self;
}

# Why nothing can be said; undef if the lists were compared.
sub fault { return $_[0]{fault} }

# The lines that the list has and the copy has not, or less often, and the other way round.
sub here  { return @{ $_[0]{here}  // [] } }
sub there { return @{ $_[0]{there} // [] } }

# Whether both have the same lines, in whatever order.
sub is_same {
  my ($self) = @_;
  return !defined $self->fault && !$self->here && !$self->there;
}

# The copy, for a person.
sub label {
  my ($self) = @_;
  return $self->{copy} eq '-' ? 'the standard input' : printable_path( $self->{copy} );
}

# The facts for programs.
sub record {
  my ($self) = @_;
  return {
    copy  => $self->label,
    here  => defined $self->fault ? undef : [ map { printable_path($_) } $self->here ],
    there => defined $self->fault ? undef : [ map { printable_path($_) } $self->there ],
  };
}

# The lines that one has more often than the other.
sub _surplus {
  my ( $one, $other ) = @_;
  return grep { $one->{$_} > ( $other->{$_} // 0 ) } sort keys %{$one};
}

# How often a file has each line, or why it cannot be read. A carriage return is a part of the line.
sub _lines {
  my ($path) = @_;
  my $shown = $path eq '-' ? 'the standard input' : printable_path($path);
  my $handle;
  if ( $path eq '-' ) {
    $handle = \*STDIN;
  } else {
    return "there is no $shown" unless -e $path;
    return "$shown is not a regular file" unless -f _;
    open $handle, '<', $path or return "$shown cannot be read ($!)";
  }
  my %lines;
  local $! = 0;
  while ( my $line = readline $handle ) {
    chomp $line;
    $lines{$line}++ if length $line;
  }
  return $! ? "$shown cannot be read ($!)" : \%lines;
}

1;
