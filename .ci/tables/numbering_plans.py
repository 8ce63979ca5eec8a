#!/usr/bin/env python3
"""Makes Sources/EntraSync/Values/NumberingPlan+Table.swift.

    .build/peers/venv/bin/python .ci/tables/numbering_plans.py > TABLE

The facts come from the PyPI package `phonenumbers`, which carries the data of Google's
libphonenumber. Its version is fixed in Tests/Peers/requirements.txt; `make test-peers` installs it
and compares the table in the tree with what this script makes.
"""

import re
import re._parser as parser

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberType

# The day on which a version was published. The package itself does not say it.
RELEASED = {"9.0.43": "2026-11-06"}

# Numbers that a text may reach, and all others. What both kinds share counts as the former.
TEXTS = ("mobile", "personal_number", "voip", "pager")
OTHERS = ("fixed_line", "toll_free", "premium_rate", "shared_cost", "uan", "voicemail")

# Assigned to Vatican City, whose numbers are still Italian ones (+39 06 698…). The package lacks
# it.
BORROWED = {379: 39}


class Language:
    """The numbers that patterns describe, as an automaton over their digits."""

    def __init__(self, patterns):
        self._next = {}
        self._free = {}
        self._states = 0
        self._ends = {}
        self._reachable = {}
        start = self._state()
        for pattern, lengths in patterns:
            first = self._state()
            self._join(start, first)
            self._ends[self._build(parser.parse(pattern), first)] = set(lengths)
        self.start = self._closure({start})

    def _state(self):
        self._states += 1
        return self._states

    def _join(self, state, other):
        self._free.setdefault(state, []).append(other)

    def _build(self, items, state):
        for operator, value in items:
            match str(operator):
                case "LITERAL":
                    state = self._read({value}, state)
                case "IN":
                    digits = set()
                    for kind, part in value:
                        match str(kind):
                            case "LITERAL":
                                digits.add(part)
                            case "RANGE":
                                digits |= set(range(part[0], part[1] + 1))
                            case "CATEGORY":
                                digits |= set(range(ord("0"), ord("9") + 1))
                            case other:
                                raise ValueError(other)
                    state = self._read(digits, state)
                case "BRANCH":
                    end = self._state()
                    for branch in value[1]:
                        first = self._state()
                        self._join(state, first)
                        self._join(self._build(branch, first), end)
                    state = end
                case "SUBPATTERN":
                    state = self._build(value[3], state)
                case "MAX_REPEAT":
                    least, most, part = value
                    ends = []
                    for index in range(most + 1):
                        if index >= least:
                            ends.append(state)
                        if index < most:
                            state = self._build(part, state)
                    state = self._state()
                    for end in ends:
                        self._join(end, state)
                case other:
                    raise ValueError(other)
        return state

    def _read(self, digits, state):
        after = self._state()
        self._next.setdefault(state, []).append((digits, after))
        return after

    def _closure(self, states):
        found, open_states = set(states), list(states)
        while open_states:
            for other in self._free.get(open_states.pop(), ()):
                if other not in found:
                    found.add(other)
                    open_states.append(other)
        return frozenset(found)

    def after(self, states, digit):
        """The states after one more digit."""
        return self._closure(
            {
                other
                for state in states
                for digits, other in self._next.get(state, ())
                if ord(digit) in digits
            }
        )

    def lengths(self, states, read):
        """The lengths of the numbers that begin with what was read, `read` digits so far."""
        key = (states, read)
        if key not in self._reachable:
            found = {
                read for end, lengths in self._ends.items() if end in states and read in lengths
            }
            if read < 17:
                for digit in "0123456789":
                    after = self.after(states, digit)
                    if after:
                        found |= self.lengths(after, read + 1)
            self._reachable[key] = frozenset(found)
        return self._reachable[key]

    def lengths_of(self, prefix):
        """The lengths of the numbers that begin with a prefix."""
        states = self.start
        for digit in prefix:
            states = self.after(states, digit)
        return self.lengths(states, len(prefix))


def regions(code):
    """The metadata of the regions that share a country code; the main one comes first."""
    for region in COUNTRY_CODE_TO_REGION_CODE[code]:
        yield (
            PhoneMetadata.metadata_for_nongeo_region(code)
            if region == "001"
            else PhoneMetadata.metadata_for_region(region)
        )


def language(code, kinds):
    """The numbers of some kinds that a country code has."""
    patterns = []
    for region in regions(code):
        for kind in kinds:
            plan = getattr(region, kind)
            if plan and plan.national_number_pattern and plan.possible_length not in (None, (-1,)):
                patterns.append((plan.national_number_pattern, plan.possible_length))
    return Language(patterns)


def trunk_prefixes(code):
    """What people dial before a national number, the longest first."""
    region = next(regions(code))
    found = {region.national_prefix} if region.national_prefix else set()
    parsed = region.national_prefix_for_parsing or ""
    # Belarus has 8 and 80 beside 0, Lithuania 8 from before. A pattern with brackets is one for
    # carriers, which is more than a prefix.
    if "(" not in parsed:
        found |= {
            str(prefix).zfill(length)
            for length in (1, 2)
            for prefix in range(10**length)
            if re.fullmatch(parsed, str(prefix).zfill(length))
        }
    return sorted(found, key=lambda prefix: (-len(prefix), prefix))


