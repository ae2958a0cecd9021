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
// A row that the terminal takes for a wider one than it is shall not push the others down.
const [unwrapped, wrapped] = ['\u001B[?7l', '\u001B[?7h'];

/** What paints a frame on the terminal's other screen; the cursor stays hidden at its beginning, where Ink paints from then on. */
export function firstPaint({ lines }: Frame, colour: boolean): string {
  const up = lines.length > 1 ? `\u001B[${lines.length - 1}A` : '';
  const rows = lines.map((line) => paint(line, colour)).join('\n');
  return `${taking}${hiding}${beginning}${unwrapped}${rows}${wrapped}${up}\r${ending}`;
}
