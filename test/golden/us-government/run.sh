#!/usr/bin/env bash
# agency-ml: training of the workspace mlw-agency-ml in the virtual network vnet-agency
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=9b8a7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d
NETWORK_GROUP=rg-agency-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-agency
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
REGION=usgovvirginia
REGISTRY_WANTED_NAME=cragencyml7b72
REGISTRY_IN_GROUP=rg-agency-ml
STORAGE_WANTED_NAME=stagencyml7b72
STORAGE_IN_GROUP=rg-agency-ml
WORKSPACE_GROUP=rg-agency-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
NAMES_ENDPOINT_SUBNET=snet-endpoints
ENDPOINT_SUBNET_ID="${VNET_ID}/subnets/${NAMES_ENDPOINT_SUBNET}"
ENDPOINTS_PREFIX=10.128.0.32/27
ROUTE_TABLE_NAME=rt-agency-ml
ROUTE_TABLE_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/routeTables/${ROUTE_TABLE_NAME}"
ROUTE_TABLE_IN_GROUP=rg-agency-net
NSG_NAME=nsg-agency-ml
NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
NSG_IN_GROUP=rg-agency-net
SUBNET_NAME=snet-training
SUBNET_ID="${VNET_ID}/subnets/${SUBNET_NAME}"
SUBNET_PREFIX=10.128.0.0/27
VAULT_NAME=kv-agencyml-7b72
VAULT_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.KeyVault/vaults/${VAULT_NAME}"
VAULT_IN_GROUP=rg-agency-ml
NAME=agency-ml
VAULT_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-vault"
ENDPOINTS_MANUAL=false
REGISTRY_NAME=cragencyml7b72
REGISTRY_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/${REGISTRY_NAME}"
REGISTRY_MADE_TIER=Premium
REGISTRY_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-registry"
LOGS_NAME=log-agency-ml
LOGS_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.OperationalInsights/workspaces/${LOGS_NAME}"
LOGS_IN_GROUP=rg-agency-ml
INSIGHTS_NAME=appi-agency-ml
INSIGHTS_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Insights/components/${INSIGHTS_NAME}"
STORAGE_NAME=stagencyml7b72
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
STORAGE_GROUP=rg-agency-ml
WORKSPACE_NAME=mlw-agency-ml
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
WORKSPACE_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-workspace"
DNS_BASE=/subscriptions/9b8a7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d/resourceGroups/rg-agency-net
VAULT_ZONE_GROUP_ID="${VAULT_ENDPOINT_ID}/privateDnsZoneGroups/default"
REGISTRY_ZONE_GROUP_ID="${REGISTRY_ENDPOINT_ID}/privateDnsZoneGroups/default"
WORKSPACE_ZONE_GROUP_ID="${WORKSPACE_ENDPOINT_ID}/privateDnsZoneGroups/default"
CLUSTER_1_NAME=agencyml-cluster
CLUSTER_1_SIZE=Standard_D4ds_v4
CLUSTER_1_MAX_NODES=10
COMPUTES_PUBLIC_IP=false
BUILDS_CLUSTER=agencyml-cluster
PRIVATE_ENDPOINT_QUERY='[properties.subnet.id, properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceId | [0]]'

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

