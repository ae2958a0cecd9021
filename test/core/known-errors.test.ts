import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/core/catalog.ts';
import { codeOf, knownErrorOf, messageOf, retryAfterOf } from '../../src/core/known-errors.ts';
import { faults, printed, refusalOf, troubleOf } from '../../src/core/run/faults.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { goodCatalog, writeCatalog } from '../write-catalog.ts';
import { id, messages, refused } from './az-messages.ts';

const { catalog } = (await readCatalog(new URL('../..', import.meta.url).pathname)) as { catalog: Catalog };
const { errors } = catalog;
describe('what az and kubectl print', () => {
  it.each(messages)('is known: %s', (wanted, text) => {
    expect(knownErrorOf(errors, text)?.id).toBe(wanted);
    expect(knownErrorOf(errors, text.replaceAll('\n', '\r\n').toUpperCase())?.id).toBe(wanted);
    expect(knownErrorOf(errors, `WARNING: The behavior of this command has been altered by the following extension: ml\n${text}`)?.id).toBe(
      wanted,
    );
  });

  it.each([
    'ERROR: something nobody has seen',
    '',
    'ERROR: (FooBar) x 1e45002a-0001-4000-8000-e45003e45004',
    'ERROR: AADSTS500207: The account type is not supported',
    'ERROR: (LinkedScopeLockedForever) no',
  ])('is not known: %j', (text) => expect(knownErrorOf(errors, text)).toBeUndefined());

  it('is told by the error, and not by a warning before it', () => {
    const warning = 'WARNING: Connection reset by peer, trying once more';
    expect(knownErrorOf(errors, `${warning}\n${refused('ScopeLocked', 'The scope is locked.')}`)?.id).toBe('lock-scope');
    expect(knownErrorOf(errors, warning)?.id).toBe('connection-lost');
  });

  it('is told by the longest text, so that the special goes before the general', () => {
    const text = refused('OperationNotAllowed', 'It cannot perform write operation because following scope(s) are locked: x.');
    expect(knownErrorOf(errors, text)?.id).toBe('lock-scope');
    expect(knownErrorOf([...errors].reverse(), text)?.id).toBe('lock-scope');
  });
});

describe('the faults of a rehearsal', () => {
  const wanted = {
    throttled: ['throttled', true],
    '500': ['internal-server-error', true],
    '503': ['internal-server-error', true],
    forbidden: ['auth-failed', true],
    conflict: ['net-another-operation', true],
    quota: ['quota-operation-not-allowed', false],
    policy: ['policy-denied', false],
    lock: ['lock-scope', false],
    dropped: ['connection-lost', true],
    'dropped-after': ['connection-lost', true],
    late: ['late-failure', false],
    expired: ['signin-expired-grant', false],
    hang: ['too-late', false],
  } as const;

  it.each(faults)('%s has the entry that explains it', (fault) => {
    const refusal = refusalOf(fault, `${id}/x`);
    const text = fault === 'hang' ? '\nIt did not come to its end within 90 min.' : refusal ? printed(refusal) : troubleOf(fault);
    const known = knownErrorOf(errors, text);
    expect([known?.id, known?.retry !== undefined]).toEqual(wanted[fault]);
    expect(known?.sign_in ?? false).toBe(fault === 'expired');
  });
});

describe('the essential words', () => {
  it.each([
    ['ERROR: (A.b) It failed.\nCode: A.b\nMessage: It failed.', '(A.b) It failed.'],
    ['WARNING: one\nWARNING: two\nERROR: It failed.\n', 'It failed.'],
    ['\u001B[31mERROR: It failed.\u001B[0m\r\n', 'It failed.'],
    ['ERROR: first\nERROR: second\nmore of it', 'second\nmore of it'],
    ['usage: az [-h] group\naz group: error: unrecognized arguments: --x', 'unrecognized arguments: --x'],
    ['usage: attach.py [-h]\nattach.py: error: no such file', 'no such file'],
    [
      "ERROR: 'x' is misspelled.\n\nExamples from AI knowledge base:\nhttps://aka.ms/cli_ref\nRead more about the command in reference docs",
      "'x' is misspelled.",
    ],
    ['Error from server (NotFound): namespaces "x" not found', 'Error from server (NotFound): namespaces "x" not found'],
    ['error: context "x" does not exist', 'context "x" does not exist'],
    ['W1121 13:13:49.1 1 loader.go:222] no config\nUnable to connect to the server: EOF', 'Unable to connect to the server: EOF'],
    ['Error: INSTALLATION FAILED: timed out', 'INSTALLATION FAILED: timed out'],
    ['one\ntwo\nthree\nfour', 'two\nthree\nfour'],
    ['', ''],
    ['WARNING: only this', 'WARNING: only this'],
  ])('of %j', (text, wanted) => expect(messageOf(text)).toBe(wanted));

  it('of a traceback are the last exception', () => {
    const trace = 'Traceback (most recent call last):\n  File "attach.py", line 3, in <module>\n    raise it\n    ^^^^^^^^\n';
    const text = `${trace}ValueError: inner\n\nDuring handling of the above exception, another exception occurred:\n\n${trace}azure.core.exceptions.HttpResponseError: (Conflict) It exists.\nCode: Conflict\nMessage: It exists.\n`;
    expect(messageOf(text)).toBe('(Conflict) It exists.');
    expect(codeOf(messageOf(text))).toBe('Conflict');
  });

  it('of az that stumbles itself are the words below its excuse', () => {
    const text = `ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: 'NoneType' object has no attribute 'x'\nTraceback (most recent call last):\n  File "/usr/lib/cli.py", line 233, in invoke\n    cmd_result = self.invocation.execute(args)\n                 ^^^^^\nAttributeError: 'NoneType' object has no attribute 'x'\nTo check existing issues, please visit: https://github.com/Azure/azure-cli/issues\nTo open a new issue, please run \`az feedback\`\n`;
    expect(messageOf(text)).toBe("'NoneType' object has no attribute 'x'");
  });

  it('are no more than a screen can hold', () => {
    expect(messageOf(`ERROR: ${'x'.repeat(5000)}`)).toHaveLength(1001);
  });
});

