import { drawRows, type PictureRow, type PictureSpan } from '../../core/picture-text.ts';
import type { View } from '../../core/view.ts';
import { windowColumn } from './pages.ts';
import { remembered } from './remembered.ts';
import type { Layer } from './state.ts';
import { type Line, type Tone, wrap } from './text.ts';

/** The page with the picture of the network; its rows come from the view when it is shown, so that it grows with the answers. */
export const networkPages: Extract<Layer, { at: 'pages' }> = { at: 'pages', what: 'network', title: 'The network', text: [], top: 0 };

const tones: Readonly<Record<PictureSpan['part'], Tone>> = {
  frame: 'dim',
  name: 'strong',
  thing: 'plain',
  note: 'dim',
  in: 'accent',
  out: 'accent',
  denied: 'bad',
};

/** A row of the picture in its tones. */
export function pictureLine({ spans }: PictureRow): Line {
  return spans.map(({ text, part }) => ({ text, tone: tones[part] }));
}

/** A window into the picture of the network for a width and a height. */
export function networkColumn(view: View, top: number, width: number, height: number): ReturnType<typeof windowColumn> {
  const open: Line = view.ask ? [{ text: ' · … is not answered yet', tone: 'dim' }] : [];
  return windowColumn([{ text: networkPages.title, tone: 'accent' }, ...open], networkRows(view, width), top, width, height);
}

/** The picture, laid out once a turn and width. */
const networkRows = remembered((view: View, width: number): readonly Line[] => {
  const nodes = view.picture();
  if (nodes.length === 0) return wrap([{ text: 'Nothing of it is known yet. It grows with your answers.', tone: 'dim' }], width);
  return drawRows(nodes, { width, flows: true, beside: true }).map(pictureLine);
});
