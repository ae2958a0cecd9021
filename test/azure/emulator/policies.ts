import type { Answer } from './call.ts';
import { type JsonObject, listOf, objectOf, textOf } from './json.ts';
import type { Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import { covers } from './scopes.ts';
import type { DenyRule } from './settings.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';

/** The api-version since which the answer says what a policy would do. */
const saysEffect = '2023-03-01';

/** Adds a rule that denies, and the assignment that it comes from. */
export function deny(rule: DenyRule, store: Store): void {
  const { policyAssignmentId, policyDefinitionId } = policyOf(rule);
  store.settings.denials.push(rule);
  store.put(policyAssignmentId, {
    properties: {
      displayName: rule.name,
      policyDefinitionId,
      scope: rule.scope,
      notScopes: [],
      parameters: {},
      enforcementMode: 'Default',
    },
  });
}

/** The answer to the question what policies would say of a resource that is only half described. */
export function checkRestrictions(scope: string, body: JsonObject, version: string, { settings }: Store): Answer {
  const content = objectOf(objectOf(body.resourceDetails).resourceContent);
  if (Object.keys(content).length === 0)
    return { status: 400, body: { error: { code: 'InvalidCheckRestrictionsRequest', message: "The 'resourceContent' is missing." } } };
  const broken = settings.denials.filter((rule) => covers(rule.scope, scope) && breaks(rule, textOf(content.type), content));
  const pending = listOf(body.pendingFields).map((field) => textOf(objectOf(field).field).toLowerCase());
  const isPending = ({ missingTag }: DenyRule) =>
    missingTag !== undefined && pending.some((field) => field === 'tags' || field === `tags.${missingTag.toLowerCase()}`);
  return {
    status: 200,
    body: {
      fieldRestrictions: broken.filter(isPending).map((rule) => restrictionOf(rule, version)),
      contentEvaluationResult: { policyEvaluations: broken.map((rule) => evaluationOf(rule, version)) },
    },
  };
}

/** The refusal for a write that a rule denies. */
export function refuseByPolicy({ id, body, store }: Write): Refusal | undefined {
  const rule = store.settings.denials.find((one) => covers(one.scope, id.text) && breaks(one, id.type, body));
  if (rule === undefined) return undefined;
  const { policyAssignmentId, policyDefinitionId } = policyOf(rule);
  const identifiers = [
    { policyAssignment: { name: rule.name, id: policyAssignmentId }, policyDefinition: { name: rule.name, id: policyDefinitionId } },
  ];
  const message = `Resource '${id.name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`;
  return refusal(403, 'RequestDisallowedByPolicy', message);
}

function breaks(rule: DenyRule, type: string, content: JsonObject): boolean {
  if (!sameId(rule.type, type)) return false;
  const { missingTag } = rule;
  return missingTag === undefined || !Object.keys(objectOf(content.tags)).some((tag) => sameId(tag, missingTag));
}

function evaluationOf(rule: DenyRule, version: string): JsonObject {
  const type = rule.type.toLowerCase();
  const onType = expression('type', type, type, 'equals');
  const onTag = rule.missingTag === undefined ? [] : [expression(`tags.${rule.missingTag}`, null, 'false', 'exists')];
  return {
    policyInfo: policyOf(rule),
    evaluationResult: 'NonCompliant',
    evaluationDetails: { evaluatedExpressions: [onType, ...onTag] },
    ...(version < saysEffect ? {} : { effectDetails: { policyEffect: 'Deny' } }),
  };
}

function expression(path: string, expressionValue: string | null, targetValue: string, operator: string): JsonObject {
  return { result: 'True', expressionKind: 'Field', expression: path, path, expressionValue, targetValue, operator };
}

function restrictionOf(rule: DenyRule, version: string): JsonObject {
  const field = `tags.${rule.missingTag}`;
  const more: JsonObject = version < saysEffect ? {} : { policyEffect: 'Deny', reason: `${field} is required` };
  return { field, restrictions: [{ result: 'Required', policy: policyOf(rule), ...more }] };
}

function policyOf({ scope, name }: DenyRule): { policyDefinitionId: string; policyAssignmentId: string } {
  return {
    policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${guidFor(name)}`,
    policyAssignmentId: `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`,
  };
}
