import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Line } from './text.ts';
import { paint } from './theme.ts';

interface RowProps {
  readonly line: Line;
  readonly colour: boolean;
}

/** The rows of a screen, top to bottom; a row that did not change is not painted again. */
export function Rows({ lines, colour }: { readonly lines: readonly Line[]; readonly colour: boolean }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        <Row key={index} line={line} colour={colour} />
      ))}
    </Box>
  );
}

// One text a row: a node for each piece would cost more than all the rest of a key.
const Row = memo(function Row({ line, colour }: RowProps) {
  return <Text wrap="truncate">{line.length === 0 ? ' ' : paint(line, colour)}</Text>;
}, sameRow);

function sameRow(a: RowProps, b: RowProps): boolean {
  if (a.line === b.line) return a.colour === b.colour;
  return (
    a.colour === b.colour &&
    a.line.length === b.line.length &&
    a.line.every((span, index) => span.text === b.line[index]?.text && span.tone === b.line[index]?.tone)
  );
}
