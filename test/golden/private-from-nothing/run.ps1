#!/usr/bin/env pwsh
#Requires -Version 7.2
# contoso-prod: training of the workspace mlw-contoso-prod in the virtual network vnet-contoso-prod
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7'
$REGISTRY_WANTED_NAME = 'crcontosoprod23e1'
$REGISTRY_IN_GROUP = 'rg-contoso-prod'
$STORAGE_WANTED_NAME = 'stcontosoprod23e1'
$STORAGE_IN_GROUP = 'rg-contoso-prod'
$WORKSPACE_GROUP = 'rg-contoso-prod'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$REGION = 'koreacentral'
$NETWORK_GROUP = 'rg-contoso-prod-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-contoso-prod'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$NAMES_ENDPOINT_SUBNET = 'snet-endpoints'
$ENDPOINT_SUBNET_ID = "${VNET_ID}/subnets/${NAMES_ENDPOINT_SUBNET}"
$ENDPOINTS_PREFIX = '10.64.0.32/27'
$NAT_NAME = 'nat-contoso-prod'
$NAT_ADDRESS_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/${NAT_NAME}-ip"
$NAT_IN_GROUP = 'rg-contoso-prod-net'
$NAT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/natGateways/${NAT_NAME}"
$NSG_NAME = 'nsg-contoso-prod'
$NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$NSG_IN_GROUP = 'rg-contoso-prod-net'
$SUBNET_NAME = 'snet-training'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.64.0.0/27'
$VAULT_NAME = 'kv-contosoprod-23e1'
$VAULT_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.KeyVault/vaults/${VAULT_NAME}"
$VAULT_IN_GROUP = 'rg-contoso-prod'
$NAME = 'contoso-prod'
$VAULT_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-vault"
$ENDPOINTS_MANUAL = 'false'
$REGISTRY_NAME = 'crcontosoprod23e1'
$REGISTRY_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/${REGISTRY_NAME}"
$REGISTRY_MADE_TIER = 'Premium'
$REGISTRY_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-registry"
$LOGS_NAME = 'log-contoso-prod'
$LOGS_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.OperationalInsights/workspaces/${LOGS_NAME}"
$LOGS_IN_GROUP = 'rg-contoso-prod'
$INSIGHTS_NAME = 'appi-contoso-prod'
$INSIGHTS_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Insights/components/${INSIGHTS_NAME}"
$STORAGE_NAME = 'stcontosoprod23e1'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$STORAGE_GROUP = 'rg-contoso-prod'
$WORKSPACE_NAME = 'mlw-contoso-prod'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$WORKSPACE_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-workspace"
$DNS_BASE = '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-contoso-prod-net'
$VAULT_ZONE_GROUP_ID = "${VAULT_ENDPOINT_ID}/privateDnsZoneGroups/default"
$REGISTRY_ZONE_GROUP_ID = "${REGISTRY_ENDPOINT_ID}/privateDnsZoneGroups/default"
$WORKSPACE_ZONE_GROUP_ID = "${WORKSPACE_ENDPOINT_ID}/privateDnsZoneGroups/default"
$PEOPLE_KIND = 'Group'
$CLUSTER_1_NAME = 'contosoprod-cluster'
$CLUSTER_1_SIZE = 'Standard_D4ds_v4'
$CLUSTER_1_MAX_NODES = '8'
$COMPUTES_PUBLIC_IP = 'false'
$BUILDS_CLUSTER = 'contosoprod-cluster'
$INSTANCE_1_NAME = 'contosoprod-ci'
$INSTANCE_1_SIZE = 'Standard_D4ds_v4'
$INSTANCE_1_SSH = 'false'
$PRIVATE_ENDPOINT_QUERY = '[properties.subnet.id, properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceId | [0]]'

$ErrorActionPreference = 'Stop'
# The exit code of az is looked at after each call, the same way in every PowerShell 7.
$PSNativeCommandUseErrorActionPreference = $false
$env:AZURE_CORE_OUTPUT = 'none'
$env:AZURE_CORE_ONLY_SHOW_ERRORS = 'true'
# Files that the commands read lie beside this one.
Set-Location -LiteralPath $PSScriptRoot

