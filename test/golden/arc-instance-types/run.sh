#!/usr/bin/env bash
# contoso-edge: training of the workspace mlw-contoso-edge in the virtual network vnet-contoso-edge
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.70.0 or newer, with ml, k8s-extension, connectedk8s (az extension add --name ml, and so on), kubectl, and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7
REGISTRY_WANTED_NAME=crcontosoedgeafdb
REGISTRY_IN_GROUP=rg-contoso-edge
STORAGE_WANTED_NAME=stcontosoedgeafdb
STORAGE_IN_GROUP=rg-contoso-edge
WORKSPACE_GROUP=rg-contoso-edge
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
REGION=koreacentral
ARC_GROUP=rg-contoso-edge-arc
ARC_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${ARC_GROUP}"
ARC_NAME=amlarc-cluster
ARC_CONNECTED_ID="${ARC_GROUP_ID}/providers/Microsoft.Kubernetes/connectedClusters/${ARC_NAME}"
ARC_REGION=koreacentral
ARC_CONTEXT=edge-seoul
NETWORK_GROUP=rg-contoso-edge-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-contoso-edge
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
NAMES_ENDPOINT_SUBNET=snet-endpoints
ENDPOINT_SUBNET_ID="${VNET_ID}/subnets/${NAMES_ENDPOINT_SUBNET}"
ENDPOINTS_PREFIX=10.72.0.0/27
VAULT_NAME=kv-contosoedge-afdb
VAULT_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.KeyVault/vaults/${VAULT_NAME}"
VAULT_IN_GROUP=rg-contoso-edge
NAME=contoso-edge
VAULT_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-vault"
ENDPOINTS_MANUAL=false
REGISTRY_NAME=crcontosoedgeafdb
REGISTRY_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/${REGISTRY_NAME}"
REGISTRY_MADE_TIER=Premium
REGISTRY_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-registry"
LOGS_NAME=log-contoso-edge
LOGS_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.OperationalInsights/workspaces/${LOGS_NAME}"
LOGS_IN_GROUP=rg-contoso-edge
INSIGHTS_NAME=appi-contoso-edge
INSIGHTS_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Insights/components/${INSIGHTS_NAME}"
STORAGE_NAME=stcontosoedgeafdb
STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
STORAGE_GROUP=rg-contoso-edge
WORKSPACE_NAME=mlw-contoso-edge
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
WORKSPACE_ENDPOINT_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-workspace"
DNS_BASE=/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-contoso-edge-net
VAULT_ZONE_GROUP_ID="${VAULT_ENDPOINT_ID}/privateDnsZoneGroups/default"
REGISTRY_ZONE_GROUP_ID="${REGISTRY_ENDPOINT_ID}/privateDnsZoneGroups/default"
WORKSPACE_ZONE_GROUP_ID="${WORKSPACE_ENDPOINT_ID}/privateDnsZoneGroups/default"
ARC_CLUSTER_ID=/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-contoso-edge-arc/providers/Microsoft.Kubernetes/connectedClusters/amlarc-cluster
EXTENSION_NAME=amlarc-compute
ARC_EXTENSION_ID="${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}"
ARC_AZ_TYPE=connectedClusters
EXTENSION_WORDS_INFERENCE=False
EXTENSION_WORDS_NVIDIA=True
EXTENSION_WORDS_VOLCANO=True
EXTENSION_WORDS_PROMETHEUS=True
EXTENSION_WORDS_DCGM=False
ATTACH_NAMESPACE=amlarc-testing
ATTACH_NAME=amlarc-compute
KUBERNETES_COMPUTE_ID="${WORKSPACE_ID}/computes/${ATTACH_NAME}"
COMPUTE_PULL_ID="${REGISTRY_ID}/providers/Microsoft.Authorization/roleAssignments/827c1b41-0ce2-8bba-8347-107fa69b5e71"
COMPUTE_DATA_ID="${STORAGE_ID}/providers/Microsoft.Authorization/roleAssignments/0f06a6a8-f426-8ec8-9c03-532c4d93ec2d"
ATTACH_DATA_ROLE='Storage Blob Data Reader'
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

