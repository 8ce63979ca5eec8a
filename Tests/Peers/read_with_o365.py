"""Prints a group's members, read by O365: read_with_o365.py CONFIGURATION"""

import sys

from msal import ConfidentialClientApplication
from O365 import Connection, MSGraphProtocol
from O365.groups import Group
from O365.utils import NEXT_LINK_KEYWORD, Pagination
from O365.utils.token import MemoryTokenBackend

from entraidconf import Configuration, print_members


def connect(configuration):
    """Returns a connection that is signed in at the simulator."""
    credential = (configuration["CLIENTID"], configuration["CLIENTSECRET"])
    connection = Connection(
        credential,
        auth_flow_type="credentials",
        tenant_id=configuration["TENANTID"],
        token_backend=MemoryTokenBackend(),
        verify_ssl=configuration["CAFILE"],
    )
    # O365 knows Microsoft's host alone. Nothing but the host is replaced here.
    connection._msal_client = ConfidentialClientApplication(
        credential[0],
        client_credential=credential[1],
        authority=configuration.authority,
        instance_discovery=False,
        token_cache=connection.token_backend,
        verify=configuration["CAFILE"],
    )
    if not connection.request_token(None, requested_scopes=[configuration.scope]):
        sys.exit("O365 cannot sign in")
    return connection


def read(configuration):
    """Returns all members. Group.get_group_members would return the first page alone."""
    MSGraphProtocol._protocol_url = configuration["GRAPHURL"] + "/"
    protocol = MSGraphProtocol()
    group = Group(con=connect(configuration), protocol=protocol, main_resource="")
    answer = group.con.get(
        f"{protocol.service_url}groups/{configuration['GROUPID']}/{configuration.collection}",
        params={"$select": "id,mail,mobilePhone", "$top": protocol.max_top_value},
    ).json()
    wrapped = [{group._cloud_data_key: member} for member in answer["value"]]
    members = Pagination(
        parent=group,
        data=[group.member_constructor(parent=group, **member) for member in wrapped],
        constructor=group.member_constructor,
        next_link=answer.get(NEXT_LINK_KEYWORD),
    )
    return [(member.type, member.object_id, member.mail, member.mobile_phone) for member in members]


print_members(read(Configuration(sys.argv[1])))
