#!/usr/bin/env pwsh
#Requires -Version 7.2
# fabrikam-spoke: training of the workspace mlw-fabrikam in the virtual network vnet-fabrikam-spoke
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d'
$WORKSPACE_GROUP = 'rg-fabrikam-ml'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$NETWORK_GROUP = 'rg-fabrikam-spoke'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-fabrikam-spoke'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$REGION = 'norwayeast'
$NAMES_ENDPOINT_SUBNET = 'snet-endpoints'
$ENDPOINT_SUBNET_ID = "${VNET_ID}/subnets/${NAMES_ENDPOINT_SUBNET}"
$ENDPOINTS_PREFIX = '10.96.0.64/26'
$ROUTE_TABLE_IN_GROUP = 'rg-fabrikam-hub'
$ROUTE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${ROUTE_TABLE_IN_GROUP}"
$ROUTE_TABLE_NAME = 'rt-hub-firewall'
$ROUTE_TABLE_ID = "${ROUTE_GROUP_ID}/providers/Microsoft.Network/routeTables/${ROUTE_TABLE_NAME}"
$VAULT_NAME = 'kv-fabrikam-ml'
$VAULT_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.KeyVault/vaults/${VAULT_NAME}"
$REGISTRY_IN_GROUP = 'rg-fabrikam-shared'
$REGISTRY_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${REGISTRY_IN_GROUP}"
$REGISTRY_NAME = 'crfabrikamml'
$REGISTRY_ID = "${REGISTRY_GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/${REGISTRY_NAME}"
$STORAGE_NAME = 'stfabrikamml'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$WORKSPACE_NAME = 'mlw-fabrikam'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$NAME = 'fabrikam-spoke'
$ENDPOINTS_MANUAL = 'false'
$VAULT_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-vault"
$REGISTRY_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-registry"
$WORKSPACE_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-workspace"
$NSG_NAME = 'nsg-fabrikam-spoke'
$NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$NSG_IN_GROUP = 'rg-fabrikam-spoke'
$SUBNET_NAME = 'snet-training'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.96.0.128/27'
$DNS_BASE = '/subscriptions/0f1e2d3c-4b5a-4697-8877-665544332211/resourceGroups/rg-hub-dns'
$VAULT_ZONE_GROUP_ID = "${VAULT_ENDPOINT_ID}/privateDnsZoneGroups/default"
$REGISTRY_ZONE_GROUP_ID = "${REGISTRY_ENDPOINT_ID}/privateDnsZoneGroups/default"
$WORKSPACE_ZONE_GROUP_ID = "${WORKSPACE_ENDPOINT_ID}/privateDnsZoneGroups/default"
$CLUSTER_1_NAME = 'fabrikamspoke-cluster'
$CLUSTER_1_SIZE = 'Standard_D4ds_v4'
$CLUSTER_1_MAX_NODES = '8'
$COMPUTES_PUBLIC_IP = 'false'
$BUILDS_CLUSTER = 'fabrikamspoke-cluster'
$PRIVATE_ENDPOINT_QUERY = '[properties.subnet.id, properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceId | [0]]'
$NSG_RULE_QUERY_2 = '[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('' '', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]'

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

