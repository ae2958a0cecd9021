import { spawn } from '@lydell/node-pty';
import { describe, expect, test } from 'vitest';
import { advance } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { emptySession, type Session } from '../../src/core/session.ts';
import { converse } from '../../src/ui/loop.ts';
import { plainHome, plainUi } from '../../src/ui/plain.ts';
import type { SavedSession } from '../../src/ui/ui.ts';
import { catalogOf, contractCatalog } from './contract-catalog.ts';
import { pipes, talk } from './plain-talk.ts';

function answered(answers: Readonly<Record<string, Json>>): Session {
  let session: Session = emptySession;
  for (const [key, value] of Object.entries(answers)) session = advance(contractCatalog, session, { type: 'answer', key, value });
  return session;
}

const atNetwork = { project: 'contoso-ml', region: 'koreacentral', targets: ['compute-cluster', 'compute-instance'] };
const atOwner = {
  ...atNetwork,
  'vnet.origin': 'new',
  'vnet.name': 'vnet-a',
  'vnet.group': 'rg-a',
  'vnet.prefixes': ['10.1.0.0/16'],
  'vnet.avoid': [],
  'subnet.prefix': '10.1.0.0/27',
  public_ip: true,
};
const complete = {
  ...atOwner,
  targets: ['compute-instance'],
  'instance.owner': 'kim',
  'instance.idle': null,
  tags: {},
  hosts: [],
  remark: null,
};
const defaultsThenLeave = ['', 'leave'];

describe('a question', () => {
  test('says section, number, question, why, example and how to answer', async () => {
    const { text } = await talk(['leave']);
    expect(text).toBe(
      [
        'Type ? for help. Type leave to save and stop.',
        '',
        'Section 1 of 5: What and where',
        '',
        'Question 1: What is the short name of this setup?',
        'Type the text. Example: contoso-ml',
        'Why: All other names are proposed from it.',
        '> leave',
        '',
      ].join('\n'),
    );
  });

  test('says the default in words, with its reason', async () => {
    const { text, session } = await talk(['contoso-ml', ...defaultsThenLeave]);
    expect(text).toContain('  1) Korea Central - three zones\n  2) Korea South - no zones\n');
    expect(text).toContain('Press Enter for the default: Korea Central. Reason: Most workspaces of this test are there.\n');
    expect(session.answers.region).toEqual({ value: 'koreacentral', from: 'default' });
  });

  test('says the old rule, the current rule and since when', async () => {
    const { text } = await talk([], answered({ ...atOwner, public_ip: null }));
    expect(text).toContain(
      [
        'Changed since the documents; stated since 2025-09-30.',
        '  Old rule: Nodes without a public IP reach the internet through the service.',
        '  Current rule: Nodes without a public IP need a way out of your own.',
        '  From: how-to-secure-training-vnet.',
      ].join('\n'),
    );
  });

  test('says what is still true', async () => {
    const { text } = await talk(['edit subnet.prefix'], answered(atOwner));
    expect(text).toContain('From: how-to-secure-training-vnet. Still true today. Type explain for 1 more.\n');
  });

  test('shows a choice that cannot be taken without a number, with the reason', async () => {
    const { text, session } = await talk(['2', 'existing'], answered({ ...atNetwork, region: 'koreasouth' }));
    expect(text).toContain('  1) a new network - in koreasouth\n  not now: one that exists, because: Korea South has no networks yet.\n');
    expect(text).toContain(
      '> 2\n«2» is not offered. Choose one of: new.\n\nQuestion 4: Does the virtual network exist already?\n> existing\nKorea South has no networks yet.\n',
    );
    expect(session.answers['vnet.origin']).toBeUndefined();
  });

  test('takes a choice by its number, value or label', async () => {
    for (const typed of ['2', 'koreasouth', 'korea south']) {
      expect((await talk(['contoso-ml', typed])).session.answers.region?.value).toBe('koreasouth');
    }
  });

  test('takes several choices with commas or spaces', async () => {
    for (const typed of ['1,2', '1 2', ' 1, compute-instance', 'compute cluster, compute instance']) {
      expect((await talk([typed], answered({ project: 'abc', region: 'koreacentral' }))).session.answers.targets?.value).toEqual([
        'compute-cluster',
        'compute-instance',
      ]);
    }
  });

  test('a wrong answer gets the message and the same question again', async () => {
    const { text } = await talk(['Bad Name']);
    expect(text).toContain(
      '> Bad Name\n«Bad Name»: Use 3 to 16 lower-case letters, digits and hyphens, and begin with a letter.\n\nQuestion 1: What is the short name of this setup?\n> ',
    );
  });

  test('Enter without a default says that an answer is needed', async () => {
    expect((await talk([''])).text).toContain('> \nAn answer is needed.\n\nQuestion 1');
  });

  test('= in front makes an answer of a word, and = alone leaves it empty', async () => {
    expect((await talk(['=back'], answered(atOwner))).session.answers['clusters.0.name']?.value).toBe('back');
    const end = { ...complete, remark: 'x' };
    expect((await talk(['edit remark', '='], answered(end))).session.answers.remark?.value).toBeNull();
    expect((await talk(['edit remark', '=back'], answered(end))).session.answers.remark?.value).toBe('back');
    expect((await talk(['edit remark', '==a'], answered(end))).session.answers.remark?.value).toBe('=a');
  });

  test('a long list is found by a part of a name and never taken by it', async () => {
    const choices = Array.from({ length: 60 }, (_, index) => ({ value: `size_${index + 1}`, label: `Size ${index + 1}` }));
    const catalog = catalogOf([
      { topic: 'long', title: 'Long', order: 1, questions: [{ id: 'project', kind: 'choice', ask: 'Which?', label: 'which', choices }] },
    ]);
    const { text, session } = await talk(['e 59', 'nowhere', 'size_7', 'leave'], emptySession, catalog);
    expect(text).toContain('  20) Size 20\n  and 40 more. Type a part of a name to find it, or list to hear all.\n');
    expect(text).toContain('> e 59\n1 of 60 choices hold e 59:\n  59) Size 59\n\nQuestion 1: Which?\n> nowhere\n«nowhere» is not offered.');
    expect(session.answers.project?.value).toBe('size_7');
  });
});

