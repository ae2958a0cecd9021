#!/usr/bin/env pwsh
#Requires -Version 7.2
# northwind: training of the workspace mlw-northwind in the virtual network vnet-northwind
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.70.0 or newer, with ml, k8s-extension, databricks, connectedk8s (az extension add --name ml, and so on), kubectl, and a sign-in (az login).

$SUBSCRIPTION = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7'
$REGISTRY_WANTED_NAME = 'crnorthwind6c32'
$REGISTRY_IN_GROUP = 'rg-northwind'
$STORAGE_WANTED_NAME = 'stnorthwind6c32'
$STORAGE_IN_GROUP = 'rg-northwind'
$REGION = 'westeurope'
$HDINSIGHT_WANTED_NAME = 'hdi-northwind-6c32'
$HDINSIGHT_IN_GROUP = 'rg-northwind'
$HDINSIGHT_WANTED_STORAGE = 'sthdinorthwind6c32'
$WORKSPACE_GROUP = 'rg-northwind'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$ARC_GROUP = 'rg-northwind-edge'
$ARC_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${ARC_GROUP}"
$ARC_NAME = 'arc-northwind-edge'
$ARC_CONNECTED_ID = "${ARC_GROUP_ID}/providers/Microsoft.Kubernetes/connectedClusters/${ARC_NAME}"
$ARC_REGION = 'westeurope'
$ARC_CONTEXT = 'northwind-edge'
$NETWORK_GROUP = 'rg-northwind-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-northwind'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$NAMES_ENDPOINT_SUBNET = 'snet-endpoints'
$ENDPOINT_SUBNET_ID = "${VNET_ID}/subnets/${NAMES_ENDPOINT_SUBNET}"
$ENDPOINTS_PREFIX = '10.80.0.32/27'
$NAT_NAME = 'nat-northwind'
$NAT_ADDRESS_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/${NAT_NAME}-ip"
$NAT_IN_GROUP = 'rg-northwind-net'
$NAT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/natGateways/${NAT_NAME}"
$NSG_NAME = 'nsg-northwind'
$NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${NSG_NAME}"
$NSG_IN_GROUP = 'rg-northwind-net'
$SUBNET_NAME = 'snet-training'
$SUBNET_ID = "${VNET_ID}/subnets/${SUBNET_NAME}"
$SUBNET_PREFIX = '10.80.0.0/27'
$VAULT_NAME = 'kv-northwind-6c32'
$VAULT_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.KeyVault/vaults/${VAULT_NAME}"
$VAULT_IN_GROUP = 'rg-northwind'
$NAME = 'northwind'
$VAULT_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-vault"
$ENDPOINTS_MANUAL = 'false'
$REGISTRY_NAME = 'crnorthwind6c32'
$REGISTRY_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/${REGISTRY_NAME}"
$REGISTRY_MADE_TIER = 'Premium'
$REGISTRY_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-registry"
$LOGS_NAME = 'log-northwind'
$LOGS_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.OperationalInsights/workspaces/${LOGS_NAME}"
$LOGS_IN_GROUP = 'rg-northwind'
$INSIGHTS_NAME = 'appi-northwind'
$INSIGHTS_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Insights/components/${INSIGHTS_NAME}"
$STORAGE_NAME = 'stnorthwind6c32'
$STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${STORAGE_NAME}"
$STORAGE_GROUP = 'rg-northwind'
$WORKSPACE_NAME = 'mlw-northwind'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$WORKSPACE_ENDPOINT_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-workspace"
$DNS_BASE = '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-net'
$VAULT_ZONE_GROUP_ID = "${VAULT_ENDPOINT_ID}/privateDnsZoneGroups/default"
$REGISTRY_ZONE_GROUP_ID = "${REGISTRY_ENDPOINT_ID}/privateDnsZoneGroups/default"
$WORKSPACE_ZONE_GROUP_ID = "${WORKSPACE_ENDPOINT_ID}/privateDnsZoneGroups/default"
$PEOPLE_KIND = 'Group'
$CLUSTER_1_NAME = 'northwind-cluster'
$CLUSTER_1_SIZE = 'Standard_D4ds_v4'
$CLUSTER_1_MAX_NODES = '8'
$COMPUTES_PUBLIC_IP = 'false'
$BUILDS_CLUSTER = 'northwind-cluster'
$INSTANCE_1_NAME = 'northwind-ci'
$INSTANCE_1_SIZE = 'Standard_D4ds_v4'
$INSTANCE_1_SSH = 'false'
$DATABRICKS_GROUP = 'rg-northwind-databricks'
$DATABRICKS_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${DATABRICKS_GROUP}"
$DATABRICKS_NSG_NAME = 'nsg-northwind-databricks'
$DATABRICKS_NSG_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/${DATABRICKS_NSG_NAME}"
$DATABRICKS_PRIVATE_NAME = 'databricks-private'
$DATABRICKS_PRIVATE_ID = "${VNET_ID}/subnets/${DATABRICKS_PRIVATE_NAME}"
$DATABRICKS_PRIVATE_PREFIX = '10.80.0.64/26'
$DATABRICKS_PUBLIC_NAME = 'databricks-public'
$DATABRICKS_PUBLIC_ID = "${VNET_ID}/subnets/${DATABRICKS_PUBLIC_NAME}"
$DATABRICKS_PUBLIC_PREFIX = '10.80.0.128/26'
$DATABRICKS_NAME = 'dbw-northwind'
$DATABRICKS_WORKSPACE_ID = "${DATABRICKS_GROUP_ID}/providers/Microsoft.Databricks/workspaces/${DATABRICKS_NAME}"
$DATABRICKS_TIER = 'premium'
$DATABRICKS_MANAGED_GROUP = 'databricks-rg-dbw-northwind'
$DATABRICKS_NO_PUBLIC_IP = 'true'
$MACHINE_NSG_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/nsg-${NAME}-machine"
$MACHINE_GROUP = 'rg-northwind'
$MACHINE_SUBNET = 'snet-machine'
$MACHINE_SUBNET_ID = "${VNET_ID}/subnets/${MACHINE_SUBNET}"
$MACHINE_PREFIX = '10.80.0.192/28'
$MACHINE_NAME = 'vm-northwind'
$MACHINE_ADDRESS_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/${MACHINE_NAME}-ip"
$MACHINE_NIC_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/networkInterfaces/${MACHINE_NAME}-nic"
$MACHINE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Compute/virtualMachines/${MACHINE_NAME}"
$MACHINE_SIZE = 'Standard_D4ds_v4'
$MACHINE_URN = 'microsoft-dsvm:ubuntu-2204:2204-gen2:latest'
$MACHINE_USER = 'azureuser'
$MACHINE_KEY_WORD = '@~/.ssh/aml_vm.pub'
$MACHINE_COMPUTE = 'northwind-vm'
$MACHINE_COMPUTE_ID = "${WORKSPACE_ID}/computes/${MACHINE_COMPUTE}"
$MACHINE_SSH_PORT = '22'
$MACHINE_PRIVATE_KEY = '/home/anna/.ssh/aml_vm'
$HDINSIGHT_NSG_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/nsg-${NAME}-hdinsight"
$HDINSIGHT_GROUP = 'rg-northwind'
$HDINSIGHT_ADDRESS_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/nat-${NAME}-hdinsight-ip"
$HDINSIGHT_NAT_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/natGateways/nat-${NAME}-hdinsight"
$HDINSIGHT_SUBNET = 'snet-hdinsight'
$HDINSIGHT_SUBNET_ID = "${VNET_ID}/subnets/${HDINSIGHT_SUBNET}"
$HDINSIGHT_PREFIX = '10.80.0.224/27'
$HDINSIGHT_STORAGE = 'sthdinorthwind6c32'
$HDINSIGHT_STORAGE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${HDINSIGHT_STORAGE}"
$HDINSIGHT_NAME = 'hdi-northwind-6c32'
$HDINSIGHT_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.HDInsight/clusters/${HDINSIGHT_NAME}"
$HDINSIGHT_VERSION = '5.1'
$HDINSIGHT_CONNECTION = 'Inbound'
$HDINSIGHT_WORKERS = '2'
$HDINSIGHT_HTTP_WORD = '@~/secrets/hdinsight-login'
$HDINSIGHT_SSH_USER = 'sshuser'
$HDINSIGHT_SSH_WORD = '@~/secrets/hdinsight-ssh'
$ARC_CLUSTER_ID = '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-edge/providers/Microsoft.Kubernetes/connectedClusters/arc-northwind-edge'
$EXTENSION_NAME = 'amlarc-compute'
$ARC_EXTENSION_ID = "${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}"
$ARC_AZ_TYPE = 'connectedClusters'
$EXTENSION_WORDS_INFERENCE = 'False'
$EXTENSION_WORDS_NVIDIA = 'False'
$EXTENSION_WORDS_VOLCANO = 'True'
$EXTENSION_WORDS_PROMETHEUS = 'True'
$EXTENSION_WORDS_DCGM = 'False'
$ATTACH_NAME = 'northwind-k8s'
$KUBERNETES_COMPUTE_ID = "${WORKSPACE_ID}/computes/${ATTACH_NAME}"
$ATTACH_NAMESPACE = 'default'
$COMPUTE_PULL_ID = "${REGISTRY_ID}/providers/Microsoft.Authorization/roleAssignments/80d55cf3-59ae-80fb-9ef3-e39749a6b0f1"
$COMPUTE_DATA_ID = "${STORAGE_ID}/providers/Microsoft.Authorization/roleAssignments/3ec5a35f-5ca1-897c-8860-8aa2022d0b2d"
$ATTACH_DATA_ROLE = 'Storage Blob Data Reader'
$PUBLIC_IP_QUERY = '[location, sku.name, properties.publicIPAllocationMethod]'
$PRIVATE_ENDPOINT_QUERY_2 = '[properties.subnet.id, properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceId | [0]]'
$NSG_RULE_QUERY_3 = '[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.sourcePortRange, properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('' '', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]'

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

