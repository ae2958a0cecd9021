"""Create the compute cluster with SDK v1, as the documents of 2021 do."""
# Written by amlguide, only on request.
# SDK v1 (azureml-core) is out of support since 2026-06-30 and gets no fixes.
# For anything new use the program for SDK v2 beside this one.

from azureml.core import Workspace
from azureml.core.compute import AmlCompute, ComputeTarget
from azureml.core.compute_target import ComputeTargetException

CLUSTER = "tailspinedge-cluster"

workspace = Workspace.get(
    name="mlw-tailspin-edge",
    subscription_id="2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f",
    resource_group="rg-tailspin-edge",
)

try:
    cluster = ComputeTarget(workspace=workspace, name=CLUSTER)
    print(f"{CLUSTER}: is there already, nothing to do")
except ComputeTargetException:
    print(f"{CLUSTER}: is created, which takes some minutes")
    configuration = AmlCompute.provisioning_configuration(
        vm_size="Standard_D4ds_v4",
        vm_priority="dedicated",
        min_nodes=0,
        max_nodes=5,
        idle_seconds_before_scaledown=120,
        vnet_resourcegroup_name="rg-tailspin-edge-net",
        vnet_name="vnet-tailspin-edge",
        subnet_name="snet-training",
    )
    cluster = ComputeTarget.create(workspace, CLUSTER, configuration)
    cluster.wait_for_completion(show_output=True, timeout_in_minutes=20)
