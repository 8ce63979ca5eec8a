"""Compares the token requests of MSAL and entrasync field by field, as TAP: token_requests.py

Both sign in with the same client secret and with the same certificate. MSAL is given Entra ID's own
address and an HTTP client that sends nothing. entrasync sends its requests to a server in this
process. PyJWT with cryptography verifies the signature of entrasync's client assertion.
"""

import base64
import http.server
import json
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import urllib.parse

import jwt
from cryptography import x509
from msal import ConfidentialClientApplication

HERE = pathlib.Path(__file__).parent
CREDENTIALS = pathlib.Path(os.environ["CREDENTIALS"])
# Any ids will do here.
TENANT = "7e000000-0000-4000-8000-000000000001"
CLIENT = "c1000000-0000-4000-8000-000000000001"
GROUP = "9a000000-0000-4000-8000-000000000001"
SECRET = "s&c=r+t %~#;'ä"
CERTIFICATE = CREDENTIALS / "good.pem"
KEY = CREDENTIALS / "good.key"
AUTHORITY = f"https://login.microsoftonline.com/{TENANT}"
TOKEN = json.dumps({"token_type": "Bearer", "expires_in": 3599, "access_token": "x" * 40})

# MSAL's own additions: telemetry, and the certificate chain for a match by subject and issuer.
FIELDS_OF_MSAL = {"client_info"}
HEADERS_OF_MSAL = {"x5c"}
# Microsoft's documentation has this claim. MSAL for Python leaves it out.
CLAIMS_OF_ENTRASYNC = {"nbf"}

tests = 0
failures = 0


def check(name, *values):
    """Prints one line of TAP. All values must be equal."""
    global tests, failures
    tests += 1
    passed = all(value == values[0] for value in values)
    print(f"{'ok' if passed else 'not ok'} {tests} - {name}")
    if not passed:
        failures += 1
        print(*(f"# {ascii(value)[:200]}" for value in values), sep="\n")


class Answer:
    """A response of MSAL's HTTP client."""

    status_code = 200
    headers = {}

    def __init__(self, text):
        self.text = text

    def raise_for_status(self):
        """Does nothing, since the status is 200."""


class Recorder:
    """An HTTP client for MSAL that sends nothing, answers by itself and keeps the request."""

    def __init__(self):
        self.request = None

    def get(self, url, **_):
        """Answers with the authority's metadata."""
        assert url.startswith(AUTHORITY), url
        return Answer(
            json.dumps(
                {
                    "token_endpoint": f"{AUTHORITY}/oauth2/v2.0/token",
                    "authorization_endpoint": f"{AUTHORITY}/oauth2/v2.0/authorize",
                    "issuer": f"{AUTHORITY}/v2.0",
                }
            )
        )

    def post(self, url, data=None, **_):
        """Keeps the request and answers with a token."""
        form = {
            name: value.decode() if isinstance(value, bytes) else str(value)
            for name, value in data.items()
        }
        self.request = (urllib.parse.urlsplit(url).path, form)
        return Answer(TOKEN)

    def close(self):
        """Does nothing, since no connection is open."""


def msal_request(credential):
    """Returns the path and the form of MSAL's sign-in."""
    recorder = Recorder()
    application = ConfidentialClientApplication(
        CLIENT,
        client_credential=credential,
        authority=AUTHORITY,
        instance_discovery=False,
        http_client=recorder,
    )
    answer = application.acquire_token_for_client(["https://graph.microsoft.com/.default"])
    assert "access_token" in answer, sorted(answer)
    return recorder.request


class Server(http.server.BaseHTTPRequestHandler):
    """Stands in for Entra ID, and for Graph with an empty group."""

    forms = []

    def do_POST(self):
        """Keeps the form and answers with a token."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
        pairs = urllib.parse.parse_qsl(body, strict_parsing=True)
        assert len(dict(pairs)) == len(pairs), "a field is repeated"
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        self.forms.append((self.path, dict(pairs)))
        self.answer(TOKEN)

    def do_GET(self):
        """Answers with an empty page."""
        self.answer(json.dumps({"value": []}))

    def answer(self, text):
        """Sends JSON."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Logs nothing."""


def entrasync_request(port, *lines):
    """Returns the path and the form of entrasync's sign-in."""
    Server.forms.clear()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "test.entraidconf"
        url = f"http://127.0.0.1:{port}"
        path.write_text(
            "\n".join(
                [
                    f"TENANTID = {TENANT}",
                    f"CLIENTID = {CLIENT}",
                    f"GROUPID = {GROUP}",
                    "QUERYFILTER = mail,mobilePhone,id",
                    f"LOGINURL = {url}",
                    f"GRAPHURL = {url}",
                    *lines,
                ]
            ),
            encoding="utf-8",
        )
        subprocess.run(
            [HERE / "read_with_entrasync", path], check=True, stdout=subprocess.DEVNULL
        )
    assert len(Server.forms) == 1, "entrasync signed in more or less than once"
    return Server.forms[0]


