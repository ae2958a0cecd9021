import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Line } from './text.ts';
import { lookOf } from './theme.ts';

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

const Row = memo(function Row({ line, colour }: RowProps) {
  return (
    <Text wrap="truncate">
      {line.length === 0 ? ' ' : null}
      {line.map(({ text, tone = 'plain' }, index) =>
        tone === 'plain' ? (
          text
        ) : (
          <Text key={index} {...lookOf(tone, colour)}>
            {text}
          </Text>
        ),
      )}
    </Text>
  );
}, sameRow);

function sameRow(a: RowProps, b: RowProps): boolean {
  if (a.line === b.line) return a.colour === b.colour;
  return (
    a.colour === b.colour &&
    a.line.length === b.line.length &&
    a.line.every((span, index) => span.text === b.line[index]?.text && span.tone === b.line[index]?.tone)
  );
}
