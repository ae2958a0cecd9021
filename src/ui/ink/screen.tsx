import { useCursor, useInput, usePaste, useWindowSize } from 'ink';
import { useMemo, useSyncExternalStore } from 'react';
import type { Layout } from './first-frame.ts';
import type { Hands } from './hands.ts';
import { type Press, pressesOf } from './keys.ts';
import { Rows } from './rows.tsx';
import type { Seen } from './state.ts';
import { hang, type Line } from './text.ts';

/** What is shown, and who takes the keys. */
export interface Source<Scene> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly scene: () => Scene;
  readonly press: (press: Press, seen: Seen, hands: Hands) => void;
  /** The terminal is gone. */
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
}

/** What a screen is painted from. */
export interface ScreenProps<Scene> {
  readonly source: Source<Scene>;
  readonly layout: Layout<Scene>;
  readonly colour: boolean;
  /** Whether the last row may be written: a Windows console would scroll. */
  readonly lastRow: boolean;
  /** How often everything was painted anew. */
  readonly painting: number;
  /** What stands in the last row until the next key; nothing when empty. */
  readonly said: string;
  readonly hands: Hands;
  /** The keys of the screen itself, whatever it shows. */
  readonly keys: Readonly<Record<string, () => void>>;
}

/** Paints the scene, and hands keys and pasted text to its source. */
export function Screen<Scene>({ source, layout, colour, lastRow, painting, said, hands, keys }: ScreenProps<Scene>) {
  const { columns, rows } = useWindowSize();
  const scene = useSyncExternalStore(source.subscribe, source.scene);
  const frame = useMemo(() => layout(scene, { columns, rows: lastRow ? rows : rows - 1 }), [layout, scene, columns, rows, lastRow]);
  const { setCursorPosition } = useCursor();
  setCursorPosition(frame.cursor);
  useInput((input, key) => {
    hands.say('');
    for (const press of pressesOf(input, key)) {
      const own = keys[press.id];
      if (own) own();
      else hand(press);
    }
  });
  usePaste((text) => hand({ id: 'paste', text }));
  function hand(press: Press): void {
    try {
      source.press(press, frame.seen, hands);
    } catch (error) {
      source.fail(error);
    }
  }
  return <Rows key={painting} lines={said === '' ? frame.lines : withLast(frame.lines, said, columns)} colour={colour} />;
}

/** The rows with something said in place of the last ones. */
function withLast(lines: readonly Line[], said: string, columns: number): readonly Line[] {
  const rows = hang([{ text: ' ' }], [{ text: said, tone: 'accent' }], columns).slice(0, 3);
  return [...lines.slice(0, -rows.length), ...rows].slice(0, Math.max(lines.length, 1));
}
