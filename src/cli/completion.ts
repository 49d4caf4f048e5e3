import { UserError } from '#lib/errors.ts'
import { profileNames } from '#profiles/index.ts'
import { shippedScenarios } from '#scenario/shipped.ts'
import { type Command, type Options, readArguments } from './command.ts'

const SHELLS = { bash, zsh, fish } as const
const SHELL_NAMES = Object.keys(SHELLS)

/** A command as shells complete it. */
interface Completed {
  readonly name: string
  readonly summary: string
  readonly words: readonly string[]
  readonly options: readonly { readonly name: string; readonly takesValue: boolean }[]
}

/** `ocs-mock completion SHELL`, made of what the commands themselves say that they take. */
export function completionOf(commands: Readonly<Record<string, () => Promise<Command>>>): Command {
  return {
    summary: 'print what makes a shell complete commands and options',
    options: {},
    words: SHELL_NAMES,
    help: `usage: ocs-mock completion ${SHELL_NAMES.join('|')}

Prints a script by which the shell completes commands, options, profiles and scenarios of ocs-mock:

  bash   source <(ocs-mock completion bash)
  zsh    source <(ocs-mock completion zsh)
  fish   ocs-mock completion fish > ~/.config/fish/completions/ocs-mock.fish

  -h, --help  this text

exit codes: 0 printed, 2 no such shell
`,
    async run(args, io) {
      const { positionals } = readArguments('ocs-mock completion', args, {}, true)
      const [shell = ''] = positionals
      const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell as keyof typeof SHELLS] : undefined
      if (!write) throw new UserError(`Failed to complete "${shell}": write ${SHELL_NAMES.join(', ')}.`)
      io.out.write(write(await Promise.all(Object.entries(commands).map(completed))))
      return 0
    },
  }
}

async function completed([name, load]: [string, () => Promise<Command>]): Promise<Completed> {
  const { summary, words = [], options } = await load()
  return { name, summary, words, options: [...namesOf(options), { name: '--help', takesValue: false }] }
}

const namesOf = (options: Options) =>
  Object.entries(options).map(([name, { type }]) => ({ name: `--${name}`, takesValue: type === 'string' }))

/** What stands behind an option, where that is one of a few names; all else is a file. */
function valuesOf(): readonly (readonly [option: string, values: readonly string[]])[] {
  return [
    ['--profile', profileNames],
    ['--as', profileNames],
    ['--scenario', Object.keys(shippedScenarios())],
    ['--on-unknown-route', ['answer', 'warn', 'error']],
    ['--not-recorded', ['model', 'fail']],
    ['--fail-on', ['breaks', 'differs', 'undocumented', 'noted']],
  ]
}

const wordsOf = ({ words, options }: Completed) => [...words, ...options.map(({ name }) => name)].join(' ')

function bash(commands: readonly Completed[]): string {
  const values = valuesOf().map(
    ([option, names]) => `    ${option}) COMPREPLY=($(compgen -W '${names.join(' ')}' -- "$word")); return ;;`,
  )
  const cases = commands.map((command) => `    ${command.name}) words='${wordsOf(command)}' ;;`)
  return `# Completes ocs-mock. Load it with: source <(ocs-mock completion bash)
_ocs_mock() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words
  case "$before" in
${values.join('\n')}
    --*) COMPREPLY=($(compgen -f -- "$word")); [[ "$word" == -* ]] || return ;;
  esac
  case "\${COMP_CWORD}:\${COMP_WORDS[1]}" in
    1:*) words='${commands.map(({ name }) => name).join(' ')} help --help --version' ;;
    2:help) words='${commands.map(({ name }) => name).join(' ')}' ;;
    *) case "\${COMP_WORDS[1]}" in
${cases.map((line) => `  ${line}`).join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _ocs_mock ocs-mock
`
}

function zsh(commands: readonly Completed[]): string {
  return `#compdef ocs-mock
# Completes ocs-mock. Load it with: source <(ocs-mock completion zsh)
autoload -U +X bashcompinit && bashcompinit
${bash(commands).split('\n').slice(1).join('\n')}`
}

function fish(commands: readonly Completed[]): string {
  const values = new Map(valuesOf())
  const lines = commands.flatMap(({ name, summary, words, options }) => [
    `complete -c ocs-mock -n __fish_use_subcommand -f -a ${name} -d '${summary.replaceAll("'", "\\'")}'`,
    ...words.map((word) => `complete -c ocs-mock -n '__fish_seen_subcommand_from ${name}' -f -a ${word}`),
    ...options.map((option) => {
      const names = values.get(option.name)
      const value = names ? ` -x -a '${names.join(' ')}'` : option.takesValue ? ' -r' : ''
      return `complete -c ocs-mock -n '__fish_seen_subcommand_from ${name}' -l ${option.name.slice(2)}${value}`
    }),
  ])
  return `# Completes ocs-mock. Keep it as ~/.config/fish/completions/ocs-mock.fish\n${lines.join('\n')}\n`
}
