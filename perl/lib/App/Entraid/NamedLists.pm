package App::Entraid::NamedLists;

# Knows the lists that a command line names.
use 5.016;
use strict;
use warnings;

use App::Entraid::Instance   qw(lists_of_instance);
use App::Entraid::Permission qw(is_closed);
use App::Entraid::Printable  qw(printable_path);
use App::Entraid::Templates  qw(template_of);
use Cwd                      qw(realpath);
use Exporter                 qw(import);
use File::Basename           qw(basename dirname);

our @EXPORT_OK = qw(check_paths is_input named_lists);

# The lists that the command line names, by --file or --instance: hashes as App::Entraid::ListCheck
# takes them.
sub named_lists {
  my ($options) = @_;
  my ( $file, $template, $instances ) = map { $options->value($_) } qw(file template instance);
  my @configurations = $options->operands;
  if ($instances) {
    $options->refuse('--instance takes a path, and not an empty name')
      if grep { !length } @{$instances};
    $options->refuse('--instance names lists, templates and configurations itself')
      if defined $file || defined $template || @configurations;
    require App::Entraid::ListWriters;
    my $writers = App::Entraid::ListWriters->new( map { $_ => $options->value($_) } qw(cron init) );
    return map { lists_of_instance( $_, $writers ) } @{$instances};
  }
  for my $option (qw(cron init)) {
    $options->refuse("--$option is for --instance") if defined $options->value($option);
  }
  $options->refuse('--file, the list, or --instance, the folder of an instance, is missing')
    unless length( $file // '' );
  return {
    path           => $file,
    template       => scalar template_of($options),
    configurations => \@configurations,
  };
}

# Refuses paths of what is known of the runs that cannot be meant.
sub check_paths {
  my ($options) = @_;
  for my $name (qw(audit state)) {
    my $value = $options->value($name) // next;
    $options->refuse("--$name takes a path, and not an empty name")
      unless length $value;
  }
  my $state = $options->value('state');
  return if !defined $state || -d $state || is_closed($state);
  return $options->refuse( '--state takes the folder in which runs are remembered, and '
      . printable_path($state)
      . ' is none' );
}

# Whether a path is that of one of these lists, or of a file that says what one of them holds. A
# file that is still missing counts too. The lists are hashes as App::Entraid::ListCheck takes them.
sub is_input {
  my ( $path, @lists ) = @_;
  my %is_input;
  for my $list (@lists) {
    my @files = ( $list->{path}, @{ $list->{configurations} // [] }, @{ $list->{sources} // [] } );
    $is_input{$_} = 1 for map { _identities($_) } grep { defined } @files;
  }
  return !!grep { $is_input{$_} } _identities($path);
}

# By what a file is recognised: its place, and what is there, which may have several names.
sub _identities {
  my ($path)   = @_;
  my $folder   = realpath( dirname($path) ) // dirname($path);
  my @identity = stat $path;
  return ( "$folder/" . basename($path), @identity ? "@identity[0, 1]" : () );
}

1;