function Write-Line([string] $Text) { [Console]::Error.WriteLine($Text) }

function Stop-Run([string] $Text) {
  Write-Line "   x $Text"
  exit 1
}

function Assert-Az {
  if ($LASTEXITCODE -ne 0) { Stop-Run "az ended with exit code $LASTEXITCODE." }
}

# Gives absent, same or different; a want is is:VALUE or has:VALUE, one for each line that the query prints.
function Get-Difference([string] $Id, [string] $Api, [string] $Query, [string[]] $Wants) {
  $script:Difference = ''
  $messages = New-TemporaryFile
  # What az writes into the file is not an error of this script.
  $ErrorActionPreference = 'Continue'
  try {
    $seen = @(az resource show --ids $Id --api-version $Api --query $Query --output tsv --subscription "$SUBSCRIPTION" 2> $messages)
    $code = $LASTEXITCODE
    if ($code -eq 3) { return 'absent' }
    if ($code -ne 0) {
      Write-Line (Get-Content -Raw -LiteralPath $messages)
      Stop-Run "az could not look up $Id (exit code $code)."
    }
  } finally {
    Remove-Item -LiteralPath $messages
  }
  $differences = for ($at = 0; $at -lt $Wants.Count; $at++) {
    $kind, $want = $Wants[$at] -split ':', 2
    $have = if ($at -lt $seen.Count) { "$($seen[$at])".Trim() } else { '' }
    if ($kind -eq 'is' -and $have -ine $want) { "wanted $want, found $have" }
    if ($kind -eq 'has' -and ($have -split ',') -inotcontains $want) { "wanted $want among $have" }
  }
  $script:Difference = $differences -join '; '
  if ($script:Difference) { return 'different' }
  return 'same'
}

