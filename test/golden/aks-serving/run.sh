#!/usr/bin/env bash
# wingtip-aks: training of the workspace mlw-wingtip in the virtual network vnet-wingtip
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.70.0 or newer, with ml, k8s-extension, connectedk8s (az extension add --name ml, and so on), kubectl, and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d
WORKSPACE_GROUP=rg-wingtip-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
WORKSPACE_NAME=mlw-wingtip
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
REGION=francecentral
NETWORK_GROUP=rg-wingtip-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-wingtip
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
ARC_GROUP=rg-wingtip-aks
ARC_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${ARC_GROUP}"
ARC_NAME=aks-wingtip
AKS_CLUSTER_ID="${ARC_GROUP_ID}/providers/Microsoft.ContainerService/managedClusters/${ARC_NAME}"
ARC_REGION=francecentral
ARC_CLUSTER_ID=/subscriptions/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d/resourceGroups/rg-wingtip-aks/providers/Microsoft.ContainerService/managedClusters/aks-wingtip
EXTENSION_NAME=amlarc-compute
ARC_EXTENSION_ID="${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}"
ARC_AZ_TYPE=managedClusters
EXTENSION_WORDS_INFERENCE=True
EXTENSION_WORDS_NVIDIA=False
EXTENSION_WORDS_VOLCANO=False
EXTENSION_WORDS_PROMETHEUS=False
EXTENSION_WORDS_DCGM=False
ARC_CONTEXT=aks-wingtip
ATTACH_WORKSPACE_PRINCIPAL=0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601
ATTACH_NAME=wingtipaks-k8s
KUBERNETES_COMPUTE_ID="${WORKSPACE_ID}/computes/${ATTACH_NAME}"
ATTACH_NAMESPACE=default

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

# Step 1 of 16: resource group rg-wingtip-ml
say '1/16 resource group rg-wingtip-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 16: workspace mlw-wingtip
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '2/16 workspace mlw-wingtip'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'', join('\'','\'', properties.privateEndpointConnections[].properties.privateLinkServiceConnectionState.status || `[]`)]' "is:${REGION}" is:Disabled is:false has:Approved
case $found in
  absent)
    stop 'It does not exist. It has to be in francecentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral, without managed network and v1_legacy_mode, and with an approved private endpoint. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 16: resource group rg-wingtip-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '3/16 resource group rg-wingtip-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer network.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 4 of 16: virtual network vnet-wingtip (10.88.0.0/20)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '4/16 virtual network vnet-wingtip (10.88.0.0/20)'
look "$VNET_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    stop 'It does not exist. It has to be in francecentral. Mend the answers names.vnet, network.group or region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral. Mend the answers names.vnet, network.group or region."
    ;;
  same) say '   is there already' ;;
esac

# Step 5 of 16: resource group rg-wingtip-aks
say '5/16 resource group rg-wingtip-aks'
look "$ARC_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer arc.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 6 of 16: AKS cluster aks-wingtip
# Source: how-to-deploy-kubernetes-extension (2026-01-28); AML-Kubernetes docs (2024-08-15)
say '6/16 AKS cluster aks-wingtip'
look "$AKS_CLUSTER_ID" 2024-05-01 '[location, (identity.type || '\''None'\'') != '\''None'\'']' "is:${ARC_REGION}" is:true
case $found in
  absent)
    stop 'It does not exist. It has to be in francecentral, with a managed identity. Mend the cluster, or the answers arc.name, arc.group and arc.region.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in francecentral, with a managed identity. Mend the cluster, or the answers arc.name, arc.group and arc.region."
    ;;
  same) say '   is there already' ;;
esac

# Step 7 of 16: resource provider Microsoft.KubernetesConfiguration
# Source: quickstart-connect-cluster (2023-06-27); how-to-deploy-kubernetes-extension (2026-01-28)
say '7/16 resource provider Microsoft.KubernetesConfiguration'
seen=$(az provider show --namespace Microsoft.KubernetesConfiguration --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.KubernetesConfiguration --wait --subscription "$SUBSCRIPTION"
fi

# Step 8 of 16: extension amlarc-compute on aks-wingtip
# Why: It puts the agents on the cluster and makes nothing else in Azure.
# Source: how-to-deploy-kubernetes-extension (2026-01-28); az k8s-extension; AzureMLKubernetes
say '8/16 extension amlarc-compute on aks-wingtip'
look "$ARC_EXTENSION_ID" 2023-05-01 '[properties.extensionType, properties.scope.cluster.releaseNamespace]' is:microsoft.azureml.kubernetes is:azureml
case $found in
  absent)
    say '   making it'
    az k8s-extension create --name "$EXTENSION_NAME" --extension-type Microsoft.AzureML.Kubernetes --scope cluster \
      --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" --resource-group "$ARC_GROUP" \
      --config enableTraining=True enableInference=True installNvidiaDevicePlugin=False installVolcano=False installPromOp=False installDcgmExporter=False inferenceRouterServiceType=loadBalancer inferenceRouterHA=True allowInsecureConnections=False internalLoadBalancerProvider=azure sslCname=ml.wingtip.example sslSecret=wingtip-tls nodeSelector.pool=training \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). Another extension has this name. Choose another one (extension.name)."
    ;;
  same) say '   is there already' ;;
esac

# Step 9 of 16: settings of amlarc-compute
# Source: AML-Kubernetes docs (2024-08-15); AzureMLKubernetes
say '9/16 settings of amlarc-compute'
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