# Step 1 of 69: resource provider Microsoft.MachineLearningServices
# Source: how-to-managed-network (2025-05-23)
say '1/69 resource provider Microsoft.MachineLearningServices'
seen=$(az provider show --namespace Microsoft.MachineLearningServices --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.MachineLearningServices --wait --subscription "$SUBSCRIPTION"
fi

# Step 2 of 69: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
say '2/69 resource provider Microsoft.Network'
seen=$(az provider show --namespace Microsoft.Network --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Network --wait --subscription "$SUBSCRIPTION"
fi

# Step 3 of 69: resource provider Microsoft.Storage
# Source: how-to-managed-network (2025-05-23)
say '3/69 resource provider Microsoft.Storage'
seen=$(az provider show --namespace Microsoft.Storage --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Storage --wait --subscription "$SUBSCRIPTION"
fi

# Step 4 of 69: resource provider Microsoft.KeyVault
# Source: how-to-managed-network (2025-05-23)
say '4/69 resource provider Microsoft.KeyVault'
seen=$(az provider show --namespace Microsoft.KeyVault --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.KeyVault --wait --subscription "$SUBSCRIPTION"
fi

# Step 5 of 69: resource provider Microsoft.ContainerRegistry
# Source: how-to-managed-network (2025-05-23)
say '5/69 resource provider Microsoft.ContainerRegistry'
seen=$(az provider show --namespace Microsoft.ContainerRegistry --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.ContainerRegistry --wait --subscription "$SUBSCRIPTION"
fi

# Step 6 of 69: resource provider Microsoft.OperationalInsights
# Source: how-to-managed-network (2025-05-23)
say '6/69 resource provider Microsoft.OperationalInsights'
seen=$(az provider show --namespace Microsoft.OperationalInsights --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.OperationalInsights --wait --subscription "$SUBSCRIPTION"
fi

# Step 7 of 69: resource provider Microsoft.Insights
# Source: how-to-managed-network (2025-05-23)
say '7/69 resource provider Microsoft.Insights'
seen=$(az provider show --namespace Microsoft.Insights --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Insights --wait --subscription "$SUBSCRIPTION"
fi

# Step 8 of 69: the name crcontosoedgeafdb for the registry
# Why: All customers of Azure share these names, so this comes before anything is made.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '8/69 the name crcontosoedgeafdb for the registry'
seen=$(az acr check-name --name "$REGISTRY_WANTED_NAME" --query nameAvailable --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no registry of ours, it is somebody else'\''s, and registry.name needs another answer.'
  az acr show --name "$REGISTRY_WANTED_NAME" --resource-group "$REGISTRY_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 9 of 69: the name stcontosoedgeafdb for the storage account
# Why: All customers of Azure share these names, so this comes before anything is made.
say '9/69 the name stcontosoedgeafdb for the storage account'
seen=$(az storage account check-name --name "$STORAGE_WANTED_NAME" --query nameAvailable --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no account of ours, it is somebody else'\''s, and storage.name needs another answer.'
  az storage account show --name "$STORAGE_WANTED_NAME" --resource-group "$STORAGE_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 10 of 69: resource provider Microsoft.KubernetesConfiguration
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
say '10/69 resource provider Microsoft.KubernetesConfiguration'
seen=$(az provider show --namespace Microsoft.KubernetesConfiguration --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.KubernetesConfiguration --wait --subscription "$SUBSCRIPTION"
fi

# Step 11 of 69: resource provider Microsoft.Kubernetes
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
say '11/69 resource provider Microsoft.Kubernetes'
seen=$(az provider show --namespace Microsoft.Kubernetes --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Kubernetes --wait --subscription "$SUBSCRIPTION"
fi

# Step 12 of 69: resource provider Microsoft.ExtendedLocation
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
say '12/69 resource provider Microsoft.ExtendedLocation'
seen=$(az provider show --namespace Microsoft.ExtendedLocation --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.ExtendedLocation --wait --subscription "$SUBSCRIPTION"
fi

# Step 13 of 69: resource provider Microsoft.Relay
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
say '13/69 resource provider Microsoft.Relay'
seen=$(az provider show --namespace Microsoft.Relay --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Relay --wait --subscription "$SUBSCRIPTION"
fi

# Step 14 of 69: resource group rg-contoso-edge
say '14/69 resource group rg-contoso-edge'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$WORKSPACE_GROUP" --location "$REGION" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 15 of 69: resource group rg-contoso-edge-arc
say '15/69 resource group rg-contoso-edge-arc'
look "$ARC_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer arc.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 16 of 69: cluster amlarc-cluster of Azure Arc
# Source: how-to-deploy-kubernetes-extension (2026-01-28); quickstart-connect-cluster (2023-06-27); AML-Kubernetes docs (2024-08-15)
say '16/69 cluster amlarc-cluster of Azure Arc'
look "$ARC_CONNECTED_ID" 2024-01-01 '[location, properties.connectivityStatus]' "is:${ARC_REGION}" is:Connected
case $found in
  absent)
    stop 'It does not exist. It has to be in koreacentral and report to Azure Arc. Start with kubectl --context edge-seoul get pods --namespace azure-arc; mend the answers arc.name, arc.group and arc.region if they are wrong.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in koreacentral and report to Azure Arc. Start with kubectl --context edge-seoul get pods --namespace azure-arc; mend the answers arc.name, arc.group and arc.region if they are wrong."
    ;;
  same) say '   is there already' ;;
esac

# Step 17 of 69: context edge-seoul is amlarc-cluster
# Why: If it prints anything but true, this context is another cluster. The second command does nothing but fail, so that the script stops.
# Source: diagnose-connection-issues (2023-12-15)
say '17/69 context edge-seoul is amlarc-cluster'
seen=$(kubectl --context "$ARC_CONTEXT" get configmap azure-clusterconfig --namespace azure-arc \
  --output "go-template={{eq .data.AZURE_RESOURCE_NAME \`${ARC_NAME}\`}}")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   This context is another cluster, or Azure Arc knows it by another name. Mend the answer arc.context or arc.name.'
  kubectl --context "$ARC_CONTEXT" wait configmap/azure-clusterconfig --namespace azure-arc --timeout 1s \
    --for condition=Ready --output 'go-template={{print}}'
fi

# Step 18 of 69: resource group rg-contoso-edge-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '18/69 resource group rg-contoso-edge-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 19 of 69: virtual network vnet-contoso-edge (10.72.0.0/24)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '19/69 virtual network vnet-contoso-edge (10.72.0.0/24)'
look "$VNET_ID" 2024-05-01 '[location, join('\'' '\'', sort(properties.addressSpace.addressPrefixes))]' "is:${REGION}" is:10.72.0.0/24
case $found in
  absent)
    say '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" \
      --address-prefixes 10.72.0.0/24 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 20 of 69: subnet snet-endpoints (10.72.0.0/27)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); Azure/azure-cli issue 8204 (2019-01-09)
say '20/69 subnet snet-endpoints (10.72.0.0/27)'
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

# Step 21 of 69: key vault kv-contosoedge-afdb
# Source: learn.microsoft.com/azure/key-vault/general/access-control-default; how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '21/69 key vault kv-contosoedge-afdb'
look "$VAULT_ID" 2023-07-01 '[to_string(properties.enableRbacAuthorization || `false`), properties.publicNetworkAccess, properties.networkAcls.bypass || '\''AzureServices'\'']' is:true is:Disabled is:AzureServices
case $found in
  absent)
    say '   making it'
    az keyvault create --name "$VAULT_NAME" --resource-group "$VAULT_IN_GROUP" --location "$REGION" \
      --enable-rbac-authorization true --public-network-access Disabled --default-action Deny --bypass AzureServices \
      --retention-days 90 --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure, also that of a vault that was deleted less than 90 days ago. Answer vault.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 22 of 69: private endpoint of kv-contosoedge-afdb
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
say '22/69 private endpoint of kv-contosoedge-afdb'
look "$VAULT_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${VAULT_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-vault" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$VAULT_ID" \
      --group-id vault --connection-name vault --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 23 of 69: container registry crcontosoedgeafdb
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-secure-workspace-vnet (2024-07-08)
say '23/69 container registry crcontosoedgeafdb'
look "$REGISTRY_ID" 2023-07-01 '[sku.name, to_string(properties.adminUserEnabled), properties.publicNetworkAccess, properties.networkRuleBypassOptions]' is:Premium is:true is:Disabled is:AzureServices
case $found in
  absent)
    say '   making it'
    az acr create --name "$REGISTRY_NAME" --resource-group "$REGISTRY_IN_GROUP" --location "$REGION" \
      --sku "$REGISTRY_MADE_TIER" --admin-enabled true --public-network-enabled false --allow-trusted-services true \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure. Answer registry.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 24 of 69: private endpoint of crcontosoedgeafdb
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
say '24/69 private endpoint of crcontosoedgeafdb'
look "$REGISTRY_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${REGISTRY_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-registry" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$REGISTRY_ID" \
      --group-id registry --connection-name registry --manual-request "$ENDPOINTS_MANUAL" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 25 of 69: Log Analytics workspace log-contoso-edge
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '25/69 Log Analytics workspace log-contoso-edge'
look "$LOGS_ID" 2022-10-01 id
case $found in
  absent)
    say '   making it'
    az monitor log-analytics workspace create --name "$LOGS_NAME" --resource-group "$LOGS_IN_GROUP" \
      --location "$REGION" --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 26 of 69: Application Insights appi-contoso-edge
# Why: Its own az command needs one more extension; this one needs none.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '26/69 Application Insights appi-contoso-edge'
look "$INSIGHTS_ID" 2020-02-02 id
case $found in
  absent)
    say '   making it'
    az resource create --id "$INSIGHTS_ID" --api-version 2020-02-02 --is-full-object \
      --properties @app-insights.json --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 27 of 69: storage account stcontosoedgeafdb
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
say '27/69 storage account stcontosoedgeafdb'
look "$STORAGE_ID" 2023-05-01 '[to_string(properties.isHnsEnabled || `false`), to_string(starts_with(sku.name, '\''Standard'\'')), properties.publicNetworkAccess, to_string(contains(properties.networkAcls.bypass || '\''None'\'', '\''AzureServices'\''))]' is:false is:true is:Disabled is:true
case $found in
  absent)
    say '   making it'
    az storage account create --name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" --location "$REGION" \
      --sku Standard_LRS --kind StorageV2 --enable-hierarchical-namespace false --https-only true \
      --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access true \
      --public-network-access Disabled --default-action Deny --bypass AzureServices --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). The name is unique among all customers of Azure. Answer storage.name with another one."
    ;;
  same) say '   is there already' ;;
