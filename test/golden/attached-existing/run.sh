#!/usr/bin/env bash
# adatum-old: training of the workspace mlw-adatum-old in the virtual network vnet-adatum-old
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.57.0 or newer, with ml, databricks (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f
WORKSPACE_GROUP=rg-adatum-old
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
NETWORK_GROUP=rg-adatum-old-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-adatum-old
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
REGION=westeurope
STORAGE_NAME=stadatumold
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
WORKSPACE_NAME=mlw-adatum-old
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
DATABRICKS_GROUP=rg-adatum-dbx
DATABRICKS_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${DATABRICKS_GROUP}"
DATABRICKS_PRIVATE_NAME=databricks-private
DATABRICKS_PRIVATE_ID="${VNET_ID}/subnets/${DATABRICKS_PRIVATE_NAME}"
DATABRICKS_PRIVATE_PREFIX=10.112.2.0/26
DATABRICKS_PUBLIC_NAME=databricks-public
DATABRICKS_PUBLIC_ID="${VNET_ID}/subnets/${DATABRICKS_PUBLIC_NAME}"
DATABRICKS_PUBLIC_PREFIX=10.112.2.64/26
DATABRICKS_NAME=dbw-adatum
DATABRICKS_WORKSPACE_ID="${DATABRICKS_GROUP_ID}/providers/Microsoft.Databricks/workspaces/${DATABRICKS_NAME}"
MACHINE_GROUP=rg-adatum-vm
MACHINE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${MACHINE_GROUP}"
MACHINE_NAME=vm-adatum-train
MACHINE_ID="${MACHINE_GROUP_ID}/providers/Microsoft.Compute/virtualMachines/${MACHINE_NAME}"
HDINSIGHT_GROUP=rg-adatum-hdi
HDINSIGHT_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${HDINSIGHT_GROUP}"
HDINSIGHT_NAME=hdi-adatum-spark
HDINSIGHT_ID="${HDINSIGHT_GROUP_ID}/providers/Microsoft.HDInsight/clusters/${HDINSIGHT_NAME}"
MACHINE_COMPUTE=adatumold-vm
MACHINE_COMPUTE_ID="${WORKSPACE_ID}/computes/${MACHINE_COMPUTE}"
MACHINE_USER=azureuser
MACHINE_SSH_PORT=22
MACHINE_PRIVATE_KEY=/home/anna/.ssh/adatum_vm

# Every az call is quiet unless it fails; the look-up below asks for its own output.
export AZURE_CORE_OUTPUT=none
export AZURE_CORE_ONLY_SHOW_ERRORS=true
# Git Bash on Windows would turn ids, which start with a slash, into paths of its own.
export MSYS_NO_PATHCONV=1

# Files that the commands read lie beside this one.
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

messages=$(mktemp)
trap 'rm -f "$messages"' EXIT

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "   ✖ $*"
  exit 1
}
lower() { printf '%s' "$1" | tr -d '\r' | LC_ALL=C tr '[:upper:]' '[:lower:]'; }

# look ID API QUERY WANT...: sets found to absent, same or different; a WANT is is:VALUE or has:VALUE, one for each line that QUERY prints.
look() {
  local id=$1 api=$2 query=$3 want have code=0
  shift 3
  found=same
  difference=''
  seen=$(az resource show --ids "$id" --api-version "$api" --query "$query" --output tsv --subscription "$SUBSCRIPTION" 2>"$messages") || code=$?
  if [ "$code" -eq 3 ]; then
    found=absent
    return 0
  elif [ "$code" -ne 0 ]; then
    cat "$messages" >&2
    stop "az could not look up $id (exit code $code)."
  fi
  while [ "$#" -gt 0 ]; do
    IFS= read -r have || have=''
    want=$(lower "${1#*:}")
    have=$(lower "$have")
    case $1 in
      is:*) [ "$have" = "$want" ] || difference="$difference; wanted $want, found $have" ;;
      has:*) case ",$have," in *",$want,"*) ;; *) difference="$difference; wanted $want among $have" ;; esac ;;
    esac
    shift
  done <<<"$seen"
  if [ -n "$difference" ]; then
    found=different
    difference=${difference#; }
  fi
}

# Step 1 of 14: resource group rg-adatum-old
say '1/14 resource group rg-adatum-old'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 14: resource group rg-adatum-old-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '2/14 resource group rg-adatum-old-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 14: virtual network vnet-adatum-old (10.112.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '3/14 virtual network vnet-adatum-old (10.112.0.0/20)'
look "$VNET_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in westeurope. Mend the answers names.vnet, network.group or region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in westeurope. Mend the answers names.vnet, network.group or region."
    ;;
  same) say '   is there already' ;;
esac

# Step 4 of 14: storage account stadatumold
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '4/14 storage account stadatumold'
look "$STORAGE_ID" 2023-05-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 14: workspace mlw-adatum-old
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '5/14 workspace mlw-adatum-old'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac

