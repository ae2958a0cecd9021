import { isObject, type Json, type JsonObject, propertiesOf, textOf } from './json.ts';
import { type ResourceId, resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

/** What services outside of the network have in a subnet: computes, machines of Databricks, nodes of HDInsight. */
export function subnetUser(id: ResourceId, store: Store): string | undefined {
  for (const [key, resource] of store.all()) {
    if (!/\/providers\/microsoft\.(machinelearningservices|databricks|hdinsight)\//.test(key)) continue;
    if (subnetsNamed(resource).some((subnet) => sameId(subnet, id.text))) return textOf(resource.id);
  }
  return undefined;
}

function subnetsNamed(resource: JsonObject): string[] {
  const { parameters } = propertiesOf(resource);
  const value = (name: string) => (isObject(parameters) && isObject(parameters[name]) ? textOf(parameters[name].value) : '');
  const network = value('customVirtualNetworkId');
  const named = ['customPrivateSubnetName', 'customPublicSubnetName'].map((name) => `${network}/subnets/${value(name)}`);
  return [...(network === '' ? [] : named), ...subnetTexts(propertiesOf(resource))];
}

function subnetTexts(value: Json): string[] {
  if (typeof value === 'string') return /\/virtualnetworks\/[^/]+\/subnets\/[^/]+$/i.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(subnetTexts);
  return isObject(value) ? Object.values(value).flatMap(subnetTexts) : [];
}

/** The same for any of several subnets: the subnet, and what is in it. */
export function firstSubnetUser(ids: readonly string[], store: Store): { readonly id: ResourceId; readonly user: string } | undefined {
  for (const text of ids) {
    const id = resourceId(text);
    const user = subnetUser(id, store);
    if (user !== undefined) return { id, user };
  }
  return undefined;
}
