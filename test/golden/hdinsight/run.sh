#!/usr/bin/env bash
# fabrikam-spark: training of the workspace mlw-fabrikam-ml in the virtual network vnet-fabrikam-spark
# Written by amlguide 0.0.0, checklists 2026.11, held against their sources on 2026-11-21.
# Run it as often as you like. What is there already and right is left alone; nothing that it did not make is deleted.
# It needs the Azure CLI, 2.15.0 or newer, with ml (az extension add --name ml, and so on), and a sign-in (az login).
# JMESPath has backticks of its own; nothing in those quotes is for bash.
# shellcheck disable=SC2016
set -euo pipefail

SUBSCRIPTION=a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d
WORKSPACE_GROUP=rg-fabrikam-ml
WORKSPACE_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${WORKSPACE_GROUP}"
WORKSPACE_NAME=mlw-fabrikam-ml
WORKSPACE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/${WORKSPACE_NAME}"
REGION=eastus2
HDINSIGHT_WANTED_NAME=hdi-fabrikam-spark-4754
HDINSIGHT_IN_GROUP=rg-fabrikam-ml
HDINSIGHT_WANTED_STORAGE=sthdifabrikamspark4754
NETWORK_GROUP=rg-fabrikam-spark-net
NETWORK_GROUP_ID="/subscriptions/${SUBSCRIPTION}/resourceGroups/${NETWORK_GROUP}"
VNET_NAME=vnet-fabrikam-spark
VNET_ID="${NETWORK_GROUP_ID}/providers/Microsoft.Network/virtualNetworks/${VNET_NAME}"
NAME=fabrikam-spark
HDINSIGHT_NSG_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/networkSecurityGroups/nsg-${NAME}-hdinsight"
HDINSIGHT_GROUP=rg-fabrikam-ml
HDINSIGHT_ADDRESS_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/publicIPAddresses/nat-${NAME}-hdinsight-ip"
HDINSIGHT_NAT_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Network/natGateways/nat-${NAME}-hdinsight"
HDINSIGHT_SUBNET=snet-hdinsight
HDINSIGHT_SUBNET_ID="${VNET_ID}/subnets/${HDINSIGHT_SUBNET}"
HDINSIGHT_PREFIX=10.64.0.0/27
HDINSIGHT_STORAGE=sthdifabrikamspark4754
HDINSIGHT_STORAGE_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${HDINSIGHT_STORAGE}"
HDINSIGHT_NAME=hdi-fabrikam-spark-4754
HDINSIGHT_ID="${WORKSPACE_GROUP_ID}/providers/Microsoft.HDInsight/clusters/${HDINSIGHT_NAME}"
HDINSIGHT_VERSION=5.1
HDINSIGHT_CONNECTION=Inbound
HDINSIGHT_WORKERS=2
HDINSIGHT_HTTP_WORD='@~/secrets/hdinsight-login'
HDINSIGHT_SSH_USER=sshuser
HDINSIGHT_SSH_WORD='@~/secrets/hdinsight-ssh'
NSG_RULE_QUERY='[properties.priority, properties.direction, properties.access, properties.protocol, properties.sourceAddressPrefix || properties.sourceAddressPrefixes[0], properties.sourcePortRange, properties.destinationAddressPrefix || properties.destinationAddressPrefixes[0], join('\'' '\'', sort(properties.destinationPortRanges || [properties.destinationPortRange]))]'

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

# Step 1 of 18: resource group rg-fabrikam-ml
say '1/18 resource group rg-fabrikam-ml'
look "$WORKSPACE_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    stop 'It does not exist. Mend the answer workspace.group or subscription.'
    ;;
  same) say '   is there already' ;;
esac

# Step 2 of 18: workspace mlw-fabrikam-ml
# Source: how-to-network-security-overview (2025-10-28); how-to-configure-private-link (2025-05-22); how-to-secure-training-vnet (2025-06-12)
say '2/18 workspace mlw-fabrikam-ml'
look "$WORKSPACE_ID" 2024-04-01 '[location, properties.managedNetwork.isolationMode || '\''Disabled'\'', properties.v1LegacyMode || '\''false'\'']' "is:${REGION}" is:Disabled is:false
case $found in
  absent)
    stop 'It does not exist. It has to be in eastus2, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself.'
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2, without managed network and v1_legacy_mode. Mend the answers about the workspace, or the workspace itself."
    ;;
  same) say '   is there already' ;;
esac