# Step 1 of 61: resource provider Microsoft.MachineLearningServices
# Source: how-to-managed-network (2025-05-23)
Write-Line '1/61 resource provider Microsoft.MachineLearningServices'
$seen = "$(az provider show --namespace 'Microsoft.MachineLearningServices' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.MachineLearningServices' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 2 of 61: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
Write-Line '2/61 resource provider Microsoft.Network'
$seen = "$(az provider show --namespace 'Microsoft.Network' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Network' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 3 of 61: resource provider Microsoft.Storage
# Source: how-to-managed-network (2025-05-23)
Write-Line '3/61 resource provider Microsoft.Storage'
$seen = "$(az provider show --namespace 'Microsoft.Storage' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Storage' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 4 of 61: resource provider Microsoft.KeyVault
# Source: how-to-managed-network (2025-05-23)
Write-Line '4/61 resource provider Microsoft.KeyVault'
$seen = "$(az provider show --namespace 'Microsoft.KeyVault' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.KeyVault' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 5 of 61: resource provider Microsoft.ContainerRegistry
# Source: how-to-managed-network (2025-05-23)
Write-Line '5/61 resource provider Microsoft.ContainerRegistry'
$seen = "$(az provider show --namespace 'Microsoft.ContainerRegistry' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.ContainerRegistry' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 6 of 61: resource provider Microsoft.OperationalInsights
# Source: how-to-managed-network (2025-05-23)
Write-Line '6/61 resource provider Microsoft.OperationalInsights'
$seen = "$(az provider show --namespace 'Microsoft.OperationalInsights' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.OperationalInsights' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 7 of 61: resource provider Microsoft.Insights
# Source: how-to-managed-network (2025-05-23)
Write-Line '7/61 resource provider Microsoft.Insights'
$seen = "$(az provider show --namespace 'Microsoft.Insights' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Insights' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 8 of 61: the name crcontosoprod23e1 for the registry
# Why: All customers of Azure share these names, so this comes before anything is made.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '8/61 the name crcontosoprod23e1 for the registry'
$seen = "$(az acr check-name --name "$REGISTRY_WANTED_NAME" --query 'nameAvailable' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'true') {
  Write-Line '   nothing to do'
} else {
  Write-Line '   The name is in use. If the next look finds no registry of ours, it is somebody else''s, and registry.name needs another answer.'
  az acr show --name "$REGISTRY_WANTED_NAME" --resource-group "$REGISTRY_IN_GROUP" `
    --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 9 of 61: the name stcontosoprod23e1 for the storage account
# Why: All customers of Azure share these names, so this comes before anything is made.
Write-Line '9/61 the name stcontosoprod23e1 for the storage account'
$seen = "$(az storage account check-name --name "$STORAGE_WANTED_NAME" --query 'nameAvailable' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'true') {
  Write-Line '   nothing to do'
} else {
  Write-Line '   The name is in use. If the next look finds no account of ours, it is somebody else''s, and storage.name needs another answer.'
  az storage account show --name "$STORAGE_WANTED_NAME" --resource-group "$STORAGE_IN_GROUP" `
    --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 10 of 61: resource group rg-contoso-prod
Write-Line '10/61 resource group rg-contoso-prod'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$WORKSPACE_GROUP" --location "$REGION" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 61: resource group rg-contoso-prod-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '11/61 resource group rg-contoso-prod-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 12 of 61: virtual network vnet-contoso-prod (10.64.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '12/61 virtual network vnet-contoso-prod (10.64.0.0/20)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location, join('' '', sort(properties.addressSpace.addressPrefixes))]' -Wants @("is:${REGION}", 'is:10.64.0.0/20')) {
  'absent' {
    Write-Line '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" `
      --address-prefixes '10.64.0.0/20' --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 13 of 61: subnet snet-endpoints (10.64.0.32/27)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '13/61 subnet snet-endpoints (10.64.0.32/27)'
switch (Get-Difference -Id "$ENDPOINT_SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'']' -Wants @("is:${ENDPOINTS_PREFIX}", 'is:none')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$NAMES_ENDPOINT_SUBNET" --vnet-name "$VNET_NAME" `
      --resource-group "$NETWORK_GROUP" --address-prefixes "$ENDPOINTS_PREFIX" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 14 of 61: public IP nat-contoso-prod-ip of the NAT gateway
# Why: All nodes leave by this one address; give it to those who keep allow lists.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
Write-Line '14/61 public IP nat-contoso-prod-ip of the NAT gateway'
switch (Get-Difference -Id "$NAT_ADDRESS_ID" -Api '2024-05-01' -Query '[location, sku.name, properties.publicIPAllocationMethod]' -Wants @("is:${REGION}", 'is:Standard', 'is:Static')) {
  'absent' {
    Write-Line '   making it'
    az network public-ip create --name "${NAT_NAME}-ip" --resource-group "$NAT_IN_GROUP" --location "$REGION" `
      --sku 'Standard' --allocation-method 'Static' --version 'IPv4' --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A NAT gateway needs a static Standard address in koreacentral. Delete this one if nothing uses it, or give the NAT gateway another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 15 of 61: NAT gateway nat-contoso-prod
# Why: Not every version of az takes tags here. Add them afterwards with az tag update --operation Merge.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
Write-Line '15/61 NAT gateway nat-contoso-prod'
switch (Get-Difference -Id "$NAT_ID" -Api '2024-05-01' -Query '[location, join('','', properties.publicIpAddresses[].id || `[]`)]' -Wants @("is:${REGION}", 'has:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-contoso-prod-net/providers/Microsoft.Network/publicIPAddresses/nat-contoso-prod-ip')) {
  'absent' {
    Write-Line '   making it'
    az network nat gateway create --name "$NAT_NAME" --resource-group "$NAT_IN_GROUP" --location "$REGION" `
      --public-ip-addresses "$NAT_ADDRESS_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A new one has to be in koreacentral with the address nat-contoso-prod-ip. Choose another name, or answer that it exists."
  }
  'same' { Write-Line '   is there already' }
}

# Step 16 of 61: network security group nsg-contoso-prod
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '16/61 network security group nsg-contoso-prod'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in koreacentral. Give the new one another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 17 of 61: subnet snet-training (10.64.0.0/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '17/61 subnet snet-training (10.64.0.0/27)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'', properties.networkSecurityGroup.id, properties.natGateway.id]' -Wants @("is:${SUBNET_PREFIX}", 'is:none', "is:${NSG_ID}", "is:${NAT_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" `
      --address-prefixes "$SUBNET_PREFIX" --network-security-group "$NSG_ID" --nat-gateway "$NAT_ID" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 18 of 61: key vault kv-contosoprod-23e1
# Source: learn.microsoft.com/azure/key-vault/general/access-control-default; how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '18/61 key vault kv-contosoprod-23e1'
switch (Get-Difference -Id "$VAULT_ID" -Api '2023-07-01' -Query '[to_string(properties.enableRbacAuthorization || `false`), properties.publicNetworkAccess, properties.networkAcls.bypass || ''AzureServices'']' -Wants @('is:true', 'is:Disabled', 'is:AzureServices')) {
  'absent' {
    Write-Line '   making it'
    az keyvault create --name "$VAULT_NAME" --resource-group "$VAULT_IN_GROUP" --location "$REGION" `
      --enable-rbac-authorization true --public-network-access 'Disabled' --default-action 'Deny' `
      --bypass 'AzureServices' --retention-days '90' --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). The name is unique among all customers of Azure, also that of a vault that was deleted less than 90 days ago. Answer vault.name with another one."
  }
  'same' { Write-Line '   is there already' }
}

# Step 19 of 61: private endpoint of kv-contosoprod-23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
Write-Line '19/61 private endpoint of kv-contosoprod-23e1'
switch (Get-Difference -Id "$VAULT_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${VAULT_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-vault" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$VAULT_ID" `
      --group-id vault --connection-name vault --manual-request "$ENDPOINTS_MANUAL" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 20 of 61: container registry crcontosoprod23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-secure-workspace-vnet (2024-07-08)
Write-Line '20/61 container registry crcontosoprod23e1'
switch (Get-Difference -Id "$REGISTRY_ID" -Api '2023-07-01' -Query '[sku.name, to_string(properties.adminUserEnabled), properties.publicNetworkAccess, properties.networkRuleBypassOptions]' -Wants @('is:Premium', 'is:true', 'is:Disabled', 'is:AzureServices')) {
  'absent' {
    Write-Line '   making it'
    az acr create --name "$REGISTRY_NAME" --resource-group "$REGISTRY_IN_GROUP" --location "$REGION" `
      --sku "$REGISTRY_MADE_TIER" --admin-enabled true --public-network-enabled false --allow-trusted-services true `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). The name is unique among all customers of Azure. Answer registry.name with another one."
  }
  'same' { Write-Line '   is there already' }
}

# Step 21 of 61: private endpoint of crcontosoprod23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
Write-Line '21/61 private endpoint of crcontosoprod23e1'
switch (Get-Difference -Id "$REGISTRY_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${REGISTRY_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-registry" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$REGISTRY_ID" `
      --group-id registry --connection-name registry --manual-request "$ENDPOINTS_MANUAL" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 22 of 61: Log Analytics workspace log-contoso-prod
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '22/61 Log Analytics workspace log-contoso-prod'
switch (Get-Difference -Id "$LOGS_ID" -Api '2022-10-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az monitor log-analytics workspace create --name "$LOGS_NAME" --resource-group "$LOGS_IN_GROUP" `
      --location "$REGION" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 23 of 61: Application Insights appi-contoso-prod
# Why: Its own az command needs one more extension; this one needs none.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '23/61 Application Insights appi-contoso-prod'
switch (Get-Difference -Id "$INSIGHTS_ID" -Api '2020-02-02' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az resource create --id "$INSIGHTS_ID" --api-version '2020-02-02' --is-full-object `
      --properties '@app-insights.json' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 24 of 61: storage account stcontosoprod23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '24/61 storage account stcontosoprod23e1'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query '[to_string(properties.isHnsEnabled || `false`), to_string(starts_with(sku.name, ''Standard'')), properties.publicNetworkAccess, to_string(contains(properties.networkAcls.bypass || ''None'', ''AzureServices''))]' -Wants @('is:false', 'is:true', 'is:Disabled', 'is:true')) {
  'absent' {
    Write-Line '   making it'
    az storage account create --name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" --location "$REGION" `
      --sku 'Standard_LRS' --kind 'StorageV2' --enable-hierarchical-namespace false --https-only true `
      --min-tls-version 'TLS1_2' --allow-blob-public-access false --allow-shared-key-access true `
      --public-network-access 'Disabled' --default-action 'Deny' --bypass 'AzureServices' --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). The name is unique among all customers of Azure. Answer storage.name with another one."
  }
  'same' { Write-Line '   is there already' }
}

# Step 25 of 61: workspace mlw-contoso-prod
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '25/61 workspace mlw-contoso-prod'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Write-Line '   making it'
    az ml workspace create --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" --location "$REGION" `
      --storage-account "$STORAGE_ID" --key-vault "$VAULT_ID" --container-registry "$REGISTRY_ID" `
      --application-insights "$INSIGHTS_ID" --public-network-access 'Disabled' --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in koreacentral, without managed network and v1_legacy_mode. If this workspace is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_PRINCIPAL = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.principalId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 26 of 61: role Key Vault Administrator of the workspace
# Why: The service gives it by itself when whoever creates the workspace may assign roles. A new role can take ten minutes to work.
# Source: how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '26/61 role Key Vault Administrator of the workspace'
$seen = "$(az role assignment list --scope "$VAULT_ID" --role 'Key Vault Administrator' --query "length([?principalId=='${WORKSPACE_PRINCIPAL}']) > ``0``" --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'true') {
  Write-Line '   nothing to do'
} else {
  az role assignment create --role 'Key Vault Administrator' --scope "$VAULT_ID" `
    --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type 'ServicePrincipal' `
    --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 27 of 61: private endpoint for blob of stcontosoprod23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '27/61 private endpoint for blob of stcontosoprod23e1'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-blob" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" `
      --group-id blob --connection-name blob --manual-request "$ENDPOINTS_MANUAL" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 28 of 61: private endpoint for file of stcontosoprod23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '28/61 private endpoint for file of stcontosoprod23e1'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-file" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" `
      --group-id file --connection-name file --manual-request "$ENDPOINTS_MANUAL" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 29 of 61: private endpoint of mlw-contoso-prod
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '29/61 private endpoint of mlw-contoso-prod'
switch (Get-Difference -Id "$WORKSPACE_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${WORKSPACE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-workspace" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$WORKSPACE_ID" `
      --group-id amlworkspace --connection-name workspace --manual-request "$ENDPOINTS_MANUAL" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 30 of 61: private endpoint for blob of stcontosoprod23e1 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '30/61 private endpoint for blob of stcontosoprod23e1 (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 31 of 61: private endpoint for file of stcontosoprod23e1 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '31/61 private endpoint for file of stcontosoprod23e1 (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 32 of 61: private endpoint of kv-contosoprod-23e1 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '32/61 private endpoint of kv-contosoprod-23e1 (approved)'
switch (Get-Difference -Id "$VAULT_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 33 of 61: private endpoint of crcontosoprod23e1 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '33/61 private endpoint of crcontosoprod23e1 (approved)'
switch (Get-Difference -Id "$REGISTRY_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 34 of 61: private endpoint of mlw-contoso-prod (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '34/61 private endpoint of mlw-contoso-prod (approved)'
switch (Get-Difference -Id "$WORKSPACE_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 35 of 61: private DNS zone privatelink.api.azureml.ms
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '35/61 private DNS zone privatelink.api.azureml.ms'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.api.azureml.ms' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 36 of 61: private DNS zone privatelink.notebooks.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '36/61 private DNS zone privatelink.notebooks.azure.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.notebooks.azure.net' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 37 of 61: private DNS zone privatelink.vaultcore.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '37/61 private DNS zone privatelink.vaultcore.azure.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.vaultcore.azure.net' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 38 of 61: private DNS zone privatelink.azurecr.io
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '38/61 private DNS zone privatelink.azurecr.io'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.azurecr.io' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 39 of 61: private DNS zone privatelink.blob.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '39/61 private DNS zone privatelink.blob.core.windows.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.blob.core.windows.net' `
      --resource-group "$NETWORK_GROUP" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 40 of 61: private DNS zone privatelink.file.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '40/61 private DNS zone privatelink.file.core.windows.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.file.core.windows.net' `
      --resource-group "$NETWORK_GROUP" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 41 of 61: link of privatelink.api.azureml.ms to vnet-contoso-prod
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '41/61 link of privatelink.api.azureml.ms to vnet-contoso-prod'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms/virtualNetworkLinks/link-${VNET_NAME}" -Api '2024-06-01' -Query '[properties.virtualNetwork.id]' -Wants @("is:${VNET_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name 'privatelink.api.azureml.ms' `
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
  }
  'same' { Write-Line '   is there already' }
}

# Step 42 of 61: link of privatelink.notebooks.azure.net to vnet-contoso-prod
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '42/61 link of privatelink.notebooks.azure.net to vnet-contoso-prod'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net/virtualNetworkLinks/link-${VNET_NAME}" -Api '2024-06-01' -Query '[properties.virtualNetwork.id]' -Wants @("is:${VNET_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" `
      --zone-name 'privatelink.notebooks.azure.net' --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" `
      --registration-enabled false --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
  }
  'same' { Write-Line '   is there already' }
}

# Step 43 of 61: link of privatelink.vaultcore.azure.net to vnet-contoso-prod
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '43/61 link of privatelink.vaultcore.azure.net to vnet-contoso-prod'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net/virtualNetworkLinks/link-${VNET_NAME}" -Api '2024-06-01' -Query '[properties.virtualNetwork.id]' -Wants @("is:${VNET_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" `
      --zone-name 'privatelink.vaultcore.azure.net' --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" `
      --registration-enabled false --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
  }
  'same' { Write-Line '   is there already' }
}

# Step 44 of 61: link of privatelink.azurecr.io to vnet-contoso-prod
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '44/61 link of privatelink.azurecr.io to vnet-contoso-prod'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io/virtualNetworkLinks/link-${VNET_NAME}" -Api '2024-06-01' -Query '[properties.virtualNetwork.id]' -Wants @("is:${VNET_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" --zone-name 'privatelink.azurecr.io' `
      --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" --registration-enabled false `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
  }
  'same' { Write-Line '   is there already' }
}

# Step 45 of 61: link of privatelink.blob.core.windows.net to vnet-contoso-prod
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '45/61 link of privatelink.blob.core.windows.net to vnet-contoso-prod'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net/virtualNetworkLinks/link-${VNET_NAME}" -Api '2024-06-01' -Query '[properties.virtualNetwork.id]' -Wants @("is:${VNET_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" `
      --zone-name 'privatelink.blob.core.windows.net' --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" `
      --registration-enabled false --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
  }
  'same' { Write-Line '   is there already' }
}

# Step 46 of 61: link of privatelink.file.core.windows.net to vnet-contoso-prod
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '46/61 link of privatelink.file.core.windows.net to vnet-contoso-prod'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net/virtualNetworkLinks/link-${VNET_NAME}" -Api '2024-06-01' -Query '[properties.virtualNetwork.id]' -Wants @("is:${VNET_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-dns link vnet create --name "link-${VNET_NAME}" `
      --zone-name 'privatelink.file.core.windows.net' --resource-group "$NETWORK_GROUP" --virtual-network "$VNET_ID" `
      --registration-enabled false --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A link of this name leads to another network. Delete it, or choose another name for the network."
  }
  'same' { Write-Line '   is there already' }
}

# Step 47 of 61: DNS records for blob of stcontosoprod23e1
# Source: private-endpoint-dns (2023-10-11)
Write-Line '47/61 DNS records for blob of stcontosoprod23e1'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/privateDnsZoneGroups/default" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-blob" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net" `
      --zone-name privatelink-blob-core-windows-net --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
  }
  'same' { Write-Line '   is there already' }
}

