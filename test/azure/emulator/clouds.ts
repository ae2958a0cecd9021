/** What differs between the clouds of Azure: names of hosts and zones, and regions. */
export interface Cloud {
  /** Name that az gives it. */
  readonly name: CloudName;
  /** Name in the list of service tags. */
  readonly tagName: string;
  /** Host of Resource Manager. */
  readonly management: string;
  readonly storage: string;
  readonly vault: string;
  /** What follows `privatelink.` in the zone of key vaults; their hosts have another suffix. */
  readonly vaultZone: string;
  readonly registry: string;
  readonly workspace: string;
  readonly notebooks: string;
  readonly instances: string;
  /** Regions of this cloud; empty where the usual list holds. */
  readonly regions: readonly string[];
}

/** The clouds that the emulator can play. */
export type CloudName = 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud';

/** The clouds by name. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  AzureCloud: {
    name: 'AzureCloud',
    tagName: 'Public',
    management: 'management.azure.com',
    storage: 'core.windows.net',
    vault: 'vault.azure.net',
    vaultZone: 'vaultcore.azure.net',
    registry: 'azurecr.io',
    workspace: 'api.azureml.ms',
    notebooks: 'notebooks.azure.net',
    instances: 'instances.azureml.ms',
    regions: [],
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    tagName: 'AzureGovernment',
    management: 'management.usgovcloudapi.net',
    storage: 'core.usgovcloudapi.net',
    vault: 'vault.usgovcloudapi.net',
    vaultZone: 'vaultcore.usgovcloudapi.net',
    registry: 'azurecr.us',
    workspace: 'api.ml.azure.us',
    notebooks: 'notebooks.usgovcloudapi.net',
    instances: 'instances.azureml.us',
    regions: ['usgovvirginia', 'usgovarizona', 'usgovtexas', 'usdodcentral', 'usdodeast'],
  },
  AzureChinaCloud: {
    name: 'AzureChinaCloud',
    tagName: 'AzureChina',
    management: 'management.chinacloudapi.cn',
    storage: 'core.chinacloudapi.cn',
    vault: 'vault.azure.cn',
    vaultZone: 'vaultcore.azure.cn',
    registry: 'azurecr.cn',
    workspace: 'api.ml.azure.cn',
    notebooks: 'notebooks.chinacloudapi.cn',
    instances: 'instances.azureml.cn',
    regions: ['chinaeast2', 'chinanorth2', 'chinaeast3', 'chinanorth3', 'chinaeast', 'chinanorth'],
  },
};
