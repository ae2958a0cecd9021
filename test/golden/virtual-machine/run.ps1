#!/usr/bin/env pwsh
#Requires -Version 7.2
# tailspin-vm: training of the workspace mlw-tailspin-dev in the virtual network vnet-tailspin-vm
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).

$SUBSCRIPTION = '2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
$WORKSPACE_GROUP = 'rg-tailspin-ml'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$WORKSPACE_NAME = 'mlw-tailspin-dev'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$REGION = 'westeurope'
$NETWORK_GROUP = 'rg-tailspin-vm-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-tailspin-vm'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$NAME = 'tailspin-vm'
$MACHINE_NSG_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/nsg-${NAME}-machine"
$MACHINE_GROUP = 'rg-tailspin-ml'
$MACHINE_SUBNET = 'snet-machine'
$MACHINE_SUBNET_ID = "${VNET_ID}/subnets/${MACHINE_SUBNET}"
$MACHINE_PREFIX = '10.64.0.0/28'
$MACHINE_NAME = 'vm-tailspin-vm'
$MACHINE_ADDRESS_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/${MACHINE_NAME}-ip"
$MACHINE_NIC_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/networkInterfaces/${MACHINE_NAME}-nic"
$MACHINE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Compute/virtualMachines/${MACHINE_NAME}"
$MACHINE_SIZE = 'Standard_D4ds_v4'
$MACHINE_URN = 'microsoft-dsvm:ubuntu-2204:2204-gen2:latest'
$MACHINE_USER = 'azureuser'
$MACHINE_KEY_WORD = '@~/.ssh/aml_vm.pub'
$MACHINE_COMPUTE = 'tailspinvm-vm'
$MACHINE_COMPUTE_ID = "${WORKSPACE_ID}/computes/${MACHINE_COMPUTE}"
$MACHINE_SSH_PORT = '22'
$MACHINE_PRIVATE_KEY = '/home/anna/.ssh/aml_vm'

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

