import { type Answer, refused } from './call.ts';
import { type Json, type JsonObject, textOf } from './json.ts';
import { checkRestrictions } from './policies.ts';
import type { Registrations } from './providers.ts';
import { providerView } from './providers.ts';
import { groupNotFound, refusal } from './refusal.ts';
import { isResource, parsePath, sameId } from './resource-id.ts';
import { regionsOf } from './service-tags.ts';
import type { Store } from './store.ts';
import { nameAvailability } from './unique-names.ts';
import { diagnosisOf, nodesOf, setIdle } from './workspace-actions.ts';
import { provisionNetwork } from './workspaces.ts';

/** A POST that asks or makes a resource do something. */
export interface Action {
  /** The type above, then the name of the action. */
  readonly type: string;
  /** What it is done to: a subscription, a provider or a resource. */
  readonly under: string;
  readonly subscription: string;
  readonly body: JsonObject;
  /** The api-version that is asked for. */
  readonly version: string;
}

/** What an action answers, and how many milliseconds it goes on if it does not end at once. */
export interface Acted {
  readonly answer: Answer;
  readonly takes?: number;
  /** What it shows at its end. */
  readonly result?: Json;
}

/** Does an action. */
export function act(action: Action, store: Store, registrations: Registrations): Acted {
  const name = action.type.split('/').at(-1)?.toLowerCase() ?? '';
  const namespace = action.type.split('/')[0] ?? '';
  if (name === 'register') return { answer: register(action, namespace, store, registrations) };
  if (name === 'checknameavailability') return { answer: checkName(action, namespace, store, registrations) };
  if (name === 'checkpolicyrestrictions') return { answer: checkPolicy(action, store) };
  if (name === 'purge') return { answer: purge(action, store) };
  const parsed = parsePath(action.under);
  if (parsed === undefined || !isResource(parsed) || store.get(action.under) === undefined)
    return { answer: refused(refusal(404, 'ResourceNotFound', `The resource ${action.under} was not found.`)) };
  if (name === 'provisionmanagednetwork') return provision(action, store);
  if (name === 'diagnose') return { answer: { status: 202 }, takes: 80, result: diagnosisOf(action.under, store) };
  if (name === 'updateidleshutdownsetting') return { answer: setIdle(action.under, action.body, store) };
  if (name === 'listnodes') return { answer: nodesOf(action.under, store) };
  if (name === 'listkeys') return { answer: { status: 200, body: { keys: [{ keyName: 'key1', value: 'a2V5', permissions: 'FULL' }] } } };
  return ['start', 'stop', 'restart'].includes(name)
    ? { answer: { status: 200 } }
    : { answer: refused(refusal(404, 'InvalidAction', `The action ${name} is not known.`)) };
}

function register({ subscription }: Action, namespace: string, store: Store, registrations: Registrations): Answer {
  registrations.register(subscription, namespace);
  return { status: 200, body: providerView(subscription, namespace, registrations, regionsOf(store.surroundings.cloud)) };
}

function checkName({ subscription, body, type }: Action, namespace: string, store: Store, registrations: Registrations): Answer {
  const no = registrations.refuse(subscription, namespace);
  if (no !== undefined) return refused(no);
  const asked =
    (sameId(namespace, 'Microsoft.HDInsight') ? 'Microsoft.HDInsight/clusters' : textOf(body.type)) ||
    type.replace(/\/checkNameAvailability$/i, '/vaults');
  return { status: 200, body: nameAvailability(asked, textOf(body.name), store) };
}

function checkPolicy({ under, body, version }: Action, store: Store): Answer {
  const scope = parsePath(under);
  if (scope !== undefined && isResource(scope) && store.get(under) === undefined) return refused(groupNotFound(scope.name));
  return checkRestrictions(under, body, version, store);
}

function purge({ under }: Action, store: Store): Answer {
  if (store.get(under) === undefined) return refused(refusal(404, 'DeletedVaultNotFound', `The deleted vault ${under} does not exist.`));
  store.remove(under);
  return { status: 200 };
}

function provision({ under, body }: Action, store: Store): Acted {
  provisionNetwork(under, store, body.includeSpark === true);
  return { answer: { status: 202 }, takes: 80 };
}