# Step 1 of 58: resource group rg-agency-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '1/58 resource group rg-agency-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 58: virtual network vnet-agency (10.128.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '2/58 virtual network vnet-agency (10.128.0.0/20)'
look "$VNET_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in usgovvirginia. Mend the answers names.vnet, network.group or region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in usgovvirginia. Mend the answers names.vnet, network.group or region."
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 58: resource provider Microsoft.MachineLearningServices
# Source: how-to-managed-network (2025-05-23)
say '3/58 resource provider Microsoft.MachineLearningServices'
seen=$(az provider show --namespace Microsoft.MachineLearningServices --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.MachineLearningServices --wait --subscription "$SUBSCRIPTION"
fi

# Step 4 of 58: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
say '4/58 resource provider Microsoft.Network'
seen=$(az provider show --namespace Microsoft.Network --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Network --wait --subscription "$SUBSCRIPTION"
fi

# Step 5 of 58: resource provider Microsoft.Storage
# Source: how-to-managed-network (2025-05-23)
say '5/58 resource provider Microsoft.Storage'
seen=$(az provider show --namespace Microsoft.Storage --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Storage --wait --subscription "$SUBSCRIPTION"
fi

# Step 6 of 58: resource provider Microsoft.KeyVault
# Source: how-to-managed-network (2025-05-23)
say '6/58 resource provider Microsoft.KeyVault'
seen=$(az provider show --namespace Microsoft.KeyVault --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.KeyVault --wait --subscription "$SUBSCRIPTION"
fi

# Step 7 of 58: resource provider Microsoft.ContainerRegistry
# Source: how-to-managed-network (2025-05-23)
say '7/58 resource provider Microsoft.ContainerRegistry'
seen=$(az provider show --namespace Microsoft.ContainerRegistry --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.ContainerRegistry --wait --subscription "$SUBSCRIPTION"
fi

# Step 8 of 58: resource provider Microsoft.OperationalInsights
# Source: how-to-managed-network (2025-05-23)
say '8/58 resource provider Microsoft.OperationalInsights'
seen=$(az provider show --namespace Microsoft.OperationalInsights --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.OperationalInsights --wait --subscription "$SUBSCRIPTION"
fi

# Step 9 of 58: resource provider Microsoft.Insights
# Source: how-to-managed-network (2025-05-23)
say '9/58 resource provider Microsoft.Insights'
seen=$(az provider show --namespace Microsoft.Insights --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Insights --wait --subscription "$SUBSCRIPTION"
fi

# Step 10 of 58: the name cragencyml7b72 for the registry
# Why: All customers of Azure share these names, so this comes before anything is made.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '10/58 the name cragencyml7b72 for the registry'
seen=$(az acr check-name --name "$REGISTRY_WANTED_NAME" --query nameAvailable --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no registry of ours, it is somebody else'\''s, and registry.name needs another answer.'
  az acr show --name "$REGISTRY_WANTED_NAME" --resource-group "$REGISTRY_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 11 of 58: the name stagencyml7b72 for the storage account
# Why: All customers of Azure share these names, so this comes before anything is made.
say '11/58 the name stagencyml7b72 for the storage account'
seen=$(az storage account check-name --name "$STORAGE_WANTED_NAME" --query nameAvailable --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no account of ours, it is somebody else'\''s, and storage.name needs another answer.'
  az storage account show --name "$STORAGE_WANTED_NAME" --resource-group "$STORAGE_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 12 of 58: resource group rg-agency-ml
say '12/58 resource group rg-agency-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$WORKSPACE_GROUP" --location "$REGION" --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 13 of 58: subnet snet-endpoints (10.128.0.32/27)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); Azure/azure-cli issue 8204 (2019-01-09)
say '13/58 subnet snet-endpoints (10.128.0.32/27)'
look "$ENDPOINT_SUBNET_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || '\''none'\'']' "is:${ENDPOINTS_PREFIX}" is:none
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$NAMES_ENDPOINT_SUBNET" --vnet-name "$VNET_NAME" \
      --resource-group "$NETWORK_GROUP" --address-prefixes "$ENDPOINTS_PREFIX" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 58: route table rt-agency-ml
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24); how-to-access-azureml-behind-firewall (2026-03-19)
say '14/58 route table rt-agency-ml'
look "$ROUTE_TABLE_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network route-table create --name "$ROUTE_TABLE_NAME" --resource-group "$ROUTE_TABLE_IN_GROUP" \
      --location "$REGION" --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in usgovvirginia. Give the new one another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 15 of 58: route DefaultToAppliance, everything goes through the firewall
# Source: how-to-access-azureml-behind-firewall (2026-03-19)
say '15/58 route DefaultToAppliance, everything goes through the firewall'
look "${ROUTE_TABLE_ID}/routes/DefaultToAppliance" 2024-05-01 '[properties.addressPrefix, properties.nextHopType, properties.nextHopIpAddress]' is:0.0.0.0/0 is:VirtualAppliance is:10.128.8.4
case $found in
  absent)
    say '   making it'
    az network route-table route create --name DefaultToAppliance --route-table-name "$ROUTE_TABLE_NAME" \
      --resource-group "$ROUTE_TABLE_IN_GROUP" --address-prefix 0.0.0.0/0 --next-hop-type VirtualAppliance \
      --next-hop-ip-address 10.128.8.4 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete this route, or give the route table another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 16 of 58: network security group nsg-agency-ml
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
say '16/58 network security group nsg-agency-ml'
look "$NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" \
      --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in usgovvirginia. Give the new one another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 17 of 58: subnet snet-training (10.128.0.0/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
say '17/58 subnet snet-training (10.128.0.0/27)'
look "$SUBNET_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || '\''none'\'', properties.networkSecurityGroup.id, properties.routeTable.id]' "is:${SUBNET_PREFIX}" is:none "is:${NSG_ID}" "is:${ROUTE_TABLE_ID}"
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" \
      --address-prefixes "$SUBNET_PREFIX" --network-security-group "$NSG_ID" --route-table "$ROUTE_TABLE_ID" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 18 of 58: key vault kv-agencyml-7b72
# Source: learn.microsoft.com/azure/key-vault/general/access-control-default; how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '18/58 key vault kv-agencyml-7b72'
look "$VAULT_ID" 2023-07-01 '[to_string(properties.enableRbacAuthorization || `false`), properties.publicNetworkAccess, properties.networkAcls.bypass || '\''AzureServices'\'']' is:true is:Disabled is:AzureServices
case $found in
  absent)
    say '   making it'
    az keyvault create --name "$VAULT_NAME" --resource-group "$VAULT_IN_GROUP" --location "$REGION" \
      --enable-rbac-authorization true --public-network-access Disabled --default-action Deny --bypass AzureServices \
      --retention-days 90 --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure, also that of a vault that was deleted less than 90 days ago. Answer vault.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 19 of 58: private endpoint of kv-agencyml-7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
say '19/58 private endpoint of kv-agencyml-7b72'
look "$VAULT_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${VAULT_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-vault" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$VAULT_ID" \
      --group-id vault --connection-name vault --manual-request "$ENDPOINTS_MANUAL" --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 20 of 58: container registry cragencyml7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-secure-workspace-vnet (2024-07-08)
say '20/58 container registry cragencyml7b72'
look "$REGISTRY_ID" 2023-07-01 '[sku.name, to_string(properties.adminUserEnabled), properties.publicNetworkAccess, properties.networkRuleBypassOptions]' is:Premium is:true is:Disabled is:AzureServices
case $found in
  absent)
    say '   making it'
    az acr create --name "$REGISTRY_NAME" --resource-group "$REGISTRY_IN_GROUP" --location "$REGION" \
      --sku "$REGISTRY_MADE_TIER" --admin-enabled true --public-network-enabled false --allow-trusted-services true \
      --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure. Answer registry.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 21 of 58: private endpoint of cragencyml7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
say '21/58 private endpoint of cragencyml7b72'
look "$REGISTRY_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${REGISTRY_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-registry" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$REGISTRY_ID" \
      --group-id registry --connection-name registry --manual-request "$ENDPOINTS_MANUAL" --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 22 of 58: Log Analytics workspace log-agency-ml
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '22/58 Log Analytics workspace log-agency-ml'
look "$LOGS_ID" 2022-10-01 id
case $found in
  absent)
    say '   making it'
    az monitor log-analytics workspace create --name "$LOGS_NAME" --resource-group "$LOGS_IN_GROUP" \
      --location "$REGION" --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 23 of 58: Application Insights appi-agency-ml
# Why: Its own az command needs one more extension; this one needs none.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '23/58 Application Insights appi-agency-ml'
look "$INSIGHTS_ID" 2020-02-02 id
case $found in
  absent)
    say '   making it'
    az resource create --id "$INSIGHTS_ID" --api-version 2020-02-02 --is-full-object \
      --properties @app-insights.json --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 24 of 58: storage account stagencyml7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '24/58 storage account stagencyml7b72'
look "$STORAGE_ID" 2023-05-01 '[to_string(properties.isHnsEnabled || `false`), to_string(starts_with(sku.name, '\''Standard'\'')), properties.publicNetworkAccess, to_string(contains(properties.networkAcls.bypass || '\''None'\'', '\''AzureServices'\''))]' is:false is:true is:Disabled is:true
case $found in
  absent)
    say '   making it'
    az storage account create --name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" --location "$REGION" \
      --sku Standard_LRS --kind StorageV2 --enable-hierarchical-namespace false --https-only true \
      --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access true \
      --public-network-access Disabled --default-action Deny --bypass AzureServices --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure. Answer storage.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 25 of 58: workspace mlw-agency-ml
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '25/58 workspace mlw-agency-ml'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    say '   making it'
    az ml workspace create --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" --location "$REGION" \
      --storage-account "$STORAGE_ID" --key-vault "$VAULT_ID" --container-registry "$REGISTRY_ID" \
      --application-insights "$INSIGHTS_ID" --public-network-access Disabled --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in usgovvirginia, without managed network and v1_legacy_mode. If this workspace is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac
