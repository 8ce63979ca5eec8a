"""Writes a list by Microsoft's msgraph-sdk: with_msgraph_sdk.py CONFIGURATION LIST"""

import asyncio
import os
import re
import ssl
import sys

import httpx
from azure.identity import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.groups.item.members.members_request_builder import MembersRequestBuilder
from msgraph.generated.models.user import User
from msgraph_core import GraphClientFactory
from msgraph_core.tasks.page_iterator import PageIterator


def client(value):
    """Returns a client that speaks to the benchmark's servers instead of Microsoft's."""
    credential = ClientSecretCredential(
        value["TENANTID"],
        value["CLIENTID"],
        value["CLIENTSECRET"],
        authority=value["LOGINURL"],
        disable_instance_discovery=True,
        connection_verify=value["CAFILE"],
    )
    http = httpx.AsyncClient(
        http2=True, timeout=100, verify=ssl.create_default_context(cafile=value["CAFILE"])
    )
    adapter = GraphRequestAdapter(
        AzureIdentityAuthenticationProvider(
            credential,
            scopes=["https://graph.microsoft.com/.default"],
            allowed_hosts=["localhost"],
        ),
        GraphClientFactory.create_with_default_middleware(client=http),
    )
    adapter.base_url = f"{value['GRAPHURL']}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


async def read(value):
    """Returns the addresses of all members, read by the SDK's page iterator."""
    graph = client(value)
    parameters = MembersRequestBuilder.MembersRequestBuilderGetQueryParameters(
        select=["id", "mail", "accountEnabled", "userType"], top=999
    )
    page = await graph.groups.by_group_id(value["GROUPID"]).members.get(
        RequestConfiguration(query_parameters=parameters)
    )
    addresses = set()

    def take(member):
        if isinstance(member, User) and member.mail:
            addresses.add(member.mail.strip().lower())
        return True

    await PageIterator(page, graph.request_adapter).iterate(take)
    return addresses


configuration, target = sys.argv[1:]
with open(configuration, encoding="utf-8") as file:
    values = dict(re.findall(r'^(\w+) *= *"?(.*?)"?$', file.read(), re.MULTILINE))
with open(f"{target}.new", "w", encoding="utf-8") as file:
    file.writelines(f"{address}\n" for address in sorted(asyncio.run(read(values))))
os.rename(f"{target}.new", target)