esac

# Step 28 of 69: workspace mlw-contoso-edge
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '28/69 workspace mlw-contoso-edge'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    say '   making it'
    az ml workspace create --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" --location "$REGION" \
      --storage-account "$STORAGE_ID" --key-vault "$VAULT_ID" --container-registry "$REGISTRY_ID" \
      --application-insights "$INSIGHTS_ID" --public-network-access Disabled --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in koreacentral, without managed network and v1_legacy_mode. If this workspace is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac
WORKSPACE_PRINCIPAL=$(az resource show --ids "$WORKSPACE_ID" --api-version 2024-04-01 --query identity.principalId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 29 of 69: role Key Vault Administrator of the workspace
# Why: The service gives it by itself when whoever creates the workspace may assign roles. A new role can take ten minutes to work.
# Source: how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '29/69 role Key Vault Administrator of the workspace'
seen=$(az role assignment list --scope "$VAULT_ID" --role 'Key Vault Administrator' \
  --query "length([?principalId=='${WORKSPACE_PRINCIPAL}']) > \`0\`" --output tsv --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  az role assignment create --role 'Key Vault Administrator' --scope "$VAULT_ID" \
    --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
    --subscription "$SUBSCRIPTION"
fi

# Step 30 of 69: private endpoint for blob of stcontosoedgeafdb
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '30/69 private endpoint for blob of stcontosoedgeafdb'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${STORAGE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-blob" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" \
      --group-id blob --connection-name blob --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 31 of 69: private endpoint for file of stcontosoedgeafdb
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '31/69 private endpoint for file of stcontosoedgeafdb'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${STORAGE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-file" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" \
      --group-id file --connection-name file --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 32 of 69: private endpoint of mlw-contoso-edge
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '32/69 private endpoint of mlw-contoso-edge'
look "$WORKSPACE_ENDPOINT_ID" 2024-05-01 "$PRIVATE_ENDPOINT_QUERY" "is:${ENDPOINT_SUBNET_ID}" "is:${WORKSPACE_ID}"
case $found in
  absent)
    say '   making it'
    az network private-endpoint create --name "pe-${NAME}-workspace" --resource-group "$NETWORK_GROUP" \
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$WORKSPACE_ID" \
      --group-id amlworkspace --connection-name workspace --manual-request "$ENDPOINTS_MANUAL" \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 33 of 69: private endpoint for blob of stcontosoedgeafdb (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '33/69 private endpoint for blob of stcontosoedgeafdb (approved)'
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

# Step 34 of 69: private endpoint for file of stcontosoedgeafdb (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '34/69 private endpoint for file of stcontosoedgeafdb (approved)'
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

# Step 35 of 69: private endpoint of kv-contosoedge-afdb (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '35/69 private endpoint of kv-contosoedge-afdb (approved)'
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

# Step 36 of 69: private endpoint of crcontosoedgeafdb (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '36/69 private endpoint of crcontosoedgeafdb (approved)'
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

# Step 37 of 69: private endpoint of mlw-contoso-edge (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '37/69 private endpoint of mlw-contoso-edge (approved)'
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

# Step 38 of 69: private DNS zone privatelink.api.azureml.ms
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '38/69 private DNS zone privatelink.api.azureml.ms'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.api.azureml.ms --resource-group "$NETWORK_GROUP" \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 39 of 69: private DNS zone privatelink.notebooks.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '39/69 private DNS zone privatelink.notebooks.azure.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.notebooks.azure.net --resource-group "$NETWORK_GROUP" \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 40 of 69: private DNS zone privatelink.vaultcore.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '40/69 private DNS zone privatelink.vaultcore.azure.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.vaultcore.azure.net --resource-group "$NETWORK_GROUP" \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 41 of 69: private DNS zone privatelink.azurecr.io
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '41/69 private DNS zone privatelink.azurecr.io'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.azurecr.io --resource-group "$NETWORK_GROUP" \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 42 of 69: private DNS zone privatelink.blob.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '42/69 private DNS zone privatelink.blob.core.windows.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.blob.core.windows.net --resource-group "$NETWORK_GROUP" \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 43 of 69: private DNS zone privatelink.file.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '43/69 private DNS zone privatelink.file.core.windows.net'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net" 2024-06-01 id
case $found in
  absent)
    say '   making it'
    az network private-dns zone create --name privatelink.file.core.windows.net --resource-group "$NETWORK_GROUP" \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 44 of 69: link of privatelink.api.azureml.ms to vnet-contoso-edge
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '44/69 link of privatelink.api.azureml.ms to vnet-contoso-edge'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.api.azureml.ms \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 45 of 69: link of privatelink.notebooks.azure.net to vnet-contoso-edge
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '45/69 link of privatelink.notebooks.azure.net to vnet-contoso-edge'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.notebooks.azure.net \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 46 of 69: link of privatelink.vaultcore.azure.net to vnet-contoso-edge
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '46/69 link of privatelink.vaultcore.azure.net to vnet-contoso-edge'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.vaultcore.azure.net \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 47 of 69: link of privatelink.azurecr.io to vnet-contoso-edge
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '47/69 link of privatelink.azurecr.io to vnet-contoso-edge'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name privatelink.azurecr.io \
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 48 of 69: link of privatelink.blob.core.windows.net to vnet-contoso-edge
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '48/69 link of privatelink.blob.core.windows.net to vnet-contoso-edge'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.blob.core.windows.net --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" \
      --registration-enabled false --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 49 of 69: link of privatelink.file.core.windows.net to vnet-contoso-edge
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '49/69 link of privatelink.file.core.windows.net to vnet-contoso-edge'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net/virtualNetworkLinks/link-${VNET_NAME}" 2024-06-01 '[properties.virtualNetwork.id]' "is:${VNET_ID}"
case $found in
  absent)
    say '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" \
      --zone-name privatelink.file.core.windows.net --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" \
      --registration-enabled false --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
    ;;
  same) say '   is there already' ;;