WORKSPACE_PRINCIPAL=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.principalId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 26 of 58: role Key Vault Administrator of the workspace
# Why: The service gives it by itself when whoever creates the workspace may assign roles. A new role can take ten minutes to work.
# Source: how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '26/58 role Key Vault Administrator of the workspace'
seen=$(az role assignment list --scope "$VAULT_ID" --role 'Key Vault Administrator' \
  --query "length([?principalId=='${WORKSPACE_PRINCIPAL}']) > \`0\`" --output tsv --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  az role assignment create --role 'Key Vault Administrator' --scope "$VAULT_ID" \
    --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
    --subscription "$SUBSCRIPTION"
fi

# Step 27 of 58: private endpoint for blob of stagencyml7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '27/58 private endpoint for blob of stagencyml7b72'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${STORAGE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-blob" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" \
      --group-id blob --connection-name blob --manual-request "$ENDPOINTS_MANUAL" --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 28 of 58: private endpoint for file of stagencyml7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '28/58 private endpoint for file of stagencyml7b72'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${STORAGE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-file" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" \
      --group-id file --connection-name file --manual-request "$ENDPOINTS_MANUAL" --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 29 of 58: private endpoint of mlw-agency-ml
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '29/58 private endpoint of mlw-agency-ml'
look "$WORKSPACE_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${WORKSPACE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-workspace" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$WORKSPACE_ID" \
      --group-id amlworkspace --connection-name workspace --manual-request "$ENDPOINTS_MANUAL" --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 30 of 58: private endpoint for blob of stagencyml7b72 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '30/58 private endpoint for blob of stagencyml7b72 (approved)'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" 2024-05-01 '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' is:Approved
case $found in
  absent)
    stop 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
    ;;
  different)
    stop "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 31 of 58: private endpoint for file of stagencyml7b72 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '31/58 private endpoint for file of stagencyml7b72 (approved)'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" 2024-05-01 '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' is:Approved
