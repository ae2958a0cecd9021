import { Buffer } from 'node:buffer';

/** A program between ours and the terminal that takes such sequences for itself unless they are wrapped. */
export type Within = 'tmux' | 'screen';

/** From more than this many bytes of base64 on, terminals drop the whole sequence. */
const MOST = 75_000;
/** GNU screen takes sequences of this length at most. */
const SCREEN_PART = 240;

/** The sequence (OSC 52) that puts a text into the clipboard of the terminal, and what to say of it; no sequence where the text is too long. */
export function copied(text: string, within?: Within): { readonly sequence?: string; readonly says: string } {
  const data = Buffer.from(text).toString('base64');
  if (data.length > MOST) return { says: `Not copied: ${Math.ceil(data.length / 1000)} kB, and terminals take ${MOST / 1000} kB at most.` };
  const count = text.replace(/\n$/, '').split('\n').length;
  const lines = count === 1 ? '1 line' : `${count} lines`;
  return {
    sequence: wrapped(`\u001B]52;c;${data}\u0007`, within),
    says: `Copied ${lines}. If nothing arrives, ${allowing[within ?? 'terminal']}.`,
  };
}

const allowing: Readonly<Record<Within | 'terminal', string>> = {
  terminal: 'the terminal has to allow it (OSC 52)',
  tmux: 'tmux has to allow it (set -g set-clipboard on), and the terminal (OSC 52)',
  screen: 'screen has to allow it (OSC 52)',
};

/** For tmux both as it takes it for its own buffer and the terminal (set-clipboard), and as it only hands it on (allow-passthrough): either may be off. */
function wrapped(sequence: string, within: Within | undefined): string {
  if (within === 'tmux') return `${sequence}\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
  if (within !== 'screen') return sequence;
  const parts = Array.from({ length: Math.ceil(sequence.length / SCREEN_PART) }, (_, at) =>
    sequence.slice(at * SCREEN_PART, (at + 1) * SCREEN_PART),
  );
  return parts.map((part) => `\u001BP${part}\u001B\\`).join('');
}
