package Instance;

# An instance of the gateway: a folder with lists and configurations, which LDAPCrons keeps.
use strict;
use warnings;

use Scratch qw(content folder write_file);
use SecAtGW::LDAPCrons;

# Makes the folder of an instance; the simulator answers its configurations.
sub new {
  my ( $class, $simulator, $name ) = @_;
  $name //= 'example';
  return bless { root => folder() . "/$name", simulator => $simulator }, $class;
}

sub root { return $_[0]{root} }

# Where a list, or another file of config/, is.
sub path {
  my ( $self, $name ) = @_;
  return "$self->{root}/config/$name";
}

# Adds a configuration and returns its path.
sub configure {
  my ( $self, $name, %other ) = @_;
  return $self->{simulator}->configuration( $self->path("entraid/$name.entraidconf"), %other );
}

# Both lists' settings: the files, and whatever else is given.
sub settings {
  my ( $self, %other ) = @_;
  return (
    envelopeconf => {
      ALLOWEDLDAPSENDERFILE => $self->path('senders.txt'),
      %{ $other{envelope} // {} },
    },
    composeconf => {
      LDAPGSMLISTFILE => $self->path('sms.txt'),
      %{ $other{compose} // {} },
    },
  );
}

# Runs LDAPCrons; returns what run_scripts said, all messages, and whatever was printed or warned.
sub run {
  my ( $self, %arguments ) = @_;
  my $printed = '';
  local $SIG{__WARN__} = sub { $printed .= join '', @_ };
  open my $output, '>', \my $buffer or die;
  my $before   = select $output;
  my $crons    = SecAtGW::LDAPCrons->new( docroot => $self->{root}, %arguments );
  my $all_well = $crons->run_scripts;
  select $before;
  return ( $all_well, join( '', $crons->messages ), $printed . ( $buffer // '' ) );
}

# The lists as they are.
sub senders { return content( $_[0]->path('senders.txt') ) }
sub sms     { return content( $_[0]->path('sms.txt') ) }

1;
