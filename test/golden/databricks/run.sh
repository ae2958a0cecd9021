#!/usr/bin/env bash
# litware-ml: training of the workspace mlw-litware-ml in the virtual network vnet-litware-ml
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.57.0 or newer, with ml, databricks (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7
REGISTRY_WANTED_NAME=crlitwaremlb7d5
REGISTRY_IN_GROUP=rg-litware-ml
STORAGE_WANTED_NAME=stlitwaremlb7d5
STORAGE_IN_GROUP=rg-litware-ml
WORKSPACE_GROUP=rg-litware-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
REGION=westeurope
NETWORK_GROUP=rg-litware-ml-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-litware-ml
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
NAMES_ENDPOINT_SUBNET=snet-endpoints
ENDPOINT_SUBNET_ID="${VNET_ID}/subnets/${NAMES_ENDPOINT_SUBNET}"
ENDPOINTS_PREFIX=10.72.0.0/27
VAULT_NAME=kv-litwareml-b7d5
VAULT_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.KeyVault/vaults/${VAULT_NAME}"
VAULT_IN_GROUP=rg-litware-ml
NAME=litware-ml
VAULT_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-vault"
ENDPOINTS_MANUAL=false
REGISTRY_NAME=crlitwaremlb7d5
REGISTRY_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/${REGISTRY_NAME}"
REGISTRY_MADE_TIER=Premium
REGISTRY_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-registry"
LOGS_NAME=log-litware-ml
LOGS_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.OperationalInsights/workspaces/${LOGS_NAME}"
LOGS_IN_GROUP=rg-litware-ml
INSIGHTS_NAME=appi-litware-ml
INSIGHTS_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Insights/components/${INSIGHTS_NAME}"
STORAGE_NAME=stlitwaremlb7d5
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
STORAGE_GROUP=rg-litware-ml
WORKSPACE_NAME=mlw-litware-ml
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
WORKSPACE_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-workspace"
DNS_BASE=/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-litware-ml-net
VAULT_ZONE_GROUP_ID="${VAULT_ENDPOINT_ID}/privateDnsZoneGroups/default"
REGISTRY_ZONE_GROUP_ID="${REGISTRY_ENDPOINT_ID}/privateDnsZoneGroups/default"
WORKSPACE_ZONE_GROUP_ID="${WORKSPACE_ENDPOINT_ID}/privateDnsZoneGroups/default"
PEOPLE_KIND=Group
DATABRICKS_GROUP=rg-litware-ml-databricks
DATABRICKS_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${DATABRICKS_GROUP}"
DATABRICKS_NSG_NAME=nsg-litware-ml-databricks
DATABRICKS_NSG_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${DATABRICKS_NSG_NAME}"
DATABRICKS_NAT_NAME=nat-litware-ml-databricks
DATABRICKS_ADDRESS_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/${DATABRICKS_NAT_NAME}-ip"
DATABRICKS_NAT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/natGateways/${DATABRICKS_NAT_NAME}"
DATABRICKS_PRIVATE_NAME=databricks-private
DATABRICKS_PRIVATE_ID="${VNET_ID}/subnets/${DATABRICKS_PRIVATE_NAME}"
DATABRICKS_PRIVATE_PREFIX=10.72.0.64/26
DATABRICKS_PUBLIC_NAME=databricks-public
DATABRICKS_PUBLIC_ID="${VNET_ID}/subnets/${DATABRICKS_PUBLIC_NAME}"
DATABRICKS_PUBLIC_PREFIX=10.72.0.128/26
DATABRICKS_NAME=dbw-litware-ml
DATABRICKS_WORKSPACE_ID="${DATABRICKS_GROUP_ID}/providers/Microsoft.Databricks/workspaces/${DATABRICKS_NAME}"
DATABRICKS_TIER=premium
DATABRICKS_MANAGED_GROUP=databricks-rg-dbw-litware-ml
DATABRICKS_NO_PUBLIC_IP=true
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

# Step 1 of 61: resource provider Microsoft.MachineLearningServices
# Source: how-to-managed-network (2025-05-23)
say '1/61 resource provider Microsoft.MachineLearningServices'
seen=$(az provider show --namespace Microsoft.MachineLearningServices --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.MachineLearningServices --wait --subscription "$SUBSCRIPTION"
fi

# Step 2 of 61: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
say '2/61 resource provider Microsoft.Network'
seen=$(az provider show --namespace Microsoft.Network --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Network --wait --subscription "$SUBSCRIPTION"
fi

# Step 3 of 61: resource provider Microsoft.Storage
# Source: how-to-managed-network (2025-05-23)
say '3/61 resource provider Microsoft.Storage'
seen=$(az provider show --namespace Microsoft.Storage --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Storage --wait --subscription "$SUBSCRIPTION"
fi

# Step 4 of 61: resource provider Microsoft.KeyVault
# Source: how-to-managed-network (2025-05-23)
say '4/61 resource provider Microsoft.KeyVault'
seen=$(az provider show --namespace Microsoft.KeyVault --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.KeyVault --wait --subscription "$SUBSCRIPTION"
fi

# Step 5 of 61: resource provider Microsoft.ContainerRegistry
# Source: how-to-managed-network (2025-05-23)
say '5/61 resource provider Microsoft.ContainerRegistry'
seen=$(az provider show --namespace Microsoft.ContainerRegistry --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.ContainerRegistry --wait --subscription "$SUBSCRIPTION"
fi

# Step 6 of 61: resource provider Microsoft.OperationalInsights
# Source: how-to-managed-network (2025-05-23)
say '6/61 resource provider Microsoft.OperationalInsights'
seen=$(az provider show --namespace Microsoft.OperationalInsights --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.OperationalInsights --wait --subscription "$SUBSCRIPTION"
fi

# Step 7 of 61: resource provider Microsoft.Insights
# Source: how-to-managed-network (2025-05-23)
say '7/61 resource provider Microsoft.Insights'
seen=$(az provider show --namespace Microsoft.Insights --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Insights --wait --subscription "$SUBSCRIPTION"
fi

# Step 8 of 61: the name crlitwaremlb7d5 for the registry
# Why: All customers of Azure share these names, so this comes before anything is made.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '8/61 the name crlitwaremlb7d5 for the registry'
seen=$(az acr check-name --name "$REGISTRY_WANTED_NAME" --query nameAvailable --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no registry of ours, it is somebody else'\''s, and registry.name needs another answer.'
  az acr show --name "$REGISTRY_WANTED_NAME" --resource-group "$REGISTRY_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 9 of 61: the name stlitwaremlb7d5 for the storage account
# Why: All customers of Azure share these names, so this comes before anything is made.
say '9/61 the name stlitwaremlb7d5 for the storage account'
seen=$(az storage account check-name --name "$STORAGE_WANTED_NAME" --query nameAvailable --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no account of ours, it is somebody else'\''s, and storage.name needs another answer.'
  az storage account show --name "$STORAGE_WANTED_NAME" --resource-group "$STORAGE_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 10 of 61: resource provider Microsoft.Databricks
# Source: learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject
say '10/61 resource provider Microsoft.Databricks'
seen=$(az provider show --namespace Microsoft.Databricks --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Databricks --wait --subscription "$SUBSCRIPTION"
fi

# Step 11 of 61: resource group rg-litware-ml
say '11/61 resource group rg-litware-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$WORKSPACE_GROUP" --location "$REGION" --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 12 of 61: resource group rg-litware-ml-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '12/61 resource group rg-litware-ml-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 13 of 61: virtual network vnet-litware-ml (10.72.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '13/61 virtual network vnet-litware-ml (10.72.0.0/20)'
look "$VNET_ID" 2024-05-01 '[location, join('\'' '\'', sort(properties.addressSpace.addressPrefixes))]' "is:${REGION}" is:10.72.0.0/20
case $found in
  absent)
    say '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" \
      --address-prefixes 10.72.0.0/20 --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 61: subnet snet-endpoints (10.72.0.0/27)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); Azure/azure-cli issue 8204 (2019-01-09)
say '14/61 subnet snet-endpoints (10.72.0.0/27)'
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

# Step 15 of 61: key vault kv-litwareml-b7d5
# Source: learn.microsoft.com/azure/key-vault/general/access-control-default; how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '15/61 key vault kv-litwareml-b7d5'
look "$VAULT_ID" 2023-07-01 '[to_string(properties.enableRbacAuthorization || `false`), properties.publicNetworkAccess, properties.networkAcls.bypass || '\''AzureServices'\'']' is:true is:Disabled is:AzureServices
case $found in
  absent)
    say '   making it'
    az keyvault create --name "$VAULT_NAME" --resource-group "$VAULT_IN_GROUP" --location "$REGION" \
      --enable-rbac-authorization true --public-network-access Disabled --default-action Deny --bypass AzureServices \
      --retention-days 90 --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure, also that of a vault that was deleted less than 90 days ago. Answer vault.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 16 of 61: private endpoint of kv-litwareml-b7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
say '16/61 private endpoint of kv-litwareml-b7d5'
look "$VAULT_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${VAULT_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-vault" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$VAULT_ID" \
      --group-id vault --connection-name vault --manual-request "$ENDPOINTS_MANUAL" --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 17 of 61: container registry crlitwaremlb7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-secure-workspace-vnet (2024-07-08)
say '17/61 container registry crlitwaremlb7d5'
look "$REGISTRY_ID" 2023-07-01 '[sku.name, to_string(properties.adminUserEnabled), properties.publicNetworkAccess, properties.networkRuleBypassOptions]' is:Premium is:true is:Disabled is:AzureServices
case $found in
  absent)
    say '   making it'
    az acr create --name "$REGISTRY_NAME" --resource-group "$REGISTRY_IN_GROUP" --location "$REGION" \
      --sku "$REGISTRY_MADE_TIER" --admin-enabled true --public-network-enabled false --allow-trusted-services true \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure. Answer registry.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 18 of 61: private endpoint of crlitwaremlb7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
say '18/61 private endpoint of crlitwaremlb7d5'
look "$REGISTRY_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${REGISTRY_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-registry" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$REGISTRY_ID" \
      --group-id registry --connection-name registry --manual-request "$ENDPOINTS_MANUAL" --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 19 of 61: Log Analytics workspace log-litware-ml
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '19/61 Log Analytics workspace log-litware-ml'
look "$LOGS_ID" 2022-10-01 id
case $found in
  absent)
    say '   making it'
    az monitor log-analytics workspace create --name "$LOGS_NAME" --resource-group "$LOGS_IN_GROUP" \
      --location "$REGION" --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 20 of 61: Application Insights appi-litware-ml
# Why: Its own az command needs one more extension; this one needs none.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '20/61 Application Insights appi-litware-ml'
look "$INSIGHTS_ID" 2020-02-02 id
case $found in
  absent)
    say '   making it'
    az resource create --id "$INSIGHTS_ID" --api-version 2020-02-02 --is-full-object \
      --properties @app-insights.json --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 21 of 61: storage account stlitwaremlb7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '21/61 storage account stlitwaremlb7d5'
look "$STORAGE_ID" 2023-05-01 '[to_string(properties.isHnsEnabled || `false`), to_string(starts_with(sku.name, '\''Standard'\'')), properties.publicNetworkAccess, to_string(contains(properties.networkAcls.bypass || '\''None'\'', '\''AzureServices'\''))]' is:false is:true is:Disabled is:true
case $found in
  absent)
    say '   making it'
    az storage account create --name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" --location "$REGION" \
      --sku Standard_LRS --kind StorageV2 --enable-hierarchical-namespace false --https-only true \
      --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access true \
      --public-network-access Disabled --default-action Deny --bypass AzureServices --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure. Answer storage.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 22 of 61: workspace mlw-litware-ml
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '22/61 workspace mlw-litware-ml'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    say '   making it'
    az ml workspace create --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" --location "$REGION" \
      --storage-account "$STORAGE_ID" --key-vault "$VAULT_ID" --container-registry "$REGISTRY_ID" \
      --application-insights "$INSIGHTS_ID" --public-network-access Disabled --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in westeurope, without managed network and v1_legacy_mode. If this workspace is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac
