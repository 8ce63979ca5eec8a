package SecAtGW::LDAPCrons;

use 5.016;
use strict;
use warnings;

use EntraSync;
use EntraSync::History::Quiet     ();
use File::Basename                qw(basename);
use SecAtGW::LDAPCrons::Arguments ();
use SecAtGW::LDAPCrons::Failures  ();
use SecAtGW::LDAPCrons::Settings  ();
use SecAtGW::Templates            qw(%TEMPLATE);

our $VERSION = '1.0.0';

# The product's names of the settings. Names that a site has set before this module is loaded stay.
our %KEYS;
%KEYS = (
  sender_file  => 'ALLOWEDLDAPSENDERFILE',
  sender_confs => 'ENTRAIDSENDERCONFS',
  sender_mode  => 'LDAPSENDERMODE',
  sms_file     => 'LDAPGSMLISTFILE',
  sms_confs    => 'ENTRAIDGSMCONFS',
  sms_mode     => 'LDAPGSMMODE',
  %KEYS,
);

# Whether cron is told of each trouble in each run, and not only of what is news.
our $LOUD;

# How long all instances of one process may take together, in seconds. A list that is begun by then
# takes no longer than its TIMEOUT.
our $TOTALTIMEOUT = 45 * 60;

# What the instances of one batch share: when it began and was at work last, and a client. A process
# that goes on for days begins a new batch after a pause.
my %batch = ( began => 0, last => 0, client => undef );
use constant PAUSE => 600;

# The lists that an instance may have: where the settings of each are, the shape of a line, and
# `phone`. If the settings name no configurations, those with a phone number (1) or without one (0)
# feed the list.
my @LISTS = (
  {
    name     => 'sender',
    argument => 'envelopeconf',
    cfg      => 'envelope.cfg',
    template => $TEMPLATE{senders},
    phone    => 0,
  },
  {
    name     => 'sms',
    argument => 'composeconf',
    cfg      => 'compose.cfg',
    template => $TEMPLATE{sms},
    phone    => 1,
  },
);

sub is_from_entrasync { return 1 }

sub new {
  my ( $class, @arguments ) = @_;
  return bless { SecAtGW::LDAPCrons::Arguments::named(@arguments), messages => [], clients => {} },
    $class;
}

