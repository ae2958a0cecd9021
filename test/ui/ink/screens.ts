import { afterEach } from 'vitest';
import { advance, type Move } from '../../../src/core/interview.ts';
import type { Json } from '../../../src/core/json.ts';
import { emptySession, type Session } from '../../../src/core/session.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { startTalk } from './driver.tsx';
import { FakeTerminal } from './fake-terminal.ts';

const open: { readonly terminal: FakeTerminal; readonly end: Promise<unknown> }[] = [];

afterEach(async () => {
  for (const { terminal, end } of open.splice(0)) {
    if (!terminal.stdin.readableEnded) terminal.press('ctrl+c');
    await end.catch(() => undefined);
  }
});

/** A wizard in a terminal in memory; it is left after the test. */
export function wizard(catalog = contractCatalog, start: Session = emptySession, columns = 100, rows = 30) {
  const terminal = new FakeTerminal(columns, rows);
  const talk = startTalk(catalog, terminal, start);
  open.push({ terminal, end: talk.end });
  return Object.assign(terminal, { talk });
}

/** A session with these answers, at a question. */
export function sessionWith(answers: Readonly<Record<string, Json>>, cursor?: string): Session {
  const moves: Move[] = Object.entries(answers).map(([key, value]) => ({ type: 'answer', key, value }));
  const session = moves.reduce((now, move) => advance(contractCatalog, now, move), emptySession);
  return cursor === undefined ? session : { ...session, cursor };
}

/** Answers up to the name of the network. */
export const begun = { project: 'contoso-ml', region: 'koreacentral', targets: ['compute-cluster'], 'vnet.origin': 'new' };
/** Answers up to the training subnet. */
export const planned = {
  ...begun,
  'vnet.name': 'vnet-contosoml',
  'vnet.group': 'rg-contosoml',
  'vnet.prefixes': ['10.1.0.0/16'],
  'vnet.avoid': [],
};

/** Leaves, and gives how the conversation ended. */
export async function leave(screen: ReturnType<typeof wizard>) {
  screen.press('ctrl+c');
  return screen.talk.end;
}