esac

# Step 50 of 69: DNS records for blob of stcontosoedgeafdb
# Source: private-endpoint-dns (2023-10-11)
say '50/69 DNS records for blob of stcontosoedgeafdb'
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

# Step 51 of 69: DNS records for file of stcontosoedgeafdb
# Source: private-endpoint-dns (2023-10-11)
say '51/69 DNS records for file of stcontosoedgeafdb'
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

# Step 52 of 69: DNS records of kv-contosoedge-afdb
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '52/69 DNS records of kv-contosoedge-afdb'
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

# Step 53 of 69: DNS records of crcontosoedgeafdb
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
say '53/69 DNS records of crcontosoedgeafdb'
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

# Step 54 of 69: DNS records of mlw-contoso-edge
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '54/69 DNS records of mlw-contoso-edge'
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

# Step 55 of 69: DNS records of the notebooks of mlw-contoso-edge
# Why: The workspace has names in two zones.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
say '55/69 DNS records of the notebooks of mlw-contoso-edge'
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

# Step 56 of 69: role Reader of the workspace on the endpoint for blob
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '56/69 role Reader of the workspace on the endpoint for blob'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/providers/Microsoft.Authorization/roleAssignments/a278565e-ede9-810c-989a-bbdcd52e990d" 2022-04-01 '[properties.principalId]' "is:${WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name a278565e-ede9-810c-989a-bbdcd52e990d --role Reader \
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" \
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 57 of 69: role Reader of the workspace on the endpoint for file
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '57/69 role Reader of the workspace on the endpoint for file'
look "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/providers/Microsoft.Authorization/roleAssignments/7826f63d-e763-8d65-87ce-40572c7a9227" 2022-04-01 '[properties.principalId]' "is:${WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 7826f63d-e763-8d65-87ce-40572c7a9227 --role Reader \
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" \
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 58 of 69: workspace mlw-contoso-edge (closed to public networks)
# Why: It comes last, so that nobody is shut out before the private way is there.
# Source: how-to-configure-private-link (2025-05-22)
say '58/69 workspace mlw-contoso-edge (closed to public networks)'
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

# Step 59 of 69: extension amlarc-compute on amlarc-cluster
# Why: Besides the agents it makes an Azure Relay namespace in the group of the cluster.
# Source: how-to-deploy-kubernetes-extension (2026-01-28); az k8s-extension; AzureMLKubernetes
say '59/69 extension amlarc-compute on amlarc-cluster'
look "$ARC_EXTENSION_ID" 2023-05-01 '[properties.extensionType, properties.scope.cluster.releaseNamespace]' is:microsoft.azureml.kubernetes is:azureml
case $found in
  absent)
    say '   making it'
    az k8s-extension create --name "$EXTENSION_NAME" --extension-type Microsoft.AzureML.Kubernetes --scope cluster \
      --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" --resource-group "$ARC_GROUP" \
      --config enableTraining=True enableInference=False installNvidiaDevicePlugin=True installVolcano=True installPromOp=True installDcgmExporter=False \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Another extension has this name. Choose another one (extension.name)."
    ;;
  same) say '   is there already' ;;