def is_written_bare(code):
    """Whether people also write national numbers without the trunk prefix."""
    region = next(regions(code))
    if not region.national_prefix:
        return True
    for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
        example = phonenumbers.example_number_for_type(
            COUNTRY_CODE_TO_REGION_CODE[code][0], kind
        )
        if not example:
            continue
        number = phonenumbers.national_significant_number(example)
        for form in region.number_format:
            begin = form.leading_digits_pattern
            if begin and not re.match(begin[-1], number):
                continue
            if re.fullmatch(form.pattern, number):
                rule = form.national_prefix_formatting_rule or ""
                is_optional = form.national_prefix_optional_when_formatting
                if region.national_prefix not in rule or is_optional:
                    return True
                break
    return False


def spans(numbers):
    """Numbers in ascending order, as `5-7/9`."""
    parts = []
    for number in sorted(numbers):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return "/".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def lengths_field(plan, trunks):
    """How long numbers are, by their first digits."""
    keys = list("0123456789")
    # More digits than the first one show whether a number begins with a trunk prefix.
    for first in {trunk[0] for trunk in trunks} - {"0"}:
        keys += [first + digit for digit in "0123456789"]
        keys += [f"{first}{number:02}" for number in range(100)]
    found = {"": ""} | {key: spans(plan.lengths_of(key)) for key in keys}
    groups = {}
    for key in sorted(keys, key=lambda key: (len(key), key)):
        if found[key] != found[key[:-1]]:
            groups.setdefault(found[key], []).append(key)
    return ";".join("/".join(keys) + ":" + lengths for lengths, keys in groups.items())


def unreachable(plan, texts, prefix=""):
    """The shortest prefixes below which there are numbers, and no text reaches one of them."""
    if not plan.lengths_of(prefix):
        return None
    if len(prefix) == 3:
        return [] if texts.lengths_of(prefix) else [prefix]
    parts = {digit: unreachable(plan, texts, prefix + digit) for digit in "0123456789"}
    known = {digit: part for digit, part in parts.items() if part is not None}
    if prefix and all(part == [prefix + digit] for digit, part in known.items()):
        return [prefix]
    return [found for part in known.values() for found in part]


def prefixes_field(found):
    """Prefixes as `1,35-8`, which is 1 and 35 to 38."""
    parts = []
    for prefix in found:
        stem, digit = prefix[:-1], prefix[-1]
        if parts and parts[-1][0] == stem and int(parts[-1][2]) == int(digit) - 1:
            parts[-1][2] = digit
        else:
            parts.append([stem, digit, digit])
    return ",".join(s + a if a == b else f"{s}{a}-{b}" for s, a, b in parts) or "-"


def row(code, source):
    """The line of one country code."""
    texts, plan = language(source, TEXTS), language(source, TEXTS + OTHERS)
    trunks = trunk_prefixes(source)
    zeros = [] if "0" in trunks else without_gaps(plan, "0")
    fields = [
        str(code),
        ",".join(trunks) or "-",
        "b" if is_written_bare(source) else "-",
        lengths_field(plan, trunks),
        prefixes_field(zeros),
        prefixes_field(unreachable(plan, texts)),
    ]
    return " ".join(fields)


def without_gaps(plan, prefix):
    """The shortest prefixes all of whose extensions to 4 digits have numbers."""
    if len(prefix) == 4:
        return [prefix] if plan.lengths_of(prefix) else []
    parts = [without_gaps(plan, prefix + digit) for digit in "0123456789"]
    if all(part == [prefix + digit] for digit, part in zip("0123456789", parts)):
        return [prefix]
    return [found for part in parts for found in part]


def main():
    """Prints the Swift file."""
    version = phonenumbers.__version__
    rows = {code: row(code, code) for code in COUNTRY_CODE_TO_REGION_CODE}
    rows |= {code: row(code, source) for code, source in BORROWED.items()}
    print(HEAD.format(version=version, day=RELEASED[version]))
    for code in sorted(rows):
        print("    " + rows[code])
    print(TAIL)


HEAD = '''\
// Made by .ci/tables/numbering_plans.py; do not edit.
// swift-format-ignore-file

extension NumberingPlan {{
  /// What is known of each country code: one line each.
  ///
  /// The fields of a line are the code; the trunk prefixes; `b` if national numbers are also
  /// written without one; the lengths of numbers by their first digits; where a number can begin
  /// with 0, the beginnings of such numbers; and the beginnings of numbers that no text message
  /// reaches.
  ///
  /// Source: the package phonenumbers {version} of {day}, which has the data of libphonenumber.
  static let table: StaticString = """'''

TAIL = '''\
    """
}'''


if __name__ == "__main__":
    main()
