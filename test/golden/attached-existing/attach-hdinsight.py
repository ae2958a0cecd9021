"""Try to attach the HDInsight cluster to the workspace."""
# Written by amlguide; change the answers and render again, not this file.
# UNPROVEN: Resource Manager knows computes of the type HDInsight, but no page shows this call, and nobody has seen it work.
# If Azure refuses it, attach the cluster in the studio: Compute, Attached computes, New.
# Needs: pip install azure-identity, and a signed-in account.
# The password comes from the environment variable HDINSIGHT_SSH_PASSWORD, or is asked for.

import getpass
import json
import os
import sys
import time
import urllib.error
import urllib.request

from azure.identity import DefaultAzureCredential

AUTHORITY = "login.microsoftonline.com"
MANAGEMENT = "https://management.azure.com"
SUBSCRIPTION_ID = "2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
RESOURCE_GROUP = "rg-adatum-old"
WORKSPACE = "mlw-adatum-old"
CLUSTER_GROUP = "rg-adatum-hdi"
CLUSTER = "hdi-adatum-spark"
COMPUTE = "adatumold-hdi"
SSH_USER = "sshuser"
WORKSPACE_ID = (
    f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{RESOURCE_GROUP}"
    f"/providers/Microsoft.MachineLearningServices/workspaces/{WORKSPACE}"
)
CLUSTER_ID = (
    f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{CLUSTER_GROUP}"
    f"/providers/Microsoft.HDInsight/clusters/{CLUSTER}"
)
COMPUTES = "2024-04-01"
CLUSTERS = "2021-06-01"


def call(token, method, path, version, body=None):
    """Make one call of Resource Manager; None where there is no such thing."""
    request = urllib.request.Request(
        f"{MANAGEMENT}{path}?api-version={version}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        if method == "GET" and error.code == 404:
            return None
        raise


def computes(token):
    """Return every compute of the workspace, page by page."""
    page = call(token, "GET", f"{WORKSPACE_ID}/computes", COMPUTES) or {}
    found = page.get("value", [])
    while page.get("nextLink"):
        request = urllib.request.Request(page["nextLink"], headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request) as answer:
            page = json.loads(answer.read())
        found += page.get("value", [])
    return found


def ssh_address(cluster):
    """Return host and port for SSH, or None where the cluster has no public address."""
    for endpoint in cluster["properties"].get("connectivityEndpoints") or []:
        if endpoint.get("name") == "SSH" and endpoint.get("location"):
            return endpoint["location"], endpoint.get("port", 22)
    return None


def stop(*lines):
    """Say why nothing is done."""
    for line in lines:
        print(line, file=sys.stderr)
    return 1


def attach(token, workspace, address, password):
    """Put the compute, and wait until Azure is done with it."""
    path = f"{WORKSPACE_ID}/computes/{COMPUTE}"
    account = {"username": SSH_USER, "password": password}
    settings = {"address": address[0], "sshPort": address[1], "administratorAccount": account}
    call(
        token,
        "PUT",
        path,
        COMPUTES,
        {
            "location": workspace["location"],
            "properties": {
                "computeType": "HDInsight",
                "resourceId": CLUSTER_ID,
                "properties": settings,
            },
        },
    )
    state = None
    for _ in range(120):
        compute = call(token, "GET", path, COMPUTES) or {}
        state = compute.get("properties", {}).get("provisioningState")
        if state in ("Succeeded", "Failed", "Canceled"):
            break
        time.sleep(5)
    return state


def main():
    """Look first: a second attachment breaks the one that is there."""
    credential = DefaultAzureCredential(authority=AUTHORITY)
    token = credential.get_token(f"{MANAGEMENT}/.default").token
    workspace = call(token, "GET", WORKSPACE_ID, COMPUTES)
    if workspace is None:
        return stop(f"There is no workspace {WORKSPACE}.")
    cluster = call(token, "GET", CLUSTER_ID, CLUSTERS)
    if cluster is None:
        return stop(f"There is no HDInsight cluster {CLUSTER}. Run run.sh first.")
    for compute in computes(token):
        resource = (compute["properties"].get("resourceId") or "").lower()
        same = compute["name"].lower() == COMPUTE.lower()
        if resource == CLUSTER_ID.lower() and same:
            state = compute["properties"].get("provisioningState")
            if state != "Succeeded":
                return stop(f"{COMPUTE} is {state}. If it failed, detach it in the studio and run this again.")
            print(f"{COMPUTE}: is there already, nothing to do")
            return 0
        if resource == CLUSTER_ID.lower():
            return stop(f"{CLUSTER} is attached already, as {compute['name']}. Use that one, or detach it.")
        if same:
            return stop(f"{COMPUTE} is another compute. Choose another name.")
    address = ssh_address(cluster)
    if address is None:
        return stop(f"{CLUSTER} has no public SSH address, so it cannot be attached.")
    print("This call is unproven: no page shows it, and nobody has seen it work.")
    password = os.environ.get("HDINSIGHT_SSH_PASSWORD") or getpass.getpass(
        f"Password of {SSH_USER} for SSH: "
    )
    try:
        state = attach(token, workspace, address, password)
    except urllib.error.HTTPError as error:
        print(error.read().decode(errors="replace").replace(password, "***"), file=sys.stderr)
        return stop("Azure refused it. Attach the cluster in the studio: Compute, Attached computes, New.")
    print(f"{COMPUTE}: {state}")
    return 0 if state == "Succeeded" else 1


if __name__ == "__main__":
    sys.exit(main())
