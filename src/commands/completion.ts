import type { Command } from 'commander';
import { UserError } from '../core/errors.ts';

/** A script that completes commands and flags in a shell. */
export function completionScript(shell: string, program: Command): string {
  const script = scripts[shell];
  if (!script) throw new UserError({ what: `There is no completion for ${shell}.`, hint: `Shells: ${Object.keys(scripts).join(', ')}.` });
  return script(wordsOf(program));
}

interface Words {
  readonly commands: readonly { readonly name: string; readonly about: string; readonly flags: readonly string[] }[];
}

function wordsOf(program: Command): Words {
  const shared = flagsOf(program);
  return {
    commands: program.commands.map((command) => ({
      name: command.name(),
      about: command.description(),
      flags: [...flagsOf(command), ...shared, ...command.commands.map((inner) => inner.name())],
    })),
  };
}

function flagsOf(command: Command): string[] {
  return [...command.options.flatMap(({ long }) => (long ? [long] : [])), '--help'];
}

const scripts: Readonly<Record<string, (words: Words) => string>> = {
  bash: ({ commands }) => `# bash: amlguide completion bash > ~/.local/share/bash-completion/completions/amlguide
_amlguide() {
  local word=\${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map(({ name, flags }) => `    ${name}) COMPREPLY=($(compgen -W '${flags.join(' ')}' -- "$word")) ;;`).join('\n')}
  esac
}
complete -o default -F _amlguide amlguide
`,
  zsh: ({ commands }) => `#compdef amlguide
# zsh: amlguide completion zsh > "\${fpath[1]}/_amlguide"
_amlguide() {
  local -a commands
  commands=(
${commands.map(({ name, about }) => `    '${name}:${about.replace(/[':]/g, ' ')}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map(({ name, flags }) => `    ${name}) compadd -- ${flags.join(' ')}; _files ;;`).join('\n')}
  esac
}
compdef _amlguide amlguide
`,
  fish: ({ commands }) =>
    `# fish: amlguide completion fish > ~/.config/fish/completions/amlguide.fish\n${commands
      .flatMap(({ name, about, flags }) => [
        `complete -c amlguide -n __fish_use_subcommand -a ${name} -d '${about.replace(/'/g, ' ')}'`,
        ...flags.map((flag) =>
          flag.startsWith('--')
            ? `complete -c amlguide -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}`
            : `complete -c amlguide -n '__fish_seen_subcommand_from ${name}' -a ${flag}`,
        ),
      ])
      .join('\n')}\n`,
  powershell: ({ commands }) => `# PowerShell: amlguide completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName amlguide -ScriptBlock {
  param($word, $ast, $position)
  $words = @{
${commands.map(({ name, flags }) => `    '${name}' = @(${flags.map((flag) => `'${flag}'`).join(', ')})`).join('\n')}
  }
  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $choices = if ($typed.Count -le 2 -and -not $words.ContainsKey("$($typed[1])")) { $words.Keys } else { $words["$($typed[1])"] }
  $choices | Where-Object { $_ -like "$word*" } | Sort-Object | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`,
};
