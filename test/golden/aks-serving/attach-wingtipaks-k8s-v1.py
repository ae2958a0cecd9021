"""Attach the Kubernetes cluster with SDK v1, as the document of 2021 does."""
# Written by amlguide, only on request.
# SDK v1 (azureml-core) is out of support since 2026-06-30 and gets no fixes.
# The document forgets to import Workspace, so its own code stops with a NameError.
# For anything new use the program for SDK v2 beside this one.

import os

from azureml.core import Workspace
from azureml.core.compute import ComputeTarget, KubernetesCompute

COMPUTE = os.environ.get("AML_COMPUTE_CLUSTER_NAME", "wingtipaks-k8s")
CLUSTER_ID = "/subscriptions/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d/resourceGroups/rg-wingtip-aks/providers/Microsoft.ContainerService/managedClusters/aks-wingtip"

workspace = Workspace.get(
    name="mlw-wingtip",
    subscription_id="a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",
    resource_group="rg-wingtip-ml",
)

if COMPUTE in workspace.compute_targets:
    compute = workspace.compute_targets[COMPUTE]
    if not isinstance(compute, KubernetesCompute):
        raise SystemExit(f"{COMPUTE}: exists, and is no attached Kubernetes cluster")
    print(f"{COMPUTE}: is there already, nothing to do")
else:
    print(f"{COMPUTE}: is attached, which takes a minute or two")
    configuration = KubernetesCompute.attach_configuration(
        resource_id=CLUSTER_ID,
        namespace="default",
    )
    compute = ComputeTarget.attach(workspace, COMPUTE, configuration)
    compute.wait_for_completion(show_output=True)
    print(compute.get_status().serialize())
