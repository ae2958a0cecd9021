#!/usr/bin/env pwsh
#Requires -Version 7.2
# adatum-dbx: training of the workspace mlw-adatum in the virtual network vnet-adatum-spoke
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.57.0 or newer, with ml, databricks (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
$WORKSPACE_GROUP = 'rg-adatum-ml'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$NETWORK_GROUP = 'rg-adatum-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-adatum-spoke'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$REGION = 'northeurope'
$STORAGE_NAME = 'stadatumml'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$WORKSPACE_NAME = 'mlw-adatum'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$DATABRICKS_TABLE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-adatum-hub"
$DATABRICKS_TABLE_NAME = 'rt-adatum-hub'
$DATABRICKS_TABLE_ID = "${DATABRICKS_TABLE_GROUP_ID}/providers/Microsoft.Network/routeTables/${DATABRICKS_TABLE_NAME}"
$STORAGE_GROUP = 'rg-adatum-ml'
$DATABRICKS_GROUP = 'rg-adatum-dbx-databricks'
$DATABRICKS_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${DATABRICKS_GROUP}"
$DATABRICKS_NSG_NAME = 'nsg-adatum-dbx-databricks'
$DATABRICKS_NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${DATABRICKS_NSG_NAME}"
$DATABRICKS_PRIVATE_NAME = 'databricks-private'
$DATABRICKS_PRIVATE_ID = "${VNET_ID}/subnets/${DATABRICKS_PRIVATE_NAME}"
$DATABRICKS_PRIVATE_PREFIX = '10.104.0.64/26'
$DATABRICKS_PUBLIC_NAME = 'databricks-public'
$DATABRICKS_PUBLIC_ID = "${VNET_ID}/subnets/${DATABRICKS_PUBLIC_NAME}"
$DATABRICKS_PUBLIC_PREFIX = '10.104.0.128/26'
$DATABRICKS_NAME = 'dbw-adatum-dbx'
$DATABRICKS_WORKSPACE_ID = "${DATABRICKS_GROUP_ID}/providers/Microsoft.Databricks/workspaces/${DATABRICKS_NAME}"
$DATABRICKS_TIER = 'premium'
$DATABRICKS_MANAGED_GROUP = 'databricks-rg-dbw-adatum-dbx'
$DATABRICKS_NO_PUBLIC_IP = 'true'

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

# Step 1 of 16: resource group rg-adatum-ml
Write-Line '1/16 resource group rg-adatum-ml'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 16: resource group rg-adatum-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '2/16 resource group rg-adatum-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer network.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 16: virtual network vnet-adatum-spoke (10.104.0.0/22)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '3/16 virtual network vnet-adatum-spoke (10.104.0.0/22)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in northeurope. Mend the answers names.vnet, network.group or region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in northeurope. Mend the answers names.vnet, network.group or region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 16: storage account stadatumml
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '4/16 storage account stadatumml'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 16: workspace mlw-adatum
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '5/16 workspace mlw-adatum'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in northeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in northeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_TENANT = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.tenantId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 6 of 16: resource group rg-adatum-hub
Write-Line '6/16 resource group rg-adatum-hub'
switch (Get-Difference -Id "$DATABRICKS_TABLE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer databricks.route_group.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 16: route table rt-adatum-hub
# Source: learn.microsoft.com/azure/databricks/security/network/classic/udr
Write-Line '7/16 route table rt-adatum-hub'
switch (Get-Difference -Id "$DATABRICKS_TABLE_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in northeurope. Mend the answers databricks.route_table and databricks.route_group.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in northeurope. Mend the answers databricks.route_table and databricks.route_group."
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 16: resource provider Microsoft.Databricks
# Source: learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject
Write-Line '8/16 resource provider Microsoft.Databricks'
$seen = "$(az provider show --namespace 'Microsoft.Databricks' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Databricks' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 9 of 16: storage account stadatumml (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
Write-Line '9/16 storage account stadatumml (open to the workspace)'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query '[join('','', properties.networkAcls.resourceAccessRules[].resourceId || `[]`)]' -Wants @("has:${WORKSPACE_ID}")) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" `
      --resource-id "$WORKSPACE_ID" --tenant-id "$WORKSPACE_TENANT" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 16: resource group rg-adatum-dbx-databricks
Write-Line '10/16 resource group rg-adatum-dbx-databricks'
switch (Get-Difference -Id "$DATABRICKS_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$DATABRICKS_GROUP" --location "$REGION" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 16: network security group nsg-adatum-dbx-databricks
# Why: It is made empty. Databricks writes its rules into it, and nobody can change those.
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/harden-nsg-rule-100; public repositories that quote the rule set
Write-Line '11/16 network security group nsg-adatum-dbx-databricks'
switch (Get-Difference -Id "$DATABRICKS_NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "$DATABRICKS_NSG_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in northeurope. Delete it, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 12 of 16: subnet databricks-private (10.104.0.64/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '12/16 subnet databricks-private (10.104.0.64/26)'
switch (Get-Difference -Id "$DATABRICKS_PRIVATE_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && ''some'' || ''none'', properties.routeTable.id, join('','', properties.serviceEndpoints[].service || `[]`)]' -Wants @("is:${DATABRICKS_PRIVATE_PREFIX}", 'is:Microsoft.Databricks/workspaces', "is:${DATABRICKS_NSG_ID}", 'is:some', "is:${DATABRICKS_TABLE_ID}", 'has:Microsoft.Storage')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$DATABRICKS_PRIVATE_NAME" --vnet-name "$VNET_NAME" `
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PRIVATE_PREFIX" `
      --delegations 'Microsoft.Databricks/workspaces' --network-security-group "$DATABRICKS_NSG_ID" `
      --route-table "$DATABRICKS_TABLE_ID" --service-endpoints 'Microsoft.Storage' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 13 of 16: subnet databricks-public (10.104.0.128/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '13/16 subnet databricks-public (10.104.0.128/26)'
switch (Get-Difference -Id "$DATABRICKS_PUBLIC_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && ''some'' || ''none'', properties.routeTable.id, join('','', properties.serviceEndpoints[].service || `[]`)]' -Wants @("is:${DATABRICKS_PUBLIC_PREFIX}", 'is:Microsoft.Databricks/workspaces', "is:${DATABRICKS_NSG_ID}", 'is:some', "is:${DATABRICKS_TABLE_ID}", 'has:Microsoft.Storage')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$DATABRICKS_PUBLIC_NAME" --vnet-name "$VNET_NAME" `
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PUBLIC_PREFIX" `
      --delegations 'Microsoft.Databricks/workspaces' --network-security-group "$DATABRICKS_NSG_ID" `
      --route-table "$DATABRICKS_TABLE_ID" --service-endpoints 'Microsoft.Storage' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 14 of 16: storage account stadatumml (open to databricks-private)
# Source: how-to-secure-training-vnet (2025-06-12)
Write-Line '14/16 storage account stadatumml (open to databricks-private)'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query '[join('','', properties.networkAcls.virtualNetworkRules[].id || `[]`)]' -Wants @("has:${DATABRICKS_PRIVATE_ID}")) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" `
      --subnet "$DATABRICKS_PRIVATE_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 15 of 16: storage account stadatumml (open to databricks-public)
# Source: how-to-secure-training-vnet (2025-06-12)
Write-Line '15/16 storage account stadatumml (open to databricks-public)'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query '[join('','', properties.networkAcls.virtualNetworkRules[].id || `[]`)]' -Wants @("has:${DATABRICKS_PUBLIC_ID}")) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" `
      --subnet "$DATABRICKS_PUBLIC_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 16 of 16: Databricks workspace dbw-adatum-dbx
# Why: Its network is chosen here. This plan never changes it later.
# Source: how-to-secure-training-vnet (2025-06-12); learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; blog.bismart.com azure-databricks-premium-vs-standard
Write-Line '16/16 Databricks workspace dbw-adatum-dbx'
switch (Get-Difference -Id "$DATABRICKS_WORKSPACE_ID" -Api '2024-05-01' -Query '[location, sku.name, properties.parameters.customVirtualNetworkId.value, properties.parameters.customPrivateSubnetName.value, properties.parameters.customPublicSubnetName.value, to_string(properties.parameters.enableNoPublicIp.value || `false`)]' -Wants @("is:${REGION}", 'is:premium', "is:${VNET_ID}", "is:${DATABRICKS_PRIVATE_NAME}", "is:${DATABRICKS_PUBLIC_NAME}", 'is:true')) {
  'absent' {
    Write-Line '   making it'
    az databricks workspace create --name "$DATABRICKS_NAME" --resource-group "$DATABRICKS_GROUP" `
      --location "$REGION" --sku "$DATABRICKS_TIER" --managed-resource-group "$DATABRICKS_MANAGED_GROUP" `
      --vnet "$VNET_ID" --private-subnet "$DATABRICKS_PRIVATE_NAME" --public-subnet "$DATABRICKS_PUBLIC_NAME" `
      --enable-no-public-ip "$DATABRICKS_NO_PUBLIC_IP" --required-nsg-rules 'NoAzureDatabricksRules' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). If this workspace is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

Write-Line 'Done.'
