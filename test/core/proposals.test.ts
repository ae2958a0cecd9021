import { expect, test } from 'vitest';
import { advance, attempt, currentOf } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { emptySession, type Session, valuesIn } from '../../src/core/session.ts';
import type { Situation } from '../../src/core/situation.ts';
import { situationOf } from '../../src/core/walk.ts';
import { contractCatalog } from '../ui/contract-catalog.ts';

const at = (session: Session): Situation => situationOf(contractCatalog, valuesIn(session));
const currentKey = (session: Session): string | undefined => currentOf(at(session), session)?.key;
const session = (answers: Readonly<Record<string, Json>>): Session =>
  Object.entries(answers).reduce((now, [key, value]) => advance(contractCatalog, now, { type: 'answer', key, value }), emptySession);
const begun = { project: 'contoso-ml', region: 'koreacentral', targets: ['compute-cluster', 'compute-instance'] };

test('the defaults of everything that remains are those of one section after the other, up to a question without one', () => {
  for (const answers of [{ project: 'abc' }, begun, { ...begun, way_out: 'nat' }, { ...begun, public_ip: true }]) {
    const start = session(answers);
    const all = attempt(contractCatalog, start, { type: 'defaults', all: true });
    let one = start;
    for (let round = 0; round < 10; round++) one = advance(contractCatalog, one, { type: 'defaults' });
    expect(all.session).toEqual(one);
    expect(all.taken?.map(({ key }) => key)).toEqual(
      at(all.session)
        .asked.map(({ key }) => key)
        .filter((key) => key in all.session.answers && !(key in start.answers)),
    );
    expect(all.stops?.key).toBe(currentKey(all.session));
  }
});

test('defaults are taken up to the question that was named, and no further', () => {
  const start = session({ ...begun, way_out: 'nat' });
  const { session: now, stops } = attempt(contractCatalog, start, { type: 'defaults', all: true, until: 'subnet.prefix' });
  expect(stops).toMatchObject({ key: 'subnet.prefix' });
  expect(currentKey(now)).toBe('subnet.prefix');
});
