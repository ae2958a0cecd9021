"""Attach the Kubernetes cluster if it is not attached yet (SDK v2)."""
# Written by amlguide; change the answers and render again, not this file.
# Needs: pip install azure-ai-ml azure-identity, and a signed-in account.
# Namespace and instance types are objects in the cluster: run.sh, or kubectl, makes them.

import sys

from azure.ai.ml import MLClient
from azure.ai.ml.entities import IdentityConfiguration, KubernetesCompute
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential

SUBSCRIPTION_ID = "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d"
RESOURCE_GROUP = "rg-wingtip-ml"
WORKSPACE = "mlw-wingtip"
COMPUTE = "wingtipaks-k8s"
CLUSTER_ID = "/subscriptions/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d/resourceGroups/rg-wingtip-aks/providers/Microsoft.ContainerService/managedClusters/aks-wingtip"
NAMESPACE = "default"


def differences(compute):
    """Return what is not as planned; an attached cluster cannot be changed."""
    if compute.type != "kubernetes":
        return [f"it is of type {compute.type}"]
    found = []
    if (compute.resource_id or "").lower() != CLUSTER_ID.lower():
        found.append(f"its cluster is {compute.resource_id}")
    if compute.namespace != NAMESPACE:
        found.append(f"its namespace is {compute.namespace}")
    identity = compute.identity.type if compute.identity else "none"
    if identity != "system_assigned":
        found.append(f"its identity is {identity}")
    return found


def main():
    """Look first, because attaching again changes nothing."""
    client = MLClient(
        DefaultAzureCredential(), SUBSCRIPTION_ID, RESOURCE_GROUP, WORKSPACE
    )
    try:
        compute = client.compute.get(COMPUTE)
    except ResourceNotFoundError:
        print(f"{COMPUTE}: is attached, which takes a minute or two")
        compute = client.begin_create_or_update(
            KubernetesCompute(
                name=COMPUTE,
                resource_id=CLUSTER_ID,
                namespace=NAMESPACE,
                identity=IdentityConfiguration(
                    type="system_assigned",
                ),
            )
        ).result()
        print(f"{COMPUTE}: {compute.provisioning_state}")
        return 0
    found = differences(compute)
    if found:
        print(f"{COMPUTE}: exists, but {', '.join(found)}.", file=sys.stderr)
        print("Detach it and run this again.", file=sys.stderr)
        return 1
    print(f"{COMPUTE}: is there already, nothing to do")
    return 0


if __name__ == "__main__":
    sys.exit(main())
