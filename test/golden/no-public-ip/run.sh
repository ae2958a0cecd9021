#!/usr/bin/env bash
# fabrikam-sec: training of the workspace mlw-fabrikam-sec in the virtual network vnet-fabrikam-frc
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d
WORKSPACE_GROUP=rg-fabrikam-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
NETWORK_GROUP=rg-fabrikam-network
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-fabrikam-frc
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
REGION=francecentral
STORAGE_NAME=stfabrikamsec
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
WORKSPACE_NAME=mlw-fabrikam-sec
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
NAT_NAME=nat-fabrikam-sec
NAT_ADDRESS_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/${NAT_NAME}-ip"
NAT_IN_GROUP=rg-fabrikam-network
NAT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/natGateways/${NAT_NAME}"
NSG_NAME=nsg-fabrikam-sec
NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
NSG_IN_GROUP=rg-fabrikam-network
SUBNET_NAME=snet-training
SUBNET_ID="${VNET_ID}/subnets/${SUBNET_NAME}"
SUBNET_PREFIX=10.80.0.64/27
CLUSTER_1_NAME=fabrikamsec-cluster
CLUSTER_1_SIZE=Standard_D4ds_v4
CLUSTER_1_MAX_NODES=6
COMPUTES_PUBLIC_IP=false
CLUSTER_2_NAME=fabrikamsec-gpu
CLUSTER_2_SIZE=Standard_NC4as_T4_v3
CLUSTER_2_MAX_NODES=2
BUILDS_CLUSTER=fabrikamsec-cluster
INSTANCE_1_NAME=fabrikamsec-ci
INSTANCE_1_SIZE=Standard_D4ds_v4
INSTANCE_1_SSH=false
NSG_RULE_QUERY='[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('\'' '\'', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]'

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

# Step 1 of 28: resource group rg-fabrikam-ml
say '1/28 resource group rg-fabrikam-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 28: resource group rg-fabrikam-network
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '2/28 resource group rg-fabrikam-network'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 28: virtual network vnet-fabrikam-frc (10.80.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '3/28 virtual network vnet-fabrikam-frc (10.80.0.0/20)'
look "$VNET_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in francecentral. Mend the answers names.vnet, network.group or region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral. Mend the answers names.vnet, network.group or region."
    ;;
  same) say '   is there already' ;;
esac

# Step 4 of 28: storage account stfabrikamsec
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '4/28 storage account stfabrikamsec'
look "$STORAGE_ID" 2023-05-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 28: workspace mlw-fabrikam-sec
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '5/28 workspace mlw-fabrikam-sec'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'', join('\'','\'', properties.privateEndpointConnections[].properties.privateLinkServiceConnectionState.status || `[]`)]' "is:${REGION}" is:Disabled is:false has:Approved
case $found in
  absent)
    stop 'It does not exist. It has to be in francecentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac

# Step 6 of 28: public IP nat-fabrikam-sec-ip of the NAT gateway
# Why: All nodes leave by this one address; give it to those who keep allow lists.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
say '6/28 public IP nat-fabrikam-sec-ip of the NAT gateway'
look "$NAT_ADDRESS_ID" 2024-05-01 '[location, sku.name, properties.publicIPAllocationMethod]' "is:${REGION}" is:Standard is:Static
case $found in
  absent)
    say '   making it'
    az network public-ip create --name "${NAT_NAME}-ip" --resource-group "$NAT_IN_GROUP" --location "$REGION" \
      --sku Standard --allocation-method Static --version IPv4 --tags cost-center=4711 'owner=ml platform' \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A NAT gateway needs a static Standard address in francecentral. Delete this one if nothing uses it, or give the NAT gateway another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 28: NAT gateway nat-fabrikam-sec
