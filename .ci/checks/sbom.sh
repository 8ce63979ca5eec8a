#!/bin/bash
# What .ci/sbom says is in the library and what it needs: the same as the library says itself.
set -euo pipefail
. Tests/tap.sh

library=.build/release/libentrasync.so
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bill=$folder/libentrasync.spdx.json
written() { .ci/sbom "$library" .build/libentrasync.map 1700000000 > "$1"; }

check "it is written" written "$bill"
written "$folder/again"
check "equal input gives an equal text" cmp "$bill" "$folder/again"

# ask PROGRAM: what a Perl program prints of the document, which is in $_.
ask() {
  /usr/bin/perl -MJSON::PP -0777 -e '
    $_ = JSON::PP->new->utf8->decode(scalar <STDIN>);
    %is = map { $_->{SPDXID} => $_ } @{ $_->{packages} };
    @links = @{ $_->{relationships} };
    # The files that the library has a relation of this kind with.
    sub files { my ($kind) = @_;
      return map { $is{ $_->{relatedSpdxElement} }{packageFileName} . "\n" }
        grep { $_->{relationshipType} eq $kind } @links }
    eval $ARGV[0] // 1; die $@ if $@' "$1" < "$bill"
}
check "what it needs is what the library's NEEDED says" same \
  "$(readelf -dW "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | LC_ALL=C sort)" \
  "$(ask 'print files("DYNAMIC_LINK")' | LC_ALL=C sort)"
inside=$(ask 'print files("STATIC_LINK")')
check "it has Swift's standard library" grep -qx libswiftCore.a <<< "$inside"
# A part that is new is to be looked at, with its license.
known='libswift(Core|Glibc)\.a|swiftrt\.o|crt(i|n|beginS|endS)\.o|libgcc\.a|libc_nonshared\.a'
check "nothing else is linked in but Swift's runtime and what the C compiler adds" \
  fails grep -vxE "$known" <<< "$inside"
check "its build ID is the library's" grep -qF \
  "$(readelf -nW "$library" | sed -n 's/.*Build ID: //p')" "$bill"
check "its time is the one that was given" \
  same 2023-11-14T22:13:20Z "$(ask 'print $_->{creationInfo}{created}')"
check "each part has a version, but for what Swift's runtime holds of others" \
  same "LLVM Unicode-Character-Database" \
  "$(ask 'print join " ", sort map { $_->{name} } grep { !$_->{versionInfo} } values %is')"
check "the versions are those that dpkg has" same "" "$(
  ask 'print map { "$_->{name} $_->{versionInfo}\n" } grep { $_->{externalRefs} } values %is' \
    | while read -r name version; do
      [ "$version" = "$(dpkg-query -W -f '${Version}\n' "$name" | head -1)" ] || echo "$name"
    done)"
# The rest of SPDX 2.3 is looked at by SPDX's own tools: Tests/Peers/sbom_test.sh.
check "its names are as SPDX wants them, and each is there once" ask '
  for my $package (@{ $_->{packages} }) {
    my $id = $package->{SPDXID};
    $id =~ /^SPDXRef-[A-Za-z0-9.-]+$/ && !$seen{$id}++ or die "$id\n";
  }'
check "its relations are between parts that it has" ask '
  $is{$_} || $_ eq "SPDXRef-DOCUMENT" or die "$_\n"
    for map { @{$_}{qw(spdxElementId relatedSpdxElement)} } @links'

sed 's/libswiftGlibc\.a/libforeign.a/; s|/opt/.*/swift_static|/opt|' .build/libentrasync.map \
  > "$folder/foreign.map"
# refused MAP MESSAGE: whether the linker's map is refused with this message.
refused() { local said; ! said=$(.ci/sbom "$library" "$1" 0 2>&1) && holds "$said" "$2"; }
check "a part of an unknown package is refused" \
  refused "$folder/foreign.map" "dpkg knows no package of /opt/linux/libforeign.a"
check "without the linker's map it says what to do" refused "$folder/none" "run make library"
check_end
