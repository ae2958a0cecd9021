#!/usr/bin/env pwsh
#Requires -Version 7.2
# contoso-prod: training of the workspace mlw-contoso-prod in the virtual network vnet-contoso-prod
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7'
$WORKSPACE_GROUP = 'rg-contoso-ml'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$STORAGE_NAME = 'stcontosoprod'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$WORKSPACE_NAME = 'mlw-contoso-prod'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$REGION = 'koreacentral'
$NETWORK_GROUP = 'rg-contoso-prod-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-contoso-prod'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$NSG_NAME = 'nsg-contoso-prod'
$NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$NSG_IN_GROUP = 'rg-contoso-prod-net'
$SUBNET_NAME = 'snet-training'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.64.0.0/27'
$STORAGE_GROUP = 'rg-contoso-ml'
$CLUSTER_1_NAME = 'contosoprod-cluster'
$CLUSTER_1_SIZE = 'Standard_D4ds_v4'
$CLUSTER_1_MAX_NODES = '10'
$COMPUTES_PUBLIC_IP = 'true'
$NSG_RULE_QUERY = '[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('' '', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]'

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

# Step 1 of 26: resource group rg-contoso-ml
Write-Line '1/26 resource group rg-contoso-ml'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 26: storage account stcontosoprod
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '2/26 storage account stcontosoprod'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 26: workspace mlw-contoso-prod
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '3/26 workspace mlw-contoso-prod'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in koreacentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in koreacentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_TENANT = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.tenantId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 4 of 26: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
Write-Line '4/26 resource provider Microsoft.Network'
$seen = "$(az provider show --namespace 'Microsoft.Network' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Network' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 5 of 26: resource group rg-contoso-prod-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '5/26 resource group rg-contoso-prod-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 26: virtual network vnet-contoso-prod (10.64.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '6/26 virtual network vnet-contoso-prod (10.64.0.0/20)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location, join('' '', sort(properties.addressSpace.addressPrefixes))]' -Wants @("is:${REGION}", 'is:10.64.0.0/20')) {
  'absent' {
    Write-Line '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" `
      --address-prefixes '10.64.0.0/20' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 26: network security group nsg-contoso-prod
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '7/26 network security group nsg-contoso-prod'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in koreacentral. Give the new one another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 26: subnet snet-training (10.64.0.0/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '8/26 subnet snet-training (10.64.0.0/27)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'', properties.networkSecurityGroup.id, join('','', properties.serviceEndpoints[].service || `[]`)]' -Wants @("is:${SUBNET_PREFIX}", 'is:none', "is:${NSG_ID}", 'has:Microsoft.Storage')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" `
      --address-prefixes "$SUBNET_PREFIX" --network-security-group "$NSG_ID" --service-endpoints 'Microsoft.Storage' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 9 of 26: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '9/26 rule AllowAzureMachineLearningIn, the service calls the nodes'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowAzureMachineLearningIn" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:200', 'is:Inbound', 'is:Allow', 'is:Tcp', 'is:AzureMachineLearning', 'is:VirtualNetwork', 'is:44224')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowAzureMachineLearningIn' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '200' --direction 'Inbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'AzureMachineLearning' --source-port-ranges '*' `
      --destination-address-prefixes 'VirtualNetwork' --destination-port-ranges '44224' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowAzureMachineLearningIn' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '200' --direction 'Inbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'AzureMachineLearning' --source-port-ranges '*' `
      --destination-address-prefixes 'VirtualNetwork' --destination-port-ranges '44224' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 26: rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '10/26 rule AllowBatchOut, nodes report to Batch, on which clusters and instances are built'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowBatchOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:210', 'is:Outbound', 'is:Allow', 'is:*', 'is:VirtualNetwork', 'is:BatchNodeManagement.koreacentral', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowBatchOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '210' --direction 'Outbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'BatchNodeManagement.koreacentral' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowBatchOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '210' --direction 'Outbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'BatchNodeManagement.koreacentral' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 26: rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '11/26 rule AllowAzureMachineLearningTcpOut, the service itself, and the language server of notebooks'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowAzureMachineLearningTcpOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:220', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureMachineLearning', 'is:18881 443')) {
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

# Step 12 of 26: rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '12/26 rule AllowAzureMachineLearningUdpOut, to create, change and delete instances; Microsoft lists it for clusters too'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowAzureMachineLearningUdpOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:221', 'is:Outbound', 'is:Allow', 'is:Udp', 'is:VirtualNetwork', 'is:AzureMachineLearning', 'is:5831')) {
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

# Step 13 of 26: rule AllowStorageOut, data, scripts and logs, and file shares (445)
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '13/26 rule AllowStorageOut, data, scripts and logs, and file shares (445)'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowStorageOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:230', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:Storage.koreacentral', 'is:443 445')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowStorageOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '230' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'Storage.koreacentral' --destination-port-ranges '443' '445' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowStorageOut' --nsg-name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" `
      --priority '230' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'Storage.koreacentral' --destination-port-ranges '443' '445' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 14 of 26: rule AllowResourceManagerOut, to create and delete computes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '14/26 rule AllowResourceManagerOut, to create and delete computes'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowResourceManagerOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:240', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureResourceManager', 'is:443')) {
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

# Step 15 of 26: rule AllowEntraIdOut, sign-in with Microsoft Entra ID
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '15/26 rule AllowEntraIdOut, sign-in with Microsoft Entra ID'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowEntraIdOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:250', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureActiveDirectory', 'is:443 80')) {
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

# Step 16 of 26: rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '16/26 rule AllowMicrosoftContainerRegistryOut, images by Microsoft, those of curated environments too'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowMicrosoftContainerRegistryOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:260', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:MicrosoftContainerRegistry', 'is:443')) {
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

# Step 17 of 26: rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '17/26 rule AllowFrontDoorFirstPartyOut, MicrosoftContainerRegistry delivers through it'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowFrontDoorFirstPartyOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:270', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureFrontDoor.FirstParty', 'is:443')) {
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

# Step 18 of 26: rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '18/26 rule AllowFrontDoorFrontendOut, the studio, and the images of AutoML'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowFrontDoorFrontendOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:280', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureFrontDoor.Frontend', 'is:443')) {
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

# Step 19 of 26: rule AllowMonitorOut, metrics and logs
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '19/26 rule AllowMonitorOut, metrics and logs'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowMonitorOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:290', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureMonitor', 'is:443')) {
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

# Step 20 of 26: rule AllowContainerRegistryOut, images of the workspace's own registry
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '20/26 rule AllowContainerRegistryOut, images of the workspace''s own registry'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowContainerRegistryOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:300', 'is:Outbound', 'is:Allow', 'is:Tcp', 'is:VirtualNetwork', 'is:AzureContainerRegistry.koreacentral', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowContainerRegistryOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '300' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureContainerRegistry.koreacentral' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowContainerRegistryOut' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '300' --direction 'Outbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'VirtualNetwork' --source-port-ranges '*' `
      --destination-address-prefixes 'AzureContainerRegistry.koreacentral' --destination-port-ranges '443' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 21 of 26: rule DenyInternetOut, everything else on the internet
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '21/26 rule DenyInternetOut, everything else on the internet'
switch (Get-Difference -Id "${NSG_ID}/securityRules/DenyInternetOut" -Api '2024-05-01' -Query "$NSG_RULE_QUERY" -Wants @('is:4000', 'is:Outbound', 'is:Deny', 'is:*', 'is:*', 'is:Internet', 'is:*')) {
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

# Step 22 of 26: storage account stcontosoprod (open to the subnet)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
Write-Line '22/26 storage account stcontosoprod (open to the subnet)'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query '[join('','', properties.networkAcls.virtualNetworkRules[].id || `[]`)]' -Wants @("has:${SUBNET_ID}")) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" `
      --subnet "$SUBNET_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 23 of 26: storage account stcontosoprod (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
Write-Line '23/26 storage account stcontosoprod (open to the workspace)'
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

# Step 24 of 26: storage account stcontosoprod (closed to all others)
# Why: It comes after the rules, so that subnet and workspace are never shut out.
# Source: how-to-secure-workspace-vnet (2026-02-05)
Write-Line '24/26 storage account stcontosoprod (closed to all others)'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query '[properties.networkAcls.defaultAction]' -Wants @('is:Deny')) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az storage account update --name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" --default-action 'Deny' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 25 of 26: compute cluster contosoprod-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
Write-Line '25/26 compute cluster contosoprod-cluster'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" -Api '2024-04-01' -Query '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains(''true null'', to_string(properties.properties.enableNodePublicIp))]' -Wants @('is:AmlCompute', "is:${CLUSTER_1_SIZE}", 'is:Dedicated', "is:${SUBNET_ID}", 'is:true')) {
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

# Step 26 of 26: compute cluster contosoprod-cluster (0 to 10 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '26/26 compute cluster contosoprod-cluster (0 to 10 nodes)'
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

Write-Line 'Done.'
