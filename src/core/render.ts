import { Document } from 'yaml';
import type { Json } from './json.ts';
import { canonical } from './json.ts';
import { pictureOf } from './picture.ts';
import { svgFile } from './picture-svg.ts';
import type { Plan } from './plan.ts';
import { commentLine } from './quote.ts';
import { answersFile } from './render/answers.ts';
import { bashScript } from './render/bash.ts';
import { guideDocument, pictureFile } from './render/guide.ts';
import { powershellScript } from './render/powershell.ts';
import { oneLineLabels } from './reports/report.ts';
import { sayIn } from './resources.ts';

/** What can be rendered; `all` of them but python-v1 by default. */
export const formats = ['bash', 'powershell', 'python', 'yml', 'json', 'guide', 'answers', 'python-v1'] as const;
export type Format = (typeof formats)[number];

/** The formats that are written when none is named; the retired SDK only on request. */
export const defaultFormats: readonly Format[] = formats.filter((format) => format !== 'python-v1');

/** A file to write: path within the folder, text, and whether it can be executed. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** Renders a plan; the same answers give the same bytes, wherever and whenever. */
export function render(plan: Plan, wanted: readonly Format[], program: string): RenderedFile[] {
  const heading = headingOf(plan, program);
  const one = (path: string, text: string, executable = false): RenderedFile => ({ path, text, executable });
  const scripts: Record<string, () => RenderedFile[]> = {
    bash: () => [one('run.sh', bashScript(plan, heading), true)],
    powershell: () => [one('run.ps1', powershellScript(plan, heading))],
    guide: () => {
      const picture = pictureOf(plan.world);
      return [
        one('guide.md', guideDocument(plan, heading, picture)),
        one(pictureFile, svgFile(oneLineLabels(picture), heading[0] ?? '', heading[1] ?? '')),
      ];
    },
    answers: () => [one('answers.yaml', answersFile(plan.situation.catalog, plan.situation.answers))],
  };
  return wanted.flatMap(
    (format) =>
      scripts[format]?.() ??
      plan.files.filter((file) => file.format === format).map((file) => one(file.path, textOf(file.text, file.data, format))),
  );
}

function textOf(text: string | undefined, data: Json | undefined, format: Format): string {
  if (text !== undefined) return text;
  return format === 'json' ? `${JSON.stringify(JSON.parse(canonical(data)), null, 2)}\n` : yamlOf(data);
}

/** Readers of these files, az among them, know YAML 1.1, in which a bare off is false; so it is quoted. */
function yamlOf(data: Json | undefined): string {
  return new Document(data, { version: '1.1' }).toString({ lineWidth: 0 });
}

/** First lines of every script: what it is, what it needs, and by what it was written. */
function headingOf(plan: Plan, program: string): string[] {
  const { manifest } = plan.situation.catalog;
  return [
    sayIn(plan.world, manifest.heading),
    `Written by amlguide ${program}, checklists ${manifest.version}, held against their sources on ${manifest.checked}.`,
    ...manifest.before.map((line) => sayIn(plan.world, line)),
  ].map((line) => commentLine(line).replace(/^# ?/, ''));
}
