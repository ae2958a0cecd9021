import type { Frame, Size } from './frame.ts';
import { asciiLine } from './text.ts';
import { paint } from './theme.ts';

/** Lays a scene out for a size of the terminal. */
export type Layout<Scene> = (scene: Scene, size: Size) => Frame;

/** A scene as it is painted: where a terminal shows ASCII alone, every row in its signs. */
export function frameFor<Scene>(layout: Layout<Scene>, scene: Scene, size: Size): Frame {
  const frame = layout(scene, size);
  return size.ascii ? { ...frame, lines: frame.lines.map((line) => asciiLine(line, size.columns)) } : frame;
}

/** Takes the terminal's other screen. */
export const taking = '\u001B[?1049h';
/** Begins an update that the terminal shows as a whole. */
export const beginning = '\u001B[?2026h';
const [hiding, ending] = ['\u001B[?25l', '\u001B[?2026l'];

/** What paints a frame on the terminal's other screen; the cursor stays hidden at its beginning, where Ink paints from then on. */
export function firstPaint({ lines }: Frame, colour: boolean): string {
  const up = lines.length > 1 ? `\u001B[${lines.length - 1}A` : '';
  return `${taking}${hiding}${beginning}${lines.map((line) => paint(line, colour)).join('\n')}${up}\r${ending}`;
}
