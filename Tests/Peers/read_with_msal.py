"""Prints a group's members, read as in MSAL's samples: read_with_msal.py CONFIGURATION"""

import sys

import requests
from msal import ConfidentialClientApplication

from entraidconf import Configuration, print_members


def read(configuration):
    """Returns all members."""
    application = ConfidentialClientApplication(
        configuration["CLIENTID"],
        client_credential=configuration.credential,
        authority=configuration.authority,
        instance_discovery=False,
        verify=configuration["CAFILE"],
    )
    token = application.acquire_token_for_client(scopes=[configuration.scope])
    if "access_token" not in token:
        sys.exit(f"MSAL cannot sign in: {token.get('error')}")
    session = requests.Session()
    session.verify = configuration["CAFILE"]
    session.headers["Authorization"] = f"Bearer {token['access_token']}"

    members = []
    link = (
        f"{configuration['GRAPHURL']}/v1.0/groups/{configuration['GROUPID']}"
        f"/{configuration.collection}?$select=id,mail,mobilePhone&$top=999"
    )
    while link:
        answer = session.get(link, timeout=100)
        answer.raise_for_status()
        page = answer.json()
        members += [
            (member["@odata.type"], member["id"], member.get("mail"), member.get("mobilePhone"))
            for member in page["value"]
        ]
        link = page.get("@odata.nextLink")
    return members


print_members(read(Configuration(sys.argv[1])))
