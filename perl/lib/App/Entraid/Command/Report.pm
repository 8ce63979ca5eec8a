package App::Entraid::Command::Report;

# Makes a page about lists: entraid report.
use 5.016;
use strict;
use warnings;

use App::Entraid::Dropin::Files     qw(attempt put);
use App::Entraid::ExitStatus        qw(OK WARNING compare_exit_statuses);
use App::Entraid::NamedLists        qw(check_paths is_input named_lists);
use App::Entraid::Options           ();
use App::Entraid::Printable         qw(printable_path);
use App::Entraid::Progress          ();
use App::Entraid::Report::ListFacts ();
use App::Entraid::Report::Page      qw(is_page page);
use App::Entraid::RunHistory        ();
use App::Entraid::Templates         qw(template_names);
use EntraSync                       ();

# How many days are shown, if the command line does not say.
use constant DAYS => 365;

sub options {
  return (
    qw(file=s template=s instance=s@ cron=s@ init=s audit=s state=s days=s preview mask output=s),
    App::Entraid::Progress->options );
}

sub completion {
  return (
    operands => 'configurations',
    template => [ template_names() ],
    instance => 'folders',
    state    => 'folders',
    days     => 'nothing',
    progress => [ App::Entraid::Options->choices ],
  );
}

# Makes the page. Complains about what it lacks.
sub run {
  my ( $class, $command, $options, $output ) = @_;
  my @lists = named_lists($options);
  check_paths($options);
  $options->refuse('--preview needs the configurations')
    if $options->value('preview') && !$options->value('instance') && !$options->operands;
  my $days = $options->value('days') // DAYS;
  $options->refuse( '--days takes a whole number, such as 30, and not ' . printable_path($days) )
    unless $days =~ /\A[1-9][0-9]{0,4}\z/;
  my $path = $options->value('output');
  _check_target( $path, @lists ) if defined $path;
  my $audit = $options->value('audit');
  require App::Entraid::AuditFile if defined $audit;
  my %named = (
    now       => time,
    since     => time - 86_400 * $days,
    audit     => defined $audit ? App::Entraid::AuditFile->new($audit) : undef,
    state     => $options->value('state'),
    history   => App::Entraid::RunHistory->new( $options->value('state') ),
    is_masked => $options->value('mask'),
  );
  my @facts = map {
    App::Entraid::Report::ListFacts->new( $_, %named,
      progress => $options->value('preview') ? App::Entraid::Progress->of($options) : undef )
  } @lists;
  @facts = sort { compare_exit_statuses( $a->exit_status, $b->exit_status ) } @facts;
  my $page   = page( %named, facts => \@facts, days => $days );
  my @faults = map { $_->faults } @facts;
  utf8::encode($page);
  defined $path ? _put( $path, $page ) : $output->print_bytes($page);
  $output->complain("entraid: $_") for @faults;
  return @faults ? WARNING : OK;
}

# A page replaces a page that this command has made, and nothing else: a list, a configuration or a
# page of somebody else would be lost, and everybody who may read that one could read the names.
sub _check_target {
  my ( $path, @lists ) = @_;
  EntraSync::Error->throw(
    printable_path($path) . ' is a list or one of its configurations; name another file' )
    if is_input( $path, @lists );
  return unless -e $path || -l $path;
  my $begin = q();
  if ( -f $path ) {
    attempt(
      $path,
      'cannot be read',
      sub {
        open my $file, '<:raw', $path or return;
        return defined read $file, $begin, 1024;
      } );
    return if is_page($begin);
  }
  EntraSync::Error->throw( printable_path($path)
      . ' was not made by entraid report, and is not replaced; name another file, or remove it' );
}

# Writes the page in one step. A new one is for its owner alone, and an old one keeps its owner and
# mode.
sub _put {
  my ( $path, $page ) = @_;
  my @attributes = stat $path;
  @attributes[ 2, 4, 5 ] = ( 0600, $>, 0 + $) ) unless @attributes;
  put( $path, $page, @attributes );
  return;
}

1;
