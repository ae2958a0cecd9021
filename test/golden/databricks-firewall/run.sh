#!/usr/bin/env bash
# adatum-dbx: training of the workspace mlw-adatum in the virtual network vnet-adatum-spoke
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.57.0 or newer, with ml, databricks (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f
WORKSPACE_GROUP=rg-adatum-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
NETWORK_GROUP=rg-adatum-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-adatum-spoke
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
REGION=northeurope
STORAGE_NAME=stadatumml
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
WORKSPACE_NAME=mlw-adatum
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
DATABRICKS_TABLE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-adatum-hub"
DATABRICKS_TABLE_NAME=rt-adatum-hub
DATABRICKS_TABLE_ID="${DATABRICKS_TABLE_GROUP_ID}/providers/Microsoft.Network/routeTables/${DATABRICKS_TABLE_NAME}"
STORAGE_GROUP=rg-adatum-ml
DATABRICKS_GROUP=rg-adatum-dbx-databricks
DATABRICKS_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${DATABRICKS_GROUP}"
DATABRICKS_NSG_NAME=nsg-adatum-dbx-databricks
DATABRICKS_NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${DATABRICKS_NSG_NAME}"
DATABRICKS_PRIVATE_NAME=databricks-private
DATABRICKS_PRIVATE_ID="${VNET_ID}/subnets/${DATABRICKS_PRIVATE_NAME}"
DATABRICKS_PRIVATE_PREFIX=10.104.0.64/26
DATABRICKS_PUBLIC_NAME=databricks-public
DATABRICKS_PUBLIC_ID="${VNET_ID}/subnets/${DATABRICKS_PUBLIC_NAME}"
DATABRICKS_PUBLIC_PREFIX=10.104.0.128/26
DATABRICKS_NAME=dbw-adatum-dbx
DATABRICKS_WORKSPACE_ID="${DATABRICKS_GROUP_ID}/providers/Microsoft.Databricks/workspaces/${DATABRICKS_NAME}"
DATABRICKS_TIER=premium
DATABRICKS_MANAGED_GROUP=databricks-rg-dbw-adatum-dbx
DATABRICKS_NO_PUBLIC_IP=true

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

# Step 1 of 16: resource group rg-adatum-ml
say '1/16 resource group rg-adatum-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 16: resource group rg-adatum-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '2/16 resource group rg-adatum-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 16: virtual network vnet-adatum-spoke (10.104.0.0/22)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '3/16 virtual network vnet-adatum-spoke (10.104.0.0/22)'
look "$VNET_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in northeurope. Mend the answers names.vnet, network.group or region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in northeurope. Mend the answers names.vnet, network.group or region."
    ;;
  same) say '   is there already' ;;
esac

# Step 4 of 16: storage account stadatumml
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '4/16 storage account stadatumml'
look "$STORAGE_ID" 2023-05-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 16: workspace mlw-adatum
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '5/16 workspace mlw-adatum'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in northeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in northeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac
WORKSPACE_TENANT=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.tenantId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 6 of 16: resource group rg-adatum-hub
say '6/16 resource group rg-adatum-hub'
look "$DATABRICKS_TABLE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer databricks.route_group.'
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 16: route table rt-adatum-hub
# Source: learn.microsoft.com/azure/databricks/security/network/classic/udr
say '7/16 route table rt-adatum-hub'
look "$DATABRICKS_TABLE_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in northeurope. Mend the answers databricks.route_table and databricks.route_group.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in northeurope. Mend the answers databricks.route_table and databricks.route_group."
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 16: resource provider Microsoft.Databricks
# Source: learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject
say '8/16 resource provider Microsoft.Databricks'
seen=$(az provider show --namespace Microsoft.Databricks --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Databricks --wait --subscription "$SUBSCRIPTION"
fi

# Step 9 of 16: storage account stadatumml (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
say '9/16 storage account stadatumml (open to the workspace)'
look "$STORAGE_ID" 2023-05-01 '[join('\'','\'', properties.networkAcls.resourceAccessRules[].resourceId || `[]`)]' "has:${WORKSPACE_ID}"
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group.'
    ;;
  different)
    say "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" \
      --resource-id "$WORKSPACE_ID" --tenant-id "$WORKSPACE_TENANT" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 10 of 16: resource group rg-adatum-dbx-databricks
