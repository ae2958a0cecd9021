#!/usr/bin/env pwsh
#Requires -Version 7.0
# contoso-lab: training of the workspace mlw-contoso-lab in the virtual network vnet-contoso-swe
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI with the extension ml (az extension add --name ml), and a sign-in (az login).

$SUBSCRIPTION = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7'
$WORKSPACE_GROUP = 'rg-contoso-lab'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$WORKSPACE_NAME = 'mlw-contoso-lab'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$REGION = 'swedencentral'
$NETWORK_GROUP = 'rg-contoso-hub'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-contoso-swe'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$NSG_IN_GROUP = 'rg-contoso-hub'
$NSG_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NSG_IN_GROUP}"
$NSG_NAME = 'nsg-shared'
$NSG_ID = "${NSG_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$SUBNET_NAME = 'snet-shared'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.40.8.0/26'
$SUBNET_FIRST_ENDPOINT_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_ENDPOINT_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$STORAGE_GROUP = 'rg-contoso-lab'
$STORAGE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${STORAGE_GROUP}"
$STORAGE_NAME = 'stcontosolab'
$STORAGE_SUBNET_RULE_ID = "${STORAGE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$STORAGE_WORKSPACE_RULE_ID = "${STORAGE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$CLUSTER_1_NAME = 'contosolab-cluster'
$CLUSTER_1_SIZE = 'Standard_D4ds_v4'
$NODES_PUBLIC_IP = 'true'
$CLUSTER_1_TIER = 'dedicated'
$CLUSTER_1_MIN_NODES = '0'
$CLUSTER_1_MAX_NODES = '20'
$CLUSTER_1_IDLE_SECONDS = '120'

$ErrorActionPreference = 'Stop'
# The exit code of az is looked at after each call, the same way in every PowerShell 7.
$PSNativeCommandUseErrorActionPreference = $false
$env:AZURE_CORE_OUTPUT = 'none'
$env:AZURE_CORE_ONLY_SHOW_ERRORS = 'true'

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

# Step 1 of 13: resource group rg-contoso-lab
Write-Line '1/13 resource group rg-contoso-lab'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'Resource group rg-contoso-lab does not exist. There is no resource group rg-contoso-lab in this subscription. Mend the answers workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 13: workspace mlw-contoso-lab
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '2/13 workspace mlw-contoso-lab'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'Workspace mlw-contoso-lab does not exist. The workspace has to exist in swedencentral, without managed network, without v1_legacy_mode, and with an approved private endpoint if you answered so. Mend the answers workspace.name, workspace.group, region or workspace.private_endpoint, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${Difference}). The workspace has to exist in swedencentral, without managed network, without v1_legacy_mode, and with an approved private endpoint if you answered so. Mend the answers workspace.name, workspace.group, region or workspace.private_endpoint, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_TENANT = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.tenantId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 3 of 13: resource group rg-contoso-hub
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '3/13 resource group rg-contoso-hub'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'Resource group rg-contoso-hub does not exist. There is no resource group rg-contoso-hub in this subscription. Mend the answer network.group.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 13: virtual network vnet-contoso-swe (10.40.0.0/16)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '4/13 virtual network vnet-contoso-swe (10.40.0.0/16)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'Virtual network vnet-contoso-swe (10.40.0.0/16) does not exist. The network has to be in swedencentral and, when new, to have just the address space 10.40.0.0/16. If it exists on purpose, answer that it exists; else choose another name.'
  }
  'different' {
    Stop-Run "It differs (${Difference}). The network has to be in swedencentral and, when new, to have just the address space 10.40.0.0/16. If it exists on purpose, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 13: network security group nsg-shared
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '5/13 network security group nsg-shared'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'Network security group nsg-shared does not exist. The group has to be in swedencentral. Choose another name, or mend the answers nsg.name and nsg.resource_group.'
  }
  'different' {
    Stop-Run "It differs (${Difference}). The group has to be in swedencentral. Choose another name, or mend the answers nsg.name and nsg.resource_group."
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 13: subnet snet-shared (10.40.8.0/26)
# Why: One command sets block, rules, way out and endpoints together; doing it in steps would have the network written several times.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '6/13 subnet snet-shared (10.40.8.0/26)'
switch (Get-Difference -Id "$SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName || ''none'', properties.networkSecurityGroup.id]' -Wants @("is:${SUBNET_PREFIX}", 'is:none', "is:${NSG_ID}")) {
  'absent' {
    Stop-Run 'Subnet snet-shared (10.40.8.0/26) does not exist. The subnet is not as planned: its block has to be 10.40.8.0/26, without delegation, with the network security group, NAT gateway or route table that you named. A subnet that exists is left alone; mend it or your answers, or choose another name.'
  }
  'different' {
    Stop-Run "It differs (${Difference}). The subnet is not as planned: its block has to be 10.40.8.0/26, without delegation, with the network security group, NAT gateway or route table that you named. A subnet that exists is left alone; mend it or your answers, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 13: rule AllowAzureMachineLearningIn, the service calls the nodes
# Source: how-to-access-azureml-behind-firewall (2026-03-19); how-to-managed-network (2025-05-23); machine-learning-public-internet-access (2025-02-10)
Write-Line '7/13 rule AllowAzureMachineLearningIn, the service calls the nodes'
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
    Write-Line "   changing it: $Difference"
    az network nsg rule update --name 'AllowAzureMachineLearningIn' --nsg-name "$NSG_NAME" `
      --resource-group "$NSG_IN_GROUP" --priority '200' --direction 'Inbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'AzureMachineLearning' --source-port-ranges '*' `
      --destination-address-prefixes 'VirtualNetwork' --destination-port-ranges '44224' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 13: service endpoints of snet-shared
# Why: Only a subnet without any endpoint is given a list; this command would replace one.
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); how-to-secure-workspace-vnet (2026-02-05)
Write-Line '8/13 service endpoints of snet-shared'
switch (Get-Difference -Id "$SUBNET_FIRST_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.serviceEndpoints[0].service && ''some'' || ''none'']' -Wants @('is:some')) {
  'absent' {
    Stop-Run 'Service endpoints of snet-shared does not exist. There is no subnet snet-shared in vnet-contoso-swe.'
  }
  'different' {
    Write-Line "   changing it: $Difference"
    az network vnet subnet update --name "$SUBNET_NAME" --vnet-name "$VNET_NAME" --resource-group "$NETWORK_GROUP" `
      --service-endpoints 'Microsoft.Storage' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 9 of 13: storage endpoint of snet-shared
# Why: This adds the endpoint and keeps the others; az network vnet subnet update --service-endpoints would replace them.
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); how-to-secure-workspace-vnet (2026-02-05)
Write-Line '9/13 storage endpoint of snet-shared'
switch (Get-Difference -Id "$SUBNET_ENDPOINT_ID" -Api '2024-05-01' -Query '[join('','', properties.serviceEndpoints[].service || `[]`)]' -Wants @('has:Microsoft.Storage')) {
  'absent' {
    Stop-Run 'Storage endpoint of snet-shared does not exist. There is no subnet snet-shared in vnet-contoso-swe.'
  }
  'different' {
    Write-Line "   changing it: $Difference"
    az resource update --ids "$SUBNET_ID" --api-version '2024-05-01' `
      --add 'properties.serviceEndpoints' 'service=Microsoft.Storage' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 13: storage account stcontosolab, open to the subnet
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28)
Write-Line '10/13 storage account stcontosolab, open to the subnet'
switch (Get-Difference -Id "$STORAGE_SUBNET_RULE_ID" -Api '2023-05-01' -Query '[join('','', properties.networkAcls.virtualNetworkRules[].id || `[]`)]' -Wants @("has:${SUBNET_ID}")) {
  'absent' {
    Stop-Run 'Storage account stcontosolab, open to the subnet does not exist. There is no storage account stcontosolab in rg-contoso-lab.'
  }
  'different' {
    Write-Line "   changing it: $Difference"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" `
      --subnet "$SUBNET_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 13: storage account stcontosolab, open to the workspace itself
# Why: Without it the studio cannot store files once the account is closed.
# Source: how-to-secure-workspace-vnet (2026-02-05)
Write-Line '11/13 storage account stcontosolab, open to the workspace itself'
switch (Get-Difference -Id "$STORAGE_WORKSPACE_RULE_ID" -Api '2023-05-01' -Query '[join('','', properties.networkAcls.resourceAccessRules[].resourceId || `[]`)]' -Wants @("has:${WORKSPACE_ID}")) {
  'absent' {
    Stop-Run 'Storage account stcontosolab, open to the workspace itself does not exist. There is no storage account stcontosolab in rg-contoso-lab.'
  }
  'different' {
    Write-Line "   changing it: $Difference"
    az storage account network-rule add --account-name "$STORAGE_NAME" --resource-group "$STORAGE_GROUP" `
      --resource-id "$WORKSPACE_ID" --tenant-id "$WORKSPACE_TENANT" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 12 of 13: compute cluster contosolab-cluster
# Why: The subnet is given by its full id, so that the network may be in any resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
Write-Line '12/13 compute cluster contosolab-cluster'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" -Api '2024-04-01' -Query '[properties.computeType, properties.properties.vmSize, properties.properties.vmPriority, properties.properties.subnet.id, contains(''true null'', to_string(properties.properties.enableNodePublicIp))]' -Wants @('is:AmlCompute', "is:${CLUSTER_1_SIZE}", 'is:Dedicated', "is:${SUBNET_ID}", "is:${NODES_PUBLIC_IP}")) {
  'absent' {
    Write-Line '   making it'
    az ml compute create --type 'AmlCompute' --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --location "$REGION" --size "$CLUSTER_1_SIZE" --tier "$CLUSTER_1_TIER" `
      --min-instances "$CLUSTER_1_MIN_NODES" --max-instances "$CLUSTER_1_MAX_NODES" `
      --idle-time-before-scale-down "$CLUSTER_1_IDLE_SECONDS" --subnet "$SUBNET_ID" `
      --enable-node-public-ip "$NODES_PUBLIC_IP" --ssh-public-access-enabled false --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${Difference}). A compute contosolab-cluster exists with another size, tier, subnet or public IP mode. None of them can be changed: delete the compute, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 13 of 13: node numbers of contosolab-cluster: 0 to 20
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '13/13 node numbers of contosolab-cluster: 0 to 20'
switch (Get-Difference -Id "${WORKSPACE_ID}/computes/${CLUSTER_1_NAME}" -Api '2024-04-01' -Query '[properties.properties.scaleSettings.minNodeCount, properties.properties.scaleSettings.maxNodeCount]' -Wants @("is:${CLUSTER_1_MIN_NODES}", "is:${CLUSTER_1_MAX_NODES}")) {
  'absent' {
    Stop-Run 'Node numbers of contosolab-cluster: 0 to 20 does not exist. There is no compute contosolab-cluster in mlw-contoso-lab.'
  }
  'different' {
    Write-Line "   changing it: $Difference"
    az ml compute update --name "$CLUSTER_1_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --min-instances "$CLUSTER_1_MIN_NODES" `
      --max-instances "$CLUSTER_1_MAX_NODES" --idle-time-before-scale-down "$CLUSTER_1_IDLE_SECONDS" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

Write-Line 'Done.'
