"""The configuration that every reader is given, and the form in which each prints what it found."""

import json
import re
import sys


class Configuration:
    """A `.entraidconf` as the simulator prints it: one `KEY = value` a line."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self._values = dict(re.findall(r'^(\w+) *= *"?(.*?)"?$', file.read(), re.MULTILINE))

    def __getitem__(self, key):
        return self._values[key]

    @property
    def authority(self):
        """Where the tenant signs in."""
        return f"{self['LOGINURL']}/{self['TENANTID']}"

    @property
    def scope(self):
        """What a token is asked for."""
        return f"{self['GRAPHURL']}/.default"

    @property
    def credential(self):
        """What MSAL signs in with: the client secret, or a certificate with its key."""
        if "CLIENTSECRET" in self._values:
            return self["CLIENTSECRET"]
        return {
            "private_key": _text(self["CLIENTKEY"]),
            "public_certificate": _text(self["CLIENTCERTIFICATE"]),
        }

    @property
    def is_transitive(self):
        """Whether the members of nested groups count."""
        return self._values.get("MEMBERSHIP") == "transitive"

    @property
    def collection(self):
        """The last part of the members' path."""
        return "transitiveMembers" if self.is_transitive else "members"


def _text(path):
    with open(path, encoding="ascii") as file:
        return file.read()


def print_members(members):
    """Prints members, each a tuple of `@odata.type`, id, mail and mobilePhone as they came."""
    # ASCII alone, since the directory holds characters that end a line.
    lines = [
        json.dumps([kind.removeprefix("#microsoft.graph."), *rest], separators=(",", ":"))
        for kind, *rest in members
    ]
    sys.stdout.writelines(line + "\n" for line in sorted(lines))
