import type { Drawn } from '../../core/picture.ts';
import { drawRows, type PictureRow, type PictureSpan } from '../../core/picture-text.ts';
import type { View } from '../../core/view.ts';
import { hasWords, wordsOf } from './filter.ts';
import { belowFilter, nothingHas, windowColumn } from './pages.ts';
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

/** A window into the picture of the network for a width and a height, or into what of it has the words of a filter. */
export function networkColumn(
  view: View,
  { top, filter }: typeof networkPages,
  width: number,
  height: number,
): ReturnType<typeof belowFilter> {
  const open: Line = view.ask ? [{ text: ' · … is not answered yet', tone: 'dim' }] : [];
  const title: Line = [{ text: networkPages.title, tone: 'accent' }, ...open];
  return belowFilter(filter, width, height, (room) =>
    windowColumn(title, networkRows(view, width, wordsOf(filter).join(' ')), top, width, room),
  );
}

/** The picture, laid out once a turn, width and words. */
const networkRows = remembered((view: View, width: number, words: string): readonly Line[] => {
  const nodes = view.picture();
  if (nodes.length === 0) return wrap([{ text: 'Nothing of it is known yet. It grows with your answers.', tone: 'dim' }], width);
  const hits = words === '' ? nodes : nodesWith(nodes, words.split(' '));
  return hits.length === 0 ? [nothingHas] : drawRows(hits, { width, flows: true, beside: true }).map(pictureLine);
});

/** What has the words, and the boxes around it: a box that has them with all that is in it, of any other what has them. */
function nodesWith(nodes: readonly Drawn[], words: readonly string[]): Drawn[] {
  return nodes.flatMap((node) => {
    if (hasWords([node.label, ...node.notes].join(' '), words)) return [node];
    const inner = nodesWith(node.inner, words);
    const flows = node.flows.filter(({ who, ports, why }) => hasWords(`${who} ${ports} ${why}`, words));
    return inner.length > 0 || flows.length > 0 ? [{ ...node, inner, flows }] : [];
  });
}