esac

# Step 60 of 69: settings of amlarc-compute
# Source: AML-Kubernetes docs (2024-08-15); AzureMLKubernetes
say '60/69 settings of amlarc-compute'
look "$ARC_EXTENSION_ID" 2023-05-01 '[properties.configurationSettings.enableTraining || '\''False'\'', properties.configurationSettings.enableInference || '\''False'\'', properties.configurationSettings.installNvidiaDevicePlugin || '\''False'\'', properties.configurationSettings.installVolcano || '\''True'\'', properties.configurationSettings.installPromOp || '\''True'\'', properties.configurationSettings.installDcgmExporter || '\''False'\'']' is:True "is:${EXTENSION_WORDS_INFERENCE}" "is:${EXTENSION_WORDS_NVIDIA}" "is:${EXTENSION_WORDS_VOLCANO}" "is:${EXTENSION_WORDS_PROMETHEUS}" "is:${EXTENSION_WORDS_DCGM}"
case $found in
  absent)
    stop 'Run the script again; an earlier step installs it.'
    ;;
  different)
    stop "It differs (${difference}). It is installed with other settings. Look that no job runs, answer extension.may_update with yes, and run the new script; or mend the answers."
    ;;
  same) say '   is there already' ;;
esac

# Step 61 of 69: the extension is installed
# Source: how-to-deploy-kubernetes-extension (2026-01-28)
say '61/69 the extension is installed'
seen=$(az k8s-extension show --name "$EXTENSION_NAME" --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" \
  --resource-group "$ARC_GROUP" --query provisioningState --output tsv --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = succeeded ]; then
  say '   nothing to do'
else
  say '   It is not Succeeded. If it is being installed, this waits. If it has failed, this stops; read errorInfo and statuses of az k8s-extension show, and the config map arcml-healthcheck, delete the extension with az k8s-extension delete, and run the script again.'
  az resource wait --created --ids "$ARC_EXTENSION_ID" --api-version 2023-05-01 --interval 15 --timeout 1800 \
    --subscription "$SUBSCRIPTION"
fi

# Step 62 of 69: all pods in azureml run
# Source: how-to-deploy-kubernetes-extension (2026-01-28); diagnose-connection-issues (2023-12-15); how-to-troubleshoot-kubernetes-extension (2025-03-05)
say '62/69 all pods in azureml run'
seen=$(kubectl --context "$ARC_CONTEXT" get pods --namespace azureml --selector '!job-name' \
  --field-selector 'status.phase!=Succeeded,status.phase!=Failed' \
  --output 'go-template={{$all := `no`}}{{if .items}}{{$all = `yes`}}{{end}}{{range .items}}{{$one := `no`}}{{range .status.conditions}}{{if and (eq .type `Ready`) (eq .status `True`)}}{{$one = `yes`}}{{end}}{{end}}{{if eq $one `no`}}{{$all = `no`}}{{end}}{{end}}{{$all}}')
if [ "$(lower "$seen")" = yes ]; then
  say '   nothing to do'
else
  say '   Some do not run yet; this waits for them. If one never does, look at the config map arcml-healthcheck.'
  kubectl --context "$ARC_CONTEXT" wait pods --namespace azureml --selector '!job-name' \
    --field-selector 'status.phase!=Succeeded,status.phase!=Failed' --for condition=Ready --timeout 10m \
    --output 'go-template={{print}}'
fi

# Step 63 of 69: namespace amlarc-testing in the cluster
# Why: Azure does not look whether it exists, and jobs would fail without it.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); kubernetes_compute.py
say '63/69 namespace amlarc-testing in the cluster'
seen=$(kubectl --context "$ARC_CONTEXT" get namespace "$ATTACH_NAMESPACE" --ignore-not-found \
  --output 'go-template={{.kind}}')
if [ "$(lower "$seen")" = namespace ]; then
  say '   nothing to do'
else
  kubectl --context "$ARC_CONTEXT" create namespace "$ATTACH_NAMESPACE" --output 'go-template={{print}}'
fi

# Step 64 of 69: instance type gpu-instance (2 CPU, 16Gi, 1 GPU)
# Source: how-to-manage-kubernetes-instance-types (2025-07-23)
say '64/69 instance type gpu-instance (2 CPU, 16Gi, 1 GPU)'
seen=$(kubectl --context "$ARC_CONTEXT" get instancetypes.amlarc.azureml.com gpu-instance --ignore-not-found \
  --output 'go-template={{with .spec.resources}}{{if eq (printf `%v %v %v %v %v %v` (or $.spec.nodeSelector `<nil>`) .requests.cpu .requests.memory .limits.cpu .limits.memory (or (index .limits `nvidia.com/gpu`) `<nil>`)) `map[accelerator:nvidia-tesla-k80] 2 16Gi 2 16Gi 1`}}same{{end}}{{end}}')
if [ "$(lower "$seen")" = same ]; then
  say '   nothing to do'
else
  say '   It is missing or different. All types of instance-types.yaml are written.'
  kubectl --context "$ARC_CONTEXT" apply --filename instance-types.yaml --output 'go-template={{print}}'
fi

# Step 65 of 69: instance type big-cpu-sku (4 CPU, 16Gi, no GPU)
# Source: how-to-manage-kubernetes-instance-types (2025-07-23)
say '65/69 instance type big-cpu-sku (4 CPU, 16Gi, no GPU)'
seen=$(kubectl --context "$ARC_CONTEXT" get instancetypes.amlarc.azureml.com big-cpu-sku --ignore-not-found \
  --output 'go-template={{with .spec.resources}}{{if eq (printf `%v %v %v %v %v %v` (or $.spec.nodeSelector `<nil>`) .requests.cpu .requests.memory .limits.cpu .limits.memory (or (index .limits `nvidia.com/gpu`) `<nil>`)) `map[VMSizes:VM-64vCPU-256GB] 4 16Gi 4 16Gi <nil>`}}same{{end}}{{end}}')
if [ "$(lower "$seen")" = same ]; then
  say '   nothing to do'
else
  say '   It is missing or different. All types of instance-types.yaml are written.'
  kubectl --context "$ARC_CONTEXT" apply --filename instance-types.yaml --output 'go-template={{print}}'
fi

# Step 66 of 69: instance type defaultinstancetype (2 CPU, 16Gi, 1 GPU)
# Why: The cluster takes the type of this name for its default.
# Source: how-to-manage-kubernetes-instance-types (2025-07-23)
say '66/69 instance type defaultinstancetype (2 CPU, 16Gi, 1 GPU)'
seen=$(kubectl --context "$ARC_CONTEXT" get instancetypes.amlarc.azureml.com defaultinstancetype --ignore-not-found \
  --output 'go-template={{with .spec.resources}}{{if eq (printf `%v %v %v %v %v %v` (or $.spec.nodeSelector `<nil>`) .requests.cpu .requests.memory .limits.cpu .limits.memory (or (index .limits `nvidia.com/gpu`) `<nil>`)) `map[accelerator:nvidia-tesla-k80] 2 16Gi 2 16Gi 1`}}same{{end}}{{end}}')
if [ "$(lower "$seen")" = same ]; then
  say '   nothing to do'
else
  say '   It is missing or different. All types of instance-types.yaml are written.'
  kubectl --context "$ARC_CONTEXT" apply --filename instance-types.yaml --output 'go-template={{print}}'
fi

# Step 67 of 69: attached cluster amlarc-compute
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); az ml compute; AzureMLKubernetes.py
say '67/69 attached cluster amlarc-compute'
look "$KUBERNETES_COMPUTE_ID" 2024-04-01 '[properties.computeType, properties.provisioningState, properties.resourceId, properties.properties.namespace, identity.type || '\''None'\'']' is:Kubernetes is:Succeeded "is:${ARC_CLUSTER_ID}" "is:${ATTACH_NAMESPACE}" is:SystemAssigned
case $found in
  absent)
    say '   making it'
    az ml compute attach --type Kubernetes --name "$ATTACH_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --resource-id "$ARC_CLUSTER_ID" --namespace "$ATTACH_NAMESPACE" \
      --identity-type SystemAssigned --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). If it is Creating, wait and run the script again. Otherwise: an attached cluster cannot be changed. Take it out with az ml compute detach --name amlarc-compute --workspace-name mlw-contoso-edge --resource-group rg-contoso-edge --yes, which leaves the cluster alone, and run the script again; or choose another name."
    ;;
  same) say '   is there already' ;;
