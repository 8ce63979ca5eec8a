#!/usr/bin/env python3
"""Makes Sources/EntraSync/Values/FoldedLetters+Table.swift.

    .build/peers/venv/bin/python .ci/tables/folded_letters.py > TABLE

The facts come from the PyPI package `unicodedata2`, which has a newer Unicode than Python itself.
Its version is fixed in Tests/Peers/requirements.txt; `make test-peers` installs it and compares the
table in the tree with what this script makes.
"""

from unicodedata2 import category, normalize, unidata_version

# What an address may be made of beyond ASCII: letters, marks and decimal digits.
WORDS = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}


def fold(character):
    """The compatibility case folding of a character (Unicode, section 3.13, R5)."""
    text = normalize("NFD", character)
    for _ in range(2):
        text = normalize("NFKC", text.casefold())
    return text


def holds_ascii(code):
    """Whether a character beyond ASCII becomes something with an ASCII character in it."""
    if 0xD800 <= code < 0xE000:
        return False
    # The upper case of ı is I, and some systems compare in upper case.
    folded = fold(chr(code)) + fold(chr(code).upper())
    return any(ord(part) < 0x80 for part in folded)


def main():
    """Prints the Swift file."""
    spans = []
    for code in range(0x80, 0x110000):
        if category(chr(code)) in WORDS and holds_ascii(code):
            if spans and spans[-1][1] == code - 1:
                spans[-1][1] = code
            else:
                spans.append([code, code])
    # Python's own case folding may be older than the normalization, and lack a letter or two.
    print(HEAD.replace("VERSION", unidata_version))
    line = "   "
    for first, last in spans:
        entry = f" 0x{first:X}...0x{last:X},"
        if len(line + entry) > 100:
            print(line)
            line = "   "
        line += entry
    print(line)
    print(TAIL)


HEAD = '''\
// Made by .ci/tables/folded_letters.py; do not edit.
// swift-format-ignore-file

extension Unicode.Scalar {
  /// The letters, marks and digits beyond ASCII whose compatibility case folding, or that of their
  /// upper case, holds an ASCII character, in ascending order.
  ///
  /// Source: Unicode VERSION, NFKC_Casefold.
  static let foldedLetters: [ClosedRange<UInt32>] = ['''

TAIL = '''\
  ]
}'''


if __name__ == "__main__":
    main()
