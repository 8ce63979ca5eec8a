"""Compares the people that a peer and entrasync found: compare.py PEER'S-FILE ENTRASYNC'S-FILE

The peer's file has the directory's own values. entrasync writes addresses and numbers in one form,
and leaves out values that it cannot use. So each person must either be in the list with the
directory's value, or be left out with a reason, and nobody else may be in the list or left out.
"""

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict


def plain_mail(text):
    """Returns an address in the form that the manual describes."""
    return text.strip().lower().removeprefix("smtp:")


def plain_phone(text):
    """Returns an accepted telephone number in the form that the manual describes."""
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = text.strip().removeprefix("tel:")
    if text.startswith("+"):
        # In Italy, San Marino and the Vatican the 0 belongs to the number.
        keeps = text.startswith(("+39", "+378", "+379"))
        text = text.replace("(0)", "0" if keeps else "")
    return re.sub(r"[\s./()‐-―-]", "", text)


def main(peer_path, own_path):
    """Prints each difference. Returns the exit status, which is 1 if there is one."""
    differences = []
    with open(peer_path, encoding="utf-8") as file:
        members = [json.loads(line) for line in file]
    people = {id: (mail, phone) for kind, id, mail, phone in members if kind == "user"}
    others = sum(kind != "user" for kind, *_ in members)
    if len(people) + others != len(members):
        differences.append("the peer found somebody twice")

    found = defaultdict(list)
    with open(own_path, encoding="utf-8", newline="\n") as file:
        for line in file:
            kind, name, text = line.removesuffix("\n").split("\t", 2)
            found[kind].append((name, text))

    counts = {name: int(text) for name, text in found["count"]}
    expected = {"fetched": len(people), "others": others, "excluded": 0}
    if counts != expected:
        differences.append(f"the report counts {counts}, but there are {expected}")

    for index, (attribute, plain) in enumerate(
        [("mail", plain_mail), ("mobilePhone", plain_phone)]
    ):
        listed, skipped = found[attribute], found[f"no {attribute}"]
        for id, times in Counter(id for id, _ in listed + skipped).items():
            if times > 1:
                differences.append(f"{id} has {times} entries for {attribute}")
            if id not in people:
                differences.append(f"{id} is nobody that the peer found")
        for id in people.keys() - {id for id, _ in listed + skipped}:
            differences.append(f"{id} has neither {attribute} nor a reason: {people[id]!a}")
        for id, text in listed:
            value = people.get(id, ("", ""))[index]
            if value is None or plain(value) != text:
                differences.append(f"{id} has {attribute} {text!a}, not {value!a}")
        for id, reason in skipped:
            if not reason.strip():
                differences.append(f"{id} is left out without a reason")

    print("\n".join(differences))
    return 1 if differences else 0


sys.exit(main(*sys.argv[1:]))
