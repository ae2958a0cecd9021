"""Add a route for each address of the service, as the documents of 2021 do."""
# Written by amlguide; change the answers and render again, not this file.
# The route with the service tag AzureMachineLearning, which run.sh makes, does the same and never gets old.
# Needs: pip install azure-mgmt-network azure-identity, and a signed-in account.

import sys

from azure.identity import DefaultAzureCredential
from azure.mgmt.network import NetworkManagementClient

AUTHORITY = "login.microsoftonline.com"
MANAGEMENT = "https://management.azure.com"
SUBSCRIPTION_ID = "2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
RESOURCE_GROUP = "rg-tailspin-edge-net"
ROUTE_TABLE = "rt-tailspin-edge"
LOCATION = "eastus2"
# Primary and secondary region.
TAGS = ["AzureMachineLearning.eastus2", "AzureMachineLearning.centralus"]
DOWNLOAD = "https://www.microsoft.com/download/details.aspx?id=56519"


def prefixes(client):
    """Return the IPv4 prefixes of the tags, and the tags for which there are none."""
    values = client.service_tags.list(LOCATION).values or []
    found, empty = [], []
    for tag in TAGS:
        lists = [v.properties.address_prefixes for v in values if v.name.lower() == tag.lower()]
        own = [prefix for prefix in (lists[0] if lists else []) if ":" not in prefix]
        found += [(tag, prefix) for prefix in own if prefix not in dict((p, t) for t, p in found)]
        if not own:
            empty.append(tag)
    return found, empty


def main():
    """Look first, then add only the routes that are missing; takes none away."""
    client = NetworkManagementClient(
        DefaultAzureCredential(authority=AUTHORITY),
        SUBSCRIPTION_ID,
        base_url=MANAGEMENT,
        credential_scopes=[f"{MANAGEMENT}/.default"],
    )
    wanted, empty = prefixes(client)
    if empty:
        print(f"No addresses for {', '.join(empty)}.", file=sys.stderr)
        print(f"Search these names in the file of {DOWNLOAD}, and add a route for each prefix.", file=sys.stderr)
    table = client.route_tables.get(RESOURCE_GROUP, ROUTE_TABLE)
    there = {route.address_prefix for route in table.routes or []}
    for tag, prefix in wanted:
        if prefix in there:
            print(f"{prefix} ({tag}): is there already")
            continue
        name = "aml-" + prefix.replace("/", "-")
        route = {"address_prefix": prefix, "next_hop_type": "Internet"}
        client.routes.begin_create_or_update(RESOURCE_GROUP, ROUTE_TABLE, name, route).result()
        print(f"{prefix} ({tag}): route made")
    return 1 if empty else 0


if __name__ == "__main__":
    sys.exit(main())