WORKSPACE_PRINCIPAL=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.principalId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 23 of 61: role Key Vault Administrator of the workspace
# Why: The service gives it by itself when whoever creates the workspace may assign roles. A new role can take ten minutes to work.
# Source: how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '23/61 role Key Vault Administrator of the workspace'
seen=$(az role assignment list --scope "$VAULT_ID" --role 'Key Vault Administrator' \
  --query "length([?principalId=='${WORKSPACE_PRINCIPAL}']) > \`0\`" --output tsv --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  az role assignment create --role 'Key Vault Administrator' --scope "$VAULT_ID" \
    --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
    --subscription "$SUBSCRIPTION"
fi

# Step 24 of 61: private endpoint for blob of stlitwaremlb7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '24/61 private endpoint for blob of stlitwaremlb7d5'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${STORAGE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-blob" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" \
      --group-id blob --connection-name blob --manual-request "$ENDPOINTS_MANUAL" --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 25 of 61: private endpoint for file of stlitwaremlb7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '25/61 private endpoint for file of stlitwaremlb7d5'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${STORAGE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-file" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" \
      --group-id file --connection-name file --manual-request "$ENDPOINTS_MANUAL" --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 26 of 61: private endpoint of mlw-litware-ml
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '26/61 private endpoint of mlw-litware-ml'
look "$WORKSPACE_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${WORKSPACE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-workspace" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$WORKSPACE_ID" \
      --group-id amlworkspace --connection-name workspace --manual-request "$ENDPOINTS_MANUAL" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 27 of 61: private endpoint for blob of stlitwaremlb7d5 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '27/61 private endpoint for blob of stlitwaremlb7d5 (approved)'
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

# Step 28 of 61: private endpoint for file of stlitwaremlb7d5 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '28/61 private endpoint for file of stlitwaremlb7d5 (approved)'
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

# Step 29 of 61: private endpoint of kv-litwareml-b7d5 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '29/61 private endpoint of kv-litwareml-b7d5 (approved)'
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

# Step 30 of 61: private endpoint of crlitwaremlb7d5 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '30/61 private endpoint of crlitwaremlb7d5 (approved)'
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

# Step 31 of 61: private endpoint of mlw-litware-ml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '31/61 private endpoint of mlw-litware-ml (approved)'
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

# Step 32 of 61: private DNS zone privatelink.api.azureml.ms
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '32/61 private DNS zone privatelink.api.azureml.ms'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.api.azureml.ms --resource-group "$NETWORK_GROUP" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 33 of 61: private DNS zone privatelink.notebooks.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '33/61 private DNS zone privatelink.notebooks.azure.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.notebooks.azure.net --resource-group "$NETWORK_GROUP" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 34 of 61: private DNS zone privatelink.vaultcore.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '34/61 private DNS zone privatelink.vaultcore.azure.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.vaultcore.azure.net --resource-group "$NETWORK_GROUP" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 35 of 61: private DNS zone privatelink.azurecr.io
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '35/61 private DNS zone privatelink.azurecr.io'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.azurecr.io --resource-group "$NETWORK_GROUP" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 36 of 61: private DNS zone privatelink.blob.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '36/61 private DNS zone privatelink.blob.core.windows.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.blob.core.windows.net --resource-group "$NETWORK_GROUP" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 37 of 61: private DNS zone privatelink.file.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '37/61 private DNS zone privatelink.file.core.windows.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.file.core.windows.net --resource-group "$NETWORK_GROUP" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 38 of 61: link of privatelink.api.azureml.ms to vnet-litware-ml
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '38/61 link of privatelink.api.azureml.ms to vnet-litware-ml'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.api.azureml.ms \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 39 of 61: link of privatelink.notebooks.azure.net to vnet-litware-ml
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '39/61 link of privatelink.notebooks.azure.net to vnet-litware-ml'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.notebooks.azure.net \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 40 of 61: link of privatelink.vaultcore.azure.net to vnet-litware-ml
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '40/61 link of privatelink.vaultcore.azure.net to vnet-litware-ml'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.vaultcore.azure.net \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 41 of 61: link of privatelink.azurecr.io to vnet-litware-ml
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '41/61 link of privatelink.azurecr.io to vnet-litware-ml'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.azurecr.io \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 42 of 61: link of privatelink.blob.core.windows.net to vnet-litware-ml
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '42/61 link of privatelink.blob.core.windows.net to vnet-litware-ml'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.blob.core.windows.net --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" \
      --registration-enabled false --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 43 of 61: link of privatelink.file.core.windows.net to vnet-litware-ml
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '43/61 link of privatelink.file.core.windows.net to vnet-litware-ml'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.file.core.windows.net --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" \
      --registration-enabled false --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 44 of 61: DNS records for blob of stlitwaremlb7d5
# Source: private-endpoint-dns (2023-10-11)
say '44/61 DNS records for blob of stlitwaremlb7d5'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/privateDnsZoneGroups/default" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-blob" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net" \
      --zone-name privatelink-blob-core-windows-net --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 45 of 61: DNS records for file of stlitwaremlb7d5
# Source: private-endpoint-dns (2023-10-11)
say '45/61 DNS records for file of stlitwaremlb7d5'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/privateDnsZoneGroups/default" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-file" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net" \
      --zone-name privatelink-file-core-windows-net --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 46 of 61: DNS records of kv-litwareml-b7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '46/61 DNS records of kv-litwareml-b7d5'
look "$VAULT_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-vault" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net" \
      --zone-name privatelink-vaultcore-azure-net --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 47 of 61: DNS records of crlitwaremlb7d5
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '47/61 DNS records of crlitwaremlb7d5'
look "$REGISTRY_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-registry" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io" \
      --zone-name privatelink-azurecr-io --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 48 of 61: DNS records of mlw-litware-ml
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '48/61 DNS records of mlw-litware-ml'
look "$WORKSPACE_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms"
case $found in
  absent)
    say '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-workspace" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms" \
      --zone-name privatelink-api-azureml-ms --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
    ;;
  same) say '   is there already' ;;
