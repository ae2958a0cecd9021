import { expect, test } from 'vitest';
import { homeFrame, homeScene } from '../../../src/ui/ink/home.ts';
import { texts } from './verify-scenes.ts';

const about = '14 of 22 answered · run is complete · 2 hours ago';
const saved = [
  { name: 'contoso-prod', about },
  { name: 'edge', about },
];
const parts = about.split(' · ');

test('descriptions lose whole parts where they do not fit, and the line at the cursor stands below in full', () => {
  const seen = new Set<number>();
  for (let columns = 40; columns <= 130; columns++) {
    const scene = { ...homeScene(saved), list: { ...homeScene(saved).list, cursor: 1 } };
    const rows = texts(homeFrame(scene, { columns, rows: 24 }));
    const row = rows.find((one) => one.includes('❯ Resume  contoso-prod')) ?? '';
    const hint = row.replace(/^.*contoso-prod */, '');
    const shown = hint === '' ? 0 : hint.split(' · ').length;
    expect(hint).toBe(parts.slice(0, shown).join(' · '));
    expect(rows.slice(3, -3).join('\n')).not.toContain('…');
    if (shown < parts.length) expect(rows.slice(8).join(' ').replaceAll(/\s+/g, ' ')).toContain(about);
    seen.add(shown);
  }
  expect([...seen].toSorted()).toEqual([0, 1, 2, 3]);
});
