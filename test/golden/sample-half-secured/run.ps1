#!/usr/bin/env pwsh
#Requires -Version 7.2
# tailspin-lab: training of the workspace mlw-tailspin-lab in the virtual network vnet-tailspin-swc
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '5a3f1c7e-0000-4a11-9c00-7a115b1e0001'
$WORKSPACE_GROUP = 'rg-tailspin-lab'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$NETWORK_GROUP = 'rg-tailspin-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-tailspin-swc'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$REGION = 'swedencentral'
$NSG_NAME = 'nsg-training'
$NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$SUBNET_NAME = 'snet-training'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.40.1.0/26'
$STORAGE_NAME = 'sttailspinlab'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$WORKSPACE_NAME = 'mlw-tailspin-lab'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$CLUSTER_1_NAME = 'cpu-cluster'
$CLUSTER_1_SIZE = 'Standard_D4ds_v4'
$CLUSTER_1_MAX_NODES = '4'
$COMPUTES_PUBLIC_IP = 'false'
$BUILDS_CLUSTER = 'cpu-cluster'
$INSTANCE_1_NAME = 'ci-tailspin-ana'
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

# Step 1 of 11: resource group rg-tailspin-lab
Write-Line '1/11 resource group rg-tailspin-lab'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 11: resource group rg-tailspin-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '2/11 resource group rg-tailspin-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer network.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 11: virtual network vnet-tailspin-swc (10.40.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '3/11 virtual network vnet-tailspin-swc (10.40.0.0/20)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in swedencentral. Mend the answers names.vnet, network.group or region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in swedencentral. Mend the answers names.vnet, network.group or region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 11: network security group nsg-training
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '4/11 network security group nsg-training'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in swedencentral. Mend the answers names.nsg and nsg.resource_group.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in swedencentral. Mend the answers names.nsg and nsg.resource_group."
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 11: subnet snet-training (10.40.1.0/26)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '5/11 subnet snet-training (10.40.1.0/26)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'', properties.networkSecurityGroup.id]' -Wants @("is:${SUBNET_PREFIX}", 'is:none', "is:${NSG_ID}")) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers about it, or the subnet itself; the script changes none of this in a subnet that exists.'
  }
  'different' {
    Stop-Run "It differs (${difference}). Mend the answers about it, or the subnet itself; the script changes none of this in a subnet that exists."
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 11: storage account sttailspinlab
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '6/11 storage account sttailspinlab'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 11: workspace mlw-tailspin-lab
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '7/11 workspace mlw-tailspin-lab'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'', join('','', properties.privateEndpointConnections[].properties.privateLinkServiceConnectionState.status || `[]`)]' -Wants @("is:${REGION}", 'is:Disabled', 'is:false', 'has:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in swedencentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in swedencentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 11: compute cluster cpu-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
Write-Line '8/11 compute cluster cpu-cluster'
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

# Step 9 of 11: compute cluster cpu-cluster (0 to 4 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '9/11 compute cluster cpu-cluster (0 to 4 nodes)'
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

# Step 10 of 11: workspace mlw-tailspin-lab (builds images on cpu-cluster)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22)
Write-Line '10/11 workspace mlw-tailspin-lab (builds images on cpu-cluster)'
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

# Step 11 of 11: compute instance ci-tailspin-ana
# Why: The network of an instance is set when it is created and never after.
# Source: az ml compute; how-to-secure-training-vnet (2025-06-12); how-to-create-compute-instance (2025-08-13)
Write-Line '11/11 compute instance ci-tailspin-ana'
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
