"""Create the compute instance if it is not there yet (SDK v2)."""
# Written by amlguide; change the answers and render again, not this file.
# Needs: pip install azure-ai-ml azure-identity, and a signed-in account.

import sys

from azure.ai.ml import MLClient
from azure.ai.ml.entities import (
    ComputeInstance,
    NetworkSettings,
)
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential

SUBSCRIPTION_ID = "5a3f1c7e-0000-4a11-9c00-7a115b1e0001"
RESOURCE_GROUP = "rg-tailspin-lab"
WORKSPACE = "mlw-tailspin-lab"
INSTANCE = "ci-tailspin-ana"
SIZE = "Standard_D4ds_v4"
PUBLIC_IP = False
SSH = False
IDLE_MINUTES = 60
TAGS = {"cost-center": "4711"}
NETWORK_GROUP = "rg-tailspin-net"
VNET = "vnet-tailspin-swc"
SUBNET = "snet-training"
SUBNET_ID = (
    f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{NETWORK_GROUP}"
    f"/providers/Microsoft.Network/virtualNetworks/{VNET}/subnets/{SUBNET}"
)


def differences(instance):
    """Return what is not as planned and cannot be changed any more."""
    if instance.type != "computeinstance":
        return [f"it is of type {instance.type}"]
    found = []
    network = instance.network_settings
    subnet = network.subnet if network else None
    if (subnet or "").lower() != SUBNET_ID.lower():
        found.append(f"its subnet is {subnet or 'none'}")
    if (instance.size or "").lower() != SIZE.lower():
        found.append(f"its size is {instance.size}")
    # Old versions of azure-ai-ml read False back as True; only False is sure.
    if PUBLIC_IP and instance.enable_node_public_ip is False:
        found.append("it has no public IP")
    if bool(instance.ssh_public_access_enabled) != SSH:
        found.append("SSH is " + ("off" if SSH else "on"))
    return found


def main():
    """Look first, because creating overwrites a compute that exists."""
    client = MLClient(
        DefaultAzureCredential(), SUBSCRIPTION_ID, RESOURCE_GROUP, WORKSPACE
    )
    try:
        instance = client.compute.get(INSTANCE)
    except ResourceNotFoundError:
        print(f"{INSTANCE}: is created, which takes some minutes")
        instance = client.begin_create_or_update(
            ComputeInstance(
                name=INSTANCE,
                size=SIZE,
                network_settings=NetworkSettings(subnet=SUBNET_ID),
                tags=TAGS,
                enable_node_public_ip=PUBLIC_IP,
                ssh_public_access_enabled=SSH,
                idle_time_before_shutdown_minutes=IDLE_MINUTES,
            )
        ).result()
        print(f"{INSTANCE}: {instance.provisioning_state}")
        return 0
    found = differences(instance)
    if found:
        print(f"{INSTANCE}: exists, but {', '.join(found)}.", file=sys.stderr)
        print("Delete it, or choose another name.", file=sys.stderr)
        return 1
    print(f"{INSTANCE}: is there already, nothing to do")
    return 0


if __name__ == "__main__":
    sys.exit(main())
