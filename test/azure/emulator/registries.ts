import { type JsonObject, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { connectionsTo } from './private-endpoint-connections.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import { refuseTaken, refuseUniqueName } from './unique-names.ts';

/** A container registry: what makes it private needs the Premium tier. */
export const registries: Kind = {
  takes: 50,
  shape,
  refuse: (write) => refuseUniqueName(write) ?? refuseTaken(write) ?? refuseTier(write.body) ?? refuseEndpoints(write),
};

function shape({ id, body, before, store }: Write): JsonObject {
  const tier = textOf(objectOf(body.sku).name) || 'Basic';
  const given = propertiesOf(body);
  const isPremium = sameId(tier, 'Premium');
  const defaults = {
    adminUserEnabled: false,
    anonymousPullEnabled: false,
    dataEndpointEnabled: false,
    dataEndpointHostNames: [],
    networkRuleBypassOptions: 'AzureServices',
    publicNetworkAccess: 'Enabled',
    zoneRedundancy: 'Disabled',
    ...(isPremium ? { networkRuleSet: { defaultAction: 'Allow', ipRules: [] } } : {}),
  };
  const rules = given.networkRuleSet === undefined ? {} : { networkRuleSet: { ipRules: [], ...objectOf(given.networkRuleSet) } };
  const kept = {
    loginServer: `${id.name.toLowerCase()}.${store.surroundings.cloud.registry}`,
    creationDate: '2026-01-01T00:00:00Z',
    privateEndpointConnections: connectionsTo(before),
  };
  return { ...body, sku: { name: tier, tier }, properties: { ...defaults, ...given, ...rules, ...kept } };
}

function refuseTier(body: JsonObject): Refusal | undefined {
  const tier = textOf(objectOf(body.sku).name);
  if (!['Basic', 'Standard', 'Premium'].some((one) => sameId(one, tier)))
    return refusal(400, 'SkuNotSupported', `The SKU ${tier} is not supported.`);
  if (sameId(tier, 'Premium')) return undefined;
  const { publicNetworkAccess, networkRuleSet } = propertiesOf(body);
  if (sameId(textOf(publicNetworkAccess), 'Disabled'))
    return refusal(
      400,
      'DisablingPublicNetworkAccessNotSupported',
      `Disabling public network access is not supported for the SKU ${tier}. For more information, please visit https://aka.ms/acr/private-link.`,
    );
  return sameId(textOf(objectOf(networkRuleSet).defaultAction), 'Deny')
    ? refusal(400, 'NetworkRuleSetNotSupported', `Network rules are not supported for the SKU ${tier}.`)
    : undefined;
}

/** A registry with private endpoints has to stay Premium. */
function refuseEndpoints({ body, before }: Write): Refusal | undefined {
  const tier = textOf(objectOf(body.sku).name);
  if (sameId(tier, 'Premium') || connectionsTo(before).length === 0) return undefined;
  return refusal(400, 'SkuUpdateNotAllowed', `The SKU cannot be changed to ${tier} while the registry has private endpoint connections.`);
}