# Step 1 of 100: resource provider Microsoft.MachineLearningServices
# Source: how-to-managed-network (2025-05-23)
Write-Line '1/100 resource provider Microsoft.MachineLearningServices'
$seen = "$(az provider show --namespace 'Microsoft.MachineLearningServices' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.MachineLearningServices' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 2 of 100: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
Write-Line '2/100 resource provider Microsoft.Network'
$seen = "$(az provider show --namespace 'Microsoft.Network' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Network' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 3 of 100: resource provider Microsoft.Storage
# Source: how-to-managed-network (2025-05-23)
Write-Line '3/100 resource provider Microsoft.Storage'
$seen = "$(az provider show --namespace 'Microsoft.Storage' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Storage' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 4 of 100: resource provider Microsoft.KeyVault
# Source: how-to-managed-network (2025-05-23)
Write-Line '4/100 resource provider Microsoft.KeyVault'
$seen = "$(az provider show --namespace 'Microsoft.KeyVault' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.KeyVault' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 5 of 100: resource provider Microsoft.ContainerRegistry
# Source: how-to-managed-network (2025-05-23)
Write-Line '5/100 resource provider Microsoft.ContainerRegistry'
$seen = "$(az provider show --namespace 'Microsoft.ContainerRegistry' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.ContainerRegistry' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 6 of 100: resource provider Microsoft.OperationalInsights
# Source: how-to-managed-network (2025-05-23)
Write-Line '6/100 resource provider Microsoft.OperationalInsights'
$seen = "$(az provider show --namespace 'Microsoft.OperationalInsights' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.OperationalInsights' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 7 of 100: resource provider Microsoft.Insights
# Source: how-to-managed-network (2025-05-23)
Write-Line '7/100 resource provider Microsoft.Insights'
$seen = "$(az provider show --namespace 'Microsoft.Insights' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Insights' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 8 of 100: the name crnorthwind6c32 for the registry
# Why: All customers of Azure share these names, so this comes before anything is made.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '8/100 the name crnorthwind6c32 for the registry'
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

# Step 9 of 100: the name stnorthwind6c32 for the storage account
# Why: All customers of Azure share these names, so this comes before anything is made.
Write-Line '9/100 the name stnorthwind6c32 for the storage account'
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

