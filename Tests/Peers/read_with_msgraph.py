"""Prints a group's members, read by msgraph-sdk: read_with_msgraph.py CONFIGURATION"""

import asyncio
import ssl
import sys

import httpx
from azure.identity import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph_core import GraphClientFactory
from msgraph_core.tasks.page_iterator import PageIterator

from entraidconf import Configuration, print_members


def client(configuration):
    """Returns a client that speaks to the simulator instead of Microsoft's host."""
    authority = configuration["CAFILE"]
    credential = ClientSecretCredential(
        configuration["TENANTID"],
        configuration["CLIENTID"],
        configuration["CLIENTSECRET"],
        authority=configuration["LOGINURL"],
        disable_instance_discovery=True,
        connection_verify=authority,
    )
    http = httpx.AsyncClient(
        http2=True, timeout=100, verify=ssl.create_default_context(cafile=authority)
    )
    adapter = GraphRequestAdapter(
        AzureIdentityAuthenticationProvider(
            credential, scopes=[configuration.scope], allowed_hosts=["localhost"]
        ),
        GraphClientFactory.create_with_default_middleware(client=http),
    )
    adapter.base_url = f"{configuration['GRAPHURL']}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


async def read(configuration):
    """Returns all members, read by the SDK's page iterator."""
    graph = client(configuration)
    group = graph.groups.by_group_id(configuration["GROUPID"])
    builder = group.transitive_members if configuration.is_transitive else group.members
    parameters = getattr(
        type(builder),
        "TransitiveMembersRequestBuilderGetQueryParameters"
        if configuration.is_transitive
        else "MembersRequestBuilderGetQueryParameters",
    )(select=["id", "mail", "mobilePhone"], top=999)
    page = await builder.get(RequestConfiguration(query_parameters=parameters))

    members = []

    def take(member):
        # A kind without the attribute, such as a device, has no such property either.
        members.append(
            (
                member.odata_type,
                member.id,
                getattr(member, "mail", None),
                getattr(member, "mobile_phone", None),
            )
        )
        return True

    await PageIterator(page, graph.request_adapter).iterate(take)
    return members


print_members(asyncio.run(read(Configuration(sys.argv[1]))))
