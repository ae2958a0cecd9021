import { test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { contractCatalog } from '../contract-catalog.ts';
import { startTalk } from './driver.tsx';
import { FakeTerminal } from './fake-terminal.ts';
test('x', async () => {
  const t = new FakeTerminal(100, 30);
  const talk = startTalk(contractCatalog, t);
  talk.end.catch((e) => console.log('END', e));
  await sleep(500);
  console.log(JSON.stringify(t.written.slice(0, 500)), t.raw);
  console.log(t.text());
});