# Step 1 of 13: resource group rg-tailspin-ml
Write-Line '1/13 resource group rg-tailspin-ml'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 13: workspace mlw-tailspin-dev
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '2/13 workspace mlw-tailspin-dev'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 13: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
Write-Line '3/13 resource provider Microsoft.Network'
$seen = "$(az provider show --namespace 'Microsoft.Network' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Network' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 4 of 13: resource provider Microsoft.Compute
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '4/13 resource provider Microsoft.Compute'
$seen = "$(az provider show --namespace 'Microsoft.Compute' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Compute' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 5 of 13: resource group rg-tailspin-vm-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '5/13 resource group rg-tailspin-vm-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 13: virtual network vnet-tailspin-vm (10.64.0.0/24)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '6/13 virtual network vnet-tailspin-vm (10.64.0.0/24)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location, join('' '', sort(properties.addressSpace.addressPrefixes))]' -Wants @("is:${REGION}", 'is:10.64.0.0/24')) {
  'absent' {
    Write-Line '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" `
      --address-prefixes '10.64.0.0/24' --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 13: network security group nsg-tailspin-vm-machine
# Source: how-to-secure-training-vnet (2025-06-12)
Write-Line '7/13 network security group nsg-tailspin-vm-machine'
switch (Get-Difference -Id "$MACHINE_NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "nsg-${NAME}-machine" --resource-group "$MACHINE_GROUP" --location "$REGION" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope. Delete it if nothing uses it, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 13: rule AllowAzureMLSsh, SSH from Azure Machine Learning
# Source: how-to-secure-training-vnet (2025-06-12)
Write-Line '8/13 rule AllowAzureMLSsh, SSH from Azure Machine Learning'
switch (Get-Difference -Id "${MACHINE_NSG_ID}/securityRules/AllowAzureMLSsh" -Api '2024-05-01' -Query '[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.sourcePortRange, properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('' '', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]' -Wants @('is:310', 'is:Inbound', 'is:Allow', 'is:*', 'is:AzureMachineLearning', 'is:*', 'is:*', 'is:22')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowAzureMLSsh' --nsg-name "nsg-${NAME}-machine" `
      --resource-group "$MACHINE_GROUP" --priority '310' --direction 'Inbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'AzureMachineLearning' --source-port-ranges '*' --destination-address-prefixes '*' `
      --destination-port-ranges '22' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowAzureMLSsh' --nsg-name "nsg-${NAME}-machine" `
      --resource-group "$MACHINE_GROUP" --priority '310' --direction 'Inbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'AzureMachineLearning' --source-port-ranges '*' --destination-address-prefixes '*' `
      --destination-port-ranges '22' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 9 of 13: subnet snet-machine (10.64.0.0/28)
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); hashicorp/terraform-provider-azurerm issue 3780
Write-Line '9/13 subnet snet-machine (10.64.0.0/28)'
switch (Get-Difference -Id "$MACHINE_SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.networkSecurityGroup.id, properties.delegations[0].properties.serviceName || ''none'']' -Wants @("is:${MACHINE_PREFIX}", "is:${MACHINE_NSG_ID}", 'is:none')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$MACHINE_SUBNET" --vnet-name "$VNET_NAME" `
      --resource-group "$NETWORK_GROUP" --address-prefixes "$MACHINE_PREFIX" `
      --network-security-group "$MACHINE_NSG_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. Choose another name in machine.subnet."
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 13: public IP vm-tailspin-vm-ip
# Why: Azure Machine Learning reaches the machine by it. A Standard address lets in only what an NSG allows.
# Source: v1/how-to-train-model (2021-10-21)
Write-Line '10/13 public IP vm-tailspin-vm-ip'
switch (Get-Difference -Id "$MACHINE_ADDRESS_ID" -Api '2024-05-01' -Query '[location, sku.name, properties.publicIPAllocationMethod]' -Wants @("is:${REGION}", 'is:Standard', 'is:Static')) {
  'absent' {
    Write-Line '   making it'
    az network public-ip create --name "${MACHINE_NAME}-ip" --resource-group "$MACHINE_GROUP" --location "$REGION" `
      --sku 'Standard' --allocation-method 'Static' --version 'IPv4' --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be a static Standard address in westeurope. Delete it if nothing uses it, or choose another name for the machine."
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 13: network card vm-tailspin-vm-nic
# Why: With a card that exists, az vm create makes no NSG that opens SSH to everybody.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); v1/how-to-train-model (2021-10-21)
Write-Line '11/13 network card vm-tailspin-vm-nic'
switch (Get-Difference -Id "$MACHINE_NIC_ID" -Api '2024-05-01' -Query '[location, join('','', properties.ipConfigurations[].properties.subnet.id || `[]`), join('','', properties.ipConfigurations[].properties.publicIPAddress.id || `[]`), properties.networkSecurityGroup.id || ''none'']' -Wants @("is:${REGION}", "has:${MACHINE_SUBNET_ID}", "has:${MACHINE_ADDRESS_ID}", 'is:none')) {
  'absent' {
    Write-Line '   making it'
    az network nic create --name "${MACHINE_NAME}-nic" --resource-group "$MACHINE_GROUP" --location "$REGION" `
      --subnet "$MACHINE_SUBNET_ID" --public-ip-address "$MACHINE_ADDRESS_ID" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It needs this subnet and this address, and no NSG of its own. Delete it if nothing uses it, or choose another name for the machine."
  }
  'same' { Write-Line '   is there already' }
}

# Step 12 of 13: virtual machine vm-tailspin-vm
# Why: Its key comes from a file that you named. It is billed until it is stopped and deallocated.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); how-to-create-attach-compute-studio (2024-09-17)
Write-Line '12/13 virtual machine vm-tailspin-vm'
switch (Get-Difference -Id "$MACHINE_ID" -Api '2024-07-01' -Query '[location, properties.storageProfile.osDisk.osType, properties.hardwareProfile.vmSize, properties.osProfile.adminUsername, join('','', properties.networkProfile.networkInterfaces[].id || `[]`)]' -Wants @('is:westeurope', 'is:Linux', 'is:Standard_D4ds_v4', 'is:azureuser', 'has:/subscriptions/2c7d8e9f-1a2b-4c3d-8e4f-5a6b7c8d9e0f/resourceGroups/rg-tailspin-ml/providers/Microsoft.Network/networkInterfaces/vm-tailspin-vm-nic')) {
  'absent' {
    Write-Line '   making it'
    az vm create --name "$MACHINE_NAME" --resource-group "$MACHINE_GROUP" --location "$REGION" `
      --size "$MACHINE_SIZE" --image "$MACHINE_URN" --nics "$MACHINE_NIC_ID" --authentication-type ssh `
      --admin-username "$MACHINE_USER" --ssh-key-values "$MACHINE_KEY_WORD" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A machine of this name exists and is another one. Answer that it exists, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 13 of 13: tailspinvm-vm, vm-tailspin-vm attached to the workspace
# Why: az sends the private key to the workspace. Nothing of it is printed.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-studio (2024-09-17); az ml compute
Write-Line '13/13 tailspinvm-vm, vm-tailspin-vm attached to the workspace'
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
