"""Create the compute instance if it is not there yet (SDK v2)."""
# Written by amlguide; change the answers and render again, not this file.
# Needs: pip install azure-ai-ml azure-identity, and a signed-in account.

import sys

from azure.ai.ml import MLClient
from azure.ai.ml.entities import (
    AssignedUserConfiguration,
    ComputeInstance,
    NetworkSettings,
)
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential

SUBSCRIPTION_ID = "2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
RESOURCE_GROUP = "rg-tailspin-ml"
WORKSPACE = "mlw-tailspin-dev"
INSTANCE = "tailspin-ci-anna"
SIZE = "Standard_D4ds_v4"
PUBLIC_IP = True
SSH = False
IDLE_MINUTES = 60
NETWORK_GROUP = "rg-tailspin-network"
VNET = "vnet-tailspin-weu"
SUBNET = "snet-training"
SUBNET_ID = (
    f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{NETWORK_GROUP}"
    f"/providers/Microsoft.Network/virtualNetworks/{VNET}/subnets/{SUBNET}"
)
OWNER_OBJECT_ID = "0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601"
OWNER_TENANT_ID = "9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a"


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
                enable_node_public_ip=PUBLIC_IP,
                ssh_public_access_enabled=SSH,
                idle_time_before_shutdown_minutes=IDLE_MINUTES,
                create_on_behalf_of=AssignedUserConfiguration(
                    user_tenant_id=OWNER_TENANT_ID,
                    user_object_id=OWNER_OBJECT_ID,
                ),
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
