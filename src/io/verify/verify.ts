import type { Reading } from '../../core/asks.ts';
import type { ChecklistLine } from '../../core/items.ts';
import type { World } from '../../core/resources.ts';
import { type Finding, findingOf, plannedItems, refsOf } from '../../core/verify/findings.ts';
import type { ReadOptions, Reads } from '../../core/verify/reads.ts';
import { isIndirect } from '../../core/verify/requests.ts';
import type { Ref } from '../../core/verify/sources.ts';

/** Where things are read: Azure, and programs and files of this computer. */
export interface ReadPorts {
  readonly azure: Reads;
  readonly computer: Reads;
}

/**
 * Looks at every line of a checklist and tells each finding as soon as it is known; gives all of them in the order of the checklist.
 * What Resource Graph or a list says against an item is read once more from the resource itself, as both may be some minutes old.
 */
export async function verify(
  world: World,
  lines: readonly ChecklistLine[],
  ports: ReadPorts,
  tell: (finding: Finding) => void,
  options: ReadOptions = {},
): Promise<Finding[]> {
  const items = plannedItems(world, lines);
  const readings = new Map<string, Reading>();
  const findings = new Map<string, Finding>();
  const judge = (concerns: (ref: Ref) => boolean, final: boolean) => {
    for (const item of items) {
      const refs = refsOf(item);
      if (findings.has(item.line.id) || !(refs.length === 0 || refs.some(concerns)) || refs.some(({ key }) => !readings.has(key))) continue;
      const finding = findingOf(world, item, readings);
      if (!final && isAgainst(finding) && refs.some(isIndirect)) continue;
      findings.set(item.line.id, finding);
      tell(finding);
    }
  };
  const hear = (ref: Ref, reading: Reading) => {
    readings.set(ref.key, reading);
    judge(({ key }) => key === ref.key, options.direct ?? false);
  };
  judge(() => false, false);
  await readThrough(ports, items.flatMap(refsOf), hear, options);
  const doubtful = items.filter(({ line }) => !findings.has(line.id)).flatMap(refsOf);
  const again = (ref: Ref, reading: Reading) => void readings.set(ref.key, reading);
  if (!options.direct)
    await readThrough(
      ports,
      doubtful.filter((ref) => isIndirect(ref) && mayDiffer(readings.get(ref.key))),
      again,
      { ...options, direct: true },
    );
  judge(() => true, true);
  return items.map((item) => findings.get(item.line.id) ?? findingOf(world, item, readings));
}

function isAgainst({ verdict }: Finding): boolean {
  return verdict === 'fail' || verdict === 'unknown';
}

/** Whether a request of its own may say something else: not when nobody is signed in or nothing can be reached. */
function mayDiffer(reading: Reading | undefined): boolean {
  return !reading || reading.ok || !['signed out', 'unreachable', 'throttled'].includes(reading.why);
}

async function readThrough(
  ports: ReadPorts,
  refs: readonly Ref[],
  hear: (ref: Ref, reading: Reading) => void,
  options: ReadOptions,
): Promise<void> {
  const unique = [...new Map(refs.map((ref) => [ref.key, ref])).values()];
  const here = unique.filter(({ source }) => source.type === 'command' || source.type === 'computer');
  const there = unique.filter((ref) => !here.includes(ref));
  await Promise.all([ports.azure(there, hear, options), ports.computer(here, hear, options)]);
}
