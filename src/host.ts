import type { Host } from './ui/ink/ink-screen.ts';

/** Longer than any system takes to stop a program that it was told to stop, in milliseconds. */
const TIME_TO_STOP = 500;

/** What this process can do about its own life. */
export const host: Host = {
  ...(process.platform === 'win32' ? {} : { stop: stopJob }),
  onStop: (heard) => listening('SIGTSTP', heard),
  onCrash: (heard) => listening('uncaughtExceptionMonitor', heard),
};

function listening(event: 'SIGTSTP' | 'uncaughtExceptionMonitor', heard: () => void): () => void {
  if (process.platform === 'win32' && event === 'SIGTSTP') return () => undefined;
  process.on(event, heard);
  return () => void process.off(event, heard);
}

/** Stops every process of the job, as the terminal itself does it, so that the shell comes forward. */
function stopJob(): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(timer);
      process.off('SIGCONT', goOn);
      resolve();
    };
    process.on('SIGCONT', goOn);
    // Where no shell could ever go on with the job, the system does not stop it: nobody would say that it goes on.
    const timer = setTimeout(goOn, TIME_TO_STOP);
    process.kill(0, 'SIGTSTP');
  });
}
