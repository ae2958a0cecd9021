"""Create the compute cluster if it is not there yet (SDK v2)."""
# Written by amlguide; change the answers and render again, not this file.
# Needs: pip install azure-ai-ml azure-identity, and a signed-in account.

import sys

from azure.ai.ml import MLClient
from azure.ai.ml.entities import AmlCompute, NetworkSettings
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential

SUBSCRIPTION_ID = "5a3f1c7e-0000-4a11-9c00-7a115b1e0001"
RESOURCE_GROUP = "rg-tailspin-lab"
WORKSPACE = "mlw-tailspin-lab"
REGION = "swedencentral"
CLUSTER = "cpu-cluster"
SIZE = "Standard_D4ds_v4"
TIER = "dedicated"
MIN_NODES = 0
MAX_NODES = 4
IDLE_SECONDS = 120
PUBLIC_IP = False
TAGS = {"cost-center": "4711"}
NETWORK_GROUP = "rg-tailspin-net"
VNET = "vnet-tailspin-swc"
SUBNET = "snet-training"
SUBNET_ID = (
    f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{NETWORK_GROUP}"
    f"/providers/Microsoft.Network/virtualNetworks/{VNET}/subnets/{SUBNET}"
)


def differences(cluster):
    """Return what is not as planned and cannot be changed any more."""
    if cluster.type != "amlcompute":
        return [f"it is of type {cluster.type}"]
    found = []
    network = cluster.network_settings
    subnet = network.subnet if network else None
    if (subnet or "").lower() != SUBNET_ID.lower():
        found.append(f"its subnet is {subnet or 'none'}")
    if (cluster.size or "").lower() != SIZE.lower():
        found.append(f"its size is {cluster.size}")
    # Old versions of azure-ai-ml read False back as True; only False is sure.
    if PUBLIC_IP and cluster.enable_node_public_ip is False:
        found.append("its nodes have no public IP")
    return found


def main():
    """Look first, because creating overwrites a compute that exists."""
    client = MLClient(
        DefaultAzureCredential(), SUBSCRIPTION_ID, RESOURCE_GROUP, WORKSPACE
    )
    try:
        cluster = client.compute.get(CLUSTER)
    except ResourceNotFoundError:
        print(f"{CLUSTER}: is created, which takes some minutes")
        cluster = client.begin_create_or_update(
            AmlCompute(
                name=CLUSTER,
                location=REGION,
                size=SIZE,
                tier=TIER,
                min_instances=MIN_NODES,
                max_instances=MAX_NODES,
                idle_time_before_scale_down=IDLE_SECONDS,
                network_settings=NetworkSettings(subnet=SUBNET_ID),
                tags=TAGS,
                enable_node_public_ip=PUBLIC_IP,
                ssh_public_access_enabled=False,
            )
        ).result()
        print(f"{CLUSTER}: {cluster.provisioning_state}")
        return 0
    found = differences(cluster)
    if found:
        print(f"{CLUSTER}: exists, but {', '.join(found)}.", file=sys.stderr)
        print("Delete it, or choose another name.", file=sys.stderr)
        return 1
    print(f"{CLUSTER}: is there already, nothing to do")
    return 0


if __name__ == "__main__":
    sys.exit(main())
