#!/usr/bin/env bash
# contoso-lab: training of the workspace mlw-contoso-lab in the virtual network vnet-contoso-swe
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7
WORKSPACE_GROUP=rg-contoso-lab
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
NETWORK_GROUP=rg-contoso-hub
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-contoso-swe
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
REGION=swedencentral
NSG_NAME=nsg-shared
NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
SUBNET_NAME=snet-shared
SUBNET_ID="${VNET_ID}/subnets/${SUBNET_NAME}"
SUBNET_PREFIX=10.40.8.0/26
STORAGE_NAME=stcontosolab
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
WORKSPACE_NAME=mlw-contoso-lab
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
NSG_IN_GROUP=rg-contoso-hub
STORAGE_GROUP=rg-contoso-lab
CLUSTER_1_NAME=contosolab-cluster
CLUSTER_1_SIZE=Standard_D4ds_v4
CLUSTER_1_MAX_NODES=20
COMPUTES_PUBLIC_IP=true

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

# Step 1 of 14: resource group rg-contoso-lab
say '1/14 resource group rg-contoso-lab'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 14: resource group rg-contoso-hub
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '2/14 resource group rg-contoso-hub'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 14: virtual network vnet-contoso-swe (10.40.0.0/16)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '3/14 virtual network vnet-contoso-swe (10.40.0.0/16)'
look "$VNET_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in swedencentral. Mend the answers names.vnet, network.group or region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in swedencentral. Mend the answers names.vnet, network.group or region."
    ;;
  same) say '   is there already' ;;
esac

# Step 4 of 14: network security group nsg-shared
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
say '4/14 network security group nsg-shared'
look "$NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in swedencentral. Mend the answers names.nsg and nsg.resource_group.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in swedencentral. Mend the answers names.nsg and nsg.resource_group."
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 14: subnet snet-shared (10.40.8.0/26)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
say '5/14 subnet snet-shared (10.40.8.0/26)'
look "$SUBNET_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || '\''none'\'', properties.networkSecurityGroup.id]' "is:${SUBNET_PREFIX}" is:none "is:${NSG_ID}"
case $found in
  absent)
    stop 'It does not exist. Mend the answers about it, or the subnet itself; the script changes none of this in a subnet that exists.'
    ;;
  different)
    stop "It differs (${difference}). Mend the answers about it, or the subnet itself; the script changes none of this in a subnet that exists."
    ;;
  same) say '   is there already' ;;
esac

# Step 6 of 14: storage account stcontosolab
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '6/14 storage account stcontosolab'
look "$STORAGE_ID" 2023-05-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 14: workspace mlw-contoso-lab
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '7/14 workspace mlw-contoso-lab'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in swedencentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in swedencentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac
WORKSPACE_TENANT=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.tenantId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 8 of 14: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '8/14 rule AllowAzureMachineLearningIn, the service calls the nodes'
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

# Step 9 of 14: subnet snet-shared (its first service endpoint)
# Why: Only a subnet without any endpoint is given a list; this command would replace one.
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); how-to-secure-workspace-vnet (2026-02-05)
say '9/14 subnet snet-shared (its first service endpoint)'
look "$SUBNET_ID" 2024-05-01 '[properties.serviceEndpoints[0].service && '\''some'\'' || '\''none'\'']' is:some
case $found in
  absent)
    stop 'It does not exist. Mend the answers about the subnet.'
    ;;
  different)
    say "   changing it: ${difference}"
    az network vnet subnet update --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" \
      --service-endpoints Microsoft.Storage --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 10 of 14: subnet snet-shared (endpoint for storage)
# Why: This adds the endpoint and keeps the others; az network vnet subnet update --service-endpoints would replace them.
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); how-to-secure-workspace-vnet (2026-02-05)
say '10/14 subnet snet-shared (endpoint for storage)'
look "$SUBNET_ID" 2024-05-01 '[join('\'','\'', properties.serviceEndpoints[].service || `[]`)]' has:Microsoft.Storage
case $found in
  absent)
    stop 'It does not exist. Mend the answers about the subnet.'
    ;;
  different)
    say "   changing it: ${difference}"
    az resource update --ids "$SUBNET_ID" --api-version 2024-05-01 \
      --add properties.serviceEndpoints service=Microsoft.Storage --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 11 of 14: storage account stcontosolab (open to the subnet)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
say '11/14 storage account stcontosolab (open to the subnet)'
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

# Step 12 of 14: storage account stcontosolab (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
say '12/14 storage account stcontosolab (open to the workspace)'
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

# Step 13 of 14: compute cluster contosolab-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
say '13/14 compute cluster contosolab-cluster'
look "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" 2024-04-01 '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains('\''true null'\'', to_string(properties.properties.enableNodePublicIp))]' is:AmlCompute "is:${CLUSTER_1_SIZE}" is:Dedicated "is:${SUBNET_ID}" is:true
case $found in
  absent)
    say '   making it'
    az ml compute create --type AmlCompute --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --location "$REGION" --size "$CLUSTER_1_SIZE" --tier dedicated \
      --min-instances 0 --max-instances "$CLUSTER_1_MAX_NODES" --idle-time-before-scale-down 120 \
      --subnet "$SUBNET_ID" --enable-node-public-ip "$COMPUTES_PUBLIC_IP" --ssh-public-access-enabled false \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 14: compute cluster contosolab-cluster (0 to 20 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
say '14/14 compute cluster contosolab-cluster (0 to 20 nodes)'
look "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" 2024-04-01 '[properties.properties.scaleSettings.minNodeCount, properties.properties.scaleSettings.maxNodeCount]' is:0 "is:${CLUSTER_1_MAX_NODES}"
case $found in
  absent)
    stop 'It does not exist. Run the script again; an earlier step creates it.'
    ;;
  different)
    say "   changing it: ${difference}"
    az ml compute update --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --min-instances 0 --max-instances "$CLUSTER_1_MAX_NODES" \
      --idle-time-before-scale-down 120 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
