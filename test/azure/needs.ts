import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasAz, hasSdk } from './az.ts';

/** What tests need from the machine, and how to get it. */
const needs = {
  az: { met: hasAz, says: 'the real az (apt-get install azure-cli)' },
  sdk: { met: hasSdk, says: 'the real azure-ai-ml (apt-get install python3-azure)' },
  xmllint: { met: () => onPath('xmllint'), says: 'xmllint (apt-get install libxml2-utils)' },
  kubectl: { met: hasKubectl, says: 'kubectl (apt-get install kubernetes-client)' },
  reference: { met: hasReference, says: 'test/azure/az-reference.json' },
} as const;

/** Describes tests that need the real tools: skipped with the reason where one is missing, failing there under AMLGUIDE_REQUIRE_AZ=1. */
export function describeWith(
  wanted: readonly (keyof typeof needs)[],
  title: string,
  options: { timeout: number; concurrent?: boolean; skip?: boolean },
  body: () => void,
): void {
  const missing = wanted.filter((name) => !needs[name].met()).map((name) => needs[name].says);
  if (missing.length === 0) describe(title, options, body);
  else if (process.env.AMLGUIDE_REQUIRE_AZ === '1') {
    test(`${title}: needs what is not here`, () => {
      expect(missing).toEqual([]);
    });
  } else describe.skip(`${title} (skipped, as there is no ${missing.join(' and no ')})`, options, body);
}

function hasReference(): boolean {
  return existsSync(process.env.AMLGUIDE_AZ_REFERENCE ?? join(import.meta.dirname, 'az-reference.json'));
}

/** Tells whether kubectl is on the PATH. */
export function hasKubectl(): boolean {
  return onPath('kubectl');
}

function onPath(program: string): boolean {
  return ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].some((folder) => existsSync(join(folder, program)));
}