# Step 10 of 16: node selector pool of amlarc-compute
# Source: how-to-deploy-kubernetes-extension (2026-01-28); AzureMLKubernetes; AML-Kubernetes docs (2024-08-15)
say '10/16 node selector pool of amlarc-compute'
look "${ARC_CLUSTER_ID}/providers/Microsoft.KubernetesConfiguration/extensions/${EXTENSION_NAME}" 2023-05-01 '[properties.configurationSettings."nodeSelector.pool"]' is:training
case $found in
  absent)
    stop 'It does not exist. It is installed without this selector. When no job runs, set it by az k8s-extension update; it can never be taken away again.'
    ;;
  different)
    stop "It differs (${difference}). It is installed without this selector. When no job runs, set it by az k8s-extension update; it can never be taken away again."
    ;;
  same) say '   is there already' ;;
esac

# Step 11 of 16: the extension is installed
# Source: how-to-deploy-kubernetes-extension (2026-01-28)
say '11/16 the extension is installed'
seen=$(az k8s-extension show --name "$EXTENSION_NAME" --cluster-type "$ARC_AZ_TYPE" --cluster-name "$ARC_NAME" \
  --resource-group "$ARC_GROUP" --query provisioningState --output tsv --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = succeeded ]; then
  say '   nothing to do'
else
  say '   It is not Succeeded. If it is being installed, this waits. If it has failed, this stops; read errorInfo and statuses of az k8s-extension show, and the config map arcml-healthcheck, delete the extension with az k8s-extension delete, and run the script again.'
  az resource wait --created --ids "$ARC_EXTENSION_ID" --api-version 2023-05-01 --interval 15 --timeout 1800 \
    --subscription "$SUBSCRIPTION"
fi

# Step 12 of 16: all pods in azureml run
# Source: how-to-deploy-kubernetes-extension (2026-01-28); diagnose-connection-issues (2023-12-15); how-to-troubleshoot-kubernetes-extension (2025-03-05)
say '12/16 all pods in azureml run'
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

# Step 13 of 16: role Reader of the workspace on aks-wingtip
# Why: A user-assigned identity needs it before the cluster is attached.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '13/16 role Reader of the workspace on aks-wingtip'
look "${ARC_CLUSTER_ID}/providers/Microsoft.Authorization/roleAssignments/b101f672-5064-8ba7-9236-aa6caae592bd" 2022-04-01 '[properties.principalId]' "is:${ATTACH_WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name b101f672-5064-8ba7-9236-aa6caae592bd --role Reader --scope "$ARC_CLUSTER_ID" \
      --assignee-object-id "$ATTACH_WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 16: role Kubernetes Extension Contributor of the workspace on aks-wingtip
# Why: A user-assigned identity needs it before the cluster is attached.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '14/16 role Kubernetes Extension Contributor of the workspace on aks-wingtip'
look "${ARC_CLUSTER_ID}/providers/Microsoft.Authorization/roleAssignments/75dd298c-39ab-8585-bb89-d4a5cad0b8e9" 2022-04-01 '[properties.principalId]' "is:${ATTACH_WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 75dd298c-39ab-8585-bb89-d4a5cad0b8e9 \
      --role 'Kubernetes Extension Contributor' --scope "$ARC_CLUSTER_ID" \
      --assignee-object-id "$ATTACH_WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 15 of 16: role Azure Kubernetes Service Cluster Admin Role of the workspace on aks-wingtip
# Why: A user-assigned identity needs it before the cluster is attached.
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); how-to-identity-based-service-authentication (2025-06-10); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '15/16 role Azure Kubernetes Service Cluster Admin Role of the workspace on aks-wingtip'
look "${ARC_CLUSTER_ID}/providers/Microsoft.Authorization/roleAssignments/32b6e310-7727-8d6a-848a-72005307fead" 2022-04-01 '[properties.principalId]' "is:${ATTACH_WORKSPACE_PRINCIPAL}"
case $found in
  absent)
    say '   making it'
    az role assignment create --name 32b6e310-7727-8d6a-848a-72005307fead \
      --role 'Azure Kubernetes Service Cluster Admin Role' --scope "$ARC_CLUSTER_ID" \
      --assignee-object-id "$ATTACH_WORKSPACE_PRINCIPAL" --assignee-principal-type ServicePrincipal \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It belongs to an identity that is gone. Remove it with az role assignment delete --ids, then run the script again."
    ;;
  same) say '   is there already' ;;
esac

# Step 16 of 16: attached cluster wingtipaks-k8s
# Source: how-to-attach-kubernetes-to-workspace (2025-03-08); az ml compute; AzureMLKubernetes.py
say '16/16 attached cluster wingtipaks-k8s'
look "$KUBERNETES_COMPUTE_ID" 2024-04-01 '[properties.computeType, properties.provisioningState, properties.resourceId, properties.properties.namespace, identity.type || '\''None'\'']' is:Kubernetes is:Succeeded "is:${ARC_CLUSTER_ID}" "is:${ATTACH_NAMESPACE}" is:SystemAssigned
case $found in
  absent)
    say '   making it'
    az ml compute attach --type Kubernetes --name "$ATTACH_NAME" --workspace-name "$WORKSPACE_NAME" \
      --resource-group "$WORKSPACE_GROUP" --resource-id "$ARC_CLUSTER_ID" --namespace "$ATTACH_NAMESPACE" \
      --identity-type SystemAssigned --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). If it is Creating, wait and run the script again. Otherwise: an attached cluster cannot be changed. Take it out with az ml compute detach --name wingtipaks-k8s --workspace-name mlw-wingtip --resource-group rg-wingtip-ml --yes, which leaves the cluster alone, and run the script again; or choose another name."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
