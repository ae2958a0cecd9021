/** Regions whose service tags carry the region's own name. */
const regularRegions = [
  'australiaeast',
  'canadacentral',
  'centralindia',
  'centralus',
  'eastasia',
  'eastus',
  'eastus2',
  'italynorth',
  'japaneast',
  'koreacentral',
  'northcentralus',
  'northeurope',
  'polandcentral',
  'qatarcentral',
  'southafricanorth',
  'southcentralus',
  'southeastasia',
  'spaincentral',
  'swedencentral',
  'uaenorth',
  'uksouth',
  'ukwest',
  'westcentralus',
  'westeurope',
  'westus',
  'westus2',
  'westus3',
];

/** Regions whose service tags carry another name: region, then name in the tag. */
const irregularRegions: Record<string, string> = {
  brazilsoutheast: 'brazilse',
  chilecentral: 'chilec',
  francecentral: 'centralfrance',
  francesouth: 'southfrance',
  germanynorth: 'germanyn',
  germanywestcentral: 'germanywc',
  norwayeast: 'norwaye',
  norwaywest: 'norwayw',
  switzerlandnorth: 'switzerlandn',
  switzerlandwest: 'switzerlandw',
};

/** Regions that the emulator knows. */
export const regions: readonly string[] = [...regularRegions, ...Object.keys(irregularRegions), 'brazilsouth'];

/** Tags that exist for the whole of Azure only. */
const globalTags = [
  'VirtualNetwork',
  'AzureLoadBalancer',
  'Internet',
  'AzureActiveDirectory',
  'AzureFrontDoor.Frontend',
  'AzureFrontDoor.Backend',
  'AzureFrontDoor.FirstParty',
  'AzureResourceManager',
  'AzureMachineLearningInference',
  'AzurePortal',
  'AzureUpdateDelivery',
  'GuestAndHybridManagement',
  'AzureArcInfrastructure',
  'AzureDatabricks',
  'HDInsight',
  'AzurePlatformDNS',
  'AzurePlatformIMDS',
  'AzurePlatformLKM',
  'AzureInformationProtection',
  'AzureDigitalTwins',
];

/** Tags that exist for the whole of Azure and for each region. */
const regionalTags = [
  'AzureCloud',
  'AzureMachineLearning',
  'BatchNodeManagement',
  'Storage',
  'AzureContainerRegistry',
  'AzureKeyVault',
  'AzureMonitor',
  'MicrosoftContainerRegistry',
  'Sql',
  'EventHub',
  'ServiceBus',
  'AppService',
  'DataFactory',
  'AzureCosmosDB',
  'AzureConnectors',
  'HDInsight',
];

/** Names of the service tags that the emulator knows. */
export const serviceTags: readonly string[] = [
  ...globalTags,
  ...regionalTags.filter((tag) => !globalTags.includes(tag)),
  ...regionalTags.flatMap((tag) => [...regularRegions, ...Object.values(irregularRegions)].map((region) => `${tag}.${region}`)),
];

const known = new Set(serviceTags.map((tag) => tag.toLowerCase()));

/** Tells whether Azure knows the service tag; case does not matter. */
export function isServiceTag(text: string): boolean {
  return known.has(text.toLowerCase());
}
