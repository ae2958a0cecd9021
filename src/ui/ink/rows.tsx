import { Text } from 'ink';
import { useMemo } from 'react';
import type { Line } from './text.ts';
import { paint } from './theme.ts';

/** The rows of a screen, top to bottom, as one text: laying out a node for each row costs more than all the rest of a key. */
export function Rows({ lines, colour }: { readonly lines: readonly Line[]; readonly colour: boolean }) {
  const text = useMemo(() => lines.map((line) => paint(line, colour)).join('\n'), [lines, colour]);
  return <Text wrap="truncate">{text}</Text>;
}
