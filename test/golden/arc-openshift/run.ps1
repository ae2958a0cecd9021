#!/usr/bin/env pwsh
#Requires -Version 7.2
# proseware-ocp: training of the workspace mlw-proseware
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.70.0 or newer, with ml, k8s-extension, connectedk8s (az extension add --name ml, and so on), kubectl, and a sign-in (az login).

$SUBSCRIPTION = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7'
$WORKSPACE_GROUP = 'rg-proseware-ml'
$WORKSPACE_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
$WORKSPACE_NAME = 'mlw-proseware'
$WORKSPACE_ID = "${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
$REGION = 'westeurope'
$ARC_GROUP = 'rg-proseware-arc'
$ARC_GROUP_ID = "/subscriptions/${SUBSCRIPTION}/resourceGroups/${ARC_GROUP}"
$ARC_REGION = 'westeurope'
$ARC_NAME = 'arc-proseware-ocp'
$ARC_CONNECTED_ID = "${ARC_GROUP_ID}/providers/Microsoft.Kubernetes/connectedClusters/${ARC_NAME}"
$ARC_CONTEXT = 'proseware-ocp-admin'
$ARC_DISTRIBUTION = 'openshift'
$ARC_PROXY_HTTPS = 'http://proxy.proseware.example:3128'
$ARC_PROXY_HTTP = 'http://proxy.proseware.example:3128'
$ARC_SKIPPED = '172.30.0.0/16,kubernetes.default.svc,.svc.cluster.local,.svc,127.0.0.1,localhost'
$ARC_PROXY_CERT = '/etc/ssl/proseware-proxy.pem'
$ARC_CLUSTER_ID = '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-proseware-arc/providers/Microsoft.Kubernetes/connectedClusters/arc-proseware-ocp'
$EXTENSION_NAME = 'amlarc-compute'
$ARC_EXTENSION_ID = "${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}"
$ARC_AZ_TYPE = 'connectedClusters'
$EXTENSION_WORDS_INFERENCE = 'False'
$EXTENSION_WORDS_NVIDIA = 'False'
$EXTENSION_WORDS_VOLCANO = 'True'
$EXTENSION_WORDS_PROMETHEUS = 'False'
$EXTENSION_WORDS_DCGM = 'False'
$ATTACH_NAMESPACE = 'team-proseware'
$ATTACH_NAME = 'prosewareocp-k8s'
$KUBERNETES_COMPUTE_ID = "${WORKSPACE_ID}/computes/${ATTACH_NAME}"

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

# Step 1 of 15: resource group rg-proseware-ml
Write-Line '1/15 resource group rg-proseware-ml'
switch (Get-Difference -Id "$WORKSPACE_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Stop-Run 'It does not exist. Mend the answer workspace.group or subscription.'
  }
  'same' { Write-Line '   is there already' }
}

# Step 2 of 15: workspace mlw-proseware
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
Write-Line '2/15 workspace mlw-proseware'
switch (Get-Difference -Id "$WORKSPACE_ID" -Api '2024-04-01' -Query '[location, properties.managedNetwork.isolationMode || ''Disabled'', properties.v1LegacyMode || ''false'']' -Wants @("is:${REGION}", 'is:Disabled', 'is:false')) {
  'absent' {
    Stop-Run 'It does not exist. It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
  }
  'same' { Write-Line '   is there already' }
}

# Step 3 of 15: resource provider Microsoft.KubernetesConfiguration
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '3/15 resource provider Microsoft.KubernetesConfiguration'
$seen = "$(az provider show --namespace 'Microsoft.KubernetesConfiguration' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.KubernetesConfiguration' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 4 of 15: resource provider Microsoft.Kubernetes
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '4/15 resource provider Microsoft.Kubernetes'
$seen = "$(az provider show --namespace 'Microsoft.Kubernetes' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Kubernetes' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 5 of 15: resource provider Microsoft.ExtendedLocation
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '5/15 resource provider Microsoft.ExtendedLocation'
$seen = "$(az provider show --namespace 'Microsoft.ExtendedLocation' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.ExtendedLocation' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 6 of 15: resource provider Microsoft.Relay
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '6/15 resource provider Microsoft.Relay'
$seen = "$(az provider show --namespace 'Microsoft.Relay' --query 'registrationState' --output tsv --subscription "$SUBSCRIPTION")".Trim()
Assert-Az
if ($seen -ieq 'Registered') {
  Write-Line '   nothing to do'
} else {
  az provider register --namespace 'Microsoft.Relay' --wait --subscription "$SUBSCRIPTION"
  Assert-Az
}

