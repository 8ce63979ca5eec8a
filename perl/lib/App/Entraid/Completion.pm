package App::Entraid::Completion;

# Makes the script with which bash completes entraid's command line.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(bash_completion);

# The script for bash. The cases for the commands replace each %s.
my $SCRIPT = <<'BASH';
# What bash completes for entraid; made by: entraid completion bash

_entraid() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
  local command=${COMP_WORDS[1]} words='' files='' index

  # For bash the = of --file=LIST is a word of its own.
  if [[ $word == = ]]; then
    word=
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ ${COMP_WORDS[index]} == -- ]]; then option=--; fi
  done
  if ((COMP_CWORD == 1)); then
    command= option=
  fi

  case $command:$option in
%s
  esac
  if [[ $option != -- && $word == -* && -z $words$files ]]; then
    case $command in
%s
    esac
  elif [[ -z $words$files ]]; then
    case $command in
%s
    esac
  fi

  COMPREPLY=()
  if [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    return
  fi

  # A file name may hold spaces. bash quotes them if it knows that the words are file names.
  compopt -o filenames 2>/dev/null
  case $files in
    any) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    folders) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    configurations)
      mapfile -t COMPREPLY < <(compgen -d -- "$word"; compgen -f -X '!*.entraidconf' -- "$word") ;;
  esac
}

complete -F _entraid entraid
BASH

# Returns the script for bash. It is given the classes of the commands by name, and reads their
# `options` and `completion`. `completion` returns a hash. A key is `operands` or the name of an
# option that takes a value. The value is an array of words, or `any`, `folders` or `configurations`
# for files, or `nothing`. Without a key any file is completed.
sub bash_completion {
  my (%class_of) = @_;
  my ( @values, @options, @operands );
  for my $command ( sort keys %class_of ) {
    my $class = $class_of{$command};
    my %known = $class->can('completion') ? $class->completion : ();
    my @names;
    for my $option ( $class->options, 'help|h' ) {
      my ( $name, @others ) = split /[|]/, $option =~ s/[=:].*//r;
      push @names, "--$name";
      next unless $option =~ /=/;
      push @values,
        _case( join( '|', map { "$command:" . ( /../ ? "--$_" : "-$_" ) } $name, @others ),
        $known{$name} // 'any' );
    }
    push @options,  _case( $command, [ sort @names ],           '  ' );
    push @operands, _case( $command, $known{operands} // 'any', '  ' );
  }
  my @first = ( sort( keys %class_of ), qw(--help --version) );
  unshift @values, _case( ':', \@first );
  return sprintf $SCRIPT, map { join "\n", @{$_} } \@values, \@options, \@operands;
}

# One case of the script. It sets the words, or the kind of files, to complete.
sub _case {
  my ( $pattern, $what, $indent ) = @_;
  my ( $name, $value ) = ref $what ? ( 'words', "'@{$what}'" ) : ( 'files', $what );
  return '    ' . ( $indent // '' ) . "$pattern) $name=$value ;;";
}

1;
