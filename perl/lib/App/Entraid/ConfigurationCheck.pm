package App::Entraid::ConfigurationCheck;

# Checks one configuration, for entraid test.
use 5.016;
use strict;
use warnings;

use App::Entraid::ExitStatus qw(OK WARNING exit_status_of);
use App::Entraid::Printable  qw(printable_path);
use EntraSync                ();

# Checks one configuration: first the file, then the steps of EntraSync::Check.
sub new {
  my ( $class, $configuration, $progress ) = @_;
  my $self = bless { configuration => $configuration, steps => [], samples => [] }, $class;
  my $work = sub {
    my $client = EntraSync::Client->open( $configuration, progress => scalar $progress->of_client );
    $self->_pass_file($client);
    $self->_check( EntraSync::Check->new($client) );
  };
  $self->{error} = EntraSync::Error->catch( sub { $progress->during($work) } );
  $self->_fail_file( $self->{error} ) if $self->{error} && !@{ $self->{steps} };
  return $self;
}

# The path, in bytes.
sub configuration { return $_[0]{configuration} }

# The steps that were checked, in the form of EntraSync::Check. The first step is the file.
sub steps { return @{ $_[0]{steps} } }

# The lines of a few people.
sub samples { return @{ $_[0]{samples} } }

# When the token ends, in seconds since 1970.
sub token_end { return $_[0]{token_end} }

# The error of the step that failed; undef if none failed.
sub error { return $_[0]{error} }

# Replaces each sample with what the code returns for it, so that nobody can be recognised.
sub mask_samples {
  my ( $self, $code ) = @_;
  $_ = $code->($_) for @{ $self->{samples} };
  return;
}

# The exit status for this check.
sub status {
  my ($self) = @_;
  return exit_status_of( $self->{error} ) if $self->{error};
  return ( grep { $_->{outcome} ne 'passed' } $self->steps ) ? WARNING : OK;
}

sub _add {
  my ( $self, $name, $outcome, $text ) = @_;
  push @{ $self->{steps} }, { name => $name, outcome => $outcome, text => $text };
  return;
}

sub _pass_file {
  my ( $self, $client ) = @_;
  $self->_add(
    file => passed => 'it is well-formed; its QUERYFILTER is ' . join ',',
    $client->attributes
  );
  $self->_add( file => doubtful => $_ ) for $client->warnings;
  return;
}

# Adds the step for a file that cannot be used. The path is already shown above the steps.
sub _fail_file {
  my ( $self, $error ) = @_;
  my $path = printable_path( $self->{configuration} );
  $self->_add( file => failed => $error->message =~ s/\A\Q$path\E: //r );
  return;
}

sub _check {
  my ( $self, $check ) = @_;
  my $error = EntraSync::Error->catch( sub { $check->run } );
  my @steps = $check->steps;
  $self->{token_end} = $check->token_end;
  if ( defined $self->{token_end} ) {
    my $end = sprintf '%02d:%02d', ( localtime $self->{token_end} )[ 2, 1 ];
    $_->{text} .= "; the token is valid until $end"
      for grep { $_->{name} eq 'token' && $_->{outcome} eq 'passed' } @steps;
  }
  push @{ $self->{steps} },   @steps;
  push @{ $self->{samples} }, $check->samples;
  return unless $error;

  # What fails before the first step is about a file that the configuration names.
  $self->_fail_file($error) if !@steps && $error->status_name ne 'cancelled';
  die $error;
  return;
}

1;