case $found in
  absent)
    stop 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
    ;;
  different)
    stop "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 32 of 58: private endpoint of kv-agencyml-7b72 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '32/58 private endpoint of kv-agencyml-7b72 (approved)'
look "$VAULT_ENDPOINT_ID" 2024-05-01 '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' is:Approved
case $found in
  absent)
    stop 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
    ;;
  different)
    stop "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 33 of 58: private endpoint of cragencyml7b72 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '33/58 private endpoint of cragencyml7b72 (approved)'
look "$REGISTRY_ENDPOINT_ID" 2024-05-01 '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' is:Approved
case $found in
  absent)
    stop 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
    ;;
  different)
    stop "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 34 of 58: private endpoint of mlw-agency-ml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '34/58 private endpoint of mlw-agency-ml (approved)'
look "$WORKSPACE_ENDPOINT_ID" 2024-05-01 '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' is:Approved
case $found in
  absent)
    stop 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
    ;;
  different)
    stop "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 35 of 58: private DNS zone privatelink.api.ml.azure.us
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '35/58 private DNS zone privatelink.api.ml.azure.us'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.ml.azure.us" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.api.ml.azure.us --resource-group "$NETWORK_GROUP" \
      --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 36 of 58: private DNS zone privatelink.notebooks.usgovcloudapi.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '36/58 private DNS zone privatelink.notebooks.usgovcloudapi.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.usgovcloudapi.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.notebooks.usgovcloudapi.net \
      --resource-group "$NETWORK_GROUP" --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 37 of 58: private DNS zone privatelink.vaultcore.usgovcloudapi.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '37/58 private DNS zone privatelink.vaultcore.usgovcloudapi.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.usgovcloudapi.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.vaultcore.usgovcloudapi.net \
      --resource-group "$NETWORK_GROUP" --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 38 of 58: private DNS zone privatelink.azurecr.us
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '38/58 private DNS zone privatelink.azurecr.us'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.us" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.azurecr.us --resource-group "$NETWORK_GROUP" \
      --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 39 of 58: private DNS zone privatelink.blob.core.usgovcloudapi.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '39/58 private DNS zone privatelink.blob.core.usgovcloudapi.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.usgovcloudapi.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.blob.core.usgovcloudapi.net \
      --resource-group "$NETWORK_GROUP" --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 40 of 58: private DNS zone privatelink.file.core.usgovcloudapi.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '40/58 private DNS zone privatelink.file.core.usgovcloudapi.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.usgovcloudapi.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.file.core.usgovcloudapi.net \
      --resource-group "$NETWORK_GROUP" --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 41 of 58: link of privatelink.api.ml.azure.us to vnet-agency
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '41/58 link of privatelink.api.ml.azure.us to vnet-agency'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.ml.azure.us/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.api.ml.azure.us \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 42 of 58: link of privatelink.notebooks.usgovcloudapi.net to vnet-agency
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '42/58 link of privatelink.notebooks.usgovcloudapi.net to vnet-agency'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.usgovcloudapi.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.notebooks.usgovcloudapi.net --resource-group "$NETWORK_GROUP" \
      --virtual-network "$VNET_ID" --registration-enabled false --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 43 of 58: link of privatelink.vaultcore.usgovcloudapi.net to vnet-agency
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '43/58 link of privatelink.vaultcore.usgovcloudapi.net to vnet-agency'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.usgovcloudapi.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.vaultcore.usgovcloudapi.net --resource-group "$NETWORK_GROUP" \
      --virtual-network "$VNET_ID" --registration-enabled false --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 44 of 58: link of privatelink.azurecr.us to vnet-agency
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '44/58 link of privatelink.azurecr.us to vnet-agency'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.us/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.azurecr.us \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false --tags system=ml \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 45 of 58: link of privatelink.blob.core.usgovcloudapi.net to vnet-agency
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '45/58 link of privatelink.blob.core.usgovcloudapi.net to vnet-agency'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.usgovcloudapi.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.blob.core.usgovcloudapi.net --resource-group "$NETWORK_GROUP" \
      --virtual-network "$VNET_ID" --registration-enabled false --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 46 of 58: link of privatelink.file.core.usgovcloudapi.net to vnet-agency
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '46/58 link of privatelink.file.core.usgovcloudapi.net to vnet-agency'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.usgovcloudapi.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.file.core.usgovcloudapi.net --resource-group "$NETWORK_GROUP" \
      --virtual-network "$VNET_ID" --registration-enabled false --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 47 of 58: DNS records for blob of stagencyml7b72
