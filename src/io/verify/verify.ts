import type { Reading } from '../../core/asks.ts';
import type { Finding, Look } from '../../core/verify/findings.ts';
import type { ReadOptions, Reads } from '../../core/verify/reads.ts';
import { isIndirect } from '../../core/verify/requests.ts';
import type { Ref } from '../../core/verify/sources.ts';

/** Where things are read: Azure, and programs and files of this computer. */
export interface ReadPorts {
  readonly azure: Reads;
  readonly computer: Reads;
}

/**
 * Looks at everything and tells each finding as soon as it is known; gives all of them in the order of the looks, and what was read.
 * What Resource Graph or a list says against something is read once more from the resource itself, as both may be some minutes old.
 */
export async function verify(
  looks: readonly Look[],
  ports: ReadPorts,
  tell: (finding: Finding) => void,
  options: ReadOptions = {},
): Promise<{ readonly findings: readonly Finding[]; readonly readings: ReadonlyMap<string, Reading> }> {
  const readings = new Map<string, Reading>();
  const findings = new Map<string, Finding>();
  const judge = (concerns: (ref: Ref) => boolean, final: boolean) => {
    for (const { id, refs, judge: judged } of looks) {
      if (findings.has(id) || !(refs.length === 0 || refs.some(concerns)) || refs.some(({ key }) => !readings.has(key))) continue;
      const finding = judged(readings);
      if (!final && isAgainst(finding) && refs.some(isIndirect)) continue;
      findings.set(id, finding);
      tell(finding);
    }
  };
  const inAzure = new Set<string>();
  const hear = (ref: Ref, reading: Reading) => {
    if (!isHere(ref)) inAzure.add(ref.key);
    readings.set(ref.key, reading);
    judge(({ key }) => key === ref.key, options.direct ?? false);
  };
  judge(() => false, false);
  await readThrough(
    ports,
    looks.flatMap(({ refs }) => refs),
    hear,
    options,
  );
  const doubtful = looks.filter(({ id }) => !findings.has(id)).flatMap(({ refs }) => refs);
  const again = (ref: Ref, reading: Reading) => void readings.set(ref.key, reading);
  const answers = [...readings].some(([key, { ok }]) => ok && inAzure.has(key));
  const worthIt = doubtful.filter((ref) => isIndirect(ref) && mayDiffer(readings.get(ref.key), answers));
  if (!options.direct) await readThrough(ports, worthIt, again, { ...options, direct: true });
  judge(() => true, true);
  return { findings: looks.map(({ id, judge: judged }) => findings.get(id) ?? judged(readings)), readings };
}

function isAgainst({ verdict }: Finding): boolean {
  return verdict === 'fail' || verdict === 'unknown';
}

/** Whether a request of its own may say something else: not when nobody is signed in, nor when Azure gave no answer to anything. */
function mayDiffer(reading: Reading | undefined, answers: boolean): boolean {
  if (!reading || reading.ok) return true;
  // Resource Graph has limits and rights of its own: what it does not give may still be had from Resource Manager.
  if (reading.why === 'throttled' || reading.why === 'unreachable') return answers;
  return reading.why !== 'signed out' && reading.why !== 'not installed';
}

/** Whether programs or files of this computer tell it, which a cluster answers too. */
function isHere({ source }: Ref): boolean {
  return source.type === 'command' || source.type === 'computer';
}

async function readThrough(
  ports: ReadPorts,
  refs: readonly Ref[],
  hear: (ref: Ref, reading: Reading) => void,
  options: ReadOptions,
): Promise<void> {
  const unique = [...new Map(refs.map((ref) => [ref.key, ref])).values()];
  const here = unique.filter(isHere);
  const there = unique.filter((ref) => !isHere(ref));
  await Promise.all([ports.azure(there, hear, options), ports.computer(here, hear, options)]);
}
