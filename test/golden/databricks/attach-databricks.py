"""Try to attach Databricks to the workspace as a compute, if it is not attached yet."""
# Written by amlguide; change the answers and render again, not this file.
# UNPROVEN: Resource Manager knows computes of the type Databricks, but nobody has proven that it takes this call today.
# If it refuses, attach Databricks in the studio: Compute, Attached computes, New, Azure Databricks.
# Needs: pip install azure-identity requests, a signed-in account, and an access token of Databricks,
# in the environment variable DATABRICKS_TOKEN or typed when the program asks. It is stored and printed nowhere.

import getpass
import os
import sys
import time

import requests
from azure.identity import DefaultAzureCredential

AUTHORITY = "login.microsoftonline.com"
MANAGEMENT = "https://management.azure.com"
STUDIO = "ml.azure.com"
WORKSPACE_ID = "/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-litware-ml/providers/Microsoft.MachineLearningServices/workspaces/mlw-litware-ml"
DATABRICKS_ID = "/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-litware-ml-databricks/providers/Microsoft.Databricks/workspaces/dbw-litware-ml"
COMPUTE = "litwareml-dbx"
COMPUTES_VERSION = "2025-09-01"
DATABRICKS_VERSION = "2024-05-01"
WAIT_SECONDS = 600


class Refused(Exception):
    """What the person has to know when it goes no further."""


class Azure:
    """Calls of Resource Manager; no message of it ever shows the token of Databricks."""

    def __init__(self):
        self.credential = DefaultAzureCredential(authority=AUTHORITY)
        self.secret = None

    def call(self, method, url, body=None):
        """Make one call; return status and answer."""
        token = self.credential.get_token(f"{MANAGEMENT}/.default").token
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.request(method, url, json=body, headers=headers, timeout=60)
        if answer.status_code >= 400 and answer.status_code != 404:
            text = answer.text.replace(self.secret, "***") if self.secret else answer.text
            raise Refused(f"Azure refused {method} with {answer.status_code}: {text}")
        return answer.status_code, answer.json() if answer.text else {}


def address(resource_id, version):
    """Return the URL of a resource."""
    return f"{MANAGEMENT}{resource_id}?api-version={version}"


def computes(azure):
    """Return every compute of the workspace."""
    url, found = address(f"{WORKSPACE_ID}/computes", COMPUTES_VERSION), []
    while url:
        status, page = azure.call("GET", url)
        if status == 404:
            raise Refused("The workspace does not exist yet. Run run.sh first.")
        found += page.get("value", [])
        url = page.get("nextLink")
    return found


def is_ours(compute):
    """Tell whether a compute stands for this Databricks workspace."""
    properties = compute["properties"]
    same = (properties.get("resourceId") or "").lower() == DATABRICKS_ID.lower()
    return properties.get("computeType") == "Databricks" and same


def attached(found):
    """Return the compute if it is there; stop where another one is in the way."""
    for compute in found:
        named = compute["name"].lower() == COMPUTE.lower()
        if named and is_ours(compute):
            state = compute["properties"].get("provisioningState")
            if state != "Succeeded":
                raise Refused(f"{COMPUTE} is {state}. If it failed, detach it in the studio and run this again.")
            return compute
        if named:
            raise Refused(f"{COMPUTE} is another compute. Choose another name.")
    for compute in found:
        if is_ours(compute):
            raise Refused(f"This Databricks workspace is attached already, as {compute['name']}. Once is enough.")
    return None


def databricks(azure):
    """Return the Databricks workspace, which has to be ready."""
    status, workspace = azure.call("GET", address(DATABRICKS_ID, DATABRICKS_VERSION))
    if status == 404:
        raise Refused("The Databricks workspace does not exist yet. Run run.sh first.")
    state = workspace["properties"].get("provisioningState")
    if state != "Succeeded":
        raise Refused(f"The Databricks workspace is {state}. Wait, then run this again.")
    return workspace


def access_token():
    """Return the access token from the environment, or ask for it without showing it."""
    token = os.environ.get("DATABRICKS_TOKEN", "")
    if not token and sys.stdin.isatty():
        token = getpass.getpass("Access token of Databricks: ")
    if not token.strip():
        raise Refused("Set DATABRICKS_TOKEN to an access token of Databricks, or type it when asked.")
    return token.strip()


def finished(azure, url):
    """Wait until Azure is done, and return the compute."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        status, compute = azure.call("GET", url)
        state = compute.get("properties", {}).get("provisioningState")
        if status == 200 and state in ("Succeeded", "Failed", "Canceled"):
            return compute
        if time.monotonic() > end:
            raise Refused(f"{COMPUTE} is still {state}. Look at it in the studio.")
        time.sleep(2)


def attach(azure, workspace):
    """Make the call, and wait for its end."""
    azure.secret = access_token()
    host = workspace["properties"].get("workspaceUrl")
    print("Nobody has proven this call for Databricks. If Azure refuses it, use the studio.")
    url = address(f"{WORKSPACE_ID}/computes/{COMPUTE}", COMPUTES_VERSION)
    settings = {"workspaceUrl": host, "databricksAccessToken": azure.secret}
    properties = {"computeType": "Databricks", "resourceId": DATABRICKS_ID, "properties": settings}
    azure.call("PUT", url, {"location": workspace["location"], "properties": properties})
    state = finished(azure, url)["properties"]["provisioningState"]
    if state != "Succeeded":
        raise Refused(f"{COMPUTE} ended as {state}. Delete it in the studio, and attach Databricks there.")
    print(f"{COMPUTE}: attached. Prove it by a pipeline with a Databricks step.")


def main():
    """Look first, then attach only what is missing."""
    azure = Azure()
    try:
        if attached(computes(azure)):
            print(f"{COMPUTE}: is there already")
            return 0
        attach(azure, databricks(azure))
    except Refused as why:
        print(why, file=sys.stderr)
        print(f"By hand: https://{STUDIO}, Compute, Attached computes, New, Azure Databricks.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