# Source: private-endpoint-dns (2023-10-11)
say '47/58 DNS records for blob of stagencyml7b72'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/privateDnsZoneGroups/default" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.usgovcloudapi.net"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-blob" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.usgovcloudapi.net" \
      --zone-name privatelink-blob-core-usgovcloudapi-net --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 48 of 58: DNS records for file of stagencyml7b72
# Source: private-endpoint-dns (2023-10-11)
say '48/58 DNS records for file of stagencyml7b72'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/privateDnsZoneGroups/default" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.usgovcloudapi.net"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-file" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.usgovcloudapi.net" \
      --zone-name privatelink-file-core-usgovcloudapi-net --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 49 of 58: DNS records of kv-agencyml-7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '49/58 DNS records of kv-agencyml-7b72'
look "$VAULT_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.usgovcloudapi.net"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-vault" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.usgovcloudapi.net" \
      --zone-name privatelink-vaultcore-usgovcloudapi-net --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 50 of 58: DNS records of cragencyml7b72
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '50/58 DNS records of cragencyml7b72'
look "$REGISTRY_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.us"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-registry" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.us" \
      --zone-name privatelink-azurecr-us --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 51 of 58: DNS records of mlw-agency-ml
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '51/58 DNS records of mlw-agency-ml'
look "$WORKSPACE_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.api.ml.azure.us"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-workspace" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.api.ml.azure.us" \
      --zone-name privatelink-api-ml-azure-us --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 52 of 58: DNS records of the notebooks of mlw-agency-ml
