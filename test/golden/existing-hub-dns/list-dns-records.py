"""Print the DNS records that the private endpoints need, as CSV; changes nothing."""
# Written by amlguide; change the answers and render again, not this file.
# Needs: pip install azure-mgmt-network azure-identity, and a signed-in account.

import csv
import sys

from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.mgmt.network import NetworkManagementClient

AUTHORITY = "login.microsoftonline.com"
MANAGEMENT = "https://management.azure.com"
SUBSCRIPTION_ID = "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d"
RESOURCE_GROUP = "rg-fabrikam-spoke"
ENDPOINTS = ["pe-fabrikam-spoke-blob", "pe-fabrikam-spoke-file", "pe-fabrikam-spoke-queue", "pe-fabrikam-spoke-table", "pe-fabrikam-spoke-vault", "pe-fabrikam-spoke-registry", "pe-fabrikam-spoke-workspace"]
ZONES = ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net", "privatelink.vaultcore.azure.net", "privatelink.azurecr.io", "privatelink.blob.core.windows.net", "privatelink.file.core.windows.net", "privatelink.queue.core.windows.net", "privatelink.table.core.windows.net"]
REGION = "norwayeast"
INSTANCES = []
INSTANCE_DOMAIN = "instances.azureml.ms"


def record_of(name):
    """Return zone and record name of a host: privatelink.X holds the names below X."""
    for zone in ZONES:
        domain = zone.replace("privatelink.", "", 1)
        # The zone of key vaults has a name of its own.
        for suffix in (domain, domain.replace("vaultcore.", "vault.", 1)):
            if name.endswith("." + suffix):
                return zone, name[: -len(suffix) - 1]
    return "", name


def names_of(client, endpoint):
    """Return host names with addresses: the network interface knows both, whoever keeps the DNS."""
    found = []
    for interface in endpoint.network_interfaces or []:
        part = interface.id.split("/")
        card = client.network_interfaces.get(part[4], part[8])
        for config in card.ip_configurations or []:
            link = config.private_link_connection_properties
            found += [(fqdn, config.private_ip_address) for fqdn in (link.fqdns if link else None) or []]
    return found


def main():
    """Read every endpoint and print its names with their addresses."""
    client = NetworkManagementClient(
        DefaultAzureCredential(authority=AUTHORITY),
        SUBSCRIPTION_ID,
        base_url=MANAGEMENT,
        credential_scopes=[f"{MANAGEMENT}/.default"],
    )
    out = csv.writer(sys.stdout)
    out.writerow(["zone", "record", "type", "address", "host"])
    missing = []
    workspace_address = ""
    for endpoint in ENDPOINTS:
        try:
            found = client.private_endpoints.get(RESOURCE_GROUP, endpoint)
        except ResourceNotFoundError:
            missing.append(endpoint)
            continue
        for host, address in names_of(client, found):
            zone, record = record_of(host)
            out.writerow([zone, record, "A", address, host])
            if ".workspace." in host:
                workspace_address = workspace_address or address
    if workspace_address:
        for instance in INSTANCES:
            host = f"{instance}.{REGION}.{INSTANCE_DOMAIN}"
            out.writerow(["", host, "A", workspace_address, host])
    if missing:
        print(f"Not there yet: {', '.join(missing)}. Run run.sh first.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
