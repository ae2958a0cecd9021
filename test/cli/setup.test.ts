import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/commands/context.ts';
import { setupCommand } from '../../src/commands/setup.ts';
import type { Ui } from '../../src/ui/ui.ts';
import { contractCatalog } from '../ui/contract-catalog.ts';
import { amlguide, room } from './run.ts';

const subscription = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7';

describe('the name of a session', () => {
  const env = { AMLGUIDE_STATE_DIR: join(room, 'names') };
  const names = async (): Promise<string[]> =>
    JSON.parse((await amlguide(['sessions', '--output', 'json'], { env })).stdout).map(({ name }: { name: string }) => name);

  /** Answers until the session has a name, from where the first two answers were left. */
  const resume = (session: string) => amlguide(['resume', session, '--plain'], { env, input: `${subscription}\nfabrikam\nleave\n` });

  test('that a person chose stays, even if it begins like a draft', async () => {
    await amlguide(['setup', '--plain', '--session', 'draft-mine'], { env, input: '\n\nleave\n' });
    expect((await resume('draft-mine')).stderr).toContain('Saved as draft-mine.');
    expect(await names()).toEqual(['draft-mine']);
  });

  test('of a draft follows the name that is answered', async () => {
    const { stderr } = await amlguide(['setup', '--plain'], { env, input: '\n\nleave\n' });
    const [, draft = ''] = /Saved as (draft-\d{8}-\d{4})\./.exec(stderr) ?? [];
    expect((await resume(draft)).stderr).toContain('Saved as fabrikam.');
  });
});

describe('a session whose lock somebody took away', () => {
  test('is not saved any more, and says so', async () => {
    const state = join(room, 'taken-over');
    const folder = join(state, 'sessions');
    const ui: Ui = {
      ask: async ({ view }) => {
        for (const name of readdirSync(folder).filter((one) => one.endsWith('.lock'))) rmSync(join(folder, name), { recursive: true });
        await after(5500);
        return { type: 'answer', key: view.ask?.key ?? '', value: 'contoso' };
      },
      close: () => undefined,
    };
    const context = {
      environment: { AMLGUIDE_STATE_DIR: state },
      version: '0.1.0',
      noInput: false,
      catalog: async () => contractCatalog,
    } as unknown as Context;
    await expect(setupCommand(context, { session: 'mine' }, ui)).rejects.toMatchObject({
      complaints: [{ what: 'Another amlguide took over the session mine.', hint: expect.stringContaining('amlguide resume mine') }],
    });
  });
});