# Why: The workspace has names in two zones.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '52/58 DNS records of the notebooks of mlw-agency-ml'
look "$WORKSPACE_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.usgovcloudapi.net"
case $found in
  absent)
    stop 'It does not exist. Run the script again; an earlier step makes the group.'
    ;;
  different)
    say "   changing it: ${difference}"
    az network private-endpoint dns-zone-group add --name default --endpoint-name "pe-${NAME}-workspace" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.usgovcloudapi.net" \
      --zone-name privatelink-notebooks-usgovcloudapi-net --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 53 of 58: role Reader of the workspace on the endpoint for blob
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '53/58 role Reader of the workspace on the endpoint for blob'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/providers/Microsoft.Authorization/roleAssignments/beeee7ea-9bae-8b31-949d-2e203d59ccdd" 2022-04-01 '[properties.principalId]' "is:${WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name beeee7ea-9bae-8b31-949d-2e203d59ccdd --role Reader \
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" \
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 54 of 58: role Reader of the workspace on the endpoint for file
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '54/58 role Reader of the workspace on the endpoint for file'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/providers/Microsoft.Authorization/roleAssignments/3676fb7f-7934-8945-892f-1d979a599cd7" 2022-04-01 '[properties.principalId]' "is:${WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 3676fb7f-7934-8945-892f-1d979a599cd7 --role Reader \
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" \
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 55 of 58: workspace mlw-agency-ml (closed to public networks)
# Why: It comes last, so that nobody is shut out before the private way is there.
# Source: how-to-configure-private-link (2025-05-22)
say '55/58 workspace mlw-agency-ml (closed to public networks)'
look "$WORKSPACE_ID" 2024-04-01 '[properties.publicNetworkAccess]' is:Disabled
case $found in
  absent)
    stop 'It does not exist. Run the script again; an earlier step creates it.'
    ;;
  different)
    say "   changing it: ${difference}"
    az ml workspace update --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" \
      --public-network-access Disabled --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 56 of 58: compute cluster agencyml-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
say '56/58 compute cluster agencyml-cluster'
look "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" 2024-04-01 '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains('\''true null'\'', to_string(properties.properties.enableNodePublicIp))]' is:AmlCompute "is:${CLUSTER_1_SIZE}" is:Dedicated "is:${SUBNET_ID}" is:false
case $found in
  absent)
    say '   making it'
    az ml compute create --type AmlCompute --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --location "$REGION" --size "$CLUSTER_1_SIZE" --tier dedicated \
      --min-instances 0 --max-instances "$CLUSTER_1_MAX_NODES" --idle-time-before-scale-down 120 \
      --subnet "$SUBNET_ID" --enable-node-public-ip "$COMPUTES_PUBLIC_IP" --ssh-public-access-enabled false \
      --tags system=ml --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 57 of 58: compute cluster agencyml-cluster (0 to 10 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
say '57/58 compute cluster agencyml-cluster (0 to 10 nodes)'
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

# Step 58 of 58: workspace mlw-agency-ml (builds images on agencyml-cluster)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22)
say '58/58 workspace mlw-agency-ml (builds images on agencyml-cluster)'
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

say 'Done.'
