#!/usr/bin/env pwsh
#Requires -Version 7.2
# contoso-lab: training of the workspace mlw-contoso-lab in the virtual network vnet-contoso-swe
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7'
$WORKSPACE_GROUP = 'rg-contoso-lab'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$NETWORK_GROUP = 'rg-contoso-hub'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-contoso-swe'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$REGION = 'swedencentral'
$NSG_NAME = 'nsg-shared'
$NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$SUBNET_NAME = 'snet-shared'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.40.8.0/26'
$STORAGE_NAME = 'stcontosolab'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$WORKSPACE_NAME = 'mlw-contoso-lab'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$NSG_IN_GROUP = 'rg-contoso-hub'
$STORAGE_GROUP = 'rg-contoso-lab'
$CLUSTER_1_NAME = 'contosolab-cluster'
$CLUSTER_1_SIZE = 'Standard_D4ds_v4'
$CLUSTER_1_MAX_NODES = '20'
$COMPUTES_PUBLIC_IP = 'true'

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

# Step 1 of 14: resource group rg-contoso-lab
Write-Line '1/14 resource group rg-contoso-lab'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 14: resource group rg-contoso-hub
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '2/14 resource group rg-contoso-hub'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer network.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 14: virtual network vnet-contoso-swe (10.40.0.0/16)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '3/14 virtual network vnet-contoso-swe (10.40.0.0/16)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in swedencentral. Mend the answers names.vnet, network.group or region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in swedencentral. Mend the answers names.vnet, network.group or region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 14: network security group nsg-shared
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '4/14 network security group nsg-shared'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in swedencentral. Mend the answers names.nsg and nsg.resource_group.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in swedencentral. Mend the answers names.nsg and nsg.resource_group."
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 14: subnet snet-shared (10.40.8.0/26)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '5/14 subnet snet-shared (10.40.8.0/26)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'', properties.networkSecurityGroup.id]' -Wants @("is:${SUBNET_PREFIX}", 'is:none', "is:${NSG_ID}")) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers about it, or the subnet itself; the script changes none of this in a subnet that exists.'
  }
  'different' {
    Stop-Run "It differs (${difference}). Mend the answers about it, or the subnet itself; the script changes none of this in a subnet that exists."
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 14: storage account stcontosolab
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '6/14 storage account stcontosolab'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 14: workspace mlw-contoso-lab
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '7/14 workspace mlw-contoso-lab'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in swedencentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in swedencentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_TENANT = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.tenantId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 8 of 14: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '8/14 rule AllowAzureMachineLearningIn, the service calls the nodes'
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

# Step 9 of 14: subnet snet-shared (its first service endpoint)
# Why: Only a subnet without any endpoint is given a list; this command would replace one.
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); how-to-secure-workspace-vnet (2026-02-05)
Write-Line '9/14 subnet snet-shared (its first service endpoint)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[properties.serviceEndpoints[0].service && ''some'' || ''none'']' -Wants @('is:some')) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers about the subnet.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network vnet subnet update --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" `
      --service-endpoints 'Microsoft.Storage' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 14: subnet snet-shared (endpoint for storage)
# Why: This adds the endpoint and keeps the others; az network vnet subnet update --service-endpoints would replace them.
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); how-to-secure-workspace-vnet (2026-02-05)
Write-Line '10/14 subnet snet-shared (endpoint for storage)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[join('','', properties.serviceEndpoints[].service || `[]`)]' -Wants @('has:Microsoft.Storage')) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers about the subnet.'
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az resource update --ids "$SUBNET_ID" --api-version '2024-05-01' `
      --add 'properties.serviceEndpoints' 'service=Microsoft.Storage' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 14: storage account stcontosolab (open to the subnet)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
Write-Line '11/14 storage account stcontosolab (open to the subnet)'
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

# Step 12 of 14: storage account stcontosolab (open to the workspace)
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
Write-Line '12/14 storage account stcontosolab (open to the workspace)'
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

# Step 13 of 14: compute cluster contosolab-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
Write-Line '13/14 compute cluster contosolab-cluster'
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

# Step 14 of 14: compute cluster contosolab-cluster (0 to 20 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '14/14 compute cluster contosolab-cluster (0 to 20 nodes)'
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
