"""Compares how entrasync reads telephone numbers with the package `phonenumbers`.

    compare_numbers.py COUNT       makes up that many numbers, the same ones in every run

Numbers of many countries are typed in the ways in which people type them. A server on this machine
answers as Entra ID and Graph do, so that entrasync reads them from a group, with the COUNTRYCODE of
one country after another. Each number must be read as `phonenumbers` reads it, or differ for one of
the reasons that are listed here. A number that was typed clearly must be read as what was meant.
"""

import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import phonenumbers
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    NumberParseException,
    PhoneMetadata,
    PhoneNumberFormat,
    PhoneNumberType,
)

TENANT = "6e518c62-cf72-4239-bf34-c47959d688ac"
HERE = pathlib.Path(__file__).parent

# Countries with every kind of national prefix, and those that most addresses come from.
COUNTRIES = [
    1, 7, 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 52, 54, 55, 61,
    62, 64, 65, 66, 81, 82, 86, 90, 91, 225, 229, 242, 351, 353, 354, 356, 358, 370, 371, 372, 375,
    378, 380, 420, 421, 971, 972,
]  # fmt: skip


class Typing:
    """One way of typing a number."""

    def __init__(self, name, type_, is_clear=True, is_refused=False):
        self.name, self.type, self.is_clear, self.is_refused = name, type_, is_clear, is_refused


def grouped(digits, mark=" "):
    """Digits in groups of three."""
    return mark.join(digits[index : index + 3] for index in range(0, len(digits), 3))


def zero_in_brackets(number):
    """The number as `+39 (0)6…`, whether or not the 0 belongs to it."""
    return f"+{number.code} (0){grouped(number.national.removeprefix('0'))}"


TYPINGS = [
    Typing("+ and groups", lambda n: f"+{n.code} {grouped(n.national)}"),
    Typing("+ and digits", lambda n: f"+{n.code}{n.national}"),
    Typing("+ and hyphens", lambda n: f"+{n.code}-{grouped(n.national, '-')}"),
    Typing("+ and dots", lambda n: f"+{n.code}.{grouped(n.national, '.')}"),
    Typing("+ and no-break spaces", lambda n: f"+{n.code}\u00a0{grouped(n.national, chr(0xA0))}"),
    Typing("tel:", lambda n: f"tel:+{n.code}{n.national}"),
    Typing("(+)", lambda n: f"(+{n.code}) {n.national}"),
    Typing("00", lambda n: f"00{n.code} {grouped(n.national)}"),
    Typing("(0)", zero_in_brackets),
    Typing("national", lambda n: n.typed_at_home),
    Typing("national digits", lambda n: re.sub(r"\D", "", n.typed_at_home)),
    Typing("national hyphens", lambda n: re.sub(r"\W+", "-", n.typed_at_home).strip("-")),
    Typing(
        "+ and national prefix",
        lambda n: f"+{n.code} {n.prefix or '0'}{grouped(n.national)}",
        is_refused=True,
    ),
    Typing(
        "(0) and national prefix",
        lambda n: f"+{n.code} (0) {n.prefix or '0'}{grouped(n.national)}",
        is_refused=True,
    ),
    Typing("two with -", lambda n: f"+{n.code} {n.national}-{n.typed_at_home}", is_refused=True),
    Typing("two with /", lambda n: f"{n.typed_at_home} / {n.typed_at_home}", is_refused=True),
    Typing("no prefix", lambda n: n.national, is_clear=False),
    Typing("no +", lambda n: f"{n.code}{n.national}", is_clear=False),
    Typing("short", lambda n: n.national[: n.random.randint(3, 6)], is_clear=False),
    Typing("no country", lambda n: f"+999 {n.national}", is_refused=True),
]

# Why a number may be left out that the package accepts: the way of typing, and the words of the
# report.
LEFT_OUT = [
    (
        r"\+ and national prefix|\(0\) and national prefix",
        r"keeps the national prefix|has a 0 after its country code",
        "a national prefix after a country code is left out; the package removes it",
    ),
    (
        r"no prefix|no \+|short",
        r"is no national number",
        "a number without its prefix is left out; the package guesses",
    ),
    (
        r"no prefix|no \+|short|national.*",
        r"can be read as two numbers",
        "a number that can have its country code in front, or not, is left out; the package guesses",
    ),
]

# Why a number may be accepted in another form than the package's, or though it says that it is not
# valid.
ACCEPTED = [
    (r"00", "00 is read as + everywhere; the package knows which countries dial something else"),
    (r"\(0\)", "(0) is left out abroad even where the country has no 0; the package keeps it"),
    (
        r"no prefix|no \+|short",
        "a number is judged by its length and its first digits; the package knows its ranges",
    ),
]

# What the national form of a country's numbers has beside a prefix.
OWN_FORMS = {
    54: "Argentina: a mobile number has 15 at home and 9 abroad, which no prefix explains",
}


class Number:
    """A number that was made up, and how it is typed."""

    def __init__(self, region, kind, source):
        example = phonenumbers.example_number_for_type(region, kind)
        self.random = source
        self.region, self.kind = region, kind
        self.code = example.country_code
        national = phonenumbers.national_significant_number(example)
        for _ in range(50):
            count = min(6, len(national) - 2)
            tail = "".join(source.choice("0123456789") for _ in range(count))
            candidate = phonenumbers.parse(f"+{self.code}{national[:-count]}{tail}")
            if phonenumbers.is_valid_number(candidate) and (
                phonenumbers.national_significant_number(candidate) == national[:-count] + tail
            ):
                national = national[:-count] + tail
                break
        self.national = national
        self.meant = f"+{self.code}{national}"
        self.typed_at_home = phonenumbers.format_number(
            phonenumbers.parse(self.meant), PhoneNumberFormat.NATIONAL
        )
        self.prefix = PhoneMetadata.metadata_for_region(region).national_prefix

    def type_it(self, typing):
        """Types the number."""
        self.typing = typing
        self.typed = typing.type(self)