describe('words', () => {
  test('? says every word, and the question again', async () => {
    const { text } = await talk(['?']);
    for (const word of 'again,list,explain,preview,back,undo,defaults,review,edit KEY,checklist,network,write,glossary WORD,leave'.split(
      ',',
    ))
      expect(text).toContain(`\n  ${word}`);
    expect(text).toMatch(/gets = in front, such as =back\.\n\nQuestion 1: .*\n> \n$/);
  });

  test('back goes one question back and keeps its answer', async () => {
    const { text, session } = await talk(['contoso-ml', 'back', '', 'leave']);
    expect(text).toContain('Your earlier answer: contoso-ml. Press Enter to keep it.');
    expect(session.answers.project).toEqual({ value: 'contoso-ml', from: 'typed' });
    expect(text.trimEnd()).toMatch(/Question 2[^>]*> leave$/);
  });

  test('back at the first question says so', async () => {
    expect((await talk(['back'])).text).toContain('This is the first question.');
  });

  test('defaults says what was taken, and that none was', async () => {
    const { text } = await talk(['contoso-ml', 'defaults', 'defaults']);
    expect(text).toContain('Defaults taken:\n  region: Korea Central\n');
    expect(text).toContain('No default was taken: this question needs your answer.');
  });

  test('review lists answers with numbers and keys; edit takes either', async () => {
    const { text } = await talk(['review', 'edit 2', 'edit project', 'edit projekt', 'edit', 'leave'], answered(atNetwork));
    expect(text).toContain(
      'What and where:\n  1) short name: contoso-ml. Key: project\n  2) region: Korea Central, the default. Key: region\n',
    );
    expect(text).toContain('Question 2: In which region is the workspace?');
    expect(text).toContain('Question 1: What is the short name of this setup?');
    expect(text).toContain('There is no question projekt now.\nDid you mean project?\n');
    expect(text).toContain('Type edit and a key or a number of the review.');
  });

  test('explain says each fact in full', async () => {
    const { text } = await talk(['explain'], answered({ project: 'abc', region: 'koreacentral' }));
    expect(text).toContain(
      '1 of 1:\n  Retired since the documents; stated since 2025-03-31.\n  Old rule: Use the SDK v1.\n  Current rule: The SDK v1 is retired.\n  Written in: how-to-secure-training-vnet of 2025-06-12.\n',
    );
  });

  test('preview says the commands', async () => {
    const { text } = await talk(['preview'], answered({ ...atNetwork, 'vnet.origin': 'new' }));
    expect(text).toContain('az network vnet create --name');
  });

  test('write waits until every question is answered', async () => {
    expect((await talk(['write'])).text).toContain('0 questions are answered. Files are written when all are.');
  });

  test('the end of the input leaves', async () => {
    const { end, session } = await talk(['contoso-ml']);
    expect(end).toBe('leave');
    expect(session.answers.project?.value).toBe('contoso-ml');
  });
});