describe('the code of a refusal', () => {
  it.each([
    ['(ScopeLocked) The scope', 'ScopeLocked'],
    ['It failed.\nCode: ScopeLocked', 'ScopeLocked'],
    ['Bad Request({"error":{"code":"InvalidTemplate","message":"x"}})', 'InvalidTemplate'],
    ['Forbidden({"error": {"code" : "ForbiddenByRbac"}})', 'ForbiddenByRbac'],
    ['It failed (see above).', undefined],
    ["('Connection aborted.', x)", undefined],
    ['{"code": 403}', undefined],
  ])('of %j', (text, code) => expect(codeOf(text)).toBe(code));
});

describe('the time to wait', () => {
  it.each([
    ["Please try again after '6' seconds.", 6],
    ['Please retry after 60 seconds', 60],
    ['Retry-After: 17', 17],
    ["'Retry-After': '17'", 17],
    ['"retry-after":"17"', 17],
    ['x-ms-retry-after-ms: 1500', 2],
    ['Please wait 2 minutes.', 120],
    ["Please try after '900' seconds.", 900],
    ['The call can be retried in 14 seconds.', 14],
    ['Try again in 1 hour.', 3600],
    ['The token was inactive for 90 seconds.', undefined],
    ['Try again. It took 7 seconds.', undefined],
    ['retryable, 9 seconds', undefined],
    ['', undefined],
  ])('of %j', (text, seconds) => expect(retryAfterOf(text)).toBe(seconds));
});

describe('the entries', () => {
  it('have ids and texts of their own', () => {
    const texts = errors.flatMap(({ match }) => match.map((text) => text.toLowerCase()));
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
    expect(new Set(errors.map((one) => one.id)).size).toBe(errors.length);
    expect(errors.length).toBeGreaterThan(128);
  });

  it('are found by each of their texts', () => {
    for (const one of errors)
      for (const text of one.match) expect([text, knownErrorOf(errors, `ERROR: ${text} x`)?.id]).toEqual([text, one.id]);
  });

  it('are sentences without the blanks of a template', () => {
    for (const text of errors.flatMap(({ cause, fix }) => [cause, fix])) {
      expect(text).toMatch(/^(?:[A-Z]|az |amlguide )[^\n]*\.$/);
      expect(text.replaceAll(/`[^`]*`/g, '')).not.toMatch(/[{}`]/);
    }
  });

  it('link no page when no page says so', () => {
    for (const { id: name, sources, link } of errors) {
      if (sources.every(({ page }) => page.startsWith('general knowledge'))) expect([name, link]).toEqual([name, undefined]);
    }
  });

  it('name pages, and no makeshift, as their sources', () => {
    for (const { sources } of errors) expect(sources.map(({ page }) => page).join()).not.toMatch(/^fact |facts named here|^$/);
  });
});

describe('the linter', () => {
  const entry = (name: string, match: string, more = '') =>
    `- {id: ${name}, match: [${match}], where: w, cause: C., fix: F., sources: [{page: p}]${more}}\n`;
  const path = 'checklists/known-errors.yaml';
  const problems = async (text: string) =>
    (await readCatalog(await writeCatalog({ ...goodCatalog, [path]: text }))).problems.map(problemLine);

  it.each([
    ['two entries of one id', entry('one', 'Alpha') + entry('one', 'Beta'), [`${path}:2:8 there is already a known error «one»`]],
    [
      'one text twice, whatever its capitals',
      entry('one', 'Alpha') + entry('two', 'ALPHA'),
      [expect.stringMatching(/:2:\d+ «ALPHA» is a text of «one» already$/)],
    ],
    [
      'a fact that does not exist',
      entry('one', 'Alpha', ', facts: [subnet-insde]'),
      [expect.stringMatching(/:1:\d+ there is no fact «subnet-insde» \(did you mean subnet-inside\?\)$/)],
    ],
    ['a text that is too short to mean anything', entry('one', 'abc'), [expect.stringMatching(/^checklists\/known-errors.yaml:1:\d+ /)]],
    ['nothing', entry('one', 'Alpha', ', facts: [subnet-inside], retry: 3, tries: 2'), []],
  ])('finds %s', async (_, text, found) => expect(await problems(text)).toEqual(found));
});