# Why: Not every version of az takes tags here. Add them afterwards with az tag update --operation Merge.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
say '7/28 NAT gateway nat-fabrikam-sec'
look "$NAT_ID" 2024-05-01 '[location, join('\'','\'', properties.publicIpAddresses[].id || `[]`)]' "is:${REGION}" has:/subscriptions/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d/resourceGroups/rg-fabrikam-network/providers/Microsoft.Network/publicIPAddresses/nat-fabrikam-sec-ip
case $found in
  absent)
    say '   making it'
    az network nat gateway create --name "$NAT_NAME" --resource-group "$NAT_IN_GROUP" --location "$REGION" \
      --public-ip-addresses "$NAT_ADDRESS_ID" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A new one has to be in francecentral with the address nat-fabrikam-sec-ip. Choose another name, or answer that it exists."
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 28: network security group nsg-fabrikam-sec
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
say '8/28 network security group nsg-fabrikam-sec'
look "$NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" \
      --tags cost-center=4711 'owner=ml platform' --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral. Give the new one another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 9 of 28: subnet snet-training (10.80.0.64/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
say '9/28 subnet snet-training (10.80.0.64/27)'
look "$SUBNET_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || '\''none'\'', properties.networkSecurityGroup.id, properties.natGateway.id]' "is:${SUBNET_PREFIX}" is:none "is:${NSG_ID}" "is:${NAT_ID}"
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" \
      --address-prefixes "$SUBNET_PREFIX" --network-security-group "$NSG_ID" --nat-gateway "$NAT_ID" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 10 of 28: rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '10/28 rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built'
look "${NSG_ID}/securityRules/AllowBatchOut" 2024-05-01 "$NSG_RULE_QUERY" is:210 is:Outbound is:Allow 'is:*' is:VirtualNetwork is:BatchNodeManagement.centralfrance is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowBatchOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 210 --direction Outbound --access Allow --protocol '*' --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes BatchNodeManagement.centralfrance \
      --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowBatchOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 210 --direction Outbound --access Allow --protocol '*' --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes BatchNodeManagement.centralfrance \
      --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 11 of 28: rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '11/28 rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks'
look "${NSG_ID}/securityRules/AllowAzureMachineLearningTcpOut" 2024-05-01 "$NSG_RULE_QUERY" is:220 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureMachineLearning 'is:18881 443'
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowAzureMachineLearningTcpOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 220 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureMachineLearning --destination-port-ranges 443 18881 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowAzureMachineLearningTcpOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 220 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureMachineLearning --destination-port-ranges 443 18881 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 12 of 28: rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '12/28 rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too'
look "${NSG_ID}/securityRules/AllowAzureMachineLearningUdpOut" 2024-05-01 "$NSG_RULE_QUERY" is:221 is:Outbound is:Allow is:Udp is:VirtualNetwork is:AzureMachineLearning is:5831
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowAzureMachineLearningUdpOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 221 --direction Outbound --access Allow --protocol Udp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureMachineLearning --destination-port-ranges 5831 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowAzureMachineLearningUdpOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 221 --direction Outbound --access Allow --protocol Udp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureMachineLearning --destination-port-ranges 5831 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 13 of 28: rule AllowStorageOut, data, scripts and logs, and file shares (445)
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '13/28 rule AllowStorageOut, data, scripts and logs, and file shares (445)'
look "${NSG_ID}/securityRules/AllowStorageOut" 2024-05-01 "$NSG_RULE_QUERY" is:230 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:Storage.centralfrance 'is:443 445'
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowStorageOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 230 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes Storage.centralfrance \
      --destination-port-ranges 443 445 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowStorageOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 230 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes Storage.centralfrance \
      --destination-port-ranges 443 445 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 28: rule AllowResourceManagerOut, to create and delete computes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '14/28 rule AllowResourceManagerOut, to create and delete computes'
look "${NSG_ID}/securityRules/AllowResourceManagerOut" 2024-05-01 "$NSG_RULE_QUERY" is:240 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureResourceManager is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowResourceManagerOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 240 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureResourceManager --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowResourceManagerOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 240 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureResourceManager --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 15 of 28: rule AllowEntraIdOut, sign-in with Microsoft Entra ID
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '15/28 rule AllowEntraIdOut, sign-in with Microsoft Entra ID'
look "${NSG_ID}/securityRules/AllowEntraIdOut" 2024-05-01 "$NSG_RULE_QUERY" is:250 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureActiveDirectory 'is:443 80'
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowEntraIdOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 250 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes AzureActiveDirectory --destination-port-ranges 80 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowEntraIdOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 250 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes AzureActiveDirectory --destination-port-ranges 80 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 16 of 28: rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '16/28 rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too'
look "${NSG_ID}/securityRules/AllowMicrosoftContainerRegistryOut" 2024-05-01 "$NSG_RULE_QUERY" is:260 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:MicrosoftContainerRegistry is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowMicrosoftContainerRegistryOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 260 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes MicrosoftContainerRegistry --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowMicrosoftContainerRegistryOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 260 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes MicrosoftContainerRegistry --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 17 of 28: rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '17/28 rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it'
look "${NSG_ID}/securityRules/AllowFrontDoorFirstPartyOut" 2024-05-01 "$NSG_RULE_QUERY" is:270 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureFrontDoor.FirstParty is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowFrontDoorFirstPartyOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 270 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureFrontDoor.FirstParty --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowFrontDoorFirstPartyOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 270 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureFrontDoor.FirstParty --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 18 of 28: rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '18/28 rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML'
look "${NSG_ID}/securityRules/AllowFrontDoorFrontendOut" 2024-05-01 "$NSG_RULE_QUERY" is:280 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureFrontDoor.Frontend is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowFrontDoorFrontendOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 280 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureFrontDoor.Frontend --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowFrontDoorFrontendOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 280 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureFrontDoor.Frontend --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 19 of 28: rule AllowMonitorOut, metrics and logs
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '19/28 rule AllowMonitorOut, metrics and logs'
look "${NSG_ID}/securityRules/AllowMonitorOut" 2024-05-01 "$NSG_RULE_QUERY" is:290 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureMonitor is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowMonitorOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 290 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes AzureMonitor --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowMonitorOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 290 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes AzureMonitor --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 20 of 28: rule AllowKeyVaultOut, secrets, for a workspace with high business impact data
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '20/28 rule AllowKeyVaultOut, secrets, for a workspace with high business impact data'
look "${NSG_ID}/securityRules/AllowKeyVaultOut" 2024-05-01 "$NSG_RULE_QUERY" is:310 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureKeyVault.centralfrance is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowKeyVaultOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 310 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes AzureKeyVault.centralfrance \
      --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowKeyVaultOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 310 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes AzureKeyVault.centralfrance \
      --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 21 of 28: rule AllowVirtualNetworkOut, private endpoints, in this network and in peered ones
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '21/28 rule AllowVirtualNetworkOut, private endpoints, in this network and in peered ones'
look "${NSG_ID}/securityRules/AllowVirtualNetworkOut" 2024-05-01 "$NSG_RULE_QUERY" is:320 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:VirtualNetwork 'is:443 445'
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowVirtualNetworkOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 320 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 445 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowVirtualNetworkOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 320 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 445 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 22 of 28: rule DenyInternetOut, everything else on the internet
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '22/28 rule DenyInternetOut, everything else on the internet'
look "${NSG_ID}/securityRules/DenyInternetOut" 2024-05-01 "$NSG_RULE_QUERY" is:4000 is:Outbound is:Deny 'is:*' 'is:*' is:Internet 'is:*'
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name DenyInternetOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 4000 --direction Outbound --access Deny --protocol '*' --source-address-prefixes '*' \
      --source-port-ranges '*' --destination-address-prefixes Internet --destination-port-ranges '*' \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name DenyInternetOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 4000 --direction Outbound --access Deny --protocol '*' --source-address-prefixes '*' \
      --source-port-ranges '*' --destination-address-prefixes Internet --destination-port-ranges '*' \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 23 of 28: compute cluster fabrikamsec-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
say '23/28 compute cluster fabrikamsec-cluster'
look "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" 2024-04-01 '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains('\''true null'\'', to_string(properties.properties.enableNodePublicIp))]' is:AmlCompute "is:${CLUSTER_1_SIZE}" is:Dedicated "is:${SUBNET_ID}" is:false
case $found in
  absent)
    say '   making it'
    az ml compute create --type AmlCompute --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --location "$REGION" --size "$CLUSTER_1_SIZE" --tier dedicated \
      --min-instances 0 --max-instances "$CLUSTER_1_MAX_NODES" --idle-time-before-scale-down 120 \
      --subnet "$SUBNET_ID" --enable-node-public-ip "$COMPUTES_PUBLIC_IP" --ssh-public-access-enabled false \
      --tags cost-center=4711 'owner=ml platform' --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 24 of 28: compute cluster fabrikamsec-gpu
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
say '24/28 compute cluster fabrikamsec-gpu'
look "${WORKSPACE_ID}/computes/${CLUSTER_2_NAME}" 2024-04-01 '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains('\''true null'\'', to_string(properties.properties.enableNodePublicIp))]' is:AmlCompute "is:${CLUSTER_2_SIZE}" is:LowPriority "is:${SUBNET_ID}" is:false
case $found in
  absent)
    say '   making it'
    az ml compute create --type AmlCompute --name "$CLUSTER_2_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --location "$REGION" --size "$CLUSTER_2_SIZE" --tier low_priority \
      --min-instances 0 --max-instances "$CLUSTER_2_MAX_NODES" --idle-time-before-scale-down 300 \
      --subnet "$SUBNET_ID" --enable-node-public-ip "$COMPUTES_PUBLIC_IP" --ssh-public-access-enabled false \
      --tags cost-center=4711 'owner=ml platform' --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 25 of 28: compute cluster fabrikamsec-cluster (0 to 6 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