esac

# Step 49 of 61: DNS records of the notebooks of mlw-litware-ml
# Why: The workspace has names in two zones.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '49/61 DNS records of the notebooks of mlw-litware-ml'
look "$WORKSPACE_ZONE_GROUP_ID" 2024-05-01 '[join('\'','\'', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' "has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net"
case $found in
  absent)
    stop 'It does not exist. Run the script again; an earlier step makes the group.'
    ;;
  different)
    say "   changing it: ${difference}"
    az network private-endpoint dns-zone-group add --name default --endpoint-name "pe-${NAME}-workspace" \
      --resource-group "$NETWORK_GROUP" \
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net" \
      --zone-name privatelink-notebooks-azure-net --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 50 of 61: role Reader of the workspace on the endpoint for blob
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '50/61 role Reader of the workspace on the endpoint for blob'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/providers/Microsoft.Authorization/roleAssignments/51420042-d498-895d-ad80-cd79b11ed7bd" 2022-04-01 '[properties.principalId]' "is:${WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 51420042-d498-895d-ad80-cd79b11ed7bd --role Reader \
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" \
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 51 of 61: role Reader of the workspace on the endpoint for file
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '51/61 role Reader of the workspace on the endpoint for file'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/providers/Microsoft.Authorization/roleAssignments/0b345286-cd68-8e15-8b52-0ac9e86da647" 2022-04-01 '[properties.principalId]' "is:${WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 0b345286-cd68-8e15-8b52-0ac9e86da647 --role Reader \
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" \
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 52 of 61: role AzureML Data Scientist of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
# Source: how-to-assign-roles; how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '52/61 role AzureML Data Scientist of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601'
look "${WORKSPACE_ID}/providers/Microsoft.Authorization/roleAssignments/5eb8bac3-d4af-8e8c-900b-31893a73d441" 2022-04-01 '[properties.principalId]' is:0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
case $found in
  absent)
    say '   making it'
    az role assignment create --name 5eb8bac3-d4af-8e8c-900b-31893a73d441 --role 'AzureML Data Scientist' \
      --scope "$WORKSPACE_ID" --assignee-object-id 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601 \
      --assignee-principal-type "$PEOPLE_KIND" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 53 of 61: role Storage Blob Data Reader of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '53/61 role Storage Blob Data Reader of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601'
look "${STORAGE_ID}/providers/Microsoft.Authorization/roleAssignments/c8795ae8-3887-855d-a6cc-28ba2b8d7ccb" 2022-04-01 '[properties.principalId]' is:0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
case $found in
  absent)
    say '   making it'
    az role assignment create --name c8795ae8-3887-855d-a6cc-28ba2b8d7ccb --role 'Storage Blob Data Reader' \
      --scope "$STORAGE_ID" --assignee-object-id 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601 \
      --assignee-principal-type "$PEOPLE_KIND" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 54 of 61: workspace mlw-litware-ml (closed to public networks)