# Step 6 of 14: resource group rg-adatum-dbx
say '6/14 resource group rg-adatum-dbx'
look "$DATABRICKS_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer databricks.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 14: subnet databricks-private (10.112.2.0/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
say '7/14 subnet databricks-private (10.112.2.0/26)'
look "$DATABRICKS_PRIVATE_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id && '\''some'\'' || '\''none'\'']' "is:${DATABRICKS_PRIVATE_PREFIX}" is:Microsoft.Databricks/workspaces is:some
case $found in
  absent)
    stop 'It does not exist. It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself.'
    ;;
  different)
    stop "It differs (${difference}). It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself."
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 14: subnet databricks-public (10.112.2.64/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
say '8/14 subnet databricks-public (10.112.2.64/26)'
look "$DATABRICKS_PUBLIC_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id && '\''some'\'' || '\''none'\'']' "is:${DATABRICKS_PUBLIC_PREFIX}" is:Microsoft.Databricks/workspaces is:some
case $found in
  absent)
    stop 'It does not exist. It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself.'
    ;;
  different)
    stop "It differs (${difference}). It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself."
    ;;
  same) say '   is there already' ;;
esac

# Step 9 of 14: Databricks workspace dbw-adatum
# Source: how-to-secure-training-vnet (2025-06-12); learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; blog.bismart.com azure-databricks-premium-vs-standard
say '9/14 Databricks workspace dbw-adatum'
look "$DATABRICKS_WORKSPACE_ID" 2024-05-01 '[location, properties.parameters.customVirtualNetworkId.value, properties.parameters.customPrivateSubnetName.value, properties.parameters.customPublicSubnetName.value, to_string(properties.parameters.enableNoPublicIp.value || `false`)]' "is:${REGION}" "is:${VNET_ID}" "is:${DATABRICKS_PRIVATE_NAME}" "is:${DATABRICKS_PUBLIC_NAME}" is:true
case $found in
  absent)
    stop 'It does not exist. It has to be in westeurope, in this network and in these two subnets, with public IPs or without as you answered. The script changes nothing of it.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in westeurope, in this network and in these two subnets, with public IPs or without as you answered. The script changes nothing of it."
    ;;
  same) say '   is there already' ;;
esac

# Step 10 of 14: resource group rg-adatum-vm
say '10/14 resource group rg-adatum-vm'
look "$MACHINE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer machine.group.'
    ;;
  same) say '   is there already' ;;
esac

# Step 11 of 14: virtual machine vm-adatum-train
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); how-to-create-attach-compute-studio (2024-09-17)
say '11/14 virtual machine vm-adatum-train'
look "$MACHINE_ID" 2024-07-01 '[properties.storageProfile.osDisk.osType]' is:Linux
case $found in
  absent)
    stop 'It does not exist. It has to run Linux. Mend the answers machine.name and machine.group.'
    ;;
  different)
    stop "It differs (${difference}). It has to run Linux. Mend the answers machine.name and machine.group."
    ;;
  same) say '   is there already' ;;
esac

# Step 12 of 14: resource group rg-adatum-hdi
say '12/14 resource group rg-adatum-hdi'
look "$HDINSIGHT_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer hdinsight.group.'
    ;;
  same) say '   is there already' ;;
esac

# Step 13 of 14: HDInsight cluster hdi-adatum-spark
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); hdinsight-service-tags (2020-03-10)
say '13/14 HDInsight cluster hdi-adatum-spark'
look "$HDINSIGHT_ID" 2021-06-01 '[properties.computeProfile.roles[0].virtualNetworkProfile.id, properties.networkProperties.resourceProviderConnection || '\''Inbound'\'']' "is:${VNET_ID}" is:Inbound
case $found in
  absent)
    stop 'It does not exist. It has to be in vnet-adatum-old, with the connection Inbound. Mend the answers hdinsight.name, hdinsight.group and names.vnet.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in vnet-adatum-old, with the connection Inbound. Mend the answers hdinsight.name, hdinsight.group and names.vnet."
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 14: adatumold-vm, vm-adatum-train attached to the workspace
# Why: az sends the private key to the workspace. Nothing of it is printed.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-studio (2024-09-17); az ml compute
say '14/14 adatumold-vm, vm-adatum-train attached to the workspace'
look "$MACHINE_COMPUTE_ID" 2024-04-01 '[properties.computeType, properties.provisioningState, properties.resourceId]' is:VirtualMachine is:Succeeded "is:${MACHINE_ID}"
case $found in
  absent)
    say '   making it'
    az ml compute attach --type virtualmachine --name "$MACHINE_COMPUTE" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --resource-id "$MACHINE_ID" --admin-username "$MACHINE_USER" \
      --ssh-port "$MACHINE_SSH_PORT" --ssh-private-key-file "$MACHINE_PRIVATE_KEY" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Another compute has this name, or the attachment did not succeed. Read provisioning_errors of az ml compute show; then detach it and run the script again, or choose another name in machine.compute."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
