#!/usr/bin/env pwsh
#Requires -Version 7.2
# tailspin-dev: training of the workspace mlw-tailspin-dev in the virtual network vnet-tailspin-weu
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
$WORKSPACE_GROUP = 'rg-tailspin-ml'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$NETWORK_GROUP = 'rg-tailspin-network'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-tailspin-weu'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$REGION = 'westeurope'
$STORAGE_NAME = 'sttailspindev'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$WORKSPACE_NAME = 'mlw-tailspin-dev'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$NSG_NAME = 'nsg-tailspin-dev'
$NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$NSG_IN_GROUP = 'rg-tailspin-network'
$SUBNET_NAME = 'snet-training'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.20.1.64/27'
$STORAGE_GROUP = 'rg-tailspin-ml'
$INSTANCE_1_NAME = 'tailspin-ci-anna'
$INSTANCE_1_SIZE = 'Standard_D4ds_v4'
$INSTANCE_1_SSH = 'false'

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

# Step 1 of 11: resource group rg-tailspin-ml
Write-Line '1/11 resource group rg-tailspin-ml'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 11: resource group rg-tailspin-network
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '2/11 resource group rg-tailspin-network'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer network.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 11: virtual network vnet-tailspin-weu (10.20.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '3/11 virtual network vnet-tailspin-weu (10.20.0.0/20)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope. Mend the answers names.vnet, network.group or region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope. Mend the answers names.vnet, network.group or region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 11: storage account sttailspindev
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '4/11 storage account sttailspindev'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 11: workspace mlw-tailspin-dev
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '5/11 workspace mlw-tailspin-dev'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_TENANT = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.tenantId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 6 of 11: network security group nsg-tailspin-dev
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '6/11 network security group nsg-tailspin-dev'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope. Give the new one another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 11: subnet snet-training (10.20.1.64/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '7/11 subnet snet-training (10.20.1.64/27)'
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

# Step 8 of 11: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '8/11 rule AllowAzureMachineLearningIn, the service calls the nodes'
switch (Get-Difference -Id "${NSG_ID}/securityRules/AllowAzureMachineLearningIn" -Api '2024-05-01' -Query '[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('' '', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]' -Wants @('is:200', 'is:Inbound', 'is:Allow', 'is:Tcp', 'is:AzureMachineLearning', 'is:VirtualNetwork', 'is:44224')) {
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

# Step 9 of 11: storage account sttailspindev (open to the subnet)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
Write-Line '9/11 storage account sttailspindev (open to the subnet)'
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

# Step 10 of 11: storage account sttailspindev (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
Write-Line '10/11 storage account sttailspindev (open to the workspace)'
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

# Step 11 of 11: compute instance tailspin-ci-anna
# Why: The network of an instance is set when it is created and never after.
# Source: az ml compute; how-to-secure-training-vnet (2025-06-12); how-to-create-compute-instance (2025-08-13)
Write-Line '11/11 compute instance tailspin-ci-anna'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${INSTANCE_1_NAME}" -Api '2024-04-01' -Query '[properties.computeType, properties.properties.vmSize, properties.properties.subnet.id, properties.properties.sshSettings.sshPublicAccess == ''Enabled'', contains(''true null'', to_string(properties.properties.enableNodePublicIp))]' -Wants @('is:ComputeInstance', "is:${INSTANCE_1_SIZE}", "is:${SUBNET_ID}", "is:${INSTANCE_1_SSH}", 'is:true')) {
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
