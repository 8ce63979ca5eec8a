package SecAtGW::LDAPCrons;

use 5.016;
use strict;
use warnings;

use EntraSync;
use File::Basename                qw(basename);
use SecAtGW::LDAPCrons::Arguments ();
use SecAtGW::LDAPCrons::Failures  ();
use SecAtGW::LDAPCrons::Settings  ();
use SecAtGW::Templates            qw(%TEMPLATE);

our $VERSION = '0.1.0';

# The product's names of the settings; what a site has set before this is loaded stays.
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

# The lists that are kept: where their settings are, the shape of a line, and which configurations
# feed a list whose settings name none.
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

sub new {
  my ( $class, @arguments ) = @_;
  return bless { SecAtGW::LDAPCrons::Arguments::named(@arguments), messages => [], clients => {} },
    $class;
}

sub run_scripts {
  my ($self)   = @_;
  my $errno    = $! + 0;
  my $failures = SecAtGW::LDAPCrons::Failures->new( basename( $self->{docroot} // '?' ) );
  for my $list (@LISTS) {
    my %kept  = ( path => "the $list->{name} list", configurations => [] );
    my $error = EntraSync::Error->catch( sub { $self->_keep( $list, \%kept ) } ) or next;
    $failures->add( @kept{qw(path configurations)}, $error );
  }
  $self->{clients}  = {};
  $self->{messages} = [ $failures->line ];
  $!                = $errno;
  return @{ $self->{messages} } ? 0 : 1;
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

# Brings one list up to date, and notes in %{$kept} what a failure would be about.
sub _keep {
  my ( $self, $list, $kept ) = @_;
  $self->_finds( $list, $kept ) or return;
  my $people = EntraSync::List->new( file => $kept->{path}, template => $list->{template} );
  if ( $kept->{real_time} ) {
    $people->clear;
    return;
  }
  $people->add( $self->_client($_) ) for @{ $kept->{configurations} };
  $people->write;
  return;
}

# Notes in %{$found} where a list is kept and which configurations feed it. Returns 1 for a list that
# is kept, and 0 for one that is not: its cfg file is missing, is empty or names no file for it.
sub _finds {
  my ( $self, $list, $found ) = @_;
  my $name = $list->{name};
  my $read = $self->{ $list->{argument} };
  my $cfg  = ( $self->{docroot} // '' ) . "/config/$list->{cfg}";

  # Some readers return nothing for a file that is missing or empty, which sets nothing.
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

# One client for each configuration, so that lists with the same one sign in once.
sub _client {
  my ( $self, $configuration ) = @_;
  return $self->{clients}{$configuration} //= EntraSync::Client->open($configuration);
}

# Whether a line can have a phone number in it, which the library decides.
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

Describes an instance: its folder, and what the product's readers made of F<config.cfg> (which is
not used), F<envelope.cfg> and F<compose.cfg>: references to hashes with keys in any case, hashes, or
nothing (C<undef>, an empty string or 0) for a file that is missing or empty.

=head2 run_scripts

Brings each list up to date. Returns 1 when all went well, otherwise 0. A list that could not be
brought up to date is left as it was.

=head2 messages

What there is to print after L</run_scripts>: nothing when all went well, otherwise one line with
its newline, which names the instance, the lists, the configuration and the reason.

=head2 lists

  print "$_->{name}: $_->{path}\n" for $crons->lists;

The lists that the instance keeps: a hash reference for each, with C<name>, C<sender> or C<sms>;
C<path>, the file; C<template>, the shape of a line; C<real_time>, whether it is written empty;
C<configurations>, a reference to an array of paths; and C<error>, an L<EntraSync::Error> where the
settings or a configuration do not allow to tell all of that, otherwise C<undef>. No list is read or
written, and no server is asked.

=head1 THE LISTS

                        sender list               SMS list
  read from             envelope.cfg              compose.cfg
  the file              ALLOWEDLDAPSENDERFILE     LDAPGSMLISTFILE
  configurations        ENTRAIDSENDERCONFS        ENTRAIDGSMCONFS
  mode                  LDAPSENDERMODE            LDAPGSMMODE
  a line                user@example.com          user@example.com 040123123123

A list whose file is not set is not kept.

B<Configurations> are names of files in F<config/entraid/> of the instance, with commas between or,
where there is no comma, spaces, with or without F<.entraidconf>. Where none is named, all files
there take part: those whose QUERYFILTER has a phone number feed the SMS list, the others the sender
list. A file among them that is broken fails every list that it could belong to.

The B<mode> is C<list>, which is the default, or C<realtime> (C<real-time>): then the list is
written empty, since the product asks for each address as it is needed.

=head2 Other names of the settings

A site whose product calls a setting something else says so before this module is loaded, as in the
product's F<init.pl>:

  %SecAtGW::LDAPCrons::KEYS = ( sms_mode => 'GSMQUERYMODE' );

The names on the left are C<sender_file>, C<sender_confs>, C<sender_mode>, C<sms_file>, C<sms_confs>
and C<sms_mode>.

=head1 ERRORS

Nothing here dies or warns; see L</messages>. What a signal handler of the program's own throws goes
on upwards.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
