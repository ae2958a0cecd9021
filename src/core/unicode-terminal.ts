/** The variables that tell what a terminal shows. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Whether signs beyond ASCII come out right: AMLGUIDE_ASCII decides, else the locale, on Windows the kind of terminal. */
export function showsUnicode(environment: Environment, platform: string): boolean {
  const { AMLGUIDE_ASCII, LC_ALL, LC_CTYPE, LANG, TERM } = environment;
  if (AMLGUIDE_ASCII) return ['0', 'false'].includes(AMLGUIDE_ASCII);
  if (platform === 'win32') return isModernOnWindows(environment);
  // The console of Linux itself has room for few signs.
  return TERM !== 'linux' && /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || (platform === 'darwin' ? 'UTF-8' : ''));
}

/** The terminals of Windows whose fonts have our signs, told by what is-unicode-supported tells them by. */
function isModernOnWindows({ WT_SESSION, TERM_PROGRAM, TERM, ConEmuTask, TERMINAL_EMULATOR }: Environment): boolean {
  if (WT_SESSION || ConEmuTask === '{cmd::Cmder}' || TERMINAL_EMULATOR === 'JetBrains-JediTerm') return true;
  return ['vscode', 'mintty'].includes(TERM_PROGRAM ?? '') || ['xterm-256color', 'alacritty', 'xterm'].includes(TERM ?? '');
}
