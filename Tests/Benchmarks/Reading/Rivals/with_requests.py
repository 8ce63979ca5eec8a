"""Writes a list by requests: with_requests.py CONFIGURATION LIST"""

import os
import re
import sys

import requests

configuration, target = sys.argv[1:]
with open(configuration, encoding="utf-8") as file:
    value = dict(re.findall(r'^(\w+) *= *"?(.*?)"?$', file.read(), re.MULTILINE))

session = requests.Session()
session.verify = value.get("CAFILE", True)
answer = session.post(
    f"{value['LOGINURL']}/{value['TENANTID']}/oauth2/v2.0/token",
    data={
        "grant_type": "client_credentials",
        "client_id": value["CLIENTID"],
        "client_secret": value["CLIENTSECRET"],
        "scope": "https://graph.microsoft.com/.default",
    },
    timeout=100,
)
answer.raise_for_status()
session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

addresses = set()
link = (
    f"{value['GRAPHURL']}/v1.0/groups/{value['GROUPID']}/members"
    "?$select=id,mail,accountEnabled,userType&$top=999"
)
while link:
    answer = session.get(link, timeout=100)
    answer.raise_for_status()
    page = answer.json()
    addresses.update(
        member["mail"].strip().lower()
        for member in page["value"]
        if member["@odata.type"] == "#microsoft.graph.user" and member.get("mail")
    )
    link = page.get("@odata.nextLink")

with open(f"{target}.new", "w", encoding="utf-8") as file:
    file.writelines(f"{address}\n" for address in sorted(addresses))
os.rename(f"{target}.new", target)
