// The scenes of the demonstration: keys, the words that have to come, and what is said about the screen; without seconds it is passed by.

const enter = '\r';
const down = '\u001B[B';
const allProposed = '\u0013';
const mends = 'Each failure says what was found, what was expected, and what mends it.';
const clear = '\u0015';
const preview = 'The command that your answer changes stands below it.';
const [choosing, subscription, problem] = [
  'One question at a time, with its reason, and whether the source is still true today.',
  'It reads your subscription: choose what exists. What does not fit says why.',
  'A mistake shows while you type, with what mends it.',
];
const [planned, reviewed, rehearsed] = [
  'One key shows everything that is proposed, and takes it after your yes.',
  'The review: the network, what is made, what costs money, which permissions it needs.',
  'A rehearsal plays the whole run on your computer. Nothing reaches Azure.',
];
const drawn = 'The network, drawn from your answers as far as they are known: who may talk to whom.';
const [failed, mended, verified] = [
  'When a step fails: what Azure said, what it usually means, and what mends it.',
  'Try again, and it goes on. Nothing is made twice; undo takes everything back.',
  'Verify holds the subscription against the checklist, any day later.',
];

/** @type {{send?: string, see: RegExp, caption: string, seconds?: number, still?: boolean}[]} */
export const scenes = [
  { send: 'amlguide setup --sample --session contoso', see: /--session contoso$/m, caption: choosing, seconds: 1.5 },
  { send: enter, see: /What shall train\?[\s\S]*Compute cluster/, caption: choosing, seconds: 3 },
  { send: `${down} `, see: /\[✔\] Compute instance/, caption: choosing, seconds: 1.5 },
  { send: enter, see: /Who owns the network/, caption: choosing, seconds: 3.5 },
  { send: enter, see: /What is a short name/, caption: choosing },
  { send: `contoso${enter}`, see: /New workspace, or one that exists/, caption: subscription },
  { send: `2${enter}`, see: /mlw-tailspin-managed +✖/, caption: subscription, seconds: 3.5 },
  { send: '1', see: /❯ mlw-tailspin-lab/, caption: subscription },
  { send: enter, see: /region follows: [\s\S]*Which tags must/, caption: 'One choice answers what follows from it.', seconds: 3 },
  { send: enter, see: /New virtual network/, caption: subscription },
  { send: `2${enter}`, see: /vnet-tailspin-kor +✖/, caption: subscription },
  { send: `2${enter}`, see: /How many nodes at most/, caption: subscription },
  { send: enter, see: /New subnet/, caption: subscription },
  { send: enter, see: /Which block of addresses/, caption: preview, seconds: 3.5 },
  { send: '10.40.0.0/26', see: /Another subnet has addresses of this block/, caption: problem, seconds: 3.5, still: true },
  { send: `${clear}10.40.4.0/27`, see: /❯ 10\.40\.4\.0\/27/, caption: problem, seconds: 1.5 },
  { send: enter, see: /Shall the nodes have public IPs/, caption: planned },
  { send: allProposed, see: /Take these \d+ proposed answers/, caption: planned, seconds: 3.5 },
  { send: 'y', see: /Review · every question is answered/, caption: reviewed, seconds: 4 },
  { send: 'v', see: /The network[\s\S]*subnet/, caption: drawn, seconds: 4 },
  { send: '\u001B', see: /Review · every question is answered/, caption: drawn },
  { send: 'q', see: /Saved as contoso[\s\S]*\$ $/m, caption: rehearsed },
  { send: 'clear\r', see: /^\$\s*$/, caption: rehearsed },
  { send: 'amlguide run --rehearse --session contoso --fail-at subnet=quota', see: /subnet=quota$/m, caption: rehearsed, seconds: 2 },
  { send: enter, see: /REHEARSAL[\s\S]*Made if it is not there/, caption: rehearsed, seconds: 3.5 },
  { send: 'y', see: /try again/, caption: failed, seconds: 4.5 },
  { send: enter, see: /The rehearsal is complete/, caption: mended, seconds: 4 },
  { send: 'q', see: /\$ $/m, caption: verified },
  { send: 'clear\r', see: /^\$\s*$/, caption: verified },
  { send: 'amlguide verify --sample --example sample-half-secured', see: /half-secured$/m, caption: verified, seconds: 1.5 },
  { send: enter, see: /✔ 35 +✖ 12[\s\S]*Found +keep-network/, caption: verified, seconds: 4 },
  { send: `${down}${down}`, see: /❯ ✖ Rules of the NSG block[\s\S]*Found +Tcp 445/, caption: mends, seconds: 4.5 },
];