# Step 1 of 55: resource group rg-fabrikam-ml
Write-Line '1/55 resource group rg-fabrikam-ml'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 55: resource group rg-fabrikam-spoke
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '2/55 resource group rg-fabrikam-spoke'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer network.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 55: virtual network vnet-fabrikam-spoke (10.96.0.0/22)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '3/55 virtual network vnet-fabrikam-spoke (10.96.0.0/22)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in norwayeast. Mend the answers names.vnet, network.group or region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in norwayeast. Mend the answers names.vnet, network.group or region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 55: subnet snet-endpoints (10.96.0.64/26)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '4/55 subnet snet-endpoints (10.96.0.64/26)'
switch (Get-Difference -Id "$ENDPOINT_SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'']' -Wants @("is:${ENDPOINTS_PREFIX}", 'is:none')) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers names.endpoint_subnet and endpoints.prefix.'
  }
  'different' {
    Stop-Run "It differs (${difference}). Mend the answers names.endpoint_subnet and endpoints.prefix."
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 55: resource group rg-fabrikam-hub
Write-Line '5/55 resource group rg-fabrikam-hub'
switch (Get-Difference -Id "$ROUTE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer route_table.resource_group.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 55: route table rt-hub-firewall
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '6/55 route table rt-hub-firewall'
switch (Get-Difference -Id "$ROUTE_TABLE_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in norwayeast. Mend the answers route_table.name and route_table.resource_group.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in norwayeast. Mend the answers route_table.name and route_table.resource_group."
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 55: key vault kv-fabrikam-ml
# Source: learn.microsoft.com/azure/key-vault/general/access-control-default; how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '7/55 key vault kv-fabrikam-ml'
switch (Get-Difference -Id "$VAULT_ID" -Api '2023-07-01' -Query '[to_string(properties.enableRbacAuthorization || `false`)]' -Wants @('is:true')) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers vault.name, vault.resource_group and vault.model.'
  }
  'different' {
    Stop-Run "It differs (${difference}). Mend the answers vault.name, vault.resource_group and vault.model."
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 55: resource group rg-fabrikam-shared
Write-Line '8/55 resource group rg-fabrikam-shared'
switch (Get-Difference -Id "$REGISTRY_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer registry.resource_group.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 9 of 55: container registry crfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-secure-workspace-vnet (2024-07-08)
Write-Line '9/55 container registry crfabrikamml'
switch (Get-Difference -Id "$REGISTRY_ID" -Api '2023-07-01' -Query '[sku.name]' -Wants @('is:Premium')) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers registry.name, registry.resource_group and registry.tier, or the registry itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). Mend the answers registry.name, registry.resource_group and registry.tier, or the registry itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 55: storage account stfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '10/55 storage account stfabrikamml'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 55: workspace mlw-fabrikam
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '11/55 workspace mlw-fabrikam'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in norwayeast, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in norwayeast, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_PRINCIPAL = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.principalId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 12 of 55: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
Write-Line '12/55 resource provider Microsoft.Network'
$seen = "$(az provider show --namespace 'Microsoft.Network' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Network' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 13 of 55: private endpoint for blob of stfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '13/55 private endpoint for blob of stfabrikamml'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-blob" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" `
      --group-id blob --connection-name blob --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 14 of 55: private endpoint for file of stfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '14/55 private endpoint for file of stfabrikamml'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-file" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" `
      --group-id file --connection-name file --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 15 of 55: private endpoint for queue of stfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '15/55 private endpoint for queue of stfabrikamml'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-queue" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-queue" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" `
      --group-id queue --connection-name queue --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 16 of 55: private endpoint for table of stfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '16/55 private endpoint for table of stfabrikamml'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-table" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-table" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$STORAGE_ID" `
      --group-id table --connection-name table --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 17 of 55: private endpoint of kv-fabrikam-ml
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
Write-Line '17/55 private endpoint of kv-fabrikam-ml'
switch (Get-Difference -Id "$VAULT_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${VAULT_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-vault" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$VAULT_ID" `
      --group-id vault --connection-name vault --manual-request "$ENDPOINTS_MANUAL" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 18 of 55: private endpoint of crfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
Write-Line '18/55 private endpoint of crfabrikamml'
switch (Get-Difference -Id "$REGISTRY_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${REGISTRY_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-registry" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$REGISTRY_ID" `
      --group-id registry --connection-name registry --manual-request "$ENDPOINTS_MANUAL" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 19 of 55: private endpoint of mlw-fabrikam
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '19/55 private endpoint of mlw-fabrikam'
switch (Get-Difference -Id "$WORKSPACE_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${WORKSPACE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint create --name "pe-${NAME}-workspace" --resource-group "$NETWORK_GROUP" `
      --location "$REGION" --subnet "$ENDPOINT_SUBNET_ID" --private-connection-resource-id "$WORKSPACE_ID" `
      --group-id amlworkspace --connection-name workspace --manual-request "$ENDPOINTS_MANUAL" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Delete the endpoint of this name, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 20 of 55: private endpoint for blob of stfabrikamml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '20/55 private endpoint for blob of stfabrikamml (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 21 of 55: private endpoint for file of stfabrikamml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '21/55 private endpoint for file of stfabrikamml (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 22 of 55: private endpoint for queue of stfabrikamml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '22/55 private endpoint for queue of stfabrikamml (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-queue" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 23 of 55: private endpoint for table of stfabrikamml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '23/55 private endpoint for table of stfabrikamml (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-table" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 24 of 55: private endpoint of kv-fabrikam-ml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '24/55 private endpoint of kv-fabrikam-ml (approved)'
switch (Get-Difference -Id "$VAULT_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 25 of 55: private endpoint of crfabrikamml (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '25/55 private endpoint of crfabrikamml (approved)'
switch (Get-Difference -Id "$REGISTRY_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 26 of 55: private endpoint of mlw-fabrikam (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '26/55 private endpoint of mlw-fabrikam (approved)'
switch (Get-Difference -Id "$WORKSPACE_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 27 of 55: network security group nsg-fabrikam-spoke
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '27/55 network security group nsg-fabrikam-spoke'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in norwayeast. Give the new one another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 28 of 55: subnet snet-training (10.96.0.128/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '28/55 subnet snet-training (10.96.0.128/27)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'', properties.networkSecurityGroup.id, properties.routeTable.id]' -Wants @("is:${SUBNET_PREFIX}", 'is:none', "is:${NSG_ID}", "is:${ROUTE_TABLE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" `
      --address-prefixes "$SUBNET_PREFIX" --network-security-group "$NSG_ID" --route-table "$ROUTE_TABLE_ID" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 29 of 55: rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '29/55 rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowBatchOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:210', 'is:Outbound', 'is:Allow', 'is:*', 'is:VirtualNetwork', 'is:BatchNodeManagement.norwaye', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowBatchOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '210' --direction 'Outbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'BatchNodeManagement.norwaye' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowBatchOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '210' --direction 'Outbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'BatchNodeManagement.norwaye' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 30 of 55: rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '30/55 rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowAzureMachineLearningTcpOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:220', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureMachineLearning', 'is:18881 443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowAzureMachineLearningTcpOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '220' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureMachineLearning' --destination-port-ranges '443' '18881' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowAzureMachineLearningTcpOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '220' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureMachineLearning' --destination-port-ranges '443' '18881' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 31 of 55: rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '31/55 rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowAzureMachineLearningUdpOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:221', 'is:Outbound', 'is:Allow', 'is:Udp', 'is:VirtualNetwork', 'is:AzureMachineLearning', 'is:5831')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowAzureMachineLearningUdpOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '221' --direction 'Outbound' --access 'Allow' --protocol 'Udp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureMachineLearning' --destination-port-ranges '5831' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowAzureMachineLearningUdpOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '221' --direction 'Outbound' --access 'Allow' --protocol 'Udp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureMachineLearning' --destination-port-ranges '5831' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 32 of 55: rule AllowStorageOut, data, scripts and logs, and file shares (445)
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '32/55 rule AllowStorageOut, data, scripts and logs, and file shares (445)'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowStorageOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:230', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:Storage.norwaye', 'is:443 445')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowStorageOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '230' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'Storage.norwaye' --destination-port-ranges '443' '445' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowStorageOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '230' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'Storage.norwaye' --destination-port-ranges '443' '445' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 33 of 55: rule AllowResourceManagerOut, to create and delete computes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '33/55 rule AllowResourceManagerOut, to create and delete computes'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowResourceManagerOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:240', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureResourceManager', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowResourceManagerOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '240' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureResourceManager' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowResourceManagerOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '240' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureResourceManager' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 34 of 55: rule AllowEntraIdOut, sign-in with Microsoft Entra ID
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '34/55 rule AllowEntraIdOut, sign-in with Microsoft Entra ID'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowEntraIdOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:250', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureActiveDirectory', 'is:443 80')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowEntraIdOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '250' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureActiveDirectory' --destination-port-ranges '80' '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowEntraIdOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '250' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureActiveDirectory' --destination-port-ranges '80' '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 35 of 55: rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '35/55 rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowMicrosoftContainerRegistryOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:260', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:MicrosoftContainerRegistry', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowMicrosoftContainerRegistryOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '260' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'MicrosoftContainerRegistry' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowMicrosoftContainerRegistryOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '260' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'MicrosoftContainerRegistry' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 36 of 55: rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '36/55 rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowFrontDoorFirstPartyOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:270', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureFrontDoor.FirstParty', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowFrontDoorFirstPartyOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '270' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureFrontDoor.FirstParty' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowFrontDoorFirstPartyOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '270' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureFrontDoor.FirstParty' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 37 of 55: rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '37/55 rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowFrontDoorFrontendOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:280', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureFrontDoor.Frontend', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowFrontDoorFrontendOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '280' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureFrontDoor.Frontend' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowFrontDoorFrontendOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '280' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureFrontDoor.Frontend' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 38 of 55: rule AllowMonitorOut, metrics and logs
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '38/55 rule AllowMonitorOut, metrics and logs'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowMonitorOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:290', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureMonitor', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowMonitorOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '290' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureMonitor' --destination-port-ranges '443' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowMonitorOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '290' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureMonitor' --destination-port-ranges '443' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 39 of 55: rule AllowVirtualNetworkOut, private endpoints, in this network and in peered ones
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '39/55 rule AllowVirtualNetworkOut, private endpoints, in this network and in peered ones'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowVirtualNetworkOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:320', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:VirtualNetwork', 'is:443 445')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowVirtualNetworkOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '320' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'VirtualNetwork' --destination-port-ranges '443' '445' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowVirtualNetworkOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '320' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'VirtualNetwork' --destination-port-ranges '443' '445' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 40 of 55: rule DenyInternetOut, everything else on the internet
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '40/55 rule DenyInternetOut, everything else on the internet'
switch (Get-Difference -Id "${NSG_ID}/securityRules/DenyInternetOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_2" -Wants @('is:4000', 'is:Outbound', 'is:Deny', 'is:*', 'is:*', 'is:Internet', 'is:*')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'DenyInternetOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '4000' --direction 'Outbound' --access 'Deny' --protocol '*' --source-address-prefixes '*' `
      --source-port-ranges '*' --destination-address-prefixes 'Internet' --destination-port-ranges '*' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'DenyInternetOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '4000' --direction 'Outbound' --access 'Deny' --protocol '*' --source-address-prefixes '*' `
      --source-port-ranges '*' --destination-address-prefixes 'Internet' --destination-port-ranges '*' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 41 of 55: DNS records for blob of stfabrikamml
# Source: private-endpoint-dns (2023-10-11)
Write-Line '41/55 DNS records for blob of stfabrikamml'
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

# Step 42 of 55: DNS records for file of stfabrikamml
# Source: private-endpoint-dns (2023-10-11)
Write-Line '42/55 DNS records for file of stfabrikamml'
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

# Step 43 of 55: DNS records for queue of stfabrikamml
# Source: private-endpoint-dns (2023-10-11)
Write-Line '43/55 DNS records for queue of stfabrikamml'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-queue/privateDnsZoneGroups/default" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.queue.core.windows.net")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-queue" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.queue.core.windows.net" `
      --zone-name privatelink-queue-core-windows-net --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
  }
  'same' { Write-Line '   is there already' }
}

# Step 44 of 55: DNS records for table of stfabrikamml
# Source: private-endpoint-dns (2023-10-11)
Write-Line '44/55 DNS records for table of stfabrikamml'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-table/privateDnsZoneGroups/default" -Api '2024-05-01' -Query '[join('','', properties.privateDnsZoneConfigs[].properties.privateDnsZoneId || `[]`)]' -Wants @("has:${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.table.core.windows.net")) {
  'absent' {
    Write-Line '   making it'
    az network private-endpoint dns-zone-group create --name default --endpoint-name "pe-${NAME}-table" `
      --resource-group "$NETWORK_GROUP" `
      --private-dns-zone "${DNS_BASE}/providers/Microsoft.Network/privateDnsZones/privatelink.table.core.windows.net" `
      --zone-name privatelink-table-core-windows-net --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Its zone group holds another zone. Delete the group, or answer dns.zones and dns.hub_group otherwise."
  }
  'same' { Write-Line '   is there already' }
}

