package App::Entraid::Completion;

# What a shell completes of a command line, from the commands.
use 5.016;
use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(bash_completion);

# What bash calls; what it knows of the commands is put in the middle.
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

  # A name may hold spaces, which bash quotes where it takes it for a name.
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

# The script for bash, from the classes of the commands by name: what their `options` are, and what
# else their `completion` says, a hash. In it `operands`, or the name of an option that takes a
# value, has an array of words, or `any`, `folders` or `configurations` for files, or `nothing`. Where
# it says nothing, any file will do.
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

# What a case of the script gives: words or kinds of files.
sub _case {
  my ( $pattern, $what, $indent ) = @_;
  my ( $name, $value ) = ref $what ? ( 'words', "'@{$what}'" ) : ( 'files', $what );
  return '    ' . ( $indent // '' ) . "$pattern) $name=$value ;;";
}

1;