# Step 7 of 15: resource group rg-proseware-arc
Write-Line '7/15 resource group rg-proseware-arc'
switch (Get-Difference -Id "$ARC_GROUP_ID" -Api '2021-04-01' -Query 'id' -Wants @()) {
  'absent' {
    Write-Line '   making it'
    az group create --name "$ARC_GROUP" --location "$ARC_REGION" --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'same' { Write-Line '   is there already' }
}

# Step 8 of 15: cluster arc-proseware-ocp of Azure Arc
# Why: It works from this computer, in the context proseware-ocp-admin of kubectl, and installs agents in the namespace azure-arc.
# Source: how-to-deploy-kubernetes-extension (2026-01-28); quickstart-connect-cluster (2023-06-27); AML-Kubernetes docs (2024-08-15)
Write-Line '8/15 cluster arc-proseware-ocp of Azure Arc'
switch (Get-Difference -Id "$ARC_CONNECTED_ID" -Api '2024-01-01' -Query '[location, properties.connectivityStatus]' -Wants @("is:${ARC_REGION}", 'is:Connected')) {
  'absent' {
    Write-Line '   making it'
    az connectedk8s connect --name "$ARC_NAME" --resource-group "$ARC_GROUP" --location "$ARC_REGION" `
      --kube-context "$ARC_CONTEXT" --distribution "$ARC_DISTRIBUTION" --proxy-https "$ARC_PROXY_HTTPS" `
      --proxy-http "$ARC_PROXY_HTTP" --proxy-skip-range "$ARC_SKIPPED" --proxy-cert "$ARC_PROXY_CERT" `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). It has to be in westeurope and report to Azure Arc. Start with kubectl --context proseware-ocp-admin get pods --namespace azure-arc; mend the answers arc.name, arc.group and arc.region if they are wrong."
  }
  'same' { Write-Line '   is there already' }
}

# Step 9 of 15: context proseware-ocp-admin is arc-proseware-ocp
# Why: If it prints anything but true, this context is another cluster. The second command does nothing but fail, so that the script stops.
# Source: diagnose-connection-issues (2023-12-15)
Write-Line '9/15 context proseware-ocp-admin is arc-proseware-ocp'
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

# Step 10 of 15: extension amlarc-compute on arc-proseware-ocp
# Why: Besides the agents it makes an Azure Relay namespace in the group of the cluster.
# Source: how-to-deploy-kubernetes-extension (2026-01-28); az k8s-extension; AzureMLKubernetes
Write-Line '10/15 extension amlarc-compute on arc-proseware-ocp'
switch (Get-Difference -Id "$ARC_EXTENSION_ID" -Api '2023-05-01' -Query '[properties.extensionType, properties.scope.cluster.releaseNamespace]' -Wants @('is:microsoft.azureml.kubernetes', 'is:azureml')) {
  'absent' {
    Write-Line '   making it'
    az k8s-extension create --name "$EXTENSION_NAME" --extension-type 'Microsoft.AzureML.Kubernetes' `
      --scope cluster --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" --resource-group "$ARC_GROUP" `
      --config 'enableTraining=True' 'enableInference=False' 'installNvidiaDevicePlugin=False' 'installVolcano=True' 'installPromOp=False' 'installDcgmExporter=False' `
      --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). Another extension has this name. Choose another one (extension.name)."
  }
  'same' { Write-Line '   is there already' }
}

# Step 11 of 15: settings of amlarc-compute
# Source: AML-Kubernetes docs (2024-08-15); AzureMLKubernetes
Write-Line '11/15 settings of amlarc-compute'
switch (Get-Difference -Id "$ARC_EXTENSION_ID" -Api '2023-05-01' -Query '[properties.configurationSettings.enableTraining || ''False'', properties.configurationSettings.enableInference || ''False'', properties.configurationSettings.installNvidiaDevicePlugin || ''False'', properties.configurationSettings.installVolcano || ''True'', properties.configurationSettings.installPromOp || ''True'', properties.configurationSettings.installDcgmExporter || ''False'']' -Wants @('is:True', "is:${EXTENSION_WORDS_INFERENCE}", "is:${EXTENSION_WORDS_NVIDIA}", "is:${EXTENSION_WORDS_VOLCANO}", "is:${EXTENSION_WORDS_PROMETHEUS}", "is:${EXTENSION_WORDS_DCGM}")) {
  'absent' {
    Stop-Run 'Run the script again; an earlier step installs it.'
  }
  'different' {
    Stop-Run "It differs (${difference}). It is installed with other settings. Look that no job runs, answer extension.may_update with yes, and run the new script; or mend the answers."
  }
  'same' { Write-Line '   is there already' }
}

# Step 12 of 15: the extension is installed
# Source: how-to-deploy-kubernetes-extension (2026-01-28)
Write-Line '12/15 the extension is installed'
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

# Step 13 of 15: all pods in azureml run
# Source: how-to-deploy-kubernetes-extension (2026-01-28); diagnose-connection-issues (2023-12-15); how-to-troubleshoot-kubernetes-extension (2025-03-05)
Write-Line '13/15 all pods in azureml run'
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

# Step 14 of 15: namespace team-proseware in the cluster
# Why: Azure does not look whether it exists, and jobs would fail without it.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); kubernetes_compute.py
Write-Line '14/15 namespace team-proseware in the cluster'
$seen = "$(kubectl --context "$ARC_CONTEXT" get namespace "$ATTACH_NAMESPACE" --ignore-not-found --output 'go-template={{.kind}}')".Trim()
Assert-Az
if ($seen -ieq 'Namespace') {
  Write-Line '   nothing to do'
} else {
  kubectl --context "$ARC_CONTEXT" create namespace "$ATTACH_NAMESPACE" --output 'go-template={{print}}'
  Assert-Az
}

# Step 15 of 15: attached cluster prosewareocp-k8s
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); az ml compute; AzureMLKubernetes.py
Write-Line '15/15 attached cluster prosewareocp-k8s'
switch (Get-Difference -Id "$KUBERNETES_COMPUTE_ID" -Api '2024-04-01' -Query '[properties.computeType, properties.provisioningState, properties.resourceId, properties.properties.namespace, identity.type || ''None'']' -Wants @('is:Kubernetes', 'is:Succeeded', "is:${ARC_CLUSTER_ID}", "is:${ATTACH_NAMESPACE}", 'is:SystemAssigned')) {
  'absent' {
    Write-Line '   making it'
    az ml compute attach --type 'Kubernetes' --name "$ATTACH_NAME" --workspace-name "$WORKSPACE_NAME" `
      --resource-group "$WORKSPACE_GROUP" --resource-id "$ARC_CLUSTER_ID" --namespace "$ATTACH_NAMESPACE" `
      --identity-type 'SystemAssigned' --subscription "$SUBSCRIPTION"
    Assert-Az
  }
  'different' {
    Stop-Run "It differs (${difference}). If it is Creating, wait and run the script again. Otherwise: an attached cluster cannot be changed. Take it out with az ml compute detach --name prosewareocp-k8s --workspace-name mlw-proseware --resource-group rg-proseware-ml --yes, which leaves the cluster alone, and run the script again; or choose another name."
  }
  'same' { Write-Line '   is there already' }
}

Write-Line 'Done.'
