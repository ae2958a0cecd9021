"""Create the compute instance if it is not there yet (SDK v2)."""
# Written by amlguide; change the answers and render again, not this file.
# Needs: pip install azure-ai-ml azure-identity, and a signed-in account.

import sys
from pathlib import Path

from azure.ai.ml import MLClient
from azure.ai.ml.entities import (
    ComputeInstance,
    ComputeInstanceSshSettings,
    ComputeSchedules,
    ComputeStartStopSchedule,
    NetworkSettings,
    RecurrencePattern,
    RecurrenceTrigger,
)
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential

try:
    from azure.ai.ml.entities import ScriptReference, SetupScripts
except ImportError:  # Old versions keep them to themselves.
    from azure.ai.ml.entities._compute import _setup_scripts

    ScriptReference = _setup_scripts.ScriptReference
    SetupScripts = _setup_scripts.SetupScripts

SUBSCRIPTION_ID = "2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
RESOURCE_GROUP = "rg-tailspin-lab"
WORKSPACE = "mlw-tailspin-lab"
INSTANCE = "tailspin-lab-ci"
SIZE = "Standard_D4ds_v4"
PUBLIC_IP = True
SSH = True
# Only the public half of the key leaves this computer.
SSH_KEY_FILE = "~/.ssh/id_rsa.pub"
IDLE_MINUTES = 90
TIME_ZONE = "W. Europe Standard Time"
SCHEDULES = [
    ["start", ["monday", "tuesday", "wednesday", "thursday"], 8, 0],
    ["stop", ["monday", "tuesday", "wednesday", "thursday"], 19, 30],
    ["start", ["friday"], 8, 0],
    ["stop", ["friday"], 16, 0],
]
# Path in the file share of the workspace.
SETUP_SCRIPT = "Users/anna/setup.sh"
TAGS = {"team": "vision"}
NETWORK_GROUP = "rg-tailspin-lab-net"
VNET = "vnet-tailspin-lab"
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
                ssh_settings=ComputeInstanceSshSettings(
                    ssh_key_value=Path(SSH_KEY_FILE).expanduser().read_text().strip()
                ),
                idle_time_before_shutdown_minutes=IDLE_MINUTES,
                schedules=ComputeSchedules(
                    compute_start_stop=[
                        ComputeStartStopSchedule(
                            action=action,
                            trigger=RecurrenceTrigger(
                                frequency="week",
                                interval=1,
                                time_zone=TIME_ZONE,
                                schedule=RecurrencePattern(
                                    hours=hour, minutes=minute, week_days=days
                                ),
                            ),
                        )
                        for action, days, hour, minute in SCHEDULES
                    ]
                ),
                setup_scripts=SetupScripts(
                    startup_script=ScriptReference(
                        path=SETUP_SCRIPT,
                        command="vision west",
                        timeout_minutes=20,
                    )
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
