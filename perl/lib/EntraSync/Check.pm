package EntraSync::Check;

use 5.016;
use strict;
use warnings;

use EntraSync ();

our $VERSION = '1.0.0';

sub new {
  my ( $class, $client ) = @_;
  return $class->_new($client);
}

sub steps {
  my ($self) = @_;
  return map { my %step; @step{qw(name outcome text)} = @{$_}; \%step } $self->_steps;
}

1;

__END__

=encoding utf8

=head1 NAME

EntraSync::Check - checks one configuration, step by step

=head1 SYNOPSIS

  use EntraSync;

  my $check = EntraSync::Check->new( EntraSync::Client->open('staff.entraidconf') );
  my $error = EntraSync::Error->catch( sub { $check->run } );

  binmode STDOUT, ':encoding(UTF-8)';
  print "$_->{outcome}: $_->{text}\n" for $check->steps;

=head1 METHODS

=head2 new

  my $check = EntraSync::Check->new($client);

Prepares a check of an L<EntraSync::Client>. Nothing is sent yet.

=head2 run

Signs in, looks for the groups and reads their members, and stops at the first failure. It writes
nothing. Returns an L<EntraSync::Report>.

=head2 steps

The steps that the last run checked, also after a failure. They are a list of hash references with
C<name> (C<credential>, C<host>, C<token>, C<permissions>, C<group>, C<members> or C<attribute>),
C<outcome> (C<passed>, C<doubtful> or C<failed>) and C<text>. The text is one line that says what
was found, or what is wrong and what to do.

=head2 samples

The lines of the first people, at most five, as a list would hold them. In scalar context: how many.

=head2 token_end

When the token expires, in seconds since 1970; C<undef> if there was no sign-in.

=head1 ERRORS

C<run> throws an L<EntraSync::Error> for the step that failed. That step is then the last one.

=head1 THREADS AND FORK

See L<EntraSync/"THREADS AND FORK">.

=cut
