import { Command, CommanderError, Help, InvalidArgumentError, Option, type OutputConfiguration } from 'commander';
import type { Context } from './commands/context.ts';
import { nearest } from './core/errors.ts';

interface Globals {
  readonly output: 'table' | 'json';
  readonly input: boolean;
  readonly plain?: boolean;
  readonly catalog?: string;
  readonly sample?: boolean;
}

/** Makes the context of a command out of the flags that all commands share. */
export type ContextFor = (flags: Globals) => Context;

/** Turns flags into commands; a command's code is loaded only when it runs. */
export function programOf(contextFor: ContextFor, version: string, output: OutputConfiguration = {}): Command {
  const program = new Command('amlguide')
    .configureOutput(output)
    .description('Puts Azure Machine Learning training into a private network, step by step.')
    .version(version, '-V, --version')
    .addOption(new Option('-o, --output <form>', 'form of what is listed').choices(['table', 'json']).default('table'))
    .option('--no-input', 'never ask; name everything that is missing at once')
    .option('--plain', 'questions line by line, without redrawing (screen readers, pipes)')
    .option('--catalog <folder>', 'read checklists/ and templates/ from a folder')
    .option('--sample', 'a made-up subscription in place of Azure: no sign-in, nothing is reached')
    .helpCommand('help [command]', 'display help for command')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help to see what there is)')
    .exitOverride()
    .configureHelp({
      formatHelp: helpOf,
      subcommandTerm: (command) => `${command.name()} ${command.usage().replace('[options]', '').trim()}`.trim(),
    })
    .hook('preSubcommand', (_program, command) => void completed(command))
    .addHelpText(
      'after',
      examplesText([
        'amlguide',
        'amlguide setup --session contoso-prod',
        'amlguide render --example compute-cluster --out contoso',
        'amlguide checklist --example no-public-ip',
      ]),
    );
  program.enablePositionalOptions(false);
  const context = (): Context => contextFor(program.opts<Globals>());
  addConversations(program, context);
  addDoctor(program, context);
  addRuns(program, context);
  addResults(program, context);
  addChecks(program, context);
  addLists(program, context);
  addAuthors(program, context);
  // Last, as commands inherit it: beside a misspelt command its options are unknown too, and are not what is wrong.
  program.allowExcessArguments().allowUnknownOption();
  return program;
}

/** What a command still lacks. */
const lacks = new WeakMap<Command, (command: Command) => unknown>();

/** Adds a command that gets its options, its help and its action when it is called or asked about: a start needs those of one alone. */
function add(program: Command, name: string, description: string, complete: (command: Command) => unknown): void {
  lacks.set(program.command(name).description(description), complete);
}

/** A command with all that it takes and does. */
function completed(command: Command): Command {
  const complete = lacks.get(command);
  lacks.delete(command);
  complete?.(command);
  return command;
}

/** The program with all that its commands take. */
function whole(program: Command): Command {
  program.commands.forEach(completed);
  return program;
}

/** Writes the help of a command. */
function helpOf(command: Command, helper: Help): string {
  return new Help().formatHelp(completed(command), helper);
}

/** A command of its own that has commands below it takes no words: they are commands or options that do not exist. */
function refuseWords(command: Command): void {
  const [word] = command.args;
  if (word === undefined) return;
  const isOption = word.startsWith('-');
  const known = isOption ? command.options.flatMap(({ long }) => long ?? []) : command.commands.map((one) => one.name());
  const near = nearest(word, known);
  command.error(`error: unknown ${isOption ? 'option' : 'command'} '${word}'${near ? `\n(Did you mean ${near}?)` : ''}`);
}