# Step 10 of 100: resource provider Microsoft.Databricks
# Source: learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject
Write-Line '10/100 resource provider Microsoft.Databricks'
$seen = "$(az provider show --namespace 'Microsoft.Databricks' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Databricks' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 11 of 100: resource provider Microsoft.Compute
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '11/100 resource provider Microsoft.Compute'
$seen = "$(az provider show --namespace 'Microsoft.Compute' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Compute' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 12 of 100: resource provider Microsoft.HDInsight
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '12/100 resource provider Microsoft.HDInsight'
$seen = "$(az provider show --namespace 'Microsoft.HDInsight' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.HDInsight' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 13 of 100: the name hdi-northwind-6c32 for the HDInsight cluster
# Why: All customers of Azure share these names, so this comes before anything is made.
Write-Line '13/100 the name hdi-northwind-6c32 for the HDInsight cluster'
$seen = "$(az rest --method post --url "/subscriptions/${SUBSCRIPTION}/providers/Microsoft.HDInsight/locations/${REGION}/checkNameAvailability?api-version=2021-06-01" --body '@hdinsight-name.json' --query 'nameAvailable' --output tsv)".Trim()
Assert-Az
if ($seen -ieq 'true') {
  Write-Line '   nothing to do'
} else {
  Write-Line '   The name is in use. If the next look finds no cluster of ours, it is somebody else''s, and hdinsight.name needs another answer.'
  az hdinsight show --name "$HDINSIGHT_WANTED_NAME" --resource-group "$HDINSIGHT_IN_GROUP" `
    --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 14 of 100: the name sthdinorthwind6c32 for the storage account of the cluster
# Why: All customers of Azure share these names, so this comes before anything is made.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '14/100 the name sthdinorthwind6c32 for the storage account of the cluster'
$seen = "$(az storage account check-name --name "$HDINSIGHT_WANTED_STORAGE" --query 'nameAvailable' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'true') {
  Write-Line '   nothing to do'
} else {
  Write-Line '   The name is in use. If the next look finds no account of ours, it is somebody else''s, and hdinsight.storage needs another answer.'
  az storage account show --name "$HDINSIGHT_WANTED_STORAGE" --resource-group "$HDINSIGHT_IN_GROUP" `
    --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 15 of 100: resource provider Microsoft.KubernetesConfiguration
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '15/100 resource provider Microsoft.KubernetesConfiguration'
$seen = "$(az provider show --namespace 'Microsoft.KubernetesConfiguration' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.KubernetesConfiguration' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 16 of 100: resource provider Microsoft.Kubernetes
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '16/100 resource provider Microsoft.Kubernetes'
$seen = "$(az provider show --namespace 'Microsoft.Kubernetes' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Kubernetes' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 17 of 100: resource provider Microsoft.ExtendedLocation
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '17/100 resource provider Microsoft.ExtendedLocation'
$seen = "$(az provider show --namespace 'Microsoft.ExtendedLocation' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.ExtendedLocation' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 18 of 100: resource provider Microsoft.Relay
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '18/100 resource provider Microsoft.Relay'
$seen = "$(az provider show --namespace 'Microsoft.Relay' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Relay' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 19 of 100: resource group rg-northwind
Write-Line '19/100 resource group rg-northwind'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$WORKSPACE_GROUP" --location "$REGION" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 20 of 100: resource group rg-northwind-edge
Write-Line '20/100 resource group rg-northwind-edge'
switch (Get-Difference -Id "$ARC_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer arc.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 21 of 100: cluster arc-northwind-edge of Azure Arc
# Source: how-to-deploy-kubernetes-extension (2026-01-28); quickstart-connect-cluster (2023-06-27); AML-Kubernetes docs (2024-08-15)
Write-Line '21/100 cluster arc-northwind-edge of Azure Arc'
switch (Get-Difference -Id "$ARC_CONNECTED_ID" -Api '2024-01-01' -Query '[location, properties.connectivityStatus]' -Wants @("is:${ARC_REGION}", 'is:Connected')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope and report to Azure Arc. Start with kubectl --context northwind-edge get pods --namespace azure-arc; mend the answers arc.name, arc.group and arc.region if they are wrong.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope and report to Azure Arc. Start with kubectl --context northwind-edge get pods --namespace azure-arc; mend the answers arc.name, arc.group and arc.region if they are wrong."
  }
  'same' { Write-Line '   is there already' }
}

# Step 22 of 100: context northwind-edge is arc-northwind-edge
# Why: If it prints anything but true, this context is another cluster. The second command does nothing but fail, so that the script stops.
# Source: diagnose-connection-issues (2023-12-15)
Write-Line '22/100 context northwind-edge is arc-northwind-edge'
$seen = "$(kubectl --context "$ARC_CONTEXT" get configmap azure-clusterconfig --namespace azure-arc --output "go-template={{eq .data.AZURE_RESOURCE_NAME ``${ARC_NAME}``}}")".Trim()
Assert-Az
if ($seen -ieq 'true') {
  Write-Line '   nothing to do'
} else {
  Write-Line '   This context is another cluster, or Azure Arc knows it by another name. Mend the answer arc.context or arc.name.'
  kubectl --context "$ARC_CONTEXT" wait 'configmap/azure-clusterconfig' --namespace azure-arc --timeout '1s' `
    --for 'condition=Ready' --output 'go-template={{print}}'
  Assert-Az
}

# Step 23 of 100: resource group rg-northwind-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '23/100 resource group rg-northwind-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 24 of 100: virtual network vnet-northwind (10.80.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '24/100 virtual network vnet-northwind (10.80.0.0/20)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location, join('' '', sort(properties.addressSpace.addressPrefixes))]' -Wants @("is:${REGION}", 'is:10.80.0.0/20')) {
  'absent' {
    Write-Line '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" `
      --address-prefixes '10.80.0.0/20' --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 25 of 100: subnet snet-endpoints (10.80.0.32/27)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '25/100 subnet snet-endpoints (10.80.0.32/27)'
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

# Step 26 of 100: public IP nat-northwind-ip of the NAT gateway
# Why: All nodes leave by this one address; give it to those who keep allow lists.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
Write-Line '26/100 public IP nat-northwind-ip of the NAT gateway'
switch (Get-Difference -Id "$NAT_ADDRESS_ID" -Api '2024-05-01' -Query "$PUBLIC_IP_QUERY" -Wants @("is:${REGION}", 'is:Standard', 'is:Static')) {
  'absent' {
    Write-Line '   making it'
    az network public-ip create --name "${NAT_NAME}-ip" --resource-group "$NAT_IN_GROUP" --location "$REGION" `
      --sku 'Standard' --allocation-method 'Static' --version 'IPv4' --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A NAT gateway needs a static Standard address in westeurope. Delete this one if nothing uses it, or give the NAT gateway another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 27 of 100: NAT gateway nat-northwind
# Why: Not every version of az takes tags here. Add them afterwards with az tag update --operation Merge.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
Write-Line '27/100 NAT gateway nat-northwind'
switch (Get-Difference -Id "$NAT_ID" -Api '2024-05-01' -Query '[location, join('','', properties.publicIpAddresses[].id || `[]`)]' -Wants @("is:${REGION}", 'has:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-net/providers/Microsoft.Network/publicIPAddresses/nat-northwind-ip')) {
  'absent' {
    Write-Line '   making it'
    az network nat gateway create --name "$NAT_NAME" --resource-group "$NAT_IN_GROUP" --location "$REGION" `
      --public-ip-addresses "$NAT_ADDRESS_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A new one has to be in westeurope with the address nat-northwind-ip. Choose another name, or answer that it exists."
  }
  'same' { Write-Line '   is there already' }
}

# Step 28 of 100: network security group nsg-northwind
# Source: how-to-secure-training-vnet (2025-06-12); machine-learning-public-internet-access (2025-02-10); how-to-access-azureml-behind-firewall (2026-03-19)
Write-Line '28/100 network security group nsg-northwind'
switch (Get-Difference -Id "$NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "$NSG_NAME" --resource-group "$NSG_IN_GROUP" --location "$REGION" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope. Give the new one another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 29 of 100: subnet snet-training (10.80.0.0/27)
# Why: One command sets block, rules, way out and endpoints, so that the network is written once.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '29/100 subnet snet-training (10.80.0.0/27)'
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

# Step 30 of 100: key vault kv-northwind-6c32
# Source: learn.microsoft.com/azure/key-vault/general/access-control-default; how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '30/100 key vault kv-northwind-6c32'
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

# Step 31 of 100: private endpoint of kv-northwind-6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
Write-Line '31/100 private endpoint of kv-northwind-6c32'
switch (Get-Difference -Id "$VAULT_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY_2" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${VAULT_ID}")) {
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

# Step 32 of 100: container registry crnorthwind6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-secure-workspace-vnet (2024-07-08)
Write-Line '32/100 container registry crnorthwind6c32'
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

# Step 33 of 100: private endpoint of crnorthwind6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11); how-to-configure-private-link (2025-05-22)
Write-Line '33/100 private endpoint of crnorthwind6c32'
switch (Get-Difference -Id "$REGISTRY_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY_2" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${REGISTRY_ID}")) {
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

# Step 34 of 100: Log Analytics workspace log-northwind
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '34/100 Log Analytics workspace log-northwind'
switch (Get-Difference -Id "$LOGS_ID" -Api '2022-10-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az monitor log-analytics workspace create --name "$LOGS_NAME" --resource-group "$LOGS_IN_GROUP" `
      --location "$REGION" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 35 of 100: Application Insights appi-northwind
# Why: Its own az command needs one more extension; this one needs none.
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '35/100 Application Insights appi-northwind'
switch (Get-Difference -Id "$INSIGHTS_ID" -Api '2020-02-02' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az resource create --id "$INSIGHTS_ID" --api-version '2020-02-02' --is-full-object `
      --properties '@app-insights.json' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 36 of 100: storage account stnorthwind6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-network-security-overview (2025-10-28); how-to-manage-workspace (2024-02-06)
Write-Line '36/100 storage account stnorthwind6c32'
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

# Step 37 of 100: workspace mlw-northwind
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '37/100 workspace mlw-northwind'
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
    Stop-Run "It differs (${difference}). It has to be in westeurope, without managed network and v1_legacy_mode. If this workspace is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}
$WORKSPACE_PRINCIPAL = az resource show --ids "$WORKSPACE_ID" --api-version '2024-04-01' --query 'identity.principalId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 38 of 100: role Key Vault Administrator of the workspace
# Why: The service gives it by itself when whoever creates the workspace may assign roles. A new role can take ten minutes to work.
# Source: how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '38/100 role Key Vault Administrator of the workspace'
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

# Step 39 of 100: private endpoint for blob of stnorthwind6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '39/100 private endpoint for blob of stnorthwind6c32'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY_2" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
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

# Step 40 of 100: private endpoint for file of stnorthwind6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '40/100 private endpoint for file of stnorthwind6c32'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY_2" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${STORAGE_ID}")) {
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

# Step 41 of 100: private endpoint of mlw-northwind
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '41/100 private endpoint of mlw-northwind'
switch (Get-Difference -Id "$WORKSPACE_ENDPOINT_ID" -Api '2024-05-01' -Query "$PRIVATE_ENDPOINT_QUERY_2" -Wants @("is:${ENDPOINT_SUBNET_ID}", "is:${WORKSPACE_ID}")) {
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

# Step 42 of 100: private endpoint for blob of stnorthwind6c32 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '42/100 private endpoint for blob of stnorthwind6c32 (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 43 of 100: private endpoint for file of stnorthwind6c32 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '43/100 private endpoint for file of stnorthwind6c32 (approved)'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 44 of 100: private endpoint of kv-northwind-6c32 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '44/100 private endpoint of kv-northwind-6c32 (approved)'
switch (Get-Difference -Id "$VAULT_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 45 of 100: private endpoint of crnorthwind6c32 (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '45/100 private endpoint of crnorthwind6c32 (approved)'
switch (Get-Difference -Id "$REGISTRY_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 46 of 100: private endpoint of mlw-northwind (approved)
# Source: how-to-configure-private-link (2025-05-22); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '46/100 private endpoint of mlw-northwind (approved)'
switch (Get-Difference -Id "$WORKSPACE_ENDPOINT_ID" -Api '2024-05-01' -Query '[properties.[privateLinkServiceConnections, manualPrivateLinkServiceConnections][][].properties.privateLinkServiceConnectionState.status | [0]]' -Wants @('is:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). The connection waits for its owner. Ask for approval (Private endpoint connections on the networking page, or az network private-endpoint-connection approve), then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 47 of 100: private DNS zone privatelink.api.azureml.ms
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '47/100 private DNS zone privatelink.api.azureml.ms'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.api.azureml.ms' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 48 of 100: private DNS zone privatelink.notebooks.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '48/100 private DNS zone privatelink.notebooks.azure.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.notebooks.azure.net' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 49 of 100: private DNS zone privatelink.vaultcore.azure.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '49/100 private DNS zone privatelink.vaultcore.azure.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.vaultcore.azure.net' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 50 of 100: private DNS zone privatelink.azurecr.io
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '50/100 private DNS zone privatelink.azurecr.io'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.azurecr.io' --resource-group "$NETWORK_GROUP" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 51 of 100: private DNS zone privatelink.blob.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '51/100 private DNS zone privatelink.blob.core.windows.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.blob.core.windows.net' `
      --resource-group "$NETWORK_GROUP" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 52 of 100: private DNS zone privatelink.file.core.windows.net
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '52/100 private DNS zone privatelink.file.core.windows.net'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.file.core.windows.net" -Api '2024-06-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az network private-dns zone create --name 'privatelink.file.core.windows.net' `
      --resource-group "$NETWORK_GROUP" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 53 of 100: link of privatelink.api.azureml.ms to vnet-northwind
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '53/100 link of privatelink.api.azureml.ms to vnet-northwind'
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

# Step 54 of 100: link of privatelink.notebooks.azure.net to vnet-northwind
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '54/100 link of privatelink.notebooks.azure.net to vnet-northwind'
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

# Step 55 of 100: link of privatelink.vaultcore.azure.net to vnet-northwind
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '55/100 link of privatelink.vaultcore.azure.net to vnet-northwind'
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

# Step 56 of 100: link of privatelink.azurecr.io to vnet-northwind
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '56/100 link of privatelink.azurecr.io to vnet-northwind'
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

# Step 57 of 100: link of privatelink.blob.core.windows.net to vnet-northwind
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '57/100 link of privatelink.blob.core.windows.net to vnet-northwind'
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

# Step 58 of 100: link of privatelink.file.core.windows.net to vnet-northwind
# Why: Without the link the network keeps resolving the public addresses.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '58/100 link of privatelink.file.core.windows.net to vnet-northwind'
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

# Step 59 of 100: DNS records for blob of stnorthwind6c32
# Source: private-endpoint-dns (2023-10-11)
Write-Line '59/100 DNS records for blob of stnorthwind6c32'
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

# Step 60 of 100: DNS records for file of stnorthwind6c32
# Source: private-endpoint-dns (2023-10-11)
Write-Line '60/100 DNS records for file of stnorthwind6c32'
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

# Step 61 of 100: DNS records of kv-northwind-6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '61/100 DNS records of kv-northwind-6c32'
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

# Step 62 of 100: DNS records of crnorthwind6c32
# Source: how-to-secure-workspace-vnet (2026-02-05); private-endpoint-dns (2023-10-11)
Write-Line '62/100 DNS records of crnorthwind6c32'
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

# Step 63 of 100: DNS records of mlw-northwind
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '63/100 DNS records of mlw-northwind'
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

# Step 64 of 100: DNS records of the notebooks of mlw-northwind
# Why: The workspace has names in two zones.
# Source: how-to-configure-private-link (2025-05-22); how-to-custom-dns (2025-05-06); how-to-secure-training-vnet (2025-06-12)
Write-Line '64/100 DNS records of the notebooks of mlw-northwind'
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

# Step 65 of 100: role Reader of the workspace on the endpoint for blob
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '65/100 role Reader of the workspace on the endpoint for blob'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-blob/providers/Microsoft.Authorization/roleAssignments/46366f89-3d58-88e1-86e4-06a471c7d13d" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '46366f89-3d58-88e1-86e4-06a471c7d13d' --role 'Reader' `
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

# Step 66 of 100: role Reader of the workspace on the endpoint for file
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '66/100 role Reader of the workspace on the endpoint for file'
switch (Get-Difference -Id "${NETWORK_GROUP_ID}/providers/Microsoft.Network/privateEndpoints/pe-${NAME}-file/providers/Microsoft.Authorization/roleAssignments/7a9c76af-2431-85e5-ad57-db28c5d32b17" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '7a9c76af-2431-85e5-ad57-db28c5d32b17' --role 'Reader' `
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

# Step 67 of 100: role AzureML Data Scientist of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
# Source: how-to-assign-roles; how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '67/100 role AzureML Data Scientist of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601'
switch (Get-Difference -Id "${WORKSPACE_ID}/providers/Microsoft.Authorization/roleAssignments/a79d9486-836c-8ddb-9109-29a8993fbec9" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @('is:0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601')) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name a79d9486-836c-8ddb-9109-29a8993fbec9 --role 'AzureML Data Scientist' `
      --scope "$WORKSPACE_ID" --assignee-object-id '0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601' `
      --assignee-principal-type "$PEOPLE_KIND" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 68 of 100: role Storage Blob Data Reader of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
# Source: how-to-enable-studio-virtual-network (2025-03-04); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '68/100 role Storage Blob Data Reader of 0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601'
switch (Get-Difference -Id "${STORAGE_ID}/providers/Microsoft.Authorization/roleAssignments/4d785c4d-c31e-8f3f-a404-6c7541091953" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @('is:0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601')) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '4d785c4d-c31e-8f3f-a404-6c7541091953' --role 'Storage Blob Data Reader' `
      --scope "$STORAGE_ID" --assignee-object-id '0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601' `
      --assignee-principal-type "$PEOPLE_KIND" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 69 of 100: workspace mlw-northwind (closed to public networks)
# Why: It comes last, so that nobody is shut out before the private way is there.
# Source: how-to-configure-private-link (2025-05-22)
Write-Line '69/100 workspace mlw-northwind (closed to public networks)'
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

# Step 70 of 100: compute cluster northwind-cluster
# Why: The subnet is given by its full id, as its network is in another resource group.
# Source: how-to-secure-training-vnet (2025-06-12); az ml compute; learn.microsoft.com/python/api/azure-ai-ml azure.ai.ml.entities.AmlCompute
Write-Line '70/100 compute cluster northwind-cluster'
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

# Step 71 of 100: compute cluster northwind-cluster (0 to 8 nodes)
# Source: az ml compute; how-to-create-compute-instance (2025-08-13); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '71/100 compute cluster northwind-cluster (0 to 8 nodes)'
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

# Step 72 of 100: workspace mlw-northwind (builds images on northwind-cluster)
# Source: how-to-secure-workspace-vnet (2026-02-05); how-to-configure-private-link (2025-05-22)
Write-Line '72/100 workspace mlw-northwind (builds images on northwind-cluster)'
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

# Step 73 of 100: compute instance northwind-ci
# Why: The network of an instance is set when it is created and never after.
# Source: az ml compute; how-to-secure-training-vnet (2025-06-12); how-to-create-compute-instance (2025-08-13)
Write-Line '73/100 compute instance northwind-ci'
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

# Step 74 of 100: resource group rg-northwind-databricks
Write-Line '74/100 resource group rg-northwind-databricks'
switch (Get-Difference -Id "$DATABRICKS_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$DATABRICKS_GROUP" --location "$REGION" --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 75 of 100: network security group nsg-northwind-databricks
# Why: It is made empty. Databricks writes its rules into it, and nobody can change those.
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/harden-nsg-rule-100; public repositories that quote the rule set
Write-Line '75/100 network security group nsg-northwind-databricks'
switch (Get-Difference -Id "$DATABRICKS_NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "$DATABRICKS_NSG_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope. Delete it, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 76 of 100: subnet databricks-private (10.80.0.64/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '76/100 subnet databricks-private (10.80.0.64/26)'
switch (Get-Difference -Id "$DATABRICKS_PRIVATE_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && ''some'' || ''none'', properties.natGateway.id]' -Wants @("is:${DATABRICKS_PRIVATE_PREFIX}", 'is:Microsoft.Databricks/workspaces', "is:${DATABRICKS_NSG_ID}", 'is:some', 'is:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-net/providers/Microsoft.Network/natGateways/nat-northwind')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$DATABRICKS_PRIVATE_NAME" --vnet-name "$VNET_NAME" `
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PRIVATE_PREFIX" `
      --delegations 'Microsoft.Databricks/workspaces' --network-security-group "$DATABRICKS_NSG_ID" `
      --nat-gateway '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-net/providers/Microsoft.Network/natGateways/nat-northwind' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 77 of 100: subnet databricks-public (10.80.0.128/26)
# Source: gist.github.com BrendanThompson/456b5e10, a Terraform sample; learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; Azure/azure-cli issue 8204 (2019-01-09)
Write-Line '77/100 subnet databricks-public (10.80.0.128/26)'
switch (Get-Difference -Id "$DATABRICKS_PUBLIC_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.delegations[0].properties.serviceName, properties.networkSecurityGroup.id, properties.networkSecurityGroup.id && ''some'' || ''none'', properties.natGateway.id]' -Wants @("is:${DATABRICKS_PUBLIC_PREFIX}", 'is:Microsoft.Databricks/workspaces', "is:${DATABRICKS_NSG_ID}", 'is:some', 'is:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-net/providers/Microsoft.Network/natGateways/nat-northwind')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$DATABRICKS_PUBLIC_NAME" --vnet-name "$VNET_NAME" `
      --resource-group "$NETWORK_GROUP" --address-prefixes "$DATABRICKS_PUBLIC_PREFIX" `
      --delegations 'Microsoft.Databricks/workspaces' --network-security-group "$DATABRICKS_NSG_ID" `
      --nat-gateway '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-net/providers/Microsoft.Network/natGateways/nat-northwind' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. Answer that the subnets exist, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 78 of 100: Databricks workspace dbw-northwind
# Why: Its network is chosen here. This plan never changes it later.
# Source: how-to-secure-training-vnet (2025-06-12); learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject; blog.bismart.com azure-databricks-premium-vs-standard
Write-Line '78/100 Databricks workspace dbw-northwind'
switch (Get-Difference -Id "$DATABRICKS_WORKSPACE_ID" -Api '2024-05-01' -Query '[location, sku.name, properties.parameters.customVirtualNetworkId.value, properties.parameters.customPrivateSubnetName.value, properties.parameters.customPublicSubnetName.value, to_string(properties.parameters.enableNoPublicIp.value || `false`)]' -Wants @("is:${REGION}", 'is:premium', "is:${VNET_ID}", "is:${DATABRICKS_PRIVATE_NAME}", "is:${DATABRICKS_PUBLIC_NAME}", 'is:true')) {
  'absent' {
    Write-Line '   making it'
    az databricks workspace create --name "$DATABRICKS_NAME" --resource-group "$DATABRICKS_GROUP" `
      --location "$REGION" --sku "$DATABRICKS_TIER" --managed-resource-group "$DATABRICKS_MANAGED_GROUP" `
      --vnet "$VNET_ID" --private-subnet "$DATABRICKS_PRIVATE_NAME" --public-subnet "$DATABRICKS_PUBLIC_NAME" `
      --enable-no-public-ip "$DATABRICKS_NO_PUBLIC_IP" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). If this workspace is meant, answer that it exists; else choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 79 of 100: network security group nsg-northwind-machine
# Source: how-to-secure-training-vnet (2025-06-12)
Write-Line '79/100 network security group nsg-northwind-machine'
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

# Step 80 of 100: rule AllowAzureMLSsh, SSH from Azure Machine Learning
# Source: how-to-secure-training-vnet (2025-06-12)
Write-Line '80/100 rule AllowAzureMLSsh, SSH from Azure Machine Learning'
switch (Get-Difference -Id "${MACHINE_NSG_ID}/securityRules/AllowAzureMLSsh" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_3" -Wants @('is:310', 'is:Inbound', 'is:Allow', 'is:*', 'is:AzureMachineLearning', 'is:*', 'is:*', 'is:22')) {
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

# Step 81 of 100: subnet snet-machine (10.80.0.192/28)
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); hashicorp/terraform-provider-azurerm issue 3780
Write-Line '81/100 subnet snet-machine (10.80.0.192/28)'
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

# Step 82 of 100: public IP vm-northwind-ip
# Why: Azure Machine Learning reaches the machine by it. A Standard address lets in only what an NSG allows.
# Source: v1/how-to-train-model (2021-10-21)
Write-Line '82/100 public IP vm-northwind-ip'
switch (Get-Difference -Id "$MACHINE_ADDRESS_ID" -Api '2024-05-01' -Query "$PUBLIC_IP_QUERY" -Wants @("is:${REGION}", 'is:Standard', 'is:Static')) {
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

# Step 83 of 100: network card vm-northwind-nic
# Why: With a card that exists, az vm create makes no NSG that opens SSH to everybody.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); v1/how-to-train-model (2021-10-21)
Write-Line '83/100 network card vm-northwind-nic'
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

# Step 84 of 100: virtual machine vm-northwind
# Why: Its key comes from a file that you named. It is billed until it is stopped and deallocated.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); how-to-create-attach-compute-studio (2024-09-17)
Write-Line '84/100 virtual machine vm-northwind'
switch (Get-Difference -Id "$MACHINE_ID" -Api '2024-07-01' -Query '[location, properties.storageProfile.osDisk.osType, properties.hardwareProfile.vmSize, properties.osProfile.adminUsername, join('','', properties.networkProfile.networkInterfaces[].id || `[]`)]' -Wants @('is:westeurope', 'is:Linux', 'is:Standard_D4ds_v4', 'is:azureuser', 'has:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind/providers/Microsoft.Network/networkInterfaces/vm-northwind-nic')) {
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

# Step 85 of 100: northwind-vm, vm-northwind attached to the workspace
# Why: az sends the private key to the workspace. Nothing of it is printed.
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-studio (2024-09-17); az ml compute
Write-Line '85/100 northwind-vm, vm-northwind attached to the workspace'
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

# Step 86 of 100: network security group nsg-northwind-hdinsight
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15)
Write-Line '86/100 network security group nsg-northwind-hdinsight'
switch (Get-Difference -Id "$HDINSIGHT_NSG_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Write-Line '   making it'
    az network nsg create --name "nsg-${NAME}-hdinsight" --resource-group "$HDINSIGHT_GROUP" --location "$REGION" `
      --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope. Delete it if nothing uses it, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 87 of 100: rule AllowHDInsight, management by HDInsight
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15); how-to-secure-training-vnet (2025-06-12)
Write-Line '87/100 rule AllowHDInsight, management by HDInsight'
switch (Get-Difference -Id "${HDINSIGHT_NSG_ID}/securityRules/AllowHDInsight" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_3" -Wants @('is:300', 'is:Inbound', 'is:Allow', 'is:Tcp', 'is:HDInsight', 'is:*', 'is:VirtualNetwork', 'is:443')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowHDInsight' --nsg-name "nsg-${NAME}-hdinsight" `
      --resource-group "$HDINSIGHT_GROUP" --priority '300' --direction 'Inbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'HDInsight' --source-port-ranges '*' --destination-address-prefixes 'VirtualNetwork' `
      --destination-port-ranges '443' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowHDInsight' --nsg-name "nsg-${NAME}-hdinsight" `
      --resource-group "$HDINSIGHT_GROUP" --priority '300' --direction 'Inbound' --access 'Allow' --protocol 'Tcp' `
      --source-address-prefixes 'HDInsight' --source-port-ranges '*' --destination-address-prefixes 'VirtualNetwork' `
      --destination-port-ranges '443' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 88 of 100: rule AllowAzureMLSsh, SSH from Azure Machine Learning
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15); how-to-secure-training-vnet (2025-06-12)
Write-Line '88/100 rule AllowAzureMLSsh, SSH from Azure Machine Learning'
switch (Get-Difference -Id "${HDINSIGHT_NSG_ID}/securityRules/AllowAzureMLSsh" -Api '2024-05-01' -Query "$NSG_RULE_QUERY_3" -Wants @('is:310', 'is:Inbound', 'is:Allow', 'is:*', 'is:AzureMachineLearning', 'is:*', 'is:*', 'is:22')) {
  'absent' {
    Write-Line '   making it'
    az network nsg rule create --name 'AllowAzureMLSsh' --nsg-name "nsg-${NAME}-hdinsight" `
      --resource-group "$HDINSIGHT_GROUP" --priority '310' --direction 'Inbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'AzureMachineLearning' --source-port-ranges '*' --destination-address-prefixes '*' `
      --destination-port-ranges '22' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Write-Line "   changing it: ${difference}"
    az network nsg rule update --name 'AllowAzureMLSsh' --nsg-name "nsg-${NAME}-hdinsight" `
      --resource-group "$HDINSIGHT_GROUP" --priority '310' --direction 'Inbound' --access 'Allow' --protocol '*' `
      --source-address-prefixes 'AzureMachineLearning' --source-port-ranges '*' --destination-address-prefixes '*' `
      --destination-port-ranges '22' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 89 of 100: public IP nat-northwind-hdinsight-ip
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
Write-Line '89/100 public IP nat-northwind-hdinsight-ip'
switch (Get-Difference -Id "$HDINSIGHT_ADDRESS_ID" -Api '2024-05-01' -Query "$PUBLIC_IP_QUERY" -Wants @("is:${REGION}", 'is:Standard', 'is:Static')) {
  'absent' {
    Write-Line '   making it'
    az network public-ip create --name "nat-${NAME}-hdinsight-ip" --resource-group "$HDINSIGHT_GROUP" `
      --location "$REGION" --sku 'Standard' --allocation-method 'Static' --version 'IPv4' --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A NAT gateway needs a static Standard address in westeurope. Delete this one if nothing uses it, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 90 of 100: NAT gateway nat-northwind-hdinsight
# Why: The standard load balancers of HDInsight give nodes no way out.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
Write-Line '90/100 NAT gateway nat-northwind-hdinsight'
switch (Get-Difference -Id "$HDINSIGHT_NAT_ID" -Api '2024-05-01' -Query '[location, join('','', properties.publicIpAddresses[].id || `[]`)]' -Wants @("is:${REGION}", "has:${HDINSIGHT_ADDRESS_ID}")) {
  'absent' {
    Write-Line '   making it'
    az network nat gateway create --name "nat-${NAME}-hdinsight" --resource-group "$HDINSIGHT_GROUP" `
      --location "$REGION" --public-ip-addresses "$HDINSIGHT_ADDRESS_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope with the address nat-northwind-hdinsight-ip. Delete it, or choose another short name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 91 of 100: subnet snet-hdinsight (10.80.0.224/27)
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); hashicorp/terraform-provider-azurerm issue 3780
Write-Line '91/100 subnet snet-hdinsight (10.80.0.224/27)'
switch (Get-Difference -Id "$HDINSIGHT_SUBNET_ID" -Api '2024-05-01' -Query '[properties.addressPrefix || properties.addressPrefixes[0], properties.networkSecurityGroup.id, properties.natGateway.id, properties.delegations[0].properties.serviceName || ''none'']' -Wants @("is:${HDINSIGHT_PREFIX}", "is:${HDINSIGHT_NSG_ID}", "is:${HDINSIGHT_NAT_ID}", 'is:none')) {
  'absent' {
    Write-Line '   making it'
    az network vnet subnet create --name "$HDINSIGHT_SUBNET" --vnet-name "$VNET_NAME" `
      --resource-group "$NETWORK_GROUP" --address-prefixes "$HDINSIGHT_PREFIX" `
      --network-security-group "$HDINSIGHT_NSG_ID" --nat-gateway "$HDINSIGHT_NAT_ID" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A subnet that exists is left alone. Choose another name in hdinsight.subnet."
  }
  'same' { Write-Line '   is there already' }
}

# Step 92 of 100: storage account sthdinorthwind6c32 of the HDInsight cluster
# Why: HDInsight and az read it with its key over the public address. The container of the cluster is private.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '92/100 storage account sthdinorthwind6c32 of the HDInsight cluster'
switch (Get-Difference -Id "$HDINSIGHT_STORAGE_ID" -Api '2023-05-01' -Query '[location, properties.isHnsEnabled || ''false'', to_string(properties.allowSharedKeyAccess) != ''false'', properties.networkAcls.defaultAction]' -Wants @("is:${REGION}", 'is:false', 'is:true', 'is:Allow')) {
  'absent' {
    Write-Line '   making it'
    az storage account create --name "$HDINSIGHT_STORAGE" --resource-group "$HDINSIGHT_GROUP" --location "$REGION" `
      --sku 'Standard_LRS' --kind 'StorageV2' --enable-hierarchical-namespace false --https-only true `
      --min-tls-version 'TLS1_2' --allow-blob-public-access false --allow-shared-key-access true `
      --public-network-access 'Enabled' --default-action 'Allow' --tags 'cost-center=4711' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be a plain account in westeurope that takes keys and is open to public networks. Choose another name in hdinsight.storage."
  }
  'same' { Write-Line '   is there already' }
}

# Step 93 of 100: HDInsight cluster hdi-northwind-6c32
# Why: Both passwords come from the files that you named. It is billed until it is deleted; there is no way to stop it.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); hdinsight-service-tags (2020-03-10)
Write-Line '93/100 HDInsight cluster hdi-northwind-6c32'
switch (Get-Difference -Id "$HDINSIGHT_ID" -Api '2021-06-01' -Query '[location, properties.computeProfile.roles[0].virtualNetworkProfile.id, properties.computeProfile.roles[0].virtualNetworkProfile.subnet, properties.networkProperties.resourceProviderConnection || ''Inbound'']' -Wants @('is:westeurope', "is:${VNET_ID}", 'is:/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-northwind-net/providers/Microsoft.Network/virtualNetworks/vnet-northwind/subnets/snet-hdinsight', 'is:Inbound')) {
  'absent' {
    Write-Line '   making it'
    az hdinsight create --name "$HDINSIGHT_NAME" --resource-group "$HDINSIGHT_GROUP" --location "$REGION" `
      --type spark --version "$HDINSIGHT_VERSION" --subnet "$HDINSIGHT_SUBNET_ID" `
      --resource-provider-connection "$HDINSIGHT_CONNECTION" --workernode-count "$HDINSIGHT_WORKERS" `
      --minimal-tls-version '1.2' --storage-account "$HDINSIGHT_STORAGE_ID" --storage-container hdi-northwind-6c32 `
      --http-user admin --http-password "$HDINSIGHT_HTTP_WORD" --ssh-user "$HDINSIGHT_SSH_USER" `
      --ssh-password "$HDINSIGHT_SSH_WORD" --tags 'cost-center=4711' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). A cluster of this name exists and is another one. Network and connection cannot be changed; answer that it exists, or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

# Step 94 of 100: extension amlarc-compute on arc-northwind-edge
# Why: Besides the agents it makes an Azure Relay namespace in the group of the cluster.
# Source: how-to-deploy-kubernetes-extension (2026-01-28); az k8s-extension; AzureMLKubernetes
Write-Line '94/100 extension amlarc-compute on arc-northwind-edge'
switch (Get-Difference -Id "$ARC_EXTENSION_ID" -Api '2023-05-01' -Query '[properties.extensionType, properties.scope.cluster.releaseNamespace]' -Wants @('is:microsoft.azureml.kubernetes', 'is:azureml')) {
  'absent' {
    Write-Line '   making it'
    az k8s-extension create --name "$EXTENSION_NAME" --extension-type 'Microsoft.AzureML.Kubernetes' `
      --scope cluster --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" --resource-group "$ARC_GROUP" `
      --config 'enableTraining=True' 'enableInference=False' 'installNvidiaDevicePlugin=False' 'installVolcano=True' 'installPromOp=True' 'installDcgmExporter=False' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Another extension has this name. Choose another one (extension.name)."
  }
  'same' { Write-Line '   is there already' }
}

# Step 95 of 100: settings of amlarc-compute
# Source: AML-Kubernetes docs (2024-08-15); AzureMLKubernetes
Write-Line '95/100 settings of amlarc-compute'
switch (Get-Difference -Id "$ARC_EXTENSION_ID" -Api '2023-05-01' -Query '[properties.configurationSettings.enableTraining || ''False'', properties.configurationSettings.enableInference || ''False'', properties.configurationSettings.installNvidiaDevicePlugin || ''False'', properties.configurationSettings.installVolcano || ''True'', properties.configurationSettings.installPromOp || ''True'', properties.configurationSettings.installDcgmExporter || ''False'']' -Wants @('is:True', "is:${EXTENSION_WORDS_INFERENCE}", "is:${EXTENSION_WORDS_NVIDIA}", "is:${EXTENSION_WORDS_VOLCANO}", "is:${EXTENSION_WORDS_PROMETHEUS}", "is:${EXTENSION_WORDS_DCGM}")) {
  'absent' {
    Stop-Run 'Run the script again; an earlier step installs it.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It is installed with other settings. Look that no job runs, answer extension.may_update with yes, and run the new script; or mend the answers."
  }
  'same' { Write-Line '   is there already' }
}

# Step 96 of 100: the extension is installed
# Source: how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '96/100 the extension is installed'
$seen = "$(az k8s-extension show --name "$EXTENSION_NAME" --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" --resource-group "$ARC_GROUP" --query 'provisioningState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Succeeded') {
  Write-Line '   nothing to do'
} else {
  Write-Line '   It is not Succeeded. If it is being installed, this waits. If it has failed, this stops; read errorInfo and statuses of az k8s-extension show, and the config map arcml-healthcheck, delete the extension with az k8s-extension delete, and run the script again.'
  az resource wait --created --ids "$ARC_EXTENSION_ID" --api-version '2023-05-01' --interval '15' `
    --timeout '1800' --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 97 of 100: all pods in azureml run
# Source: how-to-deploy-kubernetes-extension (2026-01-28); diagnose-connection-issues (2023-12-15); how-to-troubleshoot-kubernetes-extension (2025-03-05)
Write-Line '97/100 all pods in azureml run'
$seen = "$(kubectl --context "$ARC_CONTEXT" get pods --namespace azureml --selector '!job-name' --field-selector 'status.phase!=Succeeded,status.phase!=Failed' --output 'go-template={{$all := `no`}}{{if .items}}{{$all = `yes`}}{{end}}{{range .items}}{{$one := `no`}}{{range .status.conditions}}{{if and (eq .type `Ready`) (eq .status `True`)}}{{$one = `yes`}}{{end}}{{end}}{{if eq $one `no`}}{{$all = `no`}}{{end}}{{end}}{{$all}}')".Trim()
Assert-Az
if ($seen -ieq 'yes') {
  Write-Line '   nothing to do'
} else {
  Write-Line '   Some do not run yet; this waits for them. If one never does, look at the config map arcml-healthcheck.'
  kubectl --context "$ARC_CONTEXT" wait pods --namespace azureml --selector '!job-name' `
    --field-selector 'status.phase!=Succeeded,status.phase!=Failed' --for 'condition=Ready' --timeout '10m' `
    --output 'go-template={{print}}'
  Assert-Az
}

# Step 98 of 100: attached cluster northwind-k8s
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); az ml compute; AzureMLKubernetes.py
Write-Line '98/100 attached cluster northwind-k8s'
switch (Get-Difference -Id "$KUBERNETES_COMPUTE_ID" -Api '2024-04-01' -Query '[properties.computeType, properties.provisioningState, properties.resourceId, properties.properties.namespace, identity.type || ''None'']' -Wants @('is:Kubernetes', 'is:Succeeded', "is:${ARC_CLUSTER_ID}", "is:${ATTACH_NAMESPACE}", 'is:SystemAssigned')) {
  'absent' {
    Write-Line '   making it'
    az ml compute attach --type 'Kubernetes' --name "$ATTACH_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --resource-id "$ARC_CLUSTER_ID" --namespace "$ATTACH_NAMESPACE" `
      --identity-type 'SystemAssigned' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). If it is Creating, wait and run the script again. Otherwise: an attached cluster cannot be changed. Take it out with az ml compute detach --name northwind-k8s --workspace-name mlw-northwind --resource-group rg-northwind --yes, which leaves the cluster alone, and run the script again; or choose another name."
  }
  'same' { Write-Line '   is there already' }
}
$KUBERNETES_COMPUTE_PRINCIPAL = az resource show --ids "$KUBERNETES_COMPUTE_ID" --api-version '2024-04-01' --query 'identity.principalId' --output tsv --subscription "$SUBSCRIPTION"
Assert-Az

# Step 99 of 100: role AcrPull of northwind-k8s on the registry
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); AML-Kubernetes docs (2024-08-15); how-to-identity-based-service-authentication (2025-06-10)
Write-Line '99/100 role AcrPull of northwind-k8s on the registry'
switch (Get-Difference -Id "$COMPUTE_PULL_ID" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${KUBERNETES_COMPUTE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '80d55cf3-59ae-80fb-9ef3-e39749a6b0f1' --role 'AcrPull' `
      --scope "$REGISTRY_ID" --assignee-object-id "$KUBERNETES_COMPUTE_PRINCIPAL" `
      --assignee-principal-type 'ServicePrincipal' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 100 of 100: role Storage Blob Data Reader of northwind-k8s on the storage account
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); AML-Kubernetes docs (2024-08-15); how-to-identity-based-service-authentication (2025-06-10)
Write-Line '100/100 role Storage Blob Data Reader of northwind-k8s on the storage account'
switch (Get-Difference -Id "$COMPUTE_DATA_ID" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${KUBERNETES_COMPUTE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '3ec5a35f-5ca1-897c-8860-8aa2022d0b2d' --role "$ATTACH_DATA_ROLE" `
      --scope "$STORAGE_ID" --assignee-object-id "$KUBERNETES_COMPUTE_PRINCIPAL" `
      --assignee-principal-type 'ServicePrincipal' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

Write-Line 'Done.'
