#!/usr/bin/env pwsh
#Requires -Version 7.2
# wingtip-aks: training of the workspace mlw-wingtip in the virtual network vnet-wingtip
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.70.0 or newer, with ml, k8s-extension, connectedk8s (az extension add --name ml, and so on), kubectl, and a sign-in (az login).

$SUBSCRIPTION = 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d'
$WORKSPACE_GROUP = 'rg-wingtip-ml'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$WORKSPACE_NAME = 'mlw-wingtip'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$REGION = 'francecentral'
$NETWORK_GROUP = 'rg-wingtip-net'
$NETWORK_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
$VNET_NAME = 'vnet-wingtip'
$VNET_ID = "${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
$ARC_GROUP = 'rg-wingtip-aks'
$ARC_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${ARC_GROUP}"
$ARC_NAME = 'aks-wingtip'
$AKS_CLUSTER_ID = "${ARC_GROUP_ID}/providers/Microsoft.ContainerService/managedClusters/${ARC_NAME}"
$ARC_REGION = 'francecentral'
$ARC_CLUSTER_ID = '/subscriptions/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d/resourceGroups/rg-wingtip-aks/providers/Microsoft.ContainerService/managedClusters/aks-wingtip'
$EXTENSION_NAME = 'amlarc-compute'
$ARC_EXTENSION_ID = "${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}"
$ARC_AZ_TYPE = 'managedClusters'
$EXTENSION_WORDS_INFERENCE = 'True'
$EXTENSION_WORDS_NVIDIA = 'False'
$EXTENSION_WORDS_VOLCANO = 'False'
$EXTENSION_WORDS_PROMETHEUS = 'False'
$EXTENSION_WORDS_DCGM = 'False'
$ARC_CONTEXT = 'aks-wingtip'
$ATTACH_WORKSPACE_PRINCIPAL = '0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601'
$ATTACH_NAME = 'wingtipaks-k8s'
$KUBERNETES_COMPUTE_ID = "${WORKSPACE_ID}/computes/${ATTACH_NAME}"
$ATTACH_NAMESPACE = 'default'

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

