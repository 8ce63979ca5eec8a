"""Writes a list by MSAL and httpx, over HTTP/2: with_msal_and_httpx.py CONFIGURATION LIST"""

import os
import re
import sys

import httpx
import msal

configuration, target = sys.argv[1:]
with open(configuration, encoding="utf-8") as file:
    value = dict(re.findall(r'^(\w+) *= *"?(.*?)"?$', file.read(), re.MULTILINE))

application = msal.ConfidentialClientApplication(
    value["CLIENTID"],
    client_credential=value["CLIENTSECRET"],
    authority=f"{value['LOGINURL']}/{value['TENANTID']}",
    instance_discovery=False,
    verify=value["CAFILE"],
)
token = application.acquire_token_for_client(scopes=["https://graph.microsoft.com/.default"])
if "access_token" not in token:
    sys.exit(f"MSAL cannot sign in: {token.get('error')}")

addresses = set()
link = (
    f"{value['GRAPHURL']}/v1.0/groups/{value['GROUPID']}/members"
    "?$select=id,mail,accountEnabled,userType&$top=999"
)
with httpx.Client(http2=True, verify=value["CAFILE"], timeout=100) as client:
    client.headers["Authorization"] = f"Bearer {token['access_token']}"
    while link:
        answer = client.get(link)
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
