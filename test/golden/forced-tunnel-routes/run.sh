#!/usr/bin/env bash
# tailspin-edge: training of the workspace mlw-tailspin-edge in the virtual network vnet-tailspin-edge
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f
WORKSPACE_GROUP=rg-tailspin-edge
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
NETWORK_GROUP=rg-tailspin-edge-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-tailspin-edge
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
REGION=eastus2
STORAGE_NAME=sttailspinedge
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
WORKSPACE_NAME=mlw-tailspin-edge
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
ROUTE_TABLE_NAME=rt-tailspin-edge
ROUTE_TABLE_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/routeTables/${ROUTE_TABLE_NAME}"
ROUTE_TABLE_IN_GROUP=rg-tailspin-edge-net
NSG_NAME=nsg-tailspin-edge
NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
NSG_IN_GROUP=rg-tailspin-edge-net
NAME=tailspin-edge
ENDPOINT_POLICY_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/serviceEndpointPolicies/sep-${NAME}"
POLICY_STORAGE_ID="${ENDPOINT_POLICY_ID}/serviceEndpointPolicyDefinitions/storage"
POLICY_ALIAS_ID="${ENDPOINT_POLICY_ID}/serviceEndpointPolicyDefinitions/machine-learning"
SUBNET_NAME=snet-training
SUBNET_ID="${VNET_ID}/subnets/${SUBNET_NAME}"
SUBNET_PREFIX=10.120.0.64/27
STORAGE_GROUP=rg-tailspin-edge
CLUSTER_1_NAME=tailspinedge-cluster
CLUSTER_1_SIZE=Standard_D4ds_v4
CLUSTER_1_MAX_NODES=5
COMPUTES_PUBLIC_IP=true
INSTANCE_1_NAME=tailspinedge-ci
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

# Step 1 of 19: resource group rg-tailspin-edge
say '1/19 resource group rg-tailspin-edge'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 19: resource group rg-tailspin-edge-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '2/19 resource group rg-tailspin-edge-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 19: virtual network vnet-tailspin-edge (10.120.0.0/21)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '3/19 virtual network vnet-tailspin-edge (10.120.0.0/21)'
look "$VNET_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in eastus2. Mend the answers names.vnet, network.group or region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2. Mend the answers names.vnet, network.group or region."
    ;;
  same) say '   is there already' ;;
esac

# Step 4 of 19: storage account sttailspinedge
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '4/19 storage account sttailspinedge'
look "$STORAGE_ID" 2023-05-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 19: workspace mlw-tailspin-edge
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '5/19 workspace mlw-tailspin-edge'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in eastus2, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac
WORKSPACE_TENANT=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.tenantId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 6 of 19: route table rt-tailspin-edge
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24); how-to-access-azureml-behind-firewall (2026-03-19)
say '6/19 route table rt-tailspin-edge'
look "$ROUTE_TABLE_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network route-table create --name "$ROUTE_TABLE_NAME" --resource-group "$ROUTE_TABLE_IN_GROUP" \
      --location "$REGION" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2. Give the new one another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 19: route DefaultToAppliance, everything goes through the firewall
# Source: how-to-access-azureml-behind-firewall (2026-03-19)
say '7/19 route DefaultToAppliance, everything goes through the firewall'
look "${ROUTE_TABLE_ID}/routes/DefaultToAppliance" 2024-05-01 '[properties.addressPrefix, properties.nextHopType, properties.nextHopIpAddress]' is:0.0.0.0/0 is:VirtualAppliance is:10.120.0.4
case $found in
  absent)
    say '   making it'
    az network route-table route create --name DefaultToAppliance --route-table-name "$ROUTE_TABLE_NAME" \
      --resource-group "$ROUTE_TABLE_IN_GROUP" --address-prefix 0.0.0.0/0 --next-hop-type VirtualAppliance \
      --next-hop-ip-address 10.120.0.4 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete this route, or give the route table another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 19: route AzureMachineLearning, answers to calls of the service go back the way that they came