# Why: It comes last, so that nobody is shut out before the private way is there.
# Source: how-to-configure-private-link (2025-05-22)
say '54/61 workspace mlw-litware-ml (closed to public networks)'
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

# Step 55 of 61: resource group rg-litware-ml-databricks
say '55/61 resource group rg-litware-ml-databricks'
look "$DATABRICKS_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$DATABRICKS_GROUP" --location "$REGION" --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 56 of 61: network security group nsg-litware-ml-databricks
# Why: It is made empty. Databricks writes its rules into it, and nobody can change those.
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/harden-nsg-rule-100; public repositories that quote the rule set
say '56/61 network security group nsg-litware-ml-databricks'
look "$DATABRICKS_NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "$DATABRICKS_NSG_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" \
      --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in westeurope. Delete it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 57 of 61: public IP nat-litware-ml-databricks-ip
# Why: All Databricks nodes leave by this one address; give it to those who keep allow lists.
# Source: Azure/azure-quickstart-templates commits bc7a971 and 15f96a3 (2024-05-14); techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
say '57/61 public IP nat-litware-ml-databricks-ip'
look "$DATABRICKS_ADDRESS_ID" 2024-05-01 '[location, sku.name, properties.publicIPAllocationMethod]' "is:${REGION}" is:Standard is:Static
case $found in
  absent)
    say '   making it'
    az network public-ip create --name "${DATABRICKS_NAT_NAME}-ip" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --sku Standard --allocation-method Static --version IPv4 --tags cost-center=4711 \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A NAT gateway needs a static Standard address in westeurope. Delete this one if nothing uses it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 58 of 61: NAT gateway nat-litware-ml-databricks