esac
KUBERNETES_COMPUTE_PRINCIPAL=$(az resource show --ids "$KUBERNETES_COMPUTE_ID" --api-version 2024-04-01 --query identity.principalId --output tsv --subscription "$SUBSCRIPTION" | tr -d '\r')

# Step 68 of 69: role AcrPull of amlarc-compute on the registry
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); AML-Kubernetes docs (2024-08-15); how-to-identity-based-service-authentication (2025-06-10)
say '68/69 role AcrPull of amlarc-compute on the registry'
look "$COMPUTE_PULL_ID" 2022-04-01 '[properties.principalId]' "is:${KUBERNETES_COMPUTE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 827c1b41-0ce2-8bba-8347-107fa69b5e71 --role AcrPull --scope "$REGISTRY_ID" \
      --assignee-object-id "$KUBERNETES_COMPUTE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 69 of 69: role Storage Blob Data Reader of amlarc-compute on the storage account
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); AML-Kubernetes docs (2024-08-15); how-to-identity-based-service-authentication (2025-06-10)
say '69/69 role Storage Blob Data Reader of amlarc-compute on the storage account'
look "$COMPUTE_DATA_ID" 2022-04-01 '[properties.principalId]' "is:${KUBERNETES_COMPUTE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 0f06a6a8-f426-8ec8-9c03-532c4d93ec2d --role "$ATTACH_DATA_ROLE" \
      --scope "$STORAGE_ID" --assignee-object-id "$KUBERNETES_COMPUTE_PRINCIPAL" \
      --assignee-principal-type ServicePrincipal --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
