"""The configuration that every reader is given, and the form in which each prints members."""

import json
import re
import sys


class Configuration:
    """A `.entraidconf` in the simulator's form: one `KEY = value` a line."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self._values = dict(re.findall(r'^(\w+) *= *"?(.*?)"?$', file.read(), re.MULTILINE))

    def __getitem__(self, key):
        return self._values[key]

    @property
    def authority(self):
        """The URL at which the tenant signs in."""
        return f"{self['LOGINURL']}/{self['TENANTID']}"

    @property
    def scope(self):
        """The scope that a token is requested for."""
        return f"{self['GRAPHURL']}/.default"

    @property
    def credential(self):
        """The credential in MSAL's form: the client secret, or a certificate with its key."""
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
        """The last part of the path of the members."""
        return "transitiveMembers" if self.is_transitive else "members"


def _text(path):
    with open(path, encoding="ascii") as file:
        return file.read()


def print_members(members):
    """Prints members. Each is a tuple of `@odata.type`, id, mail and mobilePhone, unchanged."""
    # In ASCII, since the directory holds characters that end a line.
    lines = [
        json.dumps([kind.removeprefix("#microsoft.graph."), *rest], separators=(",", ":"))
        for kind, *rest in members
    ]
    sys.stdout.writelines(line + "\n" for line in sorted(lines))
