/** The style of the report; its policy names it by `styleHash`, which a test holds against it. */
export const style = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1b1f24; --muted: #57606a; --card: #f6f8fa; --rule: #d0d7de; --link: #0550ae;
  --fail: #b42318; --unknown: #7a4b00; --hand: #0b5cad; --pass: #146c2e; }
@media (prefers-color-scheme: dark) { :root { --page: #0d1117; --text: #e6edf3; --muted: #a5afba; --card: #161b22; --rule: #39414a; --link: #79b8ff;
  --fail: #ff9d94; --unknown: #f0b849; --hand: #8ac2ff; --pass: #62d975; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
footer { color: var(--muted); padding-top: 1rem; padding-bottom: 2rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--page); z-index: 1; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.3rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1.05rem; line-height: 1.4; margin: 0 0 .25rem; }
h4 { font-size: 1rem; margin: .75rem 0 .25rem; }
p, ul, dl, pre { margin: .25rem 0 .5rem; }
.about { color: var(--muted); }
.sample { border: 2px solid var(--unknown); border-radius: .4rem; padding: .5rem .75rem; font-weight: 600; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.counts li { border: 1px solid var(--rule); border-top: 4px solid; border-radius: .4rem; padding: .5rem .75rem; background: var(--card); }
.counts strong { display: block; font-size: 1.9rem; line-height: 1.2; }
.counts a { color: inherit; }
.fail { border-color: var(--fail); color: var(--fail); }
.unknown { border-color: var(--unknown); color: var(--unknown); }
.hand { border-color: var(--hand); color: var(--hand); }
.pass { border-color: var(--pass); color: var(--pass); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid; border-bottom-color: var(--rule) !important; text-align: right; overflow-wrap: normal; }
th:first-child { text-align: left; font-weight: 400; overflow-wrap: anywhere; }
thead th, thead th:first-child { font-weight: 600; vertical-align: bottom; }
.none { color: var(--muted); }
.finding { border: 1px solid var(--rule); border-left: 5px solid; border-radius: .4rem; background: var(--card); padding: .75rem 1rem; margin: 0 0 .75rem; }
.finding > * { color: var(--text); }
.finding .mark { border: 1px solid; border-radius: 1rem; padding: .05rem .6rem; font-size: .85rem; font-weight: 600; white-space: nowrap; margin-right: .35rem; }
.severity { color: var(--muted); font-size: .9rem; font-weight: 400; white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(5rem, max-content) 1fr; gap: .1rem .75rem; }
dt { color: var(--muted); }
dd { margin: 0; min-width: 0; }
code, pre { font: .9rem/1.5 ui-monospace, monospace; }
pre { background: var(--page); border: 1px solid var(--rule); border-radius: .4rem; padding: .6rem .75rem; overflow-x: auto; overflow-wrap: normal; white-space: pre; }
.sources { font-size: .9rem; padding-left: 1.2rem; }
.sources li { margin-bottom: .35rem; }
.was { color: var(--muted); }
summary { cursor: pointer; padding: .25rem 0; }
.topic { border-bottom: 1px solid var(--rule); }
.tools { margin-top: 1.5rem; }
.tools label { display: block; }
input, button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--muted); border-radius: .4rem; padding: .35rem .7rem; min-height: 2.4rem; }
input { width: 100%; max-width: 26rem; }
button { cursor: pointer; }
svg { display: block; min-width: 46rem; max-width: 100%; height: auto; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .35rem; } .finding { padding: .6rem .7rem; } th, td { padding: .3rem .2rem; font-size: .85rem; } thead th { font-size: .75rem; } }
@media print { :root { color-scheme: light; --page: #ffffff; --text: #000000; --muted: #444444; --card: #ffffff; --rule: #999999; --link: #000000;
  --fail: #8f1a11; --unknown: #5c3900; --hand: #083f77; --pass: #0d4a1f; }
  .tools, .skip, button { display: none; } .finding, tr, .counts li { break-inside: avoid; } h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; } svg { min-width: 0; } details::details-content { content-visibility: visible; block-size: auto; } }
`;

/** SHA-256 of the style, as a policy of the page spells it. */
export const styleHash = 'sha256-svMia6utYDxnFPouSfXedLOhZCUj7yX0xnKmVbg5WFs=';