function examplesText(lines: readonly string[], third = '3 a step failed'): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n\nExit codes: 0 fine, 1 a bug of amlguide, 2 wrong use or input, ${third}, 130 interrupted.`;
}

function addConversations(program: Command, context: () => Context): void {
  program.action(async () => {
    refuseWords(program);
    await (await import('./commands/home.ts')).homeCommand(context(), program);
  });
  add(program, 'setup', 'Start a new setup: questions, checklist, scripts', (command) =>
    command
      .option('-s, --session <name>', 'name of the session')
      .option('--out <folder>', 'where the files are written')
      .option('--force', 'overwrite files that amlguide did not write')
      .addHelpText('after', examplesText(['amlguide setup', 'amlguide setup --plain']))
      .action(async (options) => {
        const here = context();
        const next = await (await import('./commands/setup.ts')).setupCommand(here, options);
        // What runs a plan is loaded when the questions are over.
        await (await import('./commands/resume.ts')).goOn(here, next);
      }),
  );
  add(program, 'resume [session]', 'Go on with a saved session at the question or the step where it was left', (command) =>
    command
      .option('--out <folder>', 'where the files are written')
      .option('--force', 'overwrite files that amlguide did not write')
      .option('--questions', 'the questions, though a run has stopped on its way')
      .option('-y, --yes', 'say yes to the rest of a run')
      .addHelpText('after', examplesText(['amlguide resume', 'amlguide resume contoso-prod']))
      .action(async (name, options) => (await import('./commands/resume.ts')).resumeCommand(context(), name, options)),
  );
  add(program, 'sessions', 'List, rename, export or delete saved sessions', (command) => completeSessions(command, context));
}

function completeSessions(sessions: Command, context: () => Context): void {
  sessions
    .addHelpText('after', examplesText(['amlguide sessions', 'amlguide sessions export contoso-prod > answers.yaml']))
    .action(async () => {
      refuseWords(sessions);
      await (await import('./commands/sessions.ts')).listCommand(context());
    });
  sessions
    .command('list')
    .description('List them, newest first')
    .addHelpText('after', examplesText(['amlguide sessions list', 'amlguide sessions list --output json']))
    .action(async () => (await import('./commands/sessions.ts')).listCommand(context()));
  sessions
    .command('rename <from> <to>')
    .description('Give one another name')
    .addHelpText('after', examplesText(['amlguide sessions rename draft-20261121-0900 contoso-prod']))
    .action(async (from, to) => (await import('./commands/sessions.ts')).renameCommand(context(), from, to));
  sessions
    .command('export <name>')
    .description('Print its answers as an answers file')
    .addHelpText('after', examplesText(['amlguide sessions export contoso-prod > answers.yaml']))
    .action(async (name) => (await import('./commands/sessions.ts')).exportCommand(context(), name));
  sessions
    .command('delete <name>')
    .description('Delete one; nothing in Azure changes')
    .option('--confirm <name>', 'the name once more')
    .addHelpText('after', examplesText(['amlguide sessions delete contoso-prod --confirm contoso-prod']))
    .action(async (name, options) => (await import('./commands/sessions.ts')).deleteCommand(context(), name, options.confirm));
  sessions.allowExcessArguments().allowUnknownOption();
}

function withAnswers(command: Command): Command {
  return command
    .option('-a, --answers <file>', 'answers file (YAML or JSON; - reads standard input)')
    .option('-e, --example <name>', 'one of the examples')
    .option('-s, --session <name>', 'a saved session')
    .option('--set <key=value>', 'one answer; may be given more than once', collect)
    .option('--defaults', 'take the proposed value where no answer is given');
}

function withRunFlags(command: Command): Command {
  return command
    .option('--rehearse', 'act it out on this computer: no Azure, no sign-in, no az')
    .option('--dry-run', 'print what would be done; needs neither sign-in nor az')
    .option('--parallel <number>', 'the most programs at once', numberFrom(1, 32), 4)
    .option('--timeout <minutes>', 'the longest that one step may take', numberFrom(1, 1440), 90)
    .option('--show-ids', 'show subscription and tenant ids');
}

function numberFrom(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}

function collect(value: string, list: string[] = []): string[] {
  return [...list, value];
}

function addRuns(program: Command, context: () => Context): void {
  add(program, 'run', 'Carry the plan out, or go on where a run stopped; asks first', (command) =>
    withRunFlags(withAnswers(command))
      .option('-y, --yes', 'do not ask; for automation')
      .option('--no-preflight', 'start though it is known that a step would fail')
      .option('--fail-at <step[=code]>', 'in a rehearsal: plant a failure; may be given more than once', collect)
      .addHelpText(
        'after',
        examplesText([
          'amlguide run --rehearse --example compute-cluster',
          'amlguide run --session contoso-prod',
          'amlguide run --answers answers.yaml --yes --output json',
          'amlguide run --example compute-cluster --dry-run',
        ]),
      )
      .action(async (options) => (await import('./commands/run.ts')).runCommand(context(), options)),
  );
  add(program, 'undo <session>', 'Take back what the runs of a session made, in reverse order; never what they found', (command) =>
    withRunFlags(command)
      .option('--purge', 'delete for good what Azure would keep for some time')
      .option('--confirm <name>', 'the name once more, in place of typing it')
      .addHelpText(
        'after',
        examplesText([
          'amlguide undo contoso-prod',
          'amlguide undo contoso-prod --dry-run',
          'amlguide undo contoso-prod --confirm contoso-prod --no-input',
        ]),
      )
      .action(async (name, options) => (await import('./commands/undo.ts')).undoCommand(context(), name, options)),
  );
  add(program, 'log <session>', 'What the last run of a session did, without secrets', (command) =>
    command
      .option('--all', 'all runs, oldest first')
      .option('--rehearse', 'of its rehearsals')
      .option('--show-ids', 'show subscription and tenant ids')
      .addHelpText('after', examplesText(['amlguide log contoso-prod', 'amlguide log contoso-prod --all --output json']))
      .action(async (name, options) => (await import('./commands/log.ts')).logCommand(context(), name, options)),
  );
}

function addDoctor(program: Command, context: () => Context): void {
  add(
    program,
    'doctor',
    'Check this computer: az, sign-in, extensions, kubectl, terminal, proxy, certificates; changes nothing',
    (command) =>
      withAnswers(command)
        .option('--show-ids', 'show subscription and tenant ids')
        .addHelpText(
          'after',
          examplesText(
            [
              'amlguide doctor',
              'amlguide doctor --session contoso-prod',
              'amlguide doctor --example arc-training',
              'amlguide doctor --answers answers.yaml --output json',
            ],
            '3 something could not be looked at,\n4 something of severity high or medium is wrong',
          ),
        )
        .action(async (options) => (await import('./commands/doctor.ts')).doctorCommand(context(), options)),
  );
}

function addResults(program: Command, context: () => Context): void {
  add(program, 'render', 'Write scripts, programs and the guide for a set of answers', (command) =>
    withAnswers(command)
      .option('--out <folder>', 'where the files are written')
      .option('-f, --format <list>', 'bash, powershell, python, yml, json, guide, answers, python-v1')
      .option('--force', 'overwrite files that amlguide did not write')
      .addHelpText(
        'after',
        examplesText([
          'amlguide render --example compute-cluster --out contoso',
          'amlguide render --answers answers.yaml --set region=westeurope --format bash,guide',
        ]),
      )
      .action(async (options) => (await import('./commands/render.ts')).renderCommand(context(), options)),
  );
  add(
    program,
    'checklist [topic]',
    'Print the checklist with sources and dates, and with the state of each item when answers are given',
    (command) =>
      withAnswers(command)
        .option('--markdown', 'as a Markdown document')
        .addHelpText(
          'after',
          examplesText([
            'amlguide checklist',
            'amlguide checklist compute-instance',
            'amlguide checklist --example no-public-ip --output json',
            'amlguide checklist --markdown > checklist.md',
          ]),
        )
        .action(async (topic, options) => (await import('./commands/checklist.ts')).checklistCommand(context(), topic, options)),
  );
}

function withLooks(command: Command): Command {
  return withAnswers(command)
    .option('--topic <topic>', 'the items of one topic; may be given more than once', collect)
    .addOption(new Option('--severity <least>', 'the items of this severity and above').choices(['low', 'medium', 'high']).default('low'))
    .option('--all', 'list the items that passed too')
    .option('--direct', 'ask Resource Manager for each resource by itself; slower, and never some minutes old')
    .option('--cluster', 'look into the Kubernetes cluster too, with kubectl and the context of the answers')
    .option('--thorough', 'also what takes minutes, such as diagnostics that Azure runs')
    .option('--report <file>', 'write a report too: .html, .md, .sarif, .xml (JUnit) or .json; may be given more than once', collect)
    .option('--show-ids', 'show subscription and tenant ids');
}

const looked = '3 something could not be looked at,\n4 something failed';

function addChecks(program: Command, context: () => Context): void {
  add(program, 'preflight', 'Look at what would make a run fail, before anything is started; changes nothing', (command) =>
    withLooks(command)
      .addHelpText(
        'after',
        examplesText(['amlguide preflight --session contoso-prod', 'amlguide preflight --answers answers.yaml --output json'], looked),
      )
      .action(async (options) => (await import('./commands/verify.ts')).preflightCommand(context(), options)),
  );
  add(program, 'verify', 'Hold Azure against the checklist: pass, fail with what mends it, unknown with the reason, by hand', (command) =>
    withLooks(command)
      .option('--seen <item=pass|fail>', 'what you saw at an item that is looked at by hand; it is remembered', collect)
      .option('--fix', 'mend what failed, after showing it, and look again')
      .option('-y, --yes', 'with --fix: do not ask; for automation')
      .option('--parallel <number>', 'with --fix: the most programs at once', numberFrom(1, 32), 4)
      .option('--timeout <minutes>', 'with --fix: the longest that one step may take', numberFrom(1, 1440), 90)
      .addHelpText(
        'after',
        examplesText(
          [
            'amlguide verify --session contoso-prod',
            'amlguide verify --answers answers.yaml --topic dns --all',
            'amlguide verify --session contoso-prod --severity high --report verify.html --report verify.sarif',
            'amlguide verify --session contoso-prod --fix',
          ],
          looked,
        ),
      )
      .action(async (options) => (await import('./commands/verify.ts')).verifyCommand(context(), options)),
  );
}

function addLists(program: Command, context: () => Context): void {
  add(program, 'questions', 'List every question with its key, kind, choices and default', (command) =>
    command
      .option('--topic <topic>', 'of one topic')
      .addHelpText('after', examplesText(['amlguide questions', 'amlguide questions --topic where --output json']))
      .action(async (options) => (await import('./commands/lists.ts')).questionsCommand(context(), options)),
  );
  add(program, 'facts [id]', 'What the documents say and what is true today, with sources and dates', (command) =>
    command
      .addHelpText('after', examplesText(['amlguide facts', 'amlguide facts port-29876-29877']))
      .action(async (id) => (await import('./commands/lists.ts')).factsCommand(context(), id)),
  );
  add(program, 'glossary [word...]', 'What the words of questions, checklist and scripts mean, with sources and dates', (command) =>
    command
      .addHelpText(
        'after',
        examplesText(['amlguide glossary', 'amlguide glossary private endpoint', 'amlguide glossary NSG --output json']),
      )
      .action(async (words) => (await import('./commands/glossary.ts')).glossaryCommand(context(), words)),
  );
  add(program, 'errors [text...]', 'What an error of az or kubectl means, and what mends it', (command) =>
    command
      .addHelpText('after', examplesText(['amlguide errors', 'amlguide errors RequestDisallowedByPolicy', 'amlguide errors - < az.log']))
      .action(async (words) => (await import('./commands/errors.ts')).errorsCommand(context(), words)),
  );
}

function addAuthors(program: Command, context: () => Context): void {
  add(program, 'schema [what]', 'Print the JSON schema of an answers file (answers) or of a topic (topic)', (command) =>
    command
      .addHelpText('after', examplesText(['amlguide schema', 'amlguide schema topic']))
      .action(async (what = 'answers') => (await import('./commands/author.ts')).schemaCommand(context(), what)),
  );
  add(program, 'lint [folder]', 'Check a folder with checklists/ and templates/; problems as file:line:col', (command) =>
    command
      .addHelpText('after', examplesText(['amlguide lint .']))
      .action(async (folder = '.') => (await import('./commands/author.ts')).lintCommand(context(), folder)),
  );
  add(program, 'preview <topic> <example>', 'Show what one topic adds to guide and script, for its author', (command) =>
    command
      .option('--from <folder>', 'folder with checklists/ and templates/', '.')
      .addHelpText('after', examplesText(['amlguide preview training_subnet compute-cluster']))
      .action(async (topic, example, options) =>
        (await import('./commands/author.ts')).previewCommand(context(), options.from, topic, example),
      ),
  );
  add(program, 'completion <shell>', 'Print a completion script: bash, zsh, fish, powershell', (command) =>
    command.addHelpText('after', examplesText(['source <(amlguide completion bash)'])).action(async (shell) => {
      const { completionScript } = await import('./commands/completion.ts');
      context().stdout.write(completionScript(shell, whole(program)));
    }),
  );
}

/** The exit code that commander's own errors stand for: help and version are fine, anything else is wrong use. */
export function exitCodeOf(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? 0 : 2;
}
