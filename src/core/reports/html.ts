import { drawSvg } from '../picture-svg.ts';
import type { Fact } from '../schema.ts';
import { countsOf, type Finding, type Verdict } from '../verify/findings.ts';
import { script, scriptHash } from './html-script.ts';
import { style, styleHash } from './html-style.ts';
import { attribute, markup } from './markup.ts';
import {
  commandsOf,
  factsOf,
  findingsOf,
  oneLine,
  oneLineLabels,
  type Report,
  sourceAddress,
  sourceLine,
  summaryOf,
  topicsOf,
  verdicts,
  verdictWords,
  visible,
  warningOf,
} from './report.ts';

const marks: Readonly<Record<Verdict, string>> = { fail: 'Failed', unknown: 'Unknown', 'by hand': 'By hand', pass: 'Passed' };
const titles: Readonly<Record<Verdict, string>> = { ...marks, 'by hand': 'To look at by hand' };
/** The class of the style and the name of the section. */
const names: Readonly<Record<Verdict, string>> = { fail: 'fail', unknown: 'unknown', 'by hand': 'hand', pass: 'pass' };

/** The report as one HTML file that asks for nothing else and is complete without its script. */
export function htmlReport(report: Report): string {
  const title = inline(`Verification of ${report.name}`);
  const sections = [
    ...summary(report),
    '<div class="tools" id="tools" hidden><label for="search">Show only what holds these words</label><input id="search" type="search" autocomplete="off"> <span id="shown" role="status"></span></div>',
    ...(['fail', 'unknown', 'by hand'] as const).flatMap((verdict) => findingSection(report, verdict)),
    ...passedSection(report),
    ...picture(report),
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    ...head(title),
    '<body>',
    '<a class="skip" href="#main">To the findings</a>',
    ...header(report, title),
    '<main id="main" tabindex="-1">',
    ...sections,
    '</main>',
    ...footer(report),
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function head(title: string): string[] {
  const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;
  return [
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    '</head>',
  ];
}

function header(report: Report, title: string): string[] {
  const warning = warningOf(report);
  return [
    '<header>',
    `<h1 dir="auto">${title}</h1>`,
    `<p class="about">${summaryOf(report)}. Made at <time>${inline(report.at)}</time>.</p>`,
    ...(warning === '' ? [] : [`<p class="sample">${markup(warning)}</p>`]),
    '</header>',
  ];
}

function footer({ version, catalog: { manifest } }: Report): string[] {
  const checklists = `${inline(manifest.version)}, last checked ${inline(manifest.checked)}`;
  return ['<footer>', `<p>Made by amlguide ${inline(version)} with the checklists ${checklists}.</p>`, '</footer>'];
}

function summary(report: Report): string[] {
  const counts = countsOf(report.findings);
  const count = (verdict: Verdict) =>
    `<li class="${names[verdict]}"><strong>${counts[verdict]}</strong> ${counts[verdict] > 0 ? `<a href="#${names[verdict]}">${verdictWords[verdict]}</a>` : verdictWords[verdict]}</li>`;
  return [
    '<section aria-labelledby="summary">',
    '<h2 id="summary">Summary</h2>',
    '<ul class="counts">',
    ...verdicts.map(count),
    '</ul>',
    ...topicTable(report),
    '</section>',
  ];
}

function topicTable(report: Report): string[] {
  const rows = topicsOf(report).map(({ title, findings }) => {
    const counts = countsOf(findings);
    const cells = verdicts.map((verdict) => `<td class="${counts[verdict] === 0 ? 'none' : names[verdict]}">${counts[verdict]}</td>`);
    return `<tr><th scope="row" dir="auto">${inline(title)}</th>${cells.join('')}</tr>`;
  });
  const columns = verdicts.map((verdict) => `<th scope="col">${marks[verdict]}</th>`).join('');
  return [
    '<details>',
    '<summary>Counts by topic</summary>',
    '<table>',
    `<thead><tr><th scope="col">Topic</th>${columns}</tr></thead>`,
    '<tbody>',
    ...rows,
    '</tbody>',
    '</table>',
    '</details>',
  ];
}

function findingSection(report: Report, verdict: Verdict): string[] {
  const findings = findingsOf(report, verdict);
  if (findings.length === 0) return [];
  const name = names[verdict];
  return [
    `<section aria-labelledby="${name}">`,
    `<h2 id="${name}">${titles[verdict]} (${findings.length})</h2>`,
    ...findings.flatMap((finding) => card(report, finding)),
    '</section>',
  ];
}

function card(report: Report, finding: Finding): string[] {
  const { verdict, label, says, severity, why, found, expected, what, resource, at } = finding;
  const mark = `<span class="mark ${names[verdict]}">${marks[verdict]}</span>`;
  const values = { Found: found, Expected: expected, 'Looked at': what, Resource: resource, At: at };
  return [
    `<article class="finding ${names[verdict]}" data-finding>`,
    `<h3>${mark} <bdi>${inline(label)}</bdi> <span class="severity">${severity} severity</span></h3>`,
    `<p dir="auto">${block(says)}</p>`,
    ...(why === undefined || why === says ? [] : [`<p dir="auto">${block(why)}</p>`]),
    ...listed(values),
    ...mend(report, finding),
    ...sources(factsOf(report, finding), verdict === 'fail'),
    '</article>',
  ];
}

function listed(values: Readonly<Record<string, string | undefined>>): string[] {
  const lines = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`<dt>${name}</dt><dd dir="auto"><code>${block(value)}</code></dd>`],
  );
  return lines.length === 0 ? [] : ['<dl>', ...lines, '</dl>'];
}

