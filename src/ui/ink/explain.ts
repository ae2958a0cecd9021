import type { ChecklistLine } from '../../core/items.ts';
import type { Permission } from '../../core/plan.ts';
import type { AnswerView, Ask, View } from '../../core/view.ts';
import { factPages } from './facts.ts';
import type { Layer, Paragraph } from './state.ts';
import { signs } from './theme.ts';

/** Everything about a question: why it is asked, why the default, and its facts with their history. */
export function explainPages(ask: Ask): Layer {
  const text: Paragraph[] = [
    { text: [{ text: ask.ask, tone: 'strong' }] },
    { text: [] },
    ...(ask.why === undefined ? [] : [{ text: [{ text: ask.why }] }, { text: [] }]),
    ...(ask.because === undefined
      ? []
      : [{ begin: [{ text: 'Proposed because ', tone: 'dim' as const }], text: [{ text: ask.because }] }, { text: [] }]),
    ...choicePages(ask),
    ...ask.facts.flatMap(factPages),
    { begin: [{ text: 'Answers file: ', tone: 'dim' }], text: [{ text: ask.key }] },
  ];
  return { at: 'pages', what: 'explain', title: ask.label, text, top: 0 };
}

function choicePages({ choices }: Ask): Paragraph[] {
  const refused = choices.filter((one) => one.refused !== undefined);
  if (refused.length === 0) return [];
  const rows = refused.map(
    ({ label, refused: reason = '' }): Paragraph => ({
      begin: [{ text: '  ✖ ', tone: 'bad' }],
      text: [{ text: `${label}: `, tone: 'strong' }, { text: reason }],
    }),
  );
  return [...rows, { text: [] }];
}

/** Everything about an answer that was given: the question, why it is asked, and what it rests on. */
export function answerPages({ key, label, ask, why, text: answer, facts }: AnswerView, known: View['facts']): Layer {
  const text: Paragraph[] = [
    { text: [{ text: ask, tone: 'strong' }] },
    { begin: [{ text: '❯ ', tone: 'chosen' }], text: [{ text: answer }] },
    { text: [] },
    ...(why === undefined ? [] : [{ text: [{ text: why }] }, { text: [] }]),
    ...facts.flatMap((id) => known[id] ?? []).flatMap(factPages),
    { begin: [{ text: 'Answers file: ', tone: 'dim' }], text: [{ text: key }] },
  ];
  return { at: 'pages', what: 'explain', title: label, text, top: 0 };
}

/** Everything about a line of the checklist. */
export function itemPages(item: ChecklistLine, facts: View['facts']): Layer {
  const { sign, tone } = signs[item.state];
  const known = item.facts.flatMap((id) => facts[id] ?? []);
  const text: Paragraph[] = [
    { begin: [{ text: `${sign} `, tone }], text: [{ text: item.says, tone: 'strong' }] },
    { begin: [{ text: '  ' }], text: [{ text: `${stateWords[item.state]} · ${item.severity} severity`, tone: 'dim' }] },
    { text: [] },
    ...(item.manual === undefined
      ? []
      : [{ begin: [{ text: 'By hand  ', tone: 'dim' as const }], text: [{ text: item.manual }] }, { text: [] }]),
    ...known.flatMap(factPages),
  ];
  return { at: 'pages', what: 'explain', title: item.label, text, top: 0 };
}

/** Every action that a person needs at a scope, and the scope in full. */
export function permissionPages({ scope, actions }: Permission): Layer {
  const text: Paragraph[] = [
    { text: [{ text: scope, tone: 'strong' }] },
    { text: [] },
    ...actions.map((action): Paragraph => ({ begin: [{ text: '  · ', tone: 'dim' }], text: [{ text: action }] })),
  ];
  return { at: 'pages', what: 'explain', title: 'Permissions that you need here', text, top: 0 };
}

/** What a state of the checklist means, in words. */
export const stateWords = {
  met: 'the plan makes it true',
  contradicted: 'your answers make it false',
  verify: 'Azure decides: verify looks afterwards',
  'by hand': 'a person has to look',
  open: 'waits for an answer',
} as const;
