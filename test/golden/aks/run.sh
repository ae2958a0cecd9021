#!/usr/bin/env bash
# fabrikam-aks: training of the workspace mlw-fabrikam
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.70.0 or newer, with ml, k8s-extension, connectedk8s (az extension add --name ml, and so on), kubectl, and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d
WORKSPACE_GROUP=rg-fabrikam-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
WORKSPACE_NAME=mlw-fabrikam
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
REGION=francecentral
ARC_GROUP=rg-fabrikam-aks
ARC_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${ARC_GROUP}"
ARC_NAME=aks-fabrikam
AKS_CLUSTER_ID="${ARC_GROUP_ID}/providers/Microsoft.ContainerService/managedClusters/${ARC_NAME}"
ARC_REGION=francecentral
ARC_CLUSTER_ID=/subscriptions/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d/resourceGroups/rg-fabrikam-aks/providers/Microsoft.ContainerService/managedClusters/aks-fabrikam
EXTENSION_NAME=amlarc-compute
ARC_EXTENSION_ID="${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}"
ARC_AZ_TYPE=managedClusters
EXTENSION_WORDS_INFERENCE=False
EXTENSION_WORDS_NVIDIA=False
EXTENSION_WORDS_VOLCANO=True
EXTENSION_WORDS_PROMETHEUS=True
EXTENSION_WORDS_DCGM=False
ARC_CONTEXT=aks-fabrikam
ATTACH_NAMESPACE=team-vision
ATTACH_NAME=fabrikamaks-k8s
KUBERNETES_COMPUTE_ID="${WORKSPACE_ID}/computes/${ATTACH_NAME}"

# Every az call is quiet unless it fails; the look-up below asks for its own output.
export AZURE_CORE_OUTPUT=none
export AZURE_CORE_ONLY_SHOW_ERRORS=true
# Git Bash on Windows would turn ids, which start with a slash, into paths of its own.
export MSYS_NO_PATHCONV=1

# Files that the commands read lie beside this one.
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

messages=$(mktemp)
trap 'rm -f "$messages"' EXIT

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "   ✖ $*"
  exit 1
}
lower() { printf '%s' "$1" | tr -d '\r' | LC_ALL=C tr '[:upper:]' '[:lower:]'; }

# look ID API QUERY WANT...: sets found to absent, same or different; a WANT is is:VALUE or has:VALUE, one for each line that QUERY prints.
look() {
  local id=$1 api=$2 query=$3 want have code=0
  shift 3
  found=same
  difference=''
  seen=$(az resource show --ids "$id" --api-version "$api" --query "$query" --output tsv --subscription "$SUBSCRIPTION" 2>"$messages") || code=$?
  if [ "$code" -eq 3 ]; then
    found=absent
    return 0
  elif [ "$code" -ne 0 ]; then
    cat "$messages" >&2
    stop "az could not look up $id (exit code $code)."
  fi
  while [ "$#" -gt 0 ]; do
    IFS= read -r have || have=''
    want=$(lower "${1#*:}")
    have=$(lower "$have")
    case $1 in
      is:*) [ "$have" = "$want" ] || difference="$difference; wanted $want, found $have" ;;
      has:*) case ",$have," in *",$want,"*) ;; *) difference="$difference; wanted $want among $have" ;; esac ;;
    esac
    shift
  done <<<"$seen"
  if [ -n "$difference" ]; then
    found=different
    difference=${difference#; }
  fi
}

