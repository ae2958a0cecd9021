import { Conversation } from './plain/conversation.ts';
import { linesOf, type Streams } from './plain/lines.ts';
import type { HomeChoice, SavedSession, Ui } from './ui.ts';

/** Questions one line at a time, for screen readers, dumb terminals and pipes: what is written stays, nothing is redrawn. */
export function plainUi(streams: Streams): Ui {
  const lines = linesOf(streams);
  const conversation = new Conversation(lines);
  return { ask: (turn) => conversation.ask(turn), close: lines.close };
}

/** The home screen as a numbered list. */
export async function plainHome(saved: readonly SavedSession[], streams: Streams): Promise<HomeChoice> {
  const lines = linesOf(streams);
  const offers = offersOf(saved);
  lines.tell('amlguide: secure Azure ML training, step by step.');
  lines.tell(...offers.map(({ label }, index) => `  ${index + 1}) ${label}`));
  lines.tell(
    ...saved.filter(({ damaged }) => damaged !== undefined).map(({ name, damaged }) => `  cannot be opened: ${name}, because: ${damaged}`),
  );
  try {
    return await choose(lines, offers);
  } finally {
    lines.close();
  }
}

interface Offer {
  readonly words: readonly string[];
  readonly label: string;
  readonly choice: HomeChoice;
}

async function choose(lines: ReturnType<typeof linesOf>, offers: readonly Offer[]): Promise<HomeChoice> {
  for (;;) {
    lines.tell('Type a number, press Enter for 1, or type ? for help.');
    const line = await lines.next('> ');
    if (line === undefined) return { type: 'quit' };
    const typed = line.trim().toLowerCase();
    if (typed === '?' || typed === 'help') {
      lines.tell(...offers.map(({ words, label }, index) => `  ${index + 1}, or ${words.join(' or ')}: ${label}.`));
      lines.tell('In the questions, ? tells which words are heard, and explain says more about a question.');
      continue;
    }
    const found = typed === '' ? offers[0] : (offers[Number(typed) - 1] ?? offers.find(({ words }) => words.includes(typed)));
    if (found) return found.choice;
    lines.tell(`There is no ${line.trim()} in the list.`);
  }
}

function offersOf(saved: readonly SavedSession[]): Offer[] {
  const sessions = saved.filter(({ damaged }) => damaged === undefined);
  return [
    { words: ['new', 'start'], label: 'Start a new setup', choice: { type: 'new' } },
    ...sessions.map(
      ({ name, about }): Offer => ({ words: [name.toLowerCase()], label: `Resume ${name}: ${about}`, choice: { type: 'resume', name } }),
    ),
    {
      words: ['check', 'doctor', 'computer'],
      label: 'Check this computer: az, sign-in, terminal, proxy; nothing is changed',
      choice: { type: 'doctor' },
    },
    {
      words: ['sample', 'try'],
      label: 'Try it with a made-up subscription: no sign-in, nothing is reached',
      choice: { type: 'sample' },
    },
    {
      words: ['checklist', 'checklists', 'read'],
      label: 'Read the checklists: no questions, nothing is changed',
      choice: { type: 'checklist' },
    },
    { words: ['leave', 'quit', 'q'], label: 'Leave', choice: { type: 'quit' } },
  ];
}