# Source: Azure/azure-quickstart-templates commits bc7a971 and 15f96a3 (2024-05-14); techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
say '58/61 NAT gateway nat-litware-ml-databricks'
look "$DATABRICKS_NAT_ID" 2024-05-01 '[location, join('\'','\'', properties.publicIpAddresses[].id || `[]`)]' "is:${REGION}" "has:${DATABRICKS_ADDRESS_ID}"
case $found in
  absent)
    say '   making it'
    az network nat gateway create --name "$DATABRICKS_NAT_NAME" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --public-ip-addresses "$DATABRICKS_ADDRESS_ID" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in westeurope with the address nat-litware-ml-databricks-ip. Delete it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 59 of 61: subnet databricks-private (10.72.0.64/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
say '59/61 subnet databricks-private (10.72.0.64/26)'
look "$DATABRICKS_PRIVATE_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && '\''some'\'' || '\''none'\'', properties.natGateway.id]' "is:${DATABRICKS_PRIVATE_PREFIX}" is:Microsoft.Databricks/workspaces "is:${DATABRICKS_NSG_ID}" is:some is:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-litware-ml-net/providers/Microsoft.Network/natGateways/nat-litware-ml-databricks
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$DATABRICKS_PRIVATE_NAME" --vnet-name "$VNET_NAME" \
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PRIVATE_PREFIX" \
      --delegations Microsoft.Databricks/workspaces --network-security-group "$DATABRICKS_NSG_ID" \
      --nat-gateway /subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-litware-ml-net/providers/Microsoft.Network/natGateways/nat-litware-ml-databricks \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 60 of 61: subnet databricks-public (10.72.0.128/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
say '60/61 subnet databricks-public (10.72.0.128/26)'
look "$DATABRICKS_PUBLIC_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && '\''some'\'' || '\''none'\'', properties.natGateway.id]' "is:${DATABRICKS_PUBLIC_PREFIX}" is:Microsoft.Databricks/workspaces "is:${DATABRICKS_NSG_ID}" is:some is:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-litware-ml-net/providers/Microsoft.Network/natGateways/nat-litware-ml-databricks
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$DATABRICKS_PUBLIC_NAME" --vnet-name "$VNET_NAME" \
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PUBLIC_PREFIX" \
      --delegations Microsoft.Databricks/workspaces --network-security-group "$DATABRICKS_NSG_ID" \
      --nat-gateway /subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-litware-ml-net/providers/Microsoft.Network/natGateways/nat-litware-ml-databricks \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 61 of 61: Databricks workspace dbw-litware-ml
# Why: Its network is chosen here. This plan never changes it later.
# Source: how-to-secure-training-vnet (2025-06-12); learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; blog.bismart.com azure-databricks-premium-vs-standard
say '61/61 Databricks workspace dbw-litware-ml'
look "$DATABRICKS_WORKSPACE_ID" 2024-05-01 '[location, sku.name, properties.parameters.customVirtualNetworkId.value, properties.parameters.customPrivateSubnetName.value, properties.parameters.customPublicSubnetName.value, to_string(properties.parameters.enableNoPublicIp.value || `false`)]' "is:${REGION}" is:premium "is:${VNET_ID}" "is:${DATABRICKS_PRIVATE_NAME}" "is:${DATABRICKS_PUBLIC_NAME}" is:true
case $found in
  absent)
    say '   making it'
    az databricks workspace create --name "$DATABRICKS_NAME" --resource-group "$DATABRICKS_GROUP" \
      --location "$REGION" --sku "$DATABRICKS_TIER" --managed-resource-group "$DATABRICKS_MANAGED_GROUP" \
      --vnet "$VNET_ID" --private-subnet "$DATABRICKS_PRIVATE_NAME" --public-subnet "$DATABRICKS_PUBLIC_NAME" \
      --enable-no-public-ip "$DATABRICKS_NO_PUBLIC_IP" --tags cost-center=4711 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). If this workspace is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
