#!/usr/bin/env bash
# tailspin-dev: training of the workspace mlw-tailspin-dev in the virtual network vnet-tailspin-weu
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f
WORKSPACE_GROUP=rg-tailspin-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
NETWORK_GROUP=rg-tailspin-network
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-tailspin-weu
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
REGION=westeurope
STORAGE_NAME=sttailspindev
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
WORKSPACE_NAME=mlw-tailspin-dev
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
NSG_NAME=nsg-tailspin-dev
NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
NSG_IN_GROUP=rg-tailspin-network
SUBNET_NAME=snet-training
SUBNET_ID="${VNET_ID}/subnets/${SUBNET_NAME}"
SUBNET_PREFIX=10.20.1.64/27
STORAGE_GROUP=rg-tailspin-ml
INSTANCE_1_NAME=tailspin-ci-anna
INSTANCE_1_SIZE=Standard_D4ds_v4
INSTANCE_1_SSH=false

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

# Step 1 of 11: resource group rg-tailspin-ml
say '1/11 resource group rg-tailspin-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 11: resource group rg-tailspin-network
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '2/11 resource group rg-tailspin-network'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 11: virtual network vnet-tailspin-weu (10.20.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '3/11 virtual network vnet-tailspin-weu (10.20.0.0/20)'
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

# Step 4 of 11: storage account sttailspindev
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '4/11 storage account sttailspindev'
look "$STORAGE_ID" 2023-05-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 11: workspace mlw-tailspin-dev
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '5/11 workspace mlw-tailspin-dev'
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
WORKSPACE_TENANT=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.tenantId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 6 of 11: network security group nsg-tailspin-dev
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
say '6/11 network security group nsg-tailspin-dev'
look "$NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in westeurope. Give the new one another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 11: subnet snet-training (10.20.1.64/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
say '7/11 subnet snet-training (10.20.1.64/27)'
look "$SUBNET_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || '\''none'\'', properties.networkSecurityGroup.id, join('\'','\'', properties.serviceEndpoints[].service || `[]`)]' "is:${SUBNET_PREFIX}" is:none "is:${NSG_ID}" has:Microsoft.Storage
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" \
      --address-prefixes "$SUBNET_PREFIX" --network-security-group "$NSG_ID" --service-endpoints Microsoft.Storage \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 11: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '8/11 rule AllowAzureMachineLearningIn, the service calls the nodes'
look "${NSG_ID}/securityRules/AllowAzureMachineLearningIn" 2024-05-01 '[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('\'' '\'', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]' is:200 is:Inbound is:Allow is:Tcp is:AzureMachineLearning is:VirtualNetwork is:44224
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowAzureMachineLearningIn --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 200 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes AzureMachineLearning --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 44224 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowAzureMachineLearningIn --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 200 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes AzureMachineLearning --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 44224 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 9 of 11: storage account sttailspindev (open to the subnet)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
say '9/11 storage account sttailspindev (open to the subnet)'
look "$STORAGE_ID" 2023-05-01 '[join('\'','\'', properties.networkAcls.virtualNetworkRules[].id || `[]`)]' "has:${SUBNET_ID}"
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group.'
    ;;
  different)
    say "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" \
      --subnet "$SUBNET_ID" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 10 of 11: storage account sttailspindev (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
say '10/11 storage account sttailspindev (open to the workspace)'
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

# Step 11 of 11: compute instance tailspin-ci-anna
# Why: The network of an instance is set when it is created and never after.
# Source: az ml compute; how-to-secure-training-vnet (2025-06-12); how-to-create-compute-instance (2025-08-13)
say '11/11 compute instance tailspin-ci-anna'
look "${WORKSPACE_ID}/computes/${INSTANCE_1_NAME}" 2024-04-01 '[properties.computeType, properties.properties.vmSize, properties.properties.subnet.id, properties.properties.sshSettings.sshPublicAccess == '\''Enabled'\'', contains('\''true null'\'', to_string(properties.properties.enableNodePublicIp))]' is:ComputeInstance "is:${INSTANCE_1_SIZE}" "is:${SUBNET_ID}" "is:${INSTANCE_1_SSH}" is:true
case $found in
  absent)
    say '   making it'
    az ml compute create --file "instance-${INSTANCE_1_NAME}.yml" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