def decode(part):
    """Returns the JSON in a part of an assertion."""
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def compare_forms(name, theirs, ours):
    """Compares path and fields. `compare_assertions` compares the client assertion."""
    check(f"{name}: both send to the same path", theirs[0], ours[0])
    check(f"{name}: both send the same fields", set(theirs[1]) - FIELDS_OF_MSAL, set(ours[1]))
    for field in sorted(set(theirs[1]) - FIELDS_OF_MSAL - {"client_assertion"}):
        check(f"{name}: both send the same {field}", theirs[1][field], ours[1].get(field))


def compare_assertions(theirs, ours):
    """Compares header and claims. The signatures differ, since they are made with random bytes."""
    (their_header, their_claims), (our_header, our_claims) = (
        [decode(part) for part in text.split(".")[:2]] for text in (theirs, ours)
    )
    check(
        "client assertion: both headers have the same fields",
        set(their_header) - HEADERS_OF_MSAL,
        set(our_header),
    )
    for field in ("alg", "typ"):
        check(
            f"client assertion: both headers have the same {field}",
            their_header[field],
            our_header.get(field),
        )
    # MSAL pads this field, which RFC 7515 forbids.
    check(
        "client assertion: both headers have the same x5t#S256, apart from padding",
        their_header["x5t#S256"].rstrip("="),
        our_header.get("x5t#S256"),
    )
    check("client assertion: entrasync pads no part", "=" in ours, False)
    check(
        "client assertion: both have the same claims",
        set(their_claims) | CLAIMS_OF_ENTRASYNC,
        set(our_claims),
    )
    for claim in ("aud", "iss", "sub"):
        check(
            f"client assertion: both have the same {claim}",
            their_claims[claim],
            our_claims.get(claim),
        )
    check(
        "client assertion: both are valid for the same time",
        their_claims["exp"] - their_claims["iat"],
        our_claims["exp"] - our_claims["iat"],
    )
    check(
        "client assertion: entrasync's nbf is the time of its iat",
        our_claims["nbf"],
        our_claims["iat"],
    )
    check(
        "client assertion: both have an iat within 30 s of the other's",
        abs(their_claims["iat"] - our_claims["iat"]) < 30,
        True,
    )
    guid = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    for whose, claims in (("MSAL", their_claims), ("entrasync", our_claims)):
        check(
            f"client assertion: {whose}'s jti is a GUID",
            bool(guid.fullmatch(claims["jti"])),
            True,
        )


def verify(assertion):
    """Returns the issuer of an assertion that PyJWT accepts, or else the name of PyJWT's error."""
    certificate = x509.load_pem_x509_certificate(CERTIFICATE.read_bytes())
    try:
        claims = jwt.decode(
            assertion,
            certificate.public_key(),
            algorithms=["PS256"],
            audience=f"{AUTHORITY}/oauth2/v2.0/token",
            options={"require": ["exp", "iat", "nbf", "iss", "sub", "jti", "aud"]},
        )
    except jwt.PyJWTError as error:
        return type(error).__name__
    return claims["iss"]


def main():
    """Makes all comparisons."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port

    compare_forms(
        "secret", msal_request(SECRET), entrasync_request(port, f'CLIENTSECRET = "{SECRET}"')
    )
    theirs = msal_request(
        {"private_key": KEY.read_text(), "public_certificate": CERTIFICATE.read_text()}
    )
    lines = (f"CLIENTCERTIFICATE = {CERTIFICATE}", f"CLIENTKEY = {KEY}")
    ours = entrasync_request(port, *lines)
    compare_forms("certificate", theirs, ours)
    assertion = ours[1]["client_assertion"]
    compare_assertions(theirs[1]["client_assertion"], assertion)

    check("client assertion: PyJWT verifies entrasync's signature", verify(assertion), CLIENT)
    head, claims, signature = assertion.split(".")
    bent = "A" if signature[20] != "A" else "B"
    check(
        "client assertion: PyJWT refuses a changed signature",
        verify(".".join([head, claims, signature[:20] + bent + signature[21:]])),
        "InvalidSignatureError",
    )
    again = entrasync_request(port, *lines)[1]["client_assertion"]
    check(
        "client assertion: the next sign-in has another jti",
        decode(again.split(".")[1])["jti"] != decode(claims)["jti"],
        True,
    )
    print(f"1..{tests}")
    return 1 if failures else 0


raise SystemExit(main())