# Source: how-to-access-azureml-behind-firewall (2026-03-19); virtual-networks-udr-overview (2023-05-27); batch-virtual-network (2023-09-20)
say '8/19 route AzureMachineLearning, answers to calls of the service go back the way that they came'
look "${ROUTE_TABLE_ID}/routes/AzureMachineLearning" 2024-05-01 '[properties.addressPrefix, properties.nextHopType]' is:AzureMachineLearning is:Internet
case $found in
  absent)
    say '   making it'
    az network route-table route create --name AzureMachineLearning --route-table-name "$ROUTE_TABLE_NAME" \
      --resource-group "$ROUTE_TABLE_IN_GROUP" --address-prefix AzureMachineLearning --next-hop-type Internet \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete this route, or give the route table another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 9 of 19: network security group nsg-tailspin-edge
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
say '9/19 network security group nsg-tailspin-edge'
look "$NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2. Give the new one another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 10 of 19: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '10/19 rule AllowAzureMachineLearningIn, the service calls the nodes'
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

# Step 11 of 19: service endpoint policy sep-tailspin-edge
# Source: how-to-prevent-data-loss-exfiltration (2025-02-05); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '11/19 service endpoint policy sep-tailspin-edge'
look "$ENDPOINT_POLICY_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network service-endpoint policy create --name "sep-${NAME}" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2. Delete it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 12 of 19: the storage account in the service endpoint policy
# Source: how-to-prevent-data-loss-exfiltration (2025-02-05); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '12/19 the storage account in the service endpoint policy'
look "$POLICY_STORAGE_ID" 2024-05-01 '[join('\'','\'', properties.serviceResources || `[]`)]' "has:${STORAGE_ID}"
case $found in
  absent)
    say '   making it'
    az network service-endpoint policy-definition create --name storage --policy-name "sep-${NAME}" \
      --resource-group "$NETWORK_GROUP" --service Microsoft.Storage --service-resources "$STORAGE_ID" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The definition of this name lists other accounts. Add this one to it."
    ;;
  same) say '   is there already' ;;
esac

# Step 13 of 19: Azure Machine Learning in the service endpoint policy
# Why: Microsoft describes this step in the portal. If Azure refuses the command, add the alias there and run the script again.
# Source: how-to-prevent-data-loss-exfiltration (2025-02-05); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '13/19 Azure Machine Learning in the service endpoint policy'
look "$POLICY_ALIAS_ID" 2024-05-01 '[join('\'','\'', properties.serviceResources || `[]`)]' has:/services/Azure/MachineLearning
case $found in
  absent)
    say '   making it'
    az network service-endpoint policy-definition create --name machine-learning --policy-name "sep-${NAME}" \
      --resource-group "$NETWORK_GROUP" --service Global --service-resources /services/Azure/MachineLearning \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The definition of this name holds something else. Delete it."
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 19: subnet snet-training (10.120.0.64/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
say '14/19 subnet snet-training (10.120.0.64/27)'
look "$SUBNET_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || '\''none'\'', properties.networkSecurityGroup.id, properties.routeTable.id, join('\'','\'', properties.serviceEndpointPolicies[].id || `[]`), join('\'','\'', properties.serviceEndpoints[].service || `[]`)]' "is:${SUBNET_PREFIX}" is:none "is:${NSG_ID}" "is:${ROUTE_TABLE_ID}" "has:${ENDPOINT_POLICY_ID}" has:Microsoft.Storage
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" \
      --address-prefixes "$SUBNET_PREFIX" --network-security-group "$NSG_ID" --route-table "$ROUTE_TABLE_ID" \
      --service-endpoints Microsoft.Storage --service-endpoint-policy "$ENDPOINT_POLICY_ID" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 15 of 19: storage account sttailspinedge (open to the subnet)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
say '15/19 storage account sttailspinedge (open to the subnet)'
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

# Step 16 of 19: storage account sttailspinedge (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
say '16/19 storage account sttailspinedge (open to the workspace)'
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

# Step 17 of 19: compute cluster tailspinedge-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
say '17/19 compute cluster tailspinedge-cluster'
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

# Step 18 of 19: compute cluster tailspinedge-cluster (0 to 5 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
say '18/19 compute cluster tailspinedge-cluster (0 to 5 nodes)'
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

# Step 19 of 19: compute instance tailspinedge-ci
# Why: The network of an instance is set when it is created and never after.
# Source: az ml compute; how-to-secure-training-vnet (2025-06-12); how-to-create-compute-instance (2025-08-13)
say '19/19 compute instance tailspinedge-ci'
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