sub run_scripts {
  my ($self)   = @_;
  my $errno    = $! + 0;
  my $instance = basename( $self->{docroot} // '?' );
  my $failures = SecAtGW::LDAPCrons::Failures->new($instance);
  my $all_well = 1;
  my @rest     = _begin_batch();
  my $is_loud  = $LOUD || EntraSync::History::Quiet::is_watched();
  for my $list (@LISTS) {
    my %kept     = ( path => "the $list->{name} list", configurations => [] );
    my $error    = EntraSync::Error->catch( sub { $self->_keep( $list, \%kept ) } );
    my @warnings = $kept{report} ? $kept{report}->warnings : ();
    $all_well = 0 if $error || @warnings;
    next unless $error || $kept{is_kept};
    my $quiet = EntraSync::History::Quiet->of(
      list     => $kept{list},
      subject  => ( $self->{docroot} // '?' ) . ", the $list->{name} list",
      error    => $error,
      warnings => \@warnings,
      loud     => $is_loud
    );
    $failures->add( @kept{qw(path configurations)}, $error, $quiet ) if $quiet->error;
    $failures->add_warnings( $kept{path}, $kept{report}, [ $quiet->warnings ] ) if $kept{report};
    $failures->add_ended( $kept{path}, $quiet->ended($error) );
  }
  $batch{last}      = time;
  $self->{clients}  = {};
  $self->{messages} = [ @rest, $failures->line ];
  $self->{all_well} = $all_well;
  $!                = $errno;
  return $all_well && !@{ $self->{messages} } ? 1 : 0;
}

sub all_well {
  my ($self) = @_;
  return $self->{all_well};
}

sub messages {
  my ($self) = @_;
  return @{ $self->{messages} };
}

sub lists {
  my ($self) = @_;
  my @lists;
  for my $list (@LISTS) {
    my %found = ( name => $list->{name}, template => $list->{template}, configurations => [] );
    my $is_kept;
    my $error = EntraSync::Error->catch( sub { $is_kept = $self->_finds( $list, \%found ) } );
    push @lists, { real_time => 0, %found, error => $error } if $error || $is_kept;
  }
  return @lists;
}

# Brings one list up to date. Notes in %{$kept} the path and configurations that an error is about.
sub _keep {
  my ( $self, $list, $kept ) = @_;
  $self->_finds( $list, $kept ) or return;
  $kept->{is_kept} = 1;
  my $people = EntraSync::List->new( file => $kept->{path}, template => $list->{template} );
  $kept->{list} = $people;
  if ( $kept->{real_time} ) {
    $kept->{report} = $people->clear;
    return;
  }
  $people->add( $self->_client($_) ) for @{ $kept->{configurations} };
  my $limit = int( $TOTALTIMEOUT / 60 );
  EntraSync::Error->throw(
    "all lists together may take $limit min, which are over, so this one is left to the next run;"
      . ' look at what took so long, or raise $SecAtGW::LDAPCrons::TOTALTIMEOUT',
    'timeout'
  ) if time - $batch{began} >= $TOTALTIMEOUT;
  $kept->{report} = $people->write;
  return;
}

# Goes on with the batch of this process, or begins a new one. Returns the lines that the batch
# before has left.
sub _begin_batch {
  my $now = time;
  return if abs( $now - $batch{last} ) <= PAUSE;
  %batch = ( began => $now, last => $now );
  return SecAtGW::LDAPCrons::Failures::rest();
}

# Notes in %{$found} the file of a list and the configurations that feed it. Returns 1 if the
# instance has the list. Returns 0 if its cfg file is missing, is empty or names no file for it.
sub _finds {
  my ( $self, $list, $found ) = @_;
  my $name = $list->{name};
  my $read = $self->{ $list->{argument} };
  my $cfg  = ( $self->{docroot} // '' ) . "/config/$list->{cfg}";

  # Some readers return nothing for a file that is missing or empty. Such a file sets nothing.
  if ( !$read ) {
    EntraSync::Error->throw("$cfg could not be read") if -s $cfg;
    return 0;
  }
  my $settings = SecAtGW::LDAPCrons::Settings->new( $list->{cfg}, $read );

  my $file = $settings->path( $KEYS{"${name}_file"} );
  return 0 if $file eq '';
  $found->{path} = $file;

  $found->{real_time} = $settings->is_real_time( $KEYS{"${name}_mode"} );
  return 1 if $found->{real_time};
  my $folder = $self->_folder;
  my $key    = $KEYS{"${name}_confs"};
  my @feeds  = map { "$folder/$_" } $settings->configurations($key);
  if ( !@feeds ) {
    $found->{configurations} = [ $self->_all_configurations ];
    @feeds =
      grep { _has_phone( $self->_client($_) ) == $list->{phone} } @{ $found->{configurations} };
    EntraSync::Error->throw( "no configuration in $folder has a QUERYFILTER for this list; "
        . "put one there, or name one in $key of $list->{cfg}" )
      unless @feeds;
  }
  $found->{configurations} = \@feeds;
  return 1;
}

sub _folder {
  my ($self) = @_;
  EntraSync::Error->throw('docroot, the folder of the instance, is missing')
    unless length( $self->{docroot} // '' );
  return "$self->{docroot}/config/entraid";
}

sub _all_configurations {
  my ($self) = @_;
  my $folder = $self->_folder;
  opendir my $handle, $folder or do {
    return if $!{ENOENT};
    EntraSync::Error->throw("$folder cannot be read: $!");
  };
  return map { "$folder/$_" } grep { /\A[^.].*\.entraidconf\z/i } sort readdir $handle;
}

# Keeps one client for each configuration, so that lists with the same configuration sign in once.
sub _client {
  my ( $self, $configuration ) = @_;
  return $self->{clients}{$configuration} //= do {
    my $client = EntraSync::Client->open($configuration);
    $batch{client} = $client->follow( $batch{client} );
  };
}

# Whether a line of a client can have a phone number in it. The library decides that.
sub _has_phone {
  my ($client) = @_;
  my $list = EntraSync::List->new( template => '{phone}' );
  return EntraSync::Error->catch( sub { $list->add($client) } ) ? 0 : 1;
}

1;

__END__

=encoding utf8

=head1 NAME

SecAtGW::LDAPCrons - keeps the lists of people of a gateway's instance

=head1 SYNOPSIS

  use SecAtGW::LDAPCrons;

  my $crons = SecAtGW::LDAPCrons->new(
    docroot      => '/server/example',
    envelopeconf => { ALLOWEDLDAPSENDERFILE => '/server/example/config/allowed_senders_ldap.txt' },
    composeconf  => { LDAPGSMLISTFILE       => '/server/example/config/gsm_list.txt' },
  );
  print $crons->messages unless $crons->run_scripts;

=head1 METHODS

=head2 new

  my $crons = SecAtGW::LDAPCrons->new(
    docroot      => $folder,
    domainconf   => $settings,
    envelopeconf => $settings,
    composeconf  => $settings,
  );

Describes an instance. C<docroot> is its folder. The others are what the product's readers return
for F<config.cfg> (which is not used), F<envelope.cfg> and F<compose.cfg>. Each is a reference to a
hash with keys in any case, or a hash. For a file that is missing or empty it may also be C<undef>,
an empty string or 0.

=head2 run_scripts

Brings each list up to date. Returns 1 if all went well and there is nothing to print, otherwise 0.
A list that could not be brought up to date is left as it was. It also returns 0 if a list is up to
date and a person should know something all the same: L<EntraSync::Report/warnings>.

=head2 all_well

Whether the last L</run_scripts> went well. It is also true if there is something to print all the
same: that a trouble is over.

=head2 messages

The text to print after L</run_scripts>. It is empty if there is nothing to tell. Otherwise it is
one line with its newline, which names the instance, the lists, the configuration and the reason.
For a list that was brought up to date with warnings it says how many they are, how many addresses
nobody gets because several people have them, and the first texts.

Where runs are remembered (STATEDIR), a trouble is told when it begins, once a day while it lasts
(C<since 14:00>), and when it is over (C<all well again since 14:00, after 5 h>). The text is empty
in between, although C<run_scripts> returns 0. A failure of another kind is another trouble. That a
name is not found and that a server is busy are one kind, an outage. If many instances in one
process have the same failure, the first one tells it, and the process names the others on the
standard error when it ends. C<$SecAtGW::LDAPCrons::LOUD = 1>, for example in the product's
F<init.pl>, tells everything in every run. So does a run at a terminal or under
systemd.

=head2 lists

  print "$_->{name}: $_->{path}\n" for $crons->lists;

The lists that the instance has: a hash reference for each, with C<name>, C<sender> or C<sms>;
C<path>, the file; C<template>, the shape of a line; C<real_time>, whether the file is kept empty;
C<configurations>, a reference to an array of paths; and C<error>. C<error> is an
L<EntraSync::Error> if the settings or a configuration have a fault, so that some of these facts are
not known; otherwise it is C<undef>. The method reads and writes no list and asks no server.

=head2 is_from_entrasync

Returns 1. The product's own module of this name does not have it, so that a script can tell whose
module perl has found.

=head1 THE LISTS

                        sender list               SMS list
  read from             envelope.cfg              compose.cfg
  the file              ALLOWEDLDAPSENDERFILE     LDAPGSMLISTFILE
  configurations        ENTRAIDSENDERCONFS        ENTRAIDGSMCONFS
  mode                  LDAPSENDERMODE            LDAPGSMMODE
  a line                user@example.com          user@example.com 040123123123

If the file of a list is not set, the instance does not have that list.

B<Configurations> are names of files in F<config/entraid/> of the instance, with or without
F<.entraidconf>. Commas separate them or, if there is no comma, spaces. If the setting names none,
all files in that folder are used. Those whose QUERYFILTER has a phone number feed the SMS list, and
the others feed the sender list. If one of these files cannot be used, every list that it could
belong to fails.

The B<mode> is C<list>, which is the default, or C<realtime> (C<real-time>). In real-time mode the
list is written empty, since the product asks for each address when it needs it.

=head2 Other names of the settings

If a site's product has another name for a setting, set that name before this module is loaded, for
example in the product's F<init.pl>:

  %SecAtGW::LDAPCrons::KEYS = ( sms_mode => 'GSMQUERYMODE' );

The names on the left are C<sender_file>, C<sender_confs>, C<sender_mode>, C<sms_file>, C<sms_confs>
and C<sms_mode>.

=head2 Many instances

The instances of one process share which servers were found dead: L<EntraSync::Client/follow>. So
twenty instances whose network is down end within three minutes. All of them together may take 45
minutes. Lists that are not begun by then are left as they are, and their lines say so.
C<$SecAtGW::LDAPCrons::TOTALTIMEOUT = 1800> sets another limit, in seconds.

=head1 ERRORS

No method dies or warns because of a failure; L</messages> has the text. If a signal handler of the
calling program dies, its error is passed on to the caller.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
