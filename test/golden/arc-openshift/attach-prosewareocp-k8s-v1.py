"""Attach the Kubernetes cluster with SDK v1, as the document of 2021 does."""
# Written by amlguide, only on request.
# SDK v1 (azureml-core) is out of support since 2026-06-30 and gets no fixes.
# The document forgets to import Workspace, so its own code stops with a NameError.
# For anything new use the program for SDK v2 beside this one.

import os

from azureml.core import Workspace
from azureml.core.compute import ComputeTarget, KubernetesCompute

COMPUTE = os.environ.get("AML_COMPUTE_CLUSTER_NAME", "prosewareocp-k8s")
CLUSTER_ID = "/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-proseware-arc/providers/Microsoft.Kubernetes/connectedClusters/arc-proseware-ocp"

workspace = Workspace.get(
    name="mlw-proseware",
    subscription_id="6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7",
    resource_group="rg-proseware-ml",
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
        namespace="team-proseware",
    )
    compute = ComputeTarget.attach(workspace, COMPUTE, configuration)
    compute.wait_for_completion(show_output=True)
    print(compute.get_status().serialize())
