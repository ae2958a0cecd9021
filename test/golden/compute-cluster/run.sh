#!/usr/bin/env bash
# contoso-prod: training of the workspace mlw-contoso-prod in the virtual network vnet-contoso-prod
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7
WORKSPACE_GROUP=rg-contoso-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
STORAGE_NAME=stcontosoprod
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
WORKSPACE_NAME=mlw-contoso-prod
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
REGION=koreacentral
NETWORK_GROUP=rg-contoso-prod-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-contoso-prod
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
NSG_NAME=nsg-contoso-prod
NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
NSG_IN_GROUP=rg-contoso-prod-net
SUBNET_NAME=snet-training
SUBNET_ID="${VNET_ID}/subnets/${SUBNET_NAME}"
SUBNET_PREFIX=10.64.0.0/27
STORAGE_GROUP=rg-contoso-ml
CLUSTER_1_NAME=contosoprod-cluster
CLUSTER_1_SIZE=Standard_D4ds_v4
CLUSTER_1_MAX_NODES=10
COMPUTES_PUBLIC_IP=true
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

# Step 1 of 26: resource group rg-contoso-ml
say '1/26 resource group rg-contoso-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 26: storage account stcontosoprod
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '2/26 storage account stcontosoprod'
look "$STORAGE_ID" 2023-05-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 26: workspace mlw-contoso-prod
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '3/26 workspace mlw-contoso-prod'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in koreacentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in koreacentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac
WORKSPACE_TENANT=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.tenantId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 4 of 26: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
say '4/26 resource provider Microsoft.Network'
seen=$(az provider show --namespace Microsoft.Network --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Network --wait --subscription "$SUBSCRIPTION"
fi

# Step 5 of 26: resource group rg-contoso-prod-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '5/26 resource group rg-contoso-prod-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 6 of 26: virtual network vnet-contoso-prod (10.64.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '6/26 virtual network vnet-contoso-prod (10.64.0.0/20)'
look "$VNET_ID" 2024-05-01 '[location, join('\'' '\'', sort(properties.addressSpace.addressPrefixes))]' "is:${REGION}" is:10.64.0.0/20
case $found in
  absent)
    say '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" \
      --address-prefixes 10.64.0.0/20 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 26: network security group nsg-contoso-prod
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
say '7/26 network security group nsg-contoso-prod'
look "$NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in koreacentral. Give the new one another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 26: subnet snet-training (10.64.0.0/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
say '8/26 subnet snet-training (10.64.0.0/27)'
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

# Step 9 of 26: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '9/26 rule AllowAzureMachineLearningIn, the service calls the nodes'
look "${NSG_ID}/securityRules/AllowAzureMachineLearningIn" 2024-05-01 "$NSG_RULE_QUERY" is:200 is:Inbound is:Allow is:Tcp is:AzureMachineLearning is:VirtualNetwork is:44224
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

# Step 10 of 26: rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '10/26 rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built'
look "${NSG_ID}/securityRules/AllowBatchOut" 2024-05-01 "$NSG_RULE_QUERY" is:210 is:Outbound is:Allow 'is:*' is:VirtualNetwork is:BatchNodeManagement.koreacentral is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowBatchOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 210 --direction Outbound --access Allow --protocol '*' --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes BatchNodeManagement.koreacentral \
      --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowBatchOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 210 --direction Outbound --access Allow --protocol '*' --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes BatchNodeManagement.koreacentral \
      --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 11 of 26: rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '11/26 rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks'
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

# Step 12 of 26: rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '12/26 rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too'
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

# Step 13 of 26: rule AllowStorageOut, data, scripts and logs, and file shares (445)
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '13/26 rule AllowStorageOut, data, scripts and logs, and file shares (445)'
look "${NSG_ID}/securityRules/AllowStorageOut" 2024-05-01 "$NSG_RULE_QUERY" is:230 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:Storage.koreacentral 'is:443 445'
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowStorageOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 230 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes Storage.koreacentral --destination-port-ranges 443 445 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowStorageOut --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" \
      --priority 230 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork \
      --source-port-ranges '*' --destination-address-prefixes Storage.koreacentral --destination-port-ranges 443 445 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 26: rule AllowResourceManagerOut, to create and delete computes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '14/26 rule AllowResourceManagerOut, to create and delete computes'
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

# Step 15 of 26: rule AllowEntraIdOut, sign-in with Microsoft Entra ID
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '15/26 rule AllowEntraIdOut, sign-in with Microsoft Entra ID'
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

# Step 16 of 26: rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '16/26 rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too'
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

# Step 17 of 26: rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '17/26 rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it'
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

# Step 18 of 26: rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '18/26 rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML'
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

# Step 19 of 26: rule AllowMonitorOut, metrics and logs
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '19/26 rule AllowMonitorOut, metrics and logs'
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

# Step 20 of 26: rule AllowContainerRegistryOut, images of the workspace's own registry
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '20/26 rule AllowContainerRegistryOut, images of the workspace'\''s own registry'
look "${NSG_ID}/securityRules/AllowContainerRegistryOut" 2024-05-01 "$NSG_RULE_QUERY" is:300 is:Outbound is:Allow is:Tcp is:VirtualNetwork is:AzureContainerRegistry.koreacentral is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowContainerRegistryOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 300 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureContainerRegistry.koreacentral --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowContainerRegistryOut --nsg-name "$NSG_NAME" \
      --resource-group "$NSG_IN_GROUP" --priority 300 --direction Outbound --access Allow --protocol Tcp \
      --source-address-prefixes VirtualNetwork --source-port-ranges '*' \
      --destination-address-prefixes AzureContainerRegistry.koreacentral --destination-port-ranges 443 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 21 of 26: rule DenyInternetOut, everything else on the internet
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
say '21/26 rule DenyInternetOut, everything else on the internet'
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

# Step 22 of 26: storage account stcontosoprod (open to the subnet)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
say '22/26 storage account stcontosoprod (open to the subnet)'
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

# Step 23 of 26: storage account stcontosoprod (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
say '23/26 storage account stcontosoprod (open to the workspace)'
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

# Step 24 of 26: storage account stcontosoprod (closed to all others)
# Why: It comes after the rules, so that subnet and workspace are never shut out.
# Source: how-to-secure-workspace-vnet (2026-02-05)
say '24/26 storage account stcontosoprod (closed to all others)'
look "$STORAGE_ID" 2023-05-01 '[properties.networkAcls.defaultAction]' is:Deny
case $found in
  absent)
    stop 'It does not exist. Mend the answers storage.name and storage.group.'
    ;;
  different)
    say "   changing it: ${difference}"
    az storage account update --name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" --default-action Deny \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 25 of 26: compute cluster contosoprod-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
say '25/26 compute cluster contosoprod-cluster'
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

# Step 26 of 26: compute cluster contosoprod-cluster (0 to 10 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
say '26/26 compute cluster contosoprod-cluster (0 to 10 nodes)'
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