# Step 3 of 18: resource provider Microsoft.Network
# Source: how-to-managed-network (2025-05-23)
say '3/18 resource provider Microsoft.Network'
seen=$(az provider show --namespace Microsoft.Network --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.Network --wait --subscription "$SUBSCRIPTION"
fi

# Step 4 of 18: resource provider Microsoft.HDInsight
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '4/18 resource provider Microsoft.HDInsight'
seen=$(az provider show --namespace Microsoft.HDInsight --query registrationState --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = registered ]; then
  say '   nothing to do'
else
  az provider register --namespace Microsoft.HDInsight --wait --subscription "$SUBSCRIPTION"
fi

# Step 5 of 18: the name hdi-fabrikam-spark-4754 for the HDInsight cluster
# Why: All customers of Azure share these names, so this comes before anything is made.
say '5/18 the name hdi-fabrikam-spark-4754 for the HDInsight cluster'
seen=$(az rest --method post \
  --url "/subscriptions/${SUBSCRIPTION}/providers/Microsoft.HDInsight/locations/${REGION}/checkNameAvailability?api-version=2021-06-01" \
  --body @hdinsight-name.json --query nameAvailable --output tsv)
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no cluster of ours, it is somebody else'\''s, and hdinsight.name needs another answer.'
  az hdinsight show --name "$HDINSIGHT_WANTED_NAME" --resource-group "$HDINSIGHT_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 6 of 18: the name sthdifabrikamspark4754 for the storage account of the cluster
# Why: All customers of Azure share these names, so this comes before anything is made.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '6/18 the name sthdifabrikamspark4754 for the storage account of the cluster'
seen=$(az storage account check-name --name "$HDINSIGHT_WANTED_STORAGE" --query nameAvailable --output tsv \
  --subscription "$SUBSCRIPTION")
if [ "$(lower "$seen")" = true ]; then
  say '   nothing to do'
else
  say '   The name is in use. If the next look finds no account of ours, it is somebody else'\''s, and hdinsight.storage needs another answer.'
  az storage account show --name "$HDINSIGHT_WANTED_STORAGE" --resource-group "$HDINSIGHT_IN_GROUP" \
    --subscription "$SUBSCRIPTION"
fi

# Step 7 of 18: resource group rg-fabrikam-spark-net
# Source: how-to-secure-training-vnet (2025-06-12); how-to-create-attach-compute-cluster (2025-09-11)
say '7/18 resource group rg-fabrikam-spark-net'
look "$NETWORK_GROUP_ID" 2021-04-01 id
case $found in
  absent)
    say '   making it'
    az group create --name "$NETWORK_GROUP" --location "$REGION" --tags 'owner=ml platform' \
      --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 8 of 18: virtual network vnet-fabrikam-spark (10.64.0.0/24)
# Source: how-to-secure-training-vnet (2025-06-12); how-to-managed-network (2025-05-23); Azure/azure-quickstart-templates issue 2786 (2024-08-28)
say '8/18 virtual network vnet-fabrikam-spark (10.64.0.0/24)'
look "$VNET_ID" 2024-05-01 '[location, join('\'' '\'', sort(properties.addressSpace.addressPrefixes))]' "is:${REGION}" is:10.64.0.0/24
case $found in
  absent)
    say '   making it'
    az network vnet create --name "$VNET_NAME" --resource-group "$NETWORK_GROUP" --location "$REGION" \
      --address-prefixes 10.64.0.0/24 --tags 'owner=ml platform' --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A new network with this name has to have just the planned region and address space. If this one is meant, answer that it exists; else choose another name."
    ;;
  same) say '   is there already' ;;
esac