say '25/28 compute cluster fabrikamsec-cluster (0 to 6 nodes)'
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

# Step 26 of 28: compute cluster fabrikamsec-gpu (0 to 2 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
say '26/28 compute cluster fabrikamsec-gpu (0 to 2 nodes)'
look "${WORKSPACE_ID}/computes/${CLUSTER_2_NAME}" 2024-04-01 '[properties.properties.scaleSettings.minNodeCount, properties.properties.scaleSettings.maxNodeCount]' is:0 "is:${CLUSTER_2_MAX_NODES}"
case $found in
  absent)
    stop 'It does not exist. Run the script again; an earlier step creates it.'
    ;;
  different)
    say "   changing it: ${difference}"
    az ml compute update --name "$CLUSTER_2_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --min-instances 0 --max-instances "$CLUSTER_2_MAX_NODES" \
      --idle-time-before-scale-down 300 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 27 of 28: workspace mlw-fabrikam-sec (builds images on fabrikamsec-cluster)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22)
say '27/28 workspace mlw-fabrikam-sec (builds images on fabrikamsec-cluster)'
look "$WORKSPACE_ID" 2024-04-01 '[properties.imageBuildCompute]' "is:${BUILDS_CLUSTER}"
case $found in
  absent)
    stop 'It does not exist. Run the script again; an earlier step creates it.'
    ;;
  different)
    say "   changing it: ${difference}"
    az ml workspace update --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" \
      --image-build-compute "$BUILDS_CLUSTER" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 28 of 28: compute instance fabrikamsec-ci
# Why: The network of an instance is set when it is created and never after.
# Source: az ml compute; how-to-secure-training-vnet (2025-06-12); how-to-create-compute-instance (2025-08-13)
say '28/28 compute instance fabrikamsec-ci'
look "${WORKSPACE_ID}/computes/${INSTANCE_1_NAME}" 2024-04-01 '[properties.computeType, properties.properties.vmSize, properties.properties.subnet.id, properties.properties.sshSettings.sshPublicAccess == '\''Enabled'\'', contains('\''true null'\'', to_string(properties.properties.enableNodePublicIp))]' is:ComputeInstance "is:${INSTANCE_1_SIZE}" "is:${SUBNET_ID}" "is:${INSTANCE_1_SSH}" is:false
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