def make_up(count):
    """Returns as many numbers by the country code under which they are read."""
    source = random.Random(11)
    everywhere = [
        regions[0] for regions in COUNTRY_CODE_TO_REGION_CODE.values() if regions[0] != "001"
    ]
    made = {code: [] for code in COUNTRIES}
    for index in range(count):
        code = COUNTRIES[index % len(COUNTRIES)]
        typing = source.choice(TYPINGS)
        region = COUNTRY_CODE_TO_REGION_CODE[code][0]
        # International numbers are of any country.
        if typing.type(Probe).startswith(("+", "00", "tel:", "(+")) and source.random() < 0.7:
            region = source.choice(everywhere)
        kinds = [
            kind
            for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
            if phonenumbers.example_number_for_type(region, kind)
        ]
        number = Number(region, source.choice(kinds), source)
        number.type_it(typing)
        made[code].append(number)
    return made


class Probe:
    """Stands for a number where only the beginning of the typed text matters."""

    code, national, prefix, typed_at_home, random = 358, "401234567", "0", "040 1234567", random


def group(code):
    """The id of the group that is read with a country code."""
    return f"00000000-0000-4000-8000-{code:012d}"


def person(index):
    """The id of a person."""
    return f"10000000-0000-4000-8000-{index:012d}"


def serve(made):
    """Answers as Entra ID and Graph do. Returns the URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments):
            pass

        def answer(self, value):
            body = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer({"token_type": "Bearer", "expires_in": 3599, "access_token": "x" * 40})

        def do_GET(self):
            numbers = made[int(self.path.split("/groups/")[1][24:36])]
            self.answer(
                {
                    "value": [
                        {
                            "@odata.type": "#microsoft.graph.user",
                            "id": person(index),
                            "mail": f"person{index}@example.com",
                            "mobilePhone": number.typed,
                            "accountEnabled": True,
                            "userType": "Member",
                        }
                        for index, number in enumerate(numbers)
                    ]
                }
            )

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def read(made):
    """Lets entrasync read all numbers. Returns text or reason by country code and person."""
    url = serve(made)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for code in made:
            path = pathlib.Path(folder, f"{code}.entraidconf")
            path.write_text(
                f"TENANTID = {TENANT}\nCLIENTID = {TENANT}\nCLIENTSECRET = made-up-Value-1~\n"
                f"GROUPID = {group(code)}\nQUERYFILTER = mail,mobilePhone,id\n"
                f"COUNTRYCODE = +{code}\nLOGINURL = {url}\nGRAPHURL = {url}\n",
                encoding="ascii",
            )
            path.chmod(0o600)
            output = subprocess.run(
                [HERE / "read_with_entrasync", path], check=True, capture_output=True, text=True
            ).stdout
            for line in output.splitlines():
                kind, name, text = line.split("\t", 2)
                if kind in ("mobilePhone", "no mobilePhone"):
                    found[code, name] = (kind == "mobilePhone", text)
    return found


def peer(number, code):
    """What the package makes of the text; `None` if it finds no valid number."""
    try:
        parsed = phonenumbers.parse(number.typed, COUNTRY_CODE_TO_REGION_CODE[code][0])
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def judge(number, code, is_listed, text):
    """Returns how both readings compare, and whether that is as it has to be."""
    typing, theirs = number.typing, peer(number, code)
    # Nobody can tell +39 0312… from the number of a mobile with a 0 too many in front.
    if is_listed and text == theirs and text == f"+{number.code}0{number.national}":
        return "a 0 that can belong to the number is kept, as the package does", True
    if typing.is_refused and is_listed:
        return "listed, though it has to be left out", False
    if typing.is_clear and not typing.is_refused and not (is_listed and text == number.meant):
        if number.code in OWN_FORMS and typing.name.startswith("national"):
            return OWN_FORMS[number.code], True
        return "not read as what was meant", False
    if is_listed and text == theirs or not is_listed and theirs is None:
        return "the same", True
    for names, *words, why in ACCEPTED if is_listed else LEFT_OUT:
        if re.fullmatch(names, typing.name) and (not words or re.search(words[0], text)):
            return why, True
    return "a difference without an explanation", False


def main(count):
    """Prints how often both readings agree, and each difference. Returns the exit status."""
    made = make_up(count)
    found = read(made)
    verdicts, bad = Counter(), []
    for code, numbers in made.items():
        for index, number in enumerate(numbers):
            is_listed, text = found[code, person(index)]
            why, is_right = judge(number, code, is_listed, text)
            verdicts[why] += 1
            if not is_right:
                bad.append(
                    f"{why}: {number.typed!r} ({number.typing.name}, COUNTRYCODE = +{code}, meant "
                    f"{number.meant}): {text!r}, and the package says {peer(number, code)}"
                )
    print(f"{sum(verdicts.values())} numbers, phonenumbers {phonenumbers.__version__}")
    for why, times in verdicts.most_common():
        print(f"{times:6} {why}")
    print(*bad[:40], sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