# Step 1 of 11: resource group rg-fabrikam-ml
say '1/11 resource group rg-fabrikam-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 11: workspace mlw-fabrikam
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '2/11 workspace mlw-fabrikam'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in francecentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 11: resource group rg-fabrikam-aks
say '3/11 resource group rg-fabrikam-aks'
look "$ARC_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer arc.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 4 of 11: AKS cluster aks-fabrikam
# Source: how-to-deploy-kubernetes-extension (2026-01-28); AML-Kubernetes docs (2024-08-15)
say '4/11 AKS cluster aks-fabrikam'
look "$AKS_CLUSTER_ID" 2024-05-01 '[location, (identity.type || '\''None'\'') != '\''None'\'', properties.disableLocalAccounts || `false`]' "is:${ARC_REGION}" is:true is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in francecentral, with a managed identity and local accounts. Mend the cluster, or the answers arc.name, arc.group and arc.region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral, with a managed identity and local accounts. Mend the cluster, or the answers arc.name, arc.group and arc.region."
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 11: resource provider Microsoft.KubernetesConfiguration
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
say '5/11 resource provider Microsoft.KubernetesConfiguration'
seen=$(az provider show --namespace Microsoft.KubernetesConfiguration --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.KubernetesConfiguration --wait --subscription "$SUBSCRIPTION"
fi

# Step 6 of 11: extension amlarc-compute on aks-fabrikam
# Why: It puts the agents on the cluster and makes nothing else in Azure.
# Source: how-to-deploy-kubernetes-extension (2026-01-28); az k8s-extension; AzureMLKubernetes
say '6/11 extension amlarc-compute on aks-fabrikam'
look "$ARC_EXTENSION_ID" 2023-05-01 '[properties.extensionType, properties.scope.cluster.releaseNamespace]' is:microsoft.azureml.kubernetes is:azureml
case $found in
  absent)
    say '   making it'
    az k8s-extension create --name "$EXTENSION_NAME" --extension-type Microsoft.AzureML.Kubernetes --scope cluster \
      --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" --resource-group "$ARC_GROUP" \
      --config enableTraining=True enableInference=False installNvidiaDevicePlugin=False installVolcano=True installPromOp=True installDcgmExporter=False \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Another extension has this name. Choose another one (extension.name)."
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 11: settings of amlarc-compute
# Source: AML-Kubernetes docs (2024-08-15); AzureMLKubernetes
say '7/11 settings of amlarc-compute'
look "$ARC_EXTENSION_ID" 2023-05-01 '[properties.configurationSettings.enableTraining || '\''False'\'', properties.configurationSettings.enableInference || '\''False'\'', properties.configurationSettings.installNvidiaDevicePlugin || '\''False'\'', properties.configurationSettings.installVolcano || '\''True'\'', properties.configurationSettings.installPromOp || '\''True'\'', properties.configurationSettings.installDcgmExporter || '\''False'\'']' is:True "is:${EXTENSION_WORDS_INFERENCE}" "is:${EXTENSION_WORDS_NVIDIA}" "is:${EXTENSION_WORDS_VOLCANO}" "is:${EXTENSION_WORDS_PROMETHEUS}" "is:${EXTENSION_WORDS_DCGM}"
case $found in
  absent)
    stop 'Run the script again; an earlier step installs it.'
    ;;
  different)
    stop "It differs (${difference}). It is installed with other settings. Look that no job runs, answer extension.may_update with yes, and run the new script; or mend the answers."
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 11: the extension is installed
# Source: how-to-deploy-kubernetes-extension (2026-01-28)
say '8/11 the extension is installed'
seen=$(az k8s-extension show --name "$EXTENSION_NAME" --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" \
  --resource-group "$ARC_GROUP" --query provisioningState --output tsv --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = succeeded ]; then
  say '   nothing to do'
else
  say '   It is not Succeeded. If it is being installed, this waits. If it has failed, this stops; read errorInfo and statuses of az k8s-extension show, and the config map arcml-healthcheck, delete the extension with az k8s-extension delete, and run the script again.'
  az resource wait --created --ids "$ARC_EXTENSION_ID" --api-version 2023-05-01 --interval 15 --timeout 1800 \
    --subscription "$SUBSCRIPTION"
fi

# Step 9 of 11: all pods in azureml run
# Source: how-to-deploy-kubernetes-extension (2026-01-28); diagnose-connection-issues (2023-12-15); how-to-troubleshoot-kubernetes-extension (2025-03-05)
say '9/11 all pods in azureml run'
seen=$(kubectl --context "$ARC_CONTEXT" get pods --namespace azureml --selector '!job-name' \
  --field-selector 'status.phase!=Succeeded,status.phase!=Failed' \
  --output 'go-template={{$all := `no`}}{{if .items}}{{$all = `yes`}}{{end}}{{range .items}}{{$one := `no`}}{{range .status.conditions}}{{if and (eq .type `Ready`) (eq .status `True`)}}{{$one = `yes`}}{{end}}{{end}}{{if eq $one `no`}}{{$all = `no`}}{{end}}{{end}}{{$all}}')
if [ "$(lower "$seen")" = yes ]; then
  say '   nothing to do'
else
  say '   Some do not run yet; this waits for them. If one never does, look at the config map arcml-healthcheck.'
  kubectl --context "$ARC_CONTEXT" wait pods --namespace azureml --selector '!job-name' \
    --field-selector 'status.phase!=Succeeded,status.phase!=Failed' --for condition=Ready --timeout 10m \
    --output 'go-template={{print}}'
fi

# Step 10 of 11: namespace team-vision in the cluster
# Why: Azure does not look whether it exists, and jobs would fail without it.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); kubernetes_compute.py
say '10/11 namespace team-vision in the cluster'
seen=$(kubectl --context "$ARC_CONTEXT" get namespace "$ATTACH_NAMESPACE" --ignore-not-found \
  --output 'go-template={{.kind}}')
if [ "$(lower "$seen")" = namespace ]; then
  say '   nothing to do'
else
  kubectl --context "$ARC_CONTEXT" create namespace "$ATTACH_NAMESPACE" --output 'go-template={{print}}'
fi

# Step 11 of 11: attached cluster fabrikamaks-k8s
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); az ml compute; AzureMLKubernetes.py
say '11/11 attached cluster fabrikamaks-k8s'
look "$KUBERNETES_COMPUTE_ID" 2024-04-01 '[properties.computeType, properties.provisioningState, properties.resourceId, properties.properties.namespace, identity.type || '\''None'\'']' is:Kubernetes is:Succeeded "is:${ARC_CLUSTER_ID}" "is:${ATTACH_NAMESPACE}" is:SystemAssigned
case $found in
  absent)
    say '   making it'
    az ml compute attach --type Kubernetes --name "$ATTACH_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --resource-id "$ARC_CLUSTER_ID" --namespace "$ATTACH_NAMESPACE" \
      --identity-type SystemAssigned --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). If it is Creating, wait and run the script again. Otherwise: an attached cluster cannot be changed. Take it out with az ml compute detach --name fabrikamaks-k8s --workspace-name mlw-fabrikam --resource-group rg-fabrikam-ml --yes, which leaves the cluster alone, and run the script again; or choose another name."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