function mend(report: Report, { id }: Finding): string[] {
  const one = report.mends.get(id);
  const commands = commandsOf(one);
  if (one?.say === undefined && commands.length === 0) return [];
  return [
    '<h4>To mend it</h4>',
    ...(one?.say === undefined ? [] : [`<p dir="auto">${block(one.say)}</p>`]),
    ...commands.map((command) => `<pre class="command" tabindex="0"><code>${markup(command)}</code></pre>`),
  ];
}

function sources(facts: readonly Fact[], open: boolean): string[] {
  if (facts.length === 0) return [];
  const rows = facts.map((fact) => {
    const since = fact.since === undefined ? '' : ` (stated since ${inline(fact.since)})`;
    const was = fact.was === undefined ? '' : `<br><span class="was">Formerly: <bdi>${inline(fact.was)}</bdi></span>`;
    return `<li><bdi>${inline(fact.says)}</bdi>${since}${was}<br>${fact.sources.map(source).join('; ')}</li>`;
  });
  return [`<details${open ? ' open' : ''}>`, '<summary>Sources</summary>', '<ul class="sources">', ...rows, '</ul>', '</details>'];
}

function source(one: Fact['sources'][number]): string {
  const address = sourceAddress(one);
  const line = inline(sourceLine(one));
  return address === undefined ? line : `<a href="${attribute(address)}">${line}</a>`;
}

function passedSection(report: Report): string[] {
  const passed = findingsOf(report, 'pass');
  if (passed.length === 0) return [];
  const topics = topicsOf({ ...report, findings: report.findings.filter(({ verdict }) => verdict === 'pass') });
  return [
    '<section aria-labelledby="pass">',
    `<h2 id="pass">Passed (${passed.length})</h2>`,
    ...topics.flatMap(({ title, findings }) => [
      '<details class="topic">',
      `<summary><bdi>${inline(title)}</bdi> (${findings.length})</summary>`,
      '<ul>',
      ...findings.map(passedLine),
      '</ul>',
      '</details>',
    ]),
    '</section>',
  ];
}

function passedLine({ label, found, what }: Finding): string {
  const value = found === undefined ? '' : `: <code><bdi>${inline(found)}</bdi></code>`;
  return `<li data-finding><bdi>${inline(label)}</bdi>${value}${what === undefined ? '' : ` <span class="about">${inline(what)}</span>`}</li>`;
}

function picture({ picture: nodes, name }: Report): string[] {
  if (!nodes || nodes.length === 0) return [];
  const svg = drawSvg(oneLineLabels(nodes), `The network of ${oneLine(name)}`);
  return [
    '<section aria-labelledby="network">',
    '<h2 id="network">The network</h2>',
    '<p>As it is planned. A square is put into its box, a line is connected to it. Below them stands what may talk to what: → goes out, ← comes in, ✖ is denied.</p>',
    `<div class="wide" tabindex="0" role="region" aria-label="Picture of the network">${svg}</div>`,
    '</section>',
  ];
}

/** A value on one line. */
function inline(text: string): string {
  return markup(oneLine(text));
}

/** A value with its lines. */
function block(text: string): string {
  return markup(visible(text)).replaceAll('\n', '<br>');
}
