import { describe, it } from 'vitest';
import { caseCatalog } from './case-catalog.ts';
describe('x', () => { it.each(['subnet', 'ports', 'arc', 'types', 'endpoint'])('%s', async (n) => { await caseCatalog(n); }); });