# Step 48 of 61: DNS records for file of stcontosoprod23e1
# Source: private-endpoint-dns (2023-10-11)
Write-Line '48/61 DNS records for file of stcontosoprod23e1'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/privateDnsZoneGroups/default" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-file" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net" `
      --zone-name privatelink-file-core-windows-net --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
  }
  'same' { Write-Line '   is there already' }
}

# Step 49 of 61: DNS records of kv-contosoprod-23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '49/61 DNS records of kv-contosoprod-23e1'
switch (Get-Difference -Id "$VAULT_ZONE_GROUP_ID" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-vault" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net" `
      --zone-name privatelink-vaultcore-azure-net --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
  }
  'same' { Write-Line '   is there already' }
}

# Step 50 of 61: DNS records of crcontosoprod23e1
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '50/61 DNS records of crcontosoprod23e1'
switch (Get-Difference -Id "$REGISTRY_ZONE_GROUP_ID" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-registry" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io" `
      --zone-name privatelink-azurecr-io --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
  }
  'same' { Write-Line '   is there already' }
}

# Step 51 of 61: DNS records of mlw-contoso-prod
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '51/61 DNS records of mlw-contoso-prod'
switch (Get-Difference -Id "$WORKSPACE_ZONE_GROUP_ID" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-workspace" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms" `
      --zone-name privatelink-api-azureml-ms --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
  }
  'same' { Write-Line '   is there already' }
}

# Step 52 of 61: DNS records of the notebooks of mlw-contoso-prod
# Why: The workspace has names in two zones.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '52/61 DNS records of the notebooks of mlw-contoso-prod'
switch (Get-Difference -Id "$WORKSPACE_ZONE_GROUP_ID" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net")) {
  'absent' {
    Stop-Run 'It does not exist. Run the script again; an earlier step makes the group.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network private-endpoint dns-zone-group add --name default --endpoint-name "pe-${NAME}-workspace" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net" `
      --zone-name privatelink-notebooks-azure-net --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 53 of 61: role Reader of the workspace on the endpoint for blob
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '53/61 role Reader of the workspace on the endpoint for blob'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/providers/Microsoft.Authorization/roleAssignments/ce7e277b-7f27-8948-8e05-21a54a439115" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name ce7e277b-7f27-8948-8e05-21a54a439115 --role 'Reader' `
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" `
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type 'ServicePrincipal' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 54 of 61: role Reader of the workspace on the endpoint for file
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '54/61 role Reader of the workspace on the endpoint for file'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/providers/Microsoft.Authorization/roleAssignments/4bd7c4c3-cbb5-88ec-8fc7-eb89c76f3b93" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '4bd7c4c3-cbb5-88ec-8fc7-eb89c76f3b93' --role 'Reader' `
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" `
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type 'ServicePrincipal' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 55 of 61: role AzureML Data Scientist of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
# Source: how-to-assign-roles; how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '55/61 role AzureML Data Scientist of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601'
switch (Get-Difference -Id "${WORKSPACE_ID}/providers/Microsoft.Authorization/roleAssignments/c969992c-48e1-8ad1-9372-0a85b91929cd" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @('is:0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601')) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name c969992c-48e1-8ad1-9372-0a85b91929cd --role 'AzureML Data Scientist' `
      --scope "$WORKSPACE_ID" --assignee-object-id '0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601' `
      --assignee-principal-type "$PEOPLE_KIND" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 56 of 61: role Storage Blob Data Reader of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '56/61 role Storage Blob Data Reader of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601'
switch (Get-Difference -Id "${STORAGE_ID}/providers/Microsoft.Authorization/roleAssignments/bb9391aa-4feb-8bc4-84c2-fb61d84d6f0f" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @('is:0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601')) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name bb9391aa-4feb-8bc4-84c2-fb61d84d6f0f --role 'Storage Blob Data Reader' `
      --scope "$STORAGE_ID" --assignee-object-id '0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601' `
      --assignee-principal-type "$PEOPLE_KIND" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 57 of 61: workspace mlw-contoso-prod (closed to public networks)
# Why: It comes last, so that nobody is shut out before the private way is there.
# Source: how-to-configure-private-link (2025-05-22)
Write-Line '57/61 workspace mlw-contoso-prod (closed to public networks)'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[properties.publicNetworkAccess]' -Wants @('is:Disabled')) {
  'absent' {
    Stop-Run 'It does not exist. Run the script again; an earlier step creates it.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az ml workspace update --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" `
      --public-network-access 'Disabled' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 58 of 61: compute cluster contosoprod-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
Write-Line '58/61 compute cluster contosoprod-cluster'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" -Api '2024-04-01' -Query '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains(''true null'', to_string(properties.properties.enableNodePublicIp))]' -Wants @('is:AmlCompute', "is:${CLUSTER_1_SIZE}", 'is:Dedicated', "is:${SUBNET_ID}", 'is:false')) {
  'absent' {
    Write-Line '   making it'
    az ml compute create --type 'AmlCompute' --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --location "$REGION" --size "$CLUSTER_1_SIZE" --tier dedicated `
      --min-instances '0' --max-instances "$CLUSTER_1_MAX_NODES" --idle-time-before-scale-down '120' `
      --subnet "$SUBNET_ID" --enable-node-public-ip "$COMPUTES_PUBLIC_IP" --ssh-public-access-enabled false `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 59 of 61: compute cluster contosoprod-cluster (0 to 8 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '59/61 compute cluster contosoprod-cluster (0 to 8 nodes)'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" -Api '2024-04-01' -Query '[properties.properties.scaleSettings.minNodeCount, properties.properties.scaleSettings.maxNodeCount]' -Wants @('is:0', "is:${CLUSTER_1_MAX_NODES}")) {
  'absent' {
    Stop-Run 'It does not exist. Run the script again; an earlier step creates it.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az ml compute update --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --min-instances '0' --max-instances "$CLUSTER_1_MAX_NODES" `
      --idle-time-before-scale-down '120' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 60 of 61: workspace mlw-contoso-prod (builds images on contosoprod-cluster)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22)
Write-Line '60/61 workspace mlw-contoso-prod (builds images on contosoprod-cluster)'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[properties.imageBuildCompute]' -Wants @("is:${BUILDS_CLUSTER}")) {
  'absent' {
    Stop-Run 'It does not exist. Run the script again; an earlier step creates it.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az ml workspace update --name "$WORKSPACE_NAME" --resource-group "$WORKSPACE_GROUP" `
      --image-build-compute "$BUILDS_CLUSTER" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 61 of 61: compute instance contosoprod-ci
# Why: The network of an instance is set when it is created and never after.
# Source: az ml compute; how-to-secure-training-vnet (2025-06-12); how-to-create-compute-instance (2025-08-13)
Write-Line '61/61 compute instance contosoprod-ci'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${INSTANCE_1_NAME}" -Api '2024-04-01' -Query '[properties.computeType, properties.properties.vmSize, properties.properties.subnet.id, properties.properties.sshSettings.sshPublicAccess == ''Enabled'', contains(''true null'', to_string(properties.properties.enableNodePublicIp))]' -Wants @('is:ComputeInstance', "is:${INSTANCE_1_SIZE}", "is:${SUBNET_ID}", "is:${INSTANCE_1_SSH}", 'is:false')) {
  'absent' {
    Write-Line '   making it'
    az ml compute create --file "instance-${INSTANCE_1_NAME}.yml" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

Write-Line 'Done.'
