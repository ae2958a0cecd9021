import type { PlannedFile } from './files.ts';
import type { Step } from './plan.ts';
import type { Problem } from './rules.ts';
import { wordText } from './words.ts';

/** Two steps that want different values of one property of one resource, and two files with one path. */
export function clashesOf(steps: readonly Step[], files: readonly PlannedFile[]): Problem[] {
  return [...stepClashes(steps), ...fileClashes(files)];
}

function stepClashes(steps: readonly Step[]): Problem[] {
  const wanted = new Map<string, { readonly value: string; readonly step: Step }>();
  return steps.flatMap((step) =>
    step.wants.flatMap((want): Problem[] => {
      const place = `${step.id ? wordText(step.id)?.toLowerCase() : step.key} ${want.path}`;
      const value = wordText(want.word)?.toLowerCase() ?? '';
      const earlier = wanted.get(place);
      wanted.set(place, { value, step });
      if (!earlier || want.how === 'has' || earlier.value === value) return [];
      return [
        {
          key: step.key,
          say: `«${earlier.step.what}» and «${step.what}» are the same resource and want different values of ${want.path}: ${earlier.value} and ${value}. Choose different names.`,
          level: 'refuse',
          facts: step.facts,
        },
      ];
    }),
  );
}

/** Paths are compared as Windows and macOS do, where Train.yml is train.yml. */
function fileClashes(files: readonly PlannedFile[]): Problem[] {
  const first = new Map<string, PlannedFile>();
  return files.flatMap((file): Problem[] => {
    const place = file.path.toLowerCase();
    const earlier = first.get(place);
    if (!earlier) first.set(place, file);
    if (!earlier) return [];
    const say = `«${earlier.what}» and «${file.what}» would be written to one file, ${file.path}. Choose different names.`;
    return [{ key: file.path, say, level: 'refuse', facts: file.facts }];
  });
}