# Step 9 of 18: network security group nsg-fabrikam-spark-hdinsight
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15)
say '9/18 network security group nsg-fabrikam-spark-hdinsight'
look "$HDINSIGHT_NSG_ID" 2024-05-01 '[location]' "is:${REGION}"
case $found in
  absent)
    say '   making it'
    az network nsg create --name "nsg-${NAME}-hdinsight" --resource-group "$HDINSIGHT_GROUP" --location "$REGION" \
      --tags 'owner=ml platform' --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2. Delete it if nothing uses it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 10 of 18: rule AllowHDInsight, management by HDInsight
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15); how-to-secure-training-vnet (2025-06-12)
say '10/18 rule AllowHDInsight, management by HDInsight'
look "${HDINSIGHT_NSG_ID}/securityRules/AllowHDInsight" 2024-05-01 "$NSG_RULE_QUERY" is:300 is:Inbound is:Allow is:Tcp is:HDInsight.EastUS2 'is:*' is:VirtualNetwork is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowHDInsight --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 300 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes HDInsight.EastUS2 --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowHDInsight --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 300 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes HDInsight.EastUS2 --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 11 of 18: rule AllowHDInsight2, management by HDInsight
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15); how-to-secure-training-vnet (2025-06-12)
say '11/18 rule AllowHDInsight2, management by HDInsight'
look "${HDINSIGHT_NSG_ID}/securityRules/AllowHDInsight2" 2024-05-01 "$NSG_RULE_QUERY" is:301 is:Inbound is:Allow is:Tcp is:HDInsight.WestUS 'is:*' is:VirtualNetwork is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowHDInsight2 --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 301 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes HDInsight.WestUS --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowHDInsight2 --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 301 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes HDInsight.WestUS --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 12 of 18: rule AllowHDInsight3, management by HDInsight
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15); how-to-secure-training-vnet (2025-06-12)
say '12/18 rule AllowHDInsight3, management by HDInsight'
look "${HDINSIGHT_NSG_ID}/securityRules/AllowHDInsight3" 2024-05-01 "$NSG_RULE_QUERY" is:302 is:Inbound is:Allow is:Tcp is:HDInsight.EastUS 'is:*' is:VirtualNetwork is:443
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowHDInsight3 --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 302 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes HDInsight.EastUS --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowHDInsight3 --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 302 --direction Inbound --access Allow --protocol Tcp \
      --source-address-prefixes HDInsight.EastUS --source-port-ranges '*' \
      --destination-address-prefixes VirtualNetwork --destination-port-ranges 443 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 13 of 18: rule AllowAzureMLSsh, SSH from Azure Machine Learning
# Source: hdinsight-service-tags (2020-03-10); control-network-traffic (2024-06-15); how-to-secure-training-vnet (2025-06-12)
say '13/18 rule AllowAzureMLSsh, SSH from Azure Machine Learning'
look "${HDINSIGHT_NSG_ID}/securityRules/AllowAzureMLSsh" 2024-05-01 "$NSG_RULE_QUERY" is:310 is:Inbound is:Allow 'is:*' is:AzureMachineLearning 'is:*' 'is:*' is:22
case $found in
  absent)
    say '   making it'
    az network nsg rule create --name AllowAzureMLSsh --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 310 --direction Inbound --access Allow --protocol '*' \
      --source-address-prefixes AzureMachineLearning --source-port-ranges '*' --destination-address-prefixes '*' \
      --destination-port-ranges 22 --subscription "$SUBSCRIPTION"
    ;;
  different)
    say "   changing it: ${difference}"
    az network nsg rule update --name AllowAzureMLSsh --nsg-name "nsg-${NAME}-hdinsight" \
      --resource-group "$HDINSIGHT_GROUP" --priority 310 --direction Inbound --access Allow --protocol '*' \
      --source-address-prefixes AzureMachineLearning --source-port-ranges '*' --destination-address-prefixes '*' \
      --destination-port-ranges 22 --subscription "$SUBSCRIPTION"
    ;;
  same) say '   is there already' ;;
esac

# Step 14 of 18: public IP nat-fabrikam-spark-hdinsight-ip
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
say '14/18 public IP nat-fabrikam-spark-hdinsight-ip'
look "$HDINSIGHT_ADDRESS_ID" 2024-05-01 '[location, sku.name, properties.publicIPAllocationMethod]' "is:${REGION}" is:Standard is:Static
case $found in
  absent)
    say '   making it'
    az network public-ip create --name "nat-${NAME}-hdinsight-ip" --resource-group "$HDINSIGHT_GROUP" \
      --location "$REGION" --sku Standard --allocation-method Static --version IPv4 --tags 'owner=ml platform' \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A NAT gateway needs a static Standard address in eastus2. Delete this one if nothing uses it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 15 of 18: NAT gateway nat-fabrikam-spark-hdinsight
# Why: The standard load balancers of HDInsight give nodes no way out.
# Source: techcommunity.microsoft.com azure-networking-blog ba-p/4513778 "Private subnets by default"; default-outbound-access (2023-08-24)
say '15/18 NAT gateway nat-fabrikam-spark-hdinsight'
look "$HDINSIGHT_NAT_ID" 2024-05-01 '[location, join('\'','\'', properties.publicIpAddresses[].id || `[]`)]' "is:${REGION}" "has:${HDINSIGHT_ADDRESS_ID}"
case $found in
  absent)
    say '   making it'
    az network nat gateway create --name "nat-${NAME}-hdinsight" --resource-group "$HDINSIGHT_GROUP" \
      --location "$REGION" --public-ip-addresses "$HDINSIGHT_ADDRESS_ID" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be in eastus2 with the address nat-fabrikam-spark-hdinsight-ip. Delete it, or choose another short name."
    ;;
  same) say '   is there already' ;;
