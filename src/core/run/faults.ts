import { nearest, UserError } from '../errors.ts';

/** What a rehearsal can be told to let go wrong. */
export const faults = [
  'throttled',
  '500',
  '503',
  'forbidden',
  'conflict',
  'quota',
  'policy',
  'lock',
  'dropped',
  'dropped-after',
  'late',
  'expired',
  'hang',
] as const;
export type Fault = (typeof faults)[number];

/** What goes wrong when nobody says what. */
const usual: Fault = 'policy';
/** The same by the number of the answer. */
const numbers: Readonly<Record<string, Fault>> = { '429': 'throttled', '403': 'forbidden', '409': 'conflict' };

/** A fault at a step of a plan. */
export interface PlannedFault {
  readonly step: string;
  readonly fault: Fault;
}

/** Reads STEP or STEP=CODE; refuses what is neither a step nor a fault, with the nearest that is. */
export function parseFailAt(text: string, steps: readonly string[]): PlannedFault {
  const at = text.lastIndexOf('=');
  const [step, code] = at < 0 ? [text, usual] : [text.slice(0, at), text.slice(at + 1)];
  if (!steps.includes(step)) throw unknown(`There is no step «${step}» in this plan`, step, steps, 'The plan lists its steps.');
  const fault = numbers[code] ?? faults.find((one) => one === code);
  if (fault) return { step, fault };
  throw unknown(`A rehearsal knows no fault «${code}»`, code, faults, `It knows ${faults.join(', ')}.`);
}

function unknown(what: string, word: string, known: readonly string[], otherwise: string): UserError {
  const near = nearest(word, known);
  return new UserError({
    what: `${what}.`,
    where: '--fail-at',
    hint: near === undefined ? otherwise : `Did you mean ${near}? ${otherwise}`,
  });
}

/** What Resource Manager refuses in a rehearsal: a code and a sentence. */
export interface Refusal {
  readonly code: string;
  readonly says: string;
}

/** What Azure answers to a planted fault; undefined for those that are no answer. */
export function refusalOf(fault: Fault, id: string): Refusal | undefined {
  const name = id.split('/').at(-1) ?? id;
  switch (fault) {
    case 'throttled':
      return { code: 'TooManyRequests', says: "The request was throttled. Retry-After: 2. Please try again after '2' seconds." };
    case '500':
      return { code: 'InternalServerError', says: 'The server encountered an internal error. Please retry the request.' };
    case '503':
      return { code: 'ServiceUnavailable', says: 'The service is temporarily unavailable. Please retry the request.' };
    case 'forbidden':
      return {
        code: 'AuthorizationFailed',
        says: `The client 'rehearsal' with object id 'rehearsal' does not have authorization to perform action 'write' over scope '${id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      };
    case 'conflict':
      return anotherOperation;
    case 'quota':
      return {
        code: 'OperationNotAllowed',
        says: 'Operation could not be completed as it results in exceeding approved Total Regional Cores quota.',
      };
    case 'policy':
      return {
        code: 'RequestDisallowedByPolicy',
        says: `Resource '${name}' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"A policy of the rehearsal"}}]'.`,
      };
    case 'lock':
      return {
        code: 'ScopeLocked',
        says: `The scope '${id}' cannot perform write operation because following scope(s) are locked: '${id}'. Please remove the lock and try again.`,
      };
    case 'late':
      return {
        code: 'ResourceDeploymentFailure',
        says: "The resource operation completed with terminal provisioning state 'Failed'.",
      };
    default:
      return undefined;
  }
}

/** What az prints when there was no answer, or no sign-in. */
export function troubleOf(fault: Fault): string {
  if (fault === 'expired')
    return 'ERROR: AADSTS700082: The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00.\nInteractive authentication is needed.\n';
  return "ERROR: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))\n";
}

/** Two writes at once where Azure takes one. */
export const anotherOperation: Refusal = {
  code: 'AnotherOperationInProgress',
  says: 'Another operation on this or dependent resource is in progress. To retrieve status of the operation use its uri.',
};

/** A refusal as az prints it. */
export function printed({ code, says }: Refusal): string {
  return `ERROR: (${code}) ${says}\nCode: ${code}\nMessage: ${says}\n`;
}