say '10/16 resource group rg-adatum-dbx-databricks'
look "$DATABRICKS_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$DATABRICKS_GROUP" --location "$REGION" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 11 of 16: network security group nsg-adatum-dbx-databricks
# Why: It is made empty. Databricks writes its rules into it, and nobody can change those.
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/harden-nsg-rule-100; public repositories that quote the rule set
say '11/16 network security group nsg-adatum-dbx-databricks'
look "$DATABRICKS_NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "$DATABRICKS_NSG_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in northeurope. Delete it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 12 of 16: subnet databricks-private (10.104.0.64/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
say '12/16 subnet databricks-private (10.104.0.64/26)'
look "$DATABRICKS_PRIVATE_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && '\''some'\'' || '\''none'\'', properties.routeTable.id, join('\'','\'', properties.serviceEndpoints[].service || `[]`)]' "is:${DATABRICKS_PRIVATE_PREFIX}" is:Microsoft.Databricks/workspaces "is:${DATABRICKS_NSG_ID}" is:some "is:${DATABRICKS_TABLE_ID}" has:Microsoft.Storage
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$DATABRICKS_PRIVATE_NAME" --vnet-name "$VNET_NAME" \
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PRIVATE_PREFIX" \
      --delegations Microsoft.Databricks/workspaces --network-security-group "$DATABRICKS_NSG_ID" \
      --route-table "$DATABRICKS_TABLE_ID" --service-endpoints Microsoft.Storage --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 13 of 16: subnet databricks-public (10.104.0.128/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
say '13/16 subnet databricks-public (10.104.0.128/26)'
look "$DATABRICKS_PUBLIC_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && '\''some'\'' || '\''none'\'', properties.routeTable.id, join('\'','\'', properties.serviceEndpoints[].service || `[]`)]' "is:${DATABRICKS_PUBLIC_PREFIX}" is:Microsoft.Databricks/workspaces "is:${DATABRICKS_NSG_ID}" is:some "is:${DATABRICKS_TABLE_ID}" has:Microsoft.Storage
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$DATABRICKS_PUBLIC_NAME" --vnet-name "$VNET_NAME" \
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PUBLIC_PREFIX" \
      --delegations Microsoft.Databricks/workspaces --network-security-group "$DATABRICKS_NSG_ID" \
      --route-table "$DATABRICKS_TABLE_ID" --service-endpoints Microsoft.Storage --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 16: storage account stadatumml (open to databricks-private)
# Source: how-to-secure-training-vnet (2025-06-12)
say '14/16 storage account stadatumml (open to databricks-private)'
look "$STORAGE_ID" 2023-05-01 '[join('\'','\'', properties.networkAcls.virtualNetworkRules[].id || `[]`)]' "has:${DATABRICKS_PRIVATE_ID}"
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group.'
    ;;
  different)
    say "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" \
      --subnet "$DATABRICKS_PRIVATE_ID" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 15 of 16: storage account stadatumml (open to databricks-public)
# Source: how-to-secure-training-vnet (2025-06-12)
say '15/16 storage account stadatumml (open to databricks-public)'
look "$STORAGE_ID" 2023-05-01 '[join('\'','\'', properties.networkAcls.virtualNetworkRules[].id || `[]`)]' "has:${DATABRICKS_PUBLIC_ID}"
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group.'
    ;;
  different)
    say "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" \
      --subnet "$DATABRICKS_PUBLIC_ID" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 16 of 16: Databricks workspace dbw-adatum-dbx
# Why: Its network is chosen here. This plan never changes it later.
# Source: how-to-secure-training-vnet (2025-06-12); learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; blog.bismart.com azure-databricks-premium-vs-standard
say '16/16 Databricks workspace dbw-adatum-dbx'
look "$DATABRICKS_WORKSPACE_ID" 2024-05-01 '[location, sku.name, properties.parameters.customVirtualNetworkId.value, properties.parameters.customPrivateSubnetName.value, properties.parameters.customPublicSubnetName.value, to_string(properties.parameters.enableNoPublicIp.value || `false`)]' "is:${REGION}" is:premium "is:${VNET_ID}" "is:${DATABRICKS_PRIVATE_NAME}" "is:${DATABRICKS_PUBLIC_NAME}" is:true
case $found in
  absent)
    say '   making it'
    az databricks workspace create --name "$DATABRICKS_NAME" --resource-group "$DATABRICKS_GROUP" \
      --location "$REGION" --sku "$DATABRICKS_TIER" --managed-resource-group "$DATABRICKS_MANAGED_GROUP" \
      --vnet "$VNET_ID" --private-subnet "$DATABRICKS_PRIVATE_NAME" --public-subnet "$DATABRICKS_PUBLIC_NAME" \
      --enable-no-public-ip "$DATABRICKS_NO_PUBLIC_IP" --required-nsg-rules NoAzureDatabricksRules \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). If this workspace is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