describe('an edit that changes other answers', () => {
  test('shows them and asks; no changes nothing', async () => {
    const { text, session } = await talk(['edit targets', '1', 'perhaps', 'no', 'leave'], answered(complete));
    expect(text).toContain('This would change other answers:\n  owner: kim is set aside, because the question no longer applies.\n');
    expect(text).toContain('Do it? Type yes or no.\n> perhaps\nDo it? Type yes or no.\n> no\nNothing is changed.\n');
    expect(session.answers).toEqual(answered(complete).answers);
  });

  test('yes makes the move, and the changes are not said twice', async () => {
    const { text, session } = await talk(['edit targets', '1', 'yes', 'leave'], answered(complete));
    expect(session.aside['instance.owner']?.value).toBe('kim');
    expect(text).not.toContain('This changed too');
  });

  test('the end of the input there changes nothing and leaves', async () => {
    const { end, session } = await talk(['edit targets', '1'], answered(complete));
    expect(end).toBe('leave');
    expect(session.answers).toEqual(answered(complete).answers);
  });
});

describe('the end', () => {
  test('lists answers, counts and what is contradicted, and takes write', async () => {
    const { text, end } = await talk(['nonsense', '', 'defaults', 'checklist', 'write'], answered(complete));
    expect(text).toContain(
      'Every question is answered. Checklist: 1 met, 1 contradicted, 1 to verify in Azure.\nAgainst the checklist:\n  Contradicted: nodes without public IP.',
    );
    expect(text).toContain(
      [
        '> nonsense\nEvery question is answered, and this is none of the words.\n',
        'What now? Type a number from 1 to 4, one of the words, or ? for help.\n',
      ].join('\n'),
    );
    expect(text).toContain(
      [
        'What now?',
        '  1) write - write the scripts',
        '  2) rehearse - rehearse them; nothing reaches Azure',
        '  3) run - run them; it asks once more',
        '  4) leave - leave; the answers are saved\n',
      ].join('\n'),
    );
    expect(end).toBe('write');
  });

  test('is short, and says on request what is made and used, the network, the permissions and the answers', async () => {
    const { text, end } = await talk(['plan', 'network', 'permissions', 'review', '2'], answered(complete));
    const at = [
      '\nAgainst the checklist:\n',
      ' will be created, ',
      'Type review to hear your ',
      '> plan\n\nWill be created:\n',
      '\nHas to be there already:\n',
      '> network\n\n',
      '> permissions\n\nPermissions that you need',
      '> review\n\nWhat and where:\n  1) short name: contoso-ml. Key: project\n',
    ].map((one) => text.indexOf(one));
    expect(at, text).toEqual([...at].sort((a, b) => a - b));
    expect(at[0], text).toBeGreaterThan(0);
    expect(end).toBe('rehearse');
  });

  test('edit goes to the question and comes back', async () => {
    const { text, session } = await talk(['edit remark', 'careful', 'write'], answered(complete));
    expect(session.answers.remark?.value).toBe('careful');
    expect(text.match(/Every question is answered\. Checklist/g)).toHaveLength(2);
  });
});

describe('what is written', () => {
  const hostile = '\u001B[2J\u0007\u202Eevil';

  test('never holds a control character, whatever answers hold', async () => {
    const start: Session = {
      ...answered(complete),
      answers: { ...answered(complete).answers, remark: { value: `${hostile}\nnext`, from: 'file' } },
    };
    const { text } = await talk([hostile, 'edit remark', 'review', `edit ${hostile}`, hostile, 'back', '?', 'leave'], start);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  });

  test('is short for a very long answer', async () => {
    const start: Session = {
      ...answered(complete),
      answers: { ...answered(complete).answers, remark: { value: '😀'.repeat(10_000), from: 'file' } },
    };
    const { text } = await talk(['review', 'edit remark', 'leave'], start);
    expect(text).toContain('… (10000 characters)');
    expect(text.length).toBeLessThan(8_000);
  });

  test('a typed line of 10,000 characters is refused in a short message', async () => {
    expect((await talk(['x'.repeat(10_000)])).text).toContain('is longer than 16 characters.');
  });
});

