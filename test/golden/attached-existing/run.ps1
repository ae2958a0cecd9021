#!/usr/bin/env pwsh
#Requires -Version 7.2
# adatum-old: training of the workspace mlw-adatum-old in the virtual network vnet-adatum-old
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.57.0 or newer, with ml, databricks (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
$WORKSPACE_GROUP = 'rg-adatum-old'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$NETWORK_GROUP = 'rg-adatum-old-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-adatum-old'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$REGION = 'westeurope'
$STORAGE_NAME = 'stadatumold'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$WORKSPACE_NAME = 'mlw-adatum-old'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$DATABRICKS_GROUP = 'rg-adatum-dbx'
$DATABRICKS_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${DATABRICKS_GROUP}"
$DATABRICKS_PRIVATE_NAME = 'databricks-private'
$DATABRICKS_PRIVATE_ID = "${VNET_ID}/subnets/${DATABRICKS_PRIVATE_NAME}"
$DATABRICKS_PRIVATE_PREFIX = '10.112.2.0/26'
$DATABRICKS_PUBLIC_NAME = 'databricks-public'
$DATABRICKS_PUBLIC_ID = "${VNET_ID}/subnets/${DATABRICKS_PUBLIC_NAME}"
$DATABRICKS_PUBLIC_PREFIX = '10.112.2.64/26'
$DATABRICKS_NAME = 'dbw-adatum'
$DATABRICKS_WORKSPACE_ID = "${DATABRICKS_GROUP_ID}/providers/Microsoft.Databricks/workspaces/${DATABRICKS_NAME}"
$MACHINE_GROUP = 'rg-adatum-vm'
$MACHINE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${MACHINE_GROUP}"
$MACHINE_NAME = 'vm-adatum-train'
$MACHINE_ID = "${MACHINE_GROUP_ID}/providers/Microsoft.Compute/virtualMachines/${MACHINE_NAME}"
$HDINSIGHT_GROUP = 'rg-adatum-hdi'
$HDINSIGHT_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${HDINSIGHT_GROUP}"
$HDINSIGHT_NAME = 'hdi-adatum-spark'
$HDINSIGHT_ID = "${HDINSIGHT_GROUP_ID}/providers/Microsoft.HDInsight/clusters/${HDINSIGHT_NAME}"
$MACHINE_COMPUTE = 'adatumold-vm'
$MACHINE_COMPUTE_ID = "${WORKSPACE_ID}/computes/${MACHINE_COMPUTE}"
$MACHINE_USER = 'azureuser'
$MACHINE_SSH_PORT = '22'
$MACHINE_PRIVATE_KEY = '/home/anna/.ssh/adatum_vm'

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

# Step 1 of 14: resource group rg-adatum-old
Write-Line '1/14 resource group rg-adatum-old'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 14: resource group rg-adatum-old-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '2/14 resource group rg-adatum-old-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer network.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 14: virtual network vnet-adatum-old (10.112.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '3/14 virtual network vnet-adatum-old (10.112.0.0/20)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope. Mend the answers names.vnet, network.group or region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope. Mend the answers names.vnet, network.group or region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 14: storage account stadatumold
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '4/14 storage account stadatumold'
switch (Get-Difference -Id "$STORAGE_ID" -Api '2023-05-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answers storage.name and storage.group. The default account of a workspace is Standard and has no hierarchical namespace.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 14: workspace mlw-adatum-old
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '5/14 workspace mlw-adatum-old'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 14: resource group rg-adatum-dbx
Write-Line '6/14 resource group rg-adatum-dbx'
switch (Get-Difference -Id "$DATABRICKS_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer databricks.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 14: subnet databricks-private (10.112.2.0/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '7/14 subnet databricks-private (10.112.2.0/26)'
switch (Get-Difference -Id "$DATABRICKS_PRIVATE_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id && ''some'' || ''none'']' -Wants @("is:${DATABRICKS_PRIVATE_PREFIX}", 'is:Microsoft.Databricks/workspaces', 'is:some')) {
  'absent' {
    Stop-Run 'It does not exist. It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 14: subnet databricks-public (10.112.2.64/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '8/14 subnet databricks-public (10.112.2.64/26)'
switch (Get-Difference -Id "$DATABRICKS_PUBLIC_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id && ''some'' || ''none'']' -Wants @("is:${DATABRICKS_PUBLIC_PREFIX}", 'is:Microsoft.Databricks/workspaces', 'is:some')) {
  'absent' {
    Stop-Run 'It does not exist. It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It needs the delegation to Microsoft.Databricks/workspaces and an NSG. The script changes no subnet that exists; mend the answers about it, or the subnet itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 9 of 14: Databricks workspace dbw-adatum
# Source: how-to-secure-training-vnet (2025-06-12); learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; blog.bismart.com azure-databricks-premium-vs-standard
Write-Line '9/14 Databricks workspace dbw-adatum'
switch (Get-Difference -Id "$DATABRICKS_WORKSPACE_ID" -Api '2024-05-01' -Query '[location, properties.parameters.customVirtualNetworkId.value, properties.parameters.customPrivateSubnetName.value, properties.parameters.customPublicSubnetName.value, to_string(properties.parameters.enableNoPublicIp.value || `false`)]' -Wants @("is:${REGION}", "is:${VNET_ID}", "is:${DATABRICKS_PRIVATE_NAME}", "is:${DATABRICKS_PUBLIC_NAME}", 'is:true')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope, in this network and in these two subnets, with public IPs or without as you answered. The script changes nothing of it.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope, in this network and in these two subnets, with public IPs or without as you answered. The script changes nothing of it."
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 14: resource group rg-adatum-vm
Write-Line '10/14 resource group rg-adatum-vm'
switch (Get-Difference -Id "$MACHINE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer machine.group.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 14: virtual machine vm-adatum-train
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); how-to-create-attach-compute-studio (2024-09-17)
Write-Line '11/14 virtual machine vm-adatum-train'
switch (Get-Difference -Id "$MACHINE_ID" -Api '2024-07-01' -Query '[properties.storageProfile.osDisk.osType]' -Wants @('is:Linux')) {
  'absent' {
    Stop-Run 'It does not exist. It has to run Linux. Mend the answers machine.name and machine.group.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to run Linux. Mend the answers machine.name and machine.group."
  }
  'same' { Write-Line '   is there already' }
}

# Step 12 of 14: resource group rg-adatum-hdi
Write-Line '12/14 resource group rg-adatum-hdi'
switch (Get-Difference -Id "$HDINSIGHT_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer hdinsight.group.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 13 of 14: HDInsight cluster hdi-adatum-spark
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); hdinsight-service-tags (2020-03-10)
Write-Line '13/14 HDInsight cluster hdi-adatum-spark'
switch (Get-Difference -Id "$HDINSIGHT_ID" -Api '2021-06-01' -Query '[properties.computeProfile.roles[0].virtualNetworkProfile.id, properties.networkProperties.resourceProviderConnection || ''Inbound'']' -Wants @("is:${VNET_ID}", 'is:Inbound')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in vnet-adatum-old, with the connection Inbound. Mend the answers hdinsight.name, hdinsight.group and names.vnet.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in vnet-adatum-old, with the connection Inbound. Mend the answers hdinsight.name, hdinsight.group and names.vnet."
  }
  'same' { Write-Line '   is there already' }
}

# Step 14 of 14: adatumold-vm, vm-adatum-train attached to the workspace
# Why: az sends the private key to the workspace. Nothing of it is printed.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-studio (2024-09-17); az ml compute
Write-Line '14/14 adatumold-vm, vm-adatum-train attached to the workspace'
switch (Get-Difference -Id "$MACHINE_COMPUTE_ID" -Api '2024-04-01' -Query '[properties.computeType, properties.provisioningState, properties.resourceId]' -Wants @('is:VirtualMachine', 'is:Succeeded', "is:${MACHINE_ID}")) {
  'absent' {
    Write-Line '   making it'
    az ml compute attach --type virtualmachine --name "$MACHINE_COMPUTE" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --resource-id "$MACHINE_ID" --admin-username "$MACHINE_USER" `
      --ssh-port "$MACHINE_SSH_PORT" --ssh-private-key-file "$MACHINE_PRIVATE_KEY" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Another compute has this name, or the attachment did not succeed. Read provisioning_errors of az ml compute show; then detach it and run the script again, or choose another name in machine.compute."
  }
  'same' { Write-Line '   is there already' }
}

Write-Line 'Done.'
