"""Create the compute instance if it is not there yet (SDK v2)."""
# Written by amlguide; change the answers and render again, not this file.
# Needs: pip install azure-ai-ml azure-identity, and a signed-in account.

import sys

from azure.ai.ml import MLClient
from azure.ai.ml.entities import (
    ComputeInstance,
)
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential

SUBSCRIPTION_ID = "6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7"
RESOURCE_GROUP = "rg-contoso-lock"
WORKSPACE = "mlw-contoso-lock"
INSTANCE = "contosolock-ci"
SIZE = "Standard_D4ds_v4"
PUBLIC_IP = False
SSH = False
IDLE_MINUTES = 60


def differences(instance):
    """Return what is not as planned and cannot be changed any more."""
    if instance.type != "computeinstance":
        return [f"it is of type {instance.type}"]
    found = []
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
