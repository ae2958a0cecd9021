/** What a person reads about an expected failure: what happened, where, and how to mend it. */
export interface Complaint {
  readonly what: string;
  readonly where?: string;
  readonly hint?: string;
  readonly link?: string;
}

/** An expected failure that the person can mend; ends the program with exit code 2 unless told otherwise. */
export class UserError extends Error {
  readonly complaints: readonly Complaint[];
  readonly exitCode: number;

  constructor(complaints: Complaint | readonly Complaint[], options: { readonly exitCode?: number; readonly cause?: unknown } = {}) {
    const list = Array.isArray(complaints) ? (complaints as readonly Complaint[]) : [complaints as Complaint];
    super(list.map((one) => one.what).join('; '), { cause: options.cause });
    this.name = 'UserError';
    this.complaints = list;
    this.exitCode = options.exitCode ?? 2;
  }
}

/** The lines that a terminal shows for a complaint. */
export function complaintLines(complaint: Complaint): string[] {
  const lines = [complaint.where ? `${complaint.where}: ${complaint.what}` : complaint.what];
  if (complaint.hint) lines.push(`  ${complaint.hint}`);
  if (complaint.link) lines.push(`  ${complaint.link}`);
  return lines;
}

/** The known word nearest to a misspelt one, or undefined when none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word, candidate, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance, cut off at a limit. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitute);
    }
    previous = current;
  }
  return previous[b.length] ?? limit;
}