# Step 45 of 55: DNS records of kv-fabrikam-ml
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '45/55 DNS records of kv-fabrikam-ml'
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

# Step 46 of 55: DNS records of crfabrikamml
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '46/55 DNS records of crfabrikamml'
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

# Step 47 of 55: DNS records of mlw-fabrikam
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '47/55 DNS records of mlw-fabrikam'
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

# Step 48 of 55: DNS records of the notebooks of mlw-fabrikam
# Why: The workspace has names in two zones.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '48/55 DNS records of the notebooks of mlw-fabrikam'
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

# Step 49 of 55: role Reader of the workspace on the endpoint for blob
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '49/55 role Reader of the workspace on the endpoint for blob'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/providers/Microsoft.Authorization/roleAssignments/83f9010e-84c3-89ad-865e-5523e3604711" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '83f9010e-84c3-89ad-865e-5523e3604711' --role 'Reader' `
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

# Step 50 of 55: role Reader of the workspace on the endpoint for file
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '50/55 role Reader of the workspace on the endpoint for file'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/providers/Microsoft.Authorization/roleAssignments/8018b57e-93c2-86a4-8eed-b406f85de855" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '8018b57e-93c2-86a4-8eed-b406f85de855' --role 'Reader' `
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

# Step 51 of 55: role Reader of the workspace on the endpoint for queue
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '51/55 role Reader of the workspace on the endpoint for queue'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-queue/providers/Microsoft.Authorization/roleAssignments/9356191e-4fb4-8afe-9bc4-675338c7c59b" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '9356191e-4fb4-8afe-9bc4-675338c7c59b' --role 'Reader' `
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-queue" `
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type 'ServicePrincipal' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 52 of 55: role Reader of the workspace on the endpoint for table
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '52/55 role Reader of the workspace on the endpoint for table'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-table/providers/Microsoft.Authorization/roleAssignments/5ec93753-4b5e-82c2-8ff6-d4162a1467bd" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '5ec93753-4b5e-82c2-8ff6-d4162a1467bd' --role 'Reader' `
      --scope "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-table" `
      --assignee-object-id "$WORKSPACE_PRINCIPAL" --assignee-principal-type 'ServicePrincipal' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 53 of 55: compute cluster fabrikamspoke-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
Write-Line '53/55 compute cluster fabrikamspoke-cluster'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" -Api '2024-04-01' -Query '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains(''true null'', to_string(properties.properties.enableNodePublicIp))]' -Wants @('is:AmlCompute', "is:${CLUSTER_1_SIZE}", 'is:Dedicated', "is:${SUBNET_ID}", 'is:false')) {
  'absent' {
    Write-Line '   making it'
    az ml compute create --type 'AmlCompute' --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --location "$REGION" --size "$CLUSTER_1_SIZE" --tier dedicated `
      --min-instances '0' --max-instances "$CLUSTER_1_MAX_NODES" --idle-time-before-scale-down '120' `
      --subnet "$SUBNET_ID" --enable-node-public-ip "$COMPUTES_PUBLIC_IP" --ssh-public-access-enabled false `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Nothing of that can be changed later. Delete the compute, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 54 of 55: compute cluster fabrikamspoke-cluster (0 to 8 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '54/55 compute cluster fabrikamspoke-cluster (0 to 8 nodes)'
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

# Step 55 of 55: workspace mlw-fabrikam (builds images on fabrikamspoke-cluster)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22)
Write-Line '55/55 workspace mlw-fabrikam (builds images on fabrikamspoke-cluster)'
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

Write-Line 'Done.'
