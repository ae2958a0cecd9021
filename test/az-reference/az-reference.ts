import { readFile } from 'node:fs/promises';

/** An option of a command, as the reference describes it. */
export interface Parameter {
  readonly aliases: readonly string[];
  readonly required: boolean;
  readonly values: readonly string[] | null;
  readonly case_sensitive?: boolean;
  readonly takes_value: boolean | 'optional' | 'many' | null;
  readonly min_values?: number;
  readonly required_without_ids?: boolean | null;
  readonly repeatable?: boolean;
  readonly positional?: boolean;
  readonly status?: string;
}

type Parameters = Readonly<Record<string, Parameter>>;

/** A command of the reference. */
export interface Command {
  readonly status: string;
  readonly extension: string | null;
  readonly no_global_subscription?: boolean;
  readonly policy_args?: boolean;
  readonly require_any?: readonly (readonly string[])[];
  readonly require_if?: readonly { readonly option: string; readonly value: string; readonly needs: readonly string[] }[];
  readonly parameters: Parameters;
}

/** The copy of the az reference in test/azure. */
export interface Reference {
  readonly az_version: string;
  readonly global_parameters: Parameters;
  readonly policy_parameters: Parameters;
  readonly commands: Readonly<Record<string, Command>>;
}

/** Reads the small copy that scripts/az-reference.ts writes. */
export async function readReference(): Promise<Reference> {
  return JSON.parse(await readFile(new URL('../azure/az-reference.json', import.meta.url), 'utf8')) as Reference;
}

/** Everything that is wrong with a call of az, as sentences; an empty list when the reference allows it. A call of kubectl has to name its context. */
export function problemsOfCall(words: readonly string[], reference: Reference): string[] {
  if (words[0] === 'kubectl') return / --context [^-]/.test(words.join(' ')) ? [] : [`kubectl names no context: ${words.join(' ')}`];
  const name = nameOf(words, reference);
  if (name === undefined) return [`no such command: ${words.slice(0, 5).join(' ')}`];
  const command = reference.commands[name] as Command;
  const parameters = parametersOf(command, reference);
  const { given, problems } = optionsOf(words.slice(1 + name.split(' ').length), parameters);
  // az rest names the subscription in its address.
  const addressed = name === 'rest' && words.some((word) => /^\/subscriptions\/[^/]+\//.test(word));
  const subscription =
    command.no_global_subscription || addressed ? [] : given.has('--subscription') ? [] : ['does not carry --subscription'];
  return [
    ...(command.status === 'deprecated' ? ['is deprecated'] : []),
    ...problems,
    ...subscription,
    ...[...given].flatMap(([option, values]) => problemsOfOption(option, parameters[option] as Parameter, values)),
    ...missingOf(command, given),
  ].map((problem) => `az ${name}: ${problem}`);
}

function nameOf(words: readonly string[], { commands }: Reference): string | undefined {
  if (words[0] !== 'az') return undefined;
  const option = words.findIndex((word) => word.startsWith('-'));
  const plain = words.slice(1, option < 0 ? undefined : option);
  const names = plain.map((_, index) => plain.slice(0, plain.length - index).join(' '));
  return names.find((name) => Object.hasOwn(commands, name));
}

function parametersOf(command: Command, reference: Reference): Parameters {
  const { '--subscription': subscription, ...others } = reference.global_parameters;
  const global = command.no_global_subscription || !subscription ? others : { ...others, '--subscription': subscription };
  return { ...global, ...(command.policy_args ? reference.policy_parameters : {}), ...command.parameters };
}

/** The values of each option by its full name. */
function optionsOf(words: readonly string[], parameters: Parameters): { given: Map<string, string[]>; problems: string[] } {
  const full = new Map(
    Object.entries(parameters).flatMap(([name, { aliases }]) => [name, ...aliases].map((spelled) => [spelled, name] as const)),
  );
  const positional = Object.keys(parameters).find((name) => parameters[name]?.positional);
  const given = new Map<string, string[]>();
  const problems: string[] = [];
  let current = positional;
  let unknown = false;
  for (const word of words) {
    const name = full.get(word);
    if (name !== undefined) {
      if (given.has(name) && !parameters[name]?.repeatable) problems.push(`${word} is given twice`);
      given.set(name, []);
      current = name;
      unknown = false;
    } else if (word.startsWith('--') || current === undefined) {
      problems.push(`does not take ${word}`);
      unknown = true;
    } else if (!unknown) given.set(current, [...(given.get(current) ?? []), word]);
  }
  return { given, problems };
}

function problemsOfOption(name: string, parameter: Parameter, values: readonly string[]): string[] {
  const { takes_value: takes, min_values: least = 1, values: accepted, case_sensitive: sensitive, status } = parameter;
  const same = (text: string) => (sensitive ? text : text.toLowerCase());
  const known = accepted && new Set(accepted.map(same));
  const tooMany = (takes === false && values.length > 0) || ((takes === true || takes === 'optional') && values.length > 1);
  const tooFew = (takes === true && values.length < 1) || (takes === 'many' && values.length < least);
  return [
    ...(status === 'deprecated' ? [`${name} is deprecated`] : []),
    ...(tooMany ? [`${name} takes fewer values than ${values.join(' ')}`] : []),
    ...(tooFew ? [`${name} needs a value`] : []),
    ...values
      .filter((value) => known && !known.has(same(value)))
      .map((value) => `${name} does not take ${value}, but ${accepted?.join(', ')}`),
    ...values.filter((value) => value === '').map(() => `${name} is given an empty value`),
  ];
}

function missingOf(command: Command, given: ReadonlyMap<string, readonly string[]>): string[] {
  const ids = given.has('--ids');
  const needed = Object.entries(command.parameters).filter(([, one]) => one.required || (one.required_without_ids === true && !ids));
  const missing = needed.filter(([name]) => !given.has(name)).map(([name]) => `needs ${name}`);
  const any = command.require_any ?? [];
  const none = any.length > 0 && !any.some((set) => set.every((option) => given.has(option)));
  const conditional = (command.require_if ?? [])
    .filter(({ option, value }) => given.get(option)?.some((one) => one.toLowerCase() === value.toLowerCase()))
    .flatMap(({ option, value, needs }) => needs.filter((one) => !given.has(one)).map((one) => `${option} ${value} needs ${one}`));
  return [...missing, ...(none ? [`needs one of ${any.map((set) => set.join(' and ')).join(', or ')}`] : []), ...conditional];
}