esac

# Step 16 of 18: subnet snet-hdinsight (10.64.0.0/27)
# Source: Azure/azure-cli issue 8204 (2019-01-09); Azure/azure-cli issue 20109 (2021-10-29); hashicorp/terraform-provider-azurerm issue 3780
say '16/18 subnet snet-hdinsight (10.64.0.0/27)'
look "$HDINSIGHT_SUBNET_ID" 2024-05-01 '[properties.addressPrefix || properties.addressPrefixes[0], properties.networkSecurityGroup.id, properties.natGateway.id, properties.delegations[0].properties.serviceName || '\''none'\'']' "is:${HDINSIGHT_PREFIX}" "is:${HDINSIGHT_NSG_ID}" "is:${HDINSIGHT_NAT_ID}" is:none
case $found in
  absent)
    say '   making it'
    az network vnet subnet create --name "$HDINSIGHT_SUBNET" --vnet-name "$VNET_NAME" \
      --resource-group "$NETWORK_GROUP" --address-prefixes "$HDINSIGHT_PREFIX" \
      --network-security-group "$HDINSIGHT_NSG_ID" --nat-gateway "$HDINSIGHT_NAT_ID" --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A subnet that exists is left alone. Choose another name in hdinsight.subnet."
    ;;
  same) say '   is there already' ;;
esac

# Step 17 of 18: storage account sthdifabrikamspark4754 of the HDInsight cluster
# Why: HDInsight and az read it with its key over the public address. The container of the cluster is private.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21)
say '17/18 storage account sthdifabrikamspark4754 of the HDInsight cluster'
look "$HDINSIGHT_STORAGE_ID" 2023-05-01 '[location, properties.isHnsEnabled || '\''false'\'', to_string(properties.allowSharedKeyAccess) != '\''false'\'', properties.networkAcls.defaultAction]' "is:${REGION}" is:false is:true is:Allow
case $found in
  absent)
    say '   making it'
    az storage account create --name "$HDINSIGHT_STORAGE" --resource-group "$HDINSIGHT_GROUP" --location "$REGION" \
      --sku Standard_LRS --kind StorageV2 --enable-hierarchical-namespace false --https-only true \
      --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access true \
      --public-network-access Enabled --default-action Allow --tags 'owner=ml platform' \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). It has to be a plain account in eastus2 that takes keys and is open to public networks. Choose another name in hdinsight.storage."
    ;;
  same) say '   is there already' ;;
esac

# Step 18 of 18: HDInsight cluster hdi-fabrikam-spark-4754
# Why: Both passwords come from the files that you named. It is billed until it is deleted; there is no way to stop it.
# Source: how-to-secure-training-vnet (2025-06-12); az command reference (az 2.89.1, MicrosoftDocs/azure-docs-cli) (2026-08-21); hdinsight-service-tags (2020-03-10)
say '18/18 HDInsight cluster hdi-fabrikam-spark-4754'
look "$HDINSIGHT_ID" 2021-06-01 '[location, properties.computeProfile.roles[0].virtualNetworkProfile.id, properties.computeProfile.roles[0].virtualNetworkProfile.subnet, properties.networkProperties.resourceProviderConnection || '\''Inbound'\'']' is:eastus2 "is:${VNET_ID}" is:/subscriptions/a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d/resourceGroups/rg-fabrikam-spark-net/providers/Microsoft.Network/virtualNetworks/vnet-fabrikam-spark/subnets/snet-hdinsight is:Inbound
case $found in
  absent)
    say '   making it'
    az hdinsight create --name "$HDINSIGHT_NAME" --resource-group "$HDINSIGHT_GROUP" --location "$REGION" \
      --type spark --version "$HDINSIGHT_VERSION" --subnet "$HDINSIGHT_SUBNET_ID" \
      --resource-provider-connection "$HDINSIGHT_CONNECTION" --workernode-count "$HDINSIGHT_WORKERS" \
      --minimal-tls-version 1.2 --storage-account "$HDINSIGHT_STORAGE_ID" \
      --storage-container hdi-fabrikam-spark-4754 --http-user admin --http-password "$HDINSIGHT_HTTP_WORD" \
      --ssh-user "$HDINSIGHT_SSH_USER" --ssh-password "$HDINSIGHT_SSH_WORD" --tags 'owner=ml platform' \
      --subscription "$SUBSCRIPTION"
    ;;
  different)
    stop "It differs (${difference}). A cluster of this name exists and is another one. Network and connection cannot be changed; answer that it exists, or choose another name."
    ;;
  same) say '   is there already' ;;
esac

say 'Done.'