describe('home', () => {
  const saved: readonly SavedSession[] = [
    { name: 'contoso-prod', about: 'compute cluster, 14 of 22 answered' },
    { name: 'edge', about: '', damaged: 'the file is damaged' },
    { name: '1', about: 'a session with a number for a name' },
  ];

  async function home(...typed: string[]) {
    const { streams, written } = pipes(typed);
    return { choice: await plainHome(saved, streams), text: written() };
  }

  test('is a numbered list', async () => {
    const { choice, text } = await home('9', '2');
    expect(choice).toEqual({ type: 'resume', name: 'contoso-prod' });
    expect(text).toBe(
      [
        'amlguide: secure Azure ML training, step by step.',
        '  1) Start a new setup',
        '  2) Resume contoso-prod: compute cluster, 14 of 22 answered',
        '  3) Resume 1: a session with a number for a name',
        '  4) Check this computer: az, sign-in, terminal, proxy; nothing is changed',
        '  5) Try it with a made-up subscription: no sign-in, nothing is reached',
        '  6) Read the checklists: no questions, nothing is changed',
        '  7) Leave',
        '  cannot be opened: edge, because: the file is damaged',
        'Type a number, press Enter for 1, or type ? for help.',
        '> 9',
        'There is no 9 in the list.',
        'Type a number, press Enter for 1, or type ? for help.',
        '> 2',
        '',
      ].join('\n'),
    );
  });

  test('? says every word that is heard', async () => {
    const { choice, text } = await home('?', 'read');
    expect(choice).toEqual({ type: 'checklist' });
    expect(text).toContain('1, or new or start: Start a new setup.');
    expect(text).toContain('or leave or quit or q: Leave.');
  });

  test('Enter starts, words work, the end of the input quits', async () => {
    expect((await home('')).choice).toEqual({ type: 'new' });
    expect((await home('1')).choice).toEqual({ type: 'new' });
    expect((await home('Contoso-Prod')).choice).toEqual({ type: 'resume', name: 'contoso-prod' });
    expect((await home('checklist')).choice).toEqual({ type: 'checklist' });
    expect((await home('doctor')).choice).toEqual({ type: 'doctor' });
    expect((await home('sample')).choice).toEqual({ type: 'sample' });
    expect((await home('quit')).choice).toEqual({ type: 'quit' });
    expect((await home()).choice).toEqual({ type: 'quit' });
  });

  test('loses nothing that is typed ahead for the questions', async () => {
    const { streams, written } = pipes(['1', 'contoso-ml', '2', 'leave']);
    await plainHome(saved, streams);
    const { session } = await converse(
      contractCatalog,
      emptySession,
      plainUi(streams),
      () => 'contoso',
      async () => undefined,
    );
    expect(session.answers.region?.value).toBe('koreasouth');
    expect(written()).toContain('Question 3');
  });
});

describe('a real terminal', () => {
  const program = `
    import { converse } from '${new URL('../../src/ui/loop.ts', import.meta.url)}';
    import { plainUi } from '${new URL('../../src/ui/plain.ts', import.meta.url)}';
    import { contractCatalog } from '${new URL('./contract-catalog.ts', import.meta.url)}';
    const ui = plainUi({ input: process.stdin, output: process.stdout });
    const { end, session } = await converse(contractCatalog, { answers: {}, aside: {} }, ui, () => 'contoso', async () => undefined);
    ui.close();
    console.log('END ' + end + ' ' + Object.keys(session.answers).join(' '));
  `;

  /** What the terminal received when keys were typed at each prompt. */
  async function terminal(...keys: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cols: 20,
      rows: 10,
      env: { ...process.env, TERM: 'dumb', NODE_OPTIONS: '' },
    });
    let [text, sent] = ['', 0];
    child.onData((data) => {
      text += data;
      if (text.split('\n> ').length - 1 > sent && sent < keys.length) child.write(keys[sent++] ?? '');
    });
    await new Promise<void>((resolve) => child.onExit(() => resolve()));
    return text;
  }

  test('gets no escape code, and ctrl+c leaves with every answer', async () => {
    const text = await terminal('contoso-ml\r', '2\r', '\u0003');
    expect(text).not.toContain('\u001B');
    expect(text).toContain('Question 3');
    expect(text).toMatch(/\^C\r?\n?END leave project region/);
  });

  test('the end of the input leaves', async () => {
    expect(await terminal('contoso-ml\r', '\u0004')).toContain('END leave project');
  });
});
