import { type Cloud, clouds } from './clouds.ts';
import { guidFor } from './surroundings.ts';

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

/** The regions of a cloud. */
export function regionsOf(cloud: Cloud): readonly string[] {
  return cloud.regions.length > 0 ? cloud.regions : regions;
}

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
  'ActionGroup',
  'ApiManagement',
  'ApplicationInsightsAvailability',
  'AzureAdvancedThreatProtection',
  'AzureAttestation',
  'AzureBackup',
  'AzureBotService',
  'AzureDataLake',
  'AzureDevOps',
  'AzureIdentity',
  'AzureIoTHub',
  'AzureOpenDatasets',
  'AzureSignalR',
  'AzureSiteRecovery',
  'AzureTrafficManager',
  'CognitiveServicesFrontend',
  'CognitiveServicesManagement',
  'GatewayManager',
  'LogicApps',
  'MicrosoftCloudAppSecurity',
  'MicrosoftDefenderForEndpoint',
  'PowerBI',
  'SqlManagement',
  'WindowsVirtualDesktop',
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

/** Names of the service tags of a cloud. */
export function serviceTagsOf(cloud: Cloud): readonly string[] {
  if (cloud.regions.length === 0) return serviceTags;
  const top = serviceTags.filter((tag) => !regionalTags.some((one) => tag.startsWith(`${one}.`)));
  return [...top, ...regionalTags.flatMap((tag) => cloud.regions.map((region) => `${tag}.${region}`))];
}

/** Made-up address ranges of a service tag, always the same for a name. */
export function prefixesOfTag(tag: string): string[] {
  const [one = 0, two = 0, three = 0] =
    guidFor(`tag ${tag}`)
      .match(/[0-9a-f]{2}/g)
      ?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  return [`20.${one}.${two}.0/24`, `40.${two}.${three}.16/28`];
}

const known = new Set(Object.values(clouds).flatMap((cloud) => serviceTagsOf(cloud).map((tag) => tag.toLowerCase())));

/** Tells whether Azure knows the service tag; case does not matter. */
export function isServiceTag(text: string): boolean {
  return known.has(text.toLowerCase());
}