# Step 1 of 16: resource group rg-wingtip-ml
Write-Line '1/16 resource group rg-wingtip-ml'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 16: workspace mlw-wingtip
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '2/16 workspace mlw-wingtip'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'', join('','', properties.privateEndpointConnections[].properties.privateLinkServiceConnectionState.status || `[]`)]' -Wants @("is:${REGION}", 'is:Disabled', 'is:false', 'has:Approved')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in francecentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in francecentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 16: resource group rg-wingtip-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
Write-Line '3/16 resource group rg-wingtip-net'
switch (Get-Difference -Id "$NETWORK_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer network.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 4 of 16: virtual network vnet-wingtip (10.88.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
Write-Line '4/16 virtual network vnet-wingtip (10.88.0.0/20)'
switch (Get-Difference -Id "$VNET_ID" -Api '2024-05-01' -Query '[location]' -Wants @("is:${REGION}")) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in francecentral. Mend the answers names.vnet, network.group or region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in francecentral. Mend the answers names.vnet, network.group or region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 5 of 16: resource group rg-wingtip-aks
Write-Line '5/16 resource group rg-wingtip-aks'
switch (Get-Difference -Id "$ARC_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer arc.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 6 of 16: AKS cluster aks-wingtip
# Source: how-to-deploy-kubernetes-extension (2026-01-28); AML-Kubernetes docs (2024-08-15)
Write-Line '6/16 AKS cluster aks-wingtip'
switch (Get-Difference -Id "$AKS_CLUSTER_ID" -Api '2024-05-01' -Query '[location, (identity.type || ''None'') != ''None'']' -Wants @("is:${ARC_REGION}", 'is:true')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in francecentral, with a managed identity. Mend the cluster, or the answers arc.name, arc.group and arc.region.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in francecentral, with a managed identity. Mend the cluster, or the answers arc.name, arc.group and arc.region."
  }
  'same' { Write-Line '   is there already' }
}

# Step 7 of 16: resource provider Microsoft.KubernetesConfiguration
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '7/16 resource provider Microsoft.KubernetesConfiguration'
$seen = "$(az provider show --namespace 'Microsoft.KubernetesConfiguration' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.KubernetesConfiguration' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 8 of 16: extension amlarc-compute on aks-wingtip
# Why: It puts the agents on the cluster and makes nothing else in Azure.
# Source: how-to-deploy-kubernetes-extension (2026-01-28); az k8s-extension; AzureMLKubernetes
Write-Line '8/16 extension amlarc-compute on aks-wingtip'
switch (Get-Difference -Id "$ARC_EXTENSION_ID" -Api '2023-05-01' -Query '[properties.extensionType, properties.scope.cluster.releaseNamespace]' -Wants @('is:microsoft.azureml.kubernetes', 'is:azureml')) {
  'absent' {
    Write-Line '   making it'
    az k8s-extension create --name "$EXTENSION_NAME" --extension-type 'Microsoft.AzureML.Kubernetes' `
      --scope cluster --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" --resource-group "$ARC_GROUP" `
      --config 'enableTraining=True' 'enableInference=True' 'installNvidiaDevicePlugin=False' 'installVolcano=False' 'installPromOp=False' 'installDcgmExporter=False' 'inferenceRouterServiceType=loadBalancer' 'inferenceRouterHA=True' 'allowInsecureConnections=False' 'internalLoadBalancerProvider=azure' 'sslCname=ml.wingtip.example' 'sslSecret=wingtip-tls' 'nodeSelector.pool=training' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Another extension has this name. Choose another one (extension.name)."
  }
  'same' { Write-Line '   is there already' }
}

# Step 9 of 16: settings of amlarc-compute
# Source: AML-Kubernetes docs (2024-08-15); AzureMLKubernetes
Write-Line '9/16 settings of amlarc-compute'
switch (Get-Difference -Id "$ARC_EXTENSION_ID" -Api '2023-05-01' -Query '[properties.configurationSettings.enableTraining || ''False'', properties.configurationSettings.enableInference || ''False'', properties.configurationSettings.installNvidiaDevicePlugin || ''False'', properties.configurationSettings.installVolcano || ''True'', properties.configurationSettings.installPromOp || ''True'', properties.configurationSettings.installDcgmExporter || ''False'']' -Wants @('is:True', "is:${EXTENSION_WORDS_INFERENCE}", "is:${EXTENSION_WORDS_NVIDIA}", "is:${EXTENSION_WORDS_VOLCANO}", "is:${EXTENSION_WORDS_PROMETHEUS}", "is:${EXTENSION_WORDS_DCGM}")) {
  'absent' {
    Stop-Run 'Run the script again; an earlier step installs it.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It is installed with other settings. Look that no job runs, answer extension.may_update with yes, and run the new script; or mend the answers."
  }
  'same' { Write-Line '   is there already' }
}

# Step 10 of 16: node selector pool of amlarc-compute
# Source: how-to-deploy-kubernetes-extension (2026-01-28); AzureMLKubernetes; AML-Kubernetes docs (2024-08-15)
Write-Line '10/16 node selector pool of amlarc-compute'
switch (Get-Difference -Id "${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}" -Api '2023-05-01' -Query '[properties.configurationSettings."nodeSelector.pool"]' -Wants @('is:training')) {
  'absent' {
    Stop-Run 'It does not exist. It is installed without this selector. When no job runs, set it by az k8s-extension update; it can never be taken away again.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It is installed without this selector. When no job runs, set it by az k8s-extension update; it can never be taken away again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 16: the extension is installed
# Source: how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '11/16 the extension is installed'
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

# Step 12 of 16: all pods in azureml run
# Source: how-to-deploy-kubernetes-extension (2026-01-28); diagnose-connection-issues (2023-12-15); how-to-troubleshoot-kubernetes-extension (2025-03-05)
Write-Line '12/16 all pods in azureml run'
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

# Step 13 of 16: role Reader of the workspace on aks-wingtip
# Why: A user-assigned identity needs it before the cluster is attached.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '13/16 role Reader of the workspace on aks-wingtip'
switch (Get-Difference -Id "${ARC_CLUSTER_ID}/providers/Microsoft.Authorization/roleAssignments/b101f672-5064-8ba7-9236-aa6caae592bd" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${ATTACH_WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name b101f672-5064-8ba7-9236-aa6caae592bd --role 'Reader' `
      --scope "$ARC_CLUSTER_ID" --assignee-object-id "$ATTACH_WORKSPACE_PRINCIPAL" `
      --assignee-principal-type 'ServicePrincipal' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 14 of 16: role Kubernetes Extension Contributor of the workspace on aks-wingtip
# Why: A user-assigned identity needs it before the cluster is attached.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '14/16 role Kubernetes Extension Contributor of the workspace on aks-wingtip'
switch (Get-Difference -Id "${ARC_CLUSTER_ID}/providers/Microsoft.Authorization/roleAssignments/75dd298c-39ab-8585-bb89-d4a5cad0b8e9" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${ATTACH_WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '75dd298c-39ab-8585-bb89-d4a5cad0b8e9' `
      --role 'Kubernetes Extension Contributor' --scope "$ARC_CLUSTER_ID" `
      --assignee-object-id "$ATTACH_WORKSPACE_PRINCIPAL" --assignee-principal-type 'ServicePrincipal' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 15 of 16: role Azure Kubernetes Service Cluster Admin Role of the workspace on aks-wingtip
# Why: A user-assigned identity needs it before the cluster is attached.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
Write-Line '15/16 role Azure Kubernetes Service Cluster Admin Role of the workspace on aks-wingtip'
switch (Get-Difference -Id "${ARC_CLUSTER_ID}/providers/Microsoft.Authorization/roleAssignments/32b6e310-7727-8d6a-848a-72005307fead" -Api '2022-04-01' -Query '[properties.principalId]' -Wants @("is:${ATTACH_WORKSPACE_PRINCIPAL}")) {
  'absent' {
    Write-Line '   making it'
    az role assignment create --name '32b6e310-7727-8d6a-848a-72005307fead' `
      --role 'Azure Kubernetes Service Cluster Admin Role' --scope "$ARC_CLUSTER_ID" `
      --assignee-object-id "$ATTACH_WORKSPACE_PRINCIPAL" --assignee-principal-type 'ServicePrincipal' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
  }
  'same' { Write-Line '   is there already' }
}

# Step 16 of 16: attached cluster wingtipaks-k8s
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); az ml compute; AzureMLKubernetes.py
Write-Line '16/16 attached cluster wingtipaks-k8s'
switch (Get-Difference -Id "$KUBERNETES_COMPUTE_ID" -Api '2024-04-01' -Query '[properties.computeType, properties.provisioningState, properties.resourceId, properties.properties.namespace, identity.type || ''None'']' -Wants @('is:Kubernetes', 'is:Succeeded', "is:${ARC_CLUSTER_ID}", "is:${ATTACH_NAMESPACE}", 'is:SystemAssigned')) {
  'absent' {
    Write-Line '   making it'
    az ml compute attach --type 'Kubernetes' --name "$ATTACH_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --resource-id "$ARC_CLUSTER_ID" --namespace "$ATTACH_NAMESPACE" `
      --identity-type 'SystemAssigned' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). If it is Creating, wait and run the script again. Otherwise: an attached cluster cannot be changed. Take it out with az ml compute detach --name wingtipaks-k8s --workspace-name mlw-wingtip --resource-group rg-wingtip-ml --yes, which leaves the cluster alone, and run the script again; or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

Write-Line 'Done.'
