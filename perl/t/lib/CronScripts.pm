package CronScripts;

# The two cron scripts: those of the field as they stand, and the project's own.
use strict;
use warnings;

use Carp    qw(croak);
use Scratch qw(content perl_folder top);

# Where the scripts of the field are, if they are there.
sub field_folder {
  my $folder = $ENV{SECATGW_SCRIPTS} // top() . '/../shared/secatgw';
  return -e "$folder/user_sync.pl" ? $folder : undef;
}

# All sets of scripts that there are: the field's, where they are there, and the project's own.
sub sets {
  my $field = field_folder();
  return (
    defined $field
    ? bless( { name => 'field', folder => $field, is_own => 0 }, __PACKAGE__ )
    : (),
    bless( { name => 'own', folder => perl_folder() . '/script', is_own => 1 }, __PACKAGE__ ),
  );
}

sub name   { return $_[0]{name} }
sub is_own { return $_[0]{is_own} }

# Which they are, for a person.
sub description {
  my ($self) = @_;
  return $self->{is_own} ? 'the project\'s own' : 'those of the field';
}

# The script that keeps the sender list and the SMS list: nothing in it is to be edited.
sub user_sync {
  my ($self) = @_;
  return content("$self->{folder}/user_sync.pl");
}

# The script that writes access rights, after the edits that its guide asks for.
sub access_rights {
  my ( $self, $instance, $configname, $rules ) = @_;
  my $text = content("$self->{folder}/entraid_compose_access_rights.pl");
  my @edits =
    $self->{is_own}
    ? (
    [ qr/(?<=instance => ')\w+/,   $instance ],
    [ qr/(?<=configname => ')\w+/, $configname ],
    [ qr/(?<=rules => ')\w+/,      $rules ],
    )
    : (
    [ qr{(?<=\$conffile="/server/)\w+},             $instance ],
    [ qr{(?<=entraid_search\("/server/)<instance>}, $instance ],
    [ qr{(?<=/config/entraid/)<configname>},        $configname ],
    $rules eq 'sms'
    ? [
      qr{print \$fh "\* "\.lc\(\$line\)\." <reg> - 0\\n";},
      'print $fh lc($line)." * <sms> - 0\n";'
      ]
    : (),
    );
  for my $edit (@edits) {
    my ( $place, $new ) = @{$edit};
    $text =~ s/$place/$new/ or croak "the $self->{name} script has no $place";
  }
  return $text;
}

1;
