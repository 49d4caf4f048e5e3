import { checkMembers } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import type { Profile } from '#profiles/profile.ts'
import { runDueJobs } from '#world/background-jobs.ts'
import type { World } from '#world/world.ts'
import { type Console, runConsole } from './console.ts'
import { type Prompt, PromptNeeded } from './errors.ts'
import { tokenize } from './tokenize.ts'

export interface OccOptions {
  /** Environment of the command: OC_PASS and NC_PASS for passwords, COLUMNS for the width of the terminal. */
  readonly env?: Readonly<Record<string, string>>
  /** Standard input: the lines are the answers to questions. */
  readonly stdin?: string
  /** Files of the machine that commands are told of by their paths, such as certificates: the text of each. */
  readonly files?: Readonly<Record<string, string>>
  /** Someone at a terminal who answers questions instead. `hidden`: do not show what is typed. */
  readonly ask?: (question: string, hidden: boolean) => Promise<string>
  /** Told what is written as soon as it is written. */
  readonly onStdout?: (text: string) => void
  readonly onStderr?: (text: string) => void
  /**
   * Answers of a terminal elsewhere, in order. Where one is missing, nothing has happened yet and the result says
   * in `prompt` what to ask; run again with one answer more, or with `stdin`.
   */
  readonly answers?: readonly string[]
}

export interface OccResult {
  readonly stdout: string
  readonly stderr: string
  /** 0 to 255. */
  readonly exitCode: number
  /** The question that has no answer yet; only with `answers`. */
  readonly prompt?: Prompt
}

const IS_OPTION: Readonly<Record<keyof OccOptions, true>> = {
  env: true,
  stdin: true,
  files: true,
  ask: true,
  onStdout: true,
  onStderr: true,
  answers: true,
}
const OPTIONS: readonly string[] = Object.keys(IS_OPTION)

/** What commands run on. */
export interface OccTarget {
  readonly world: World
  readonly profile: Profile
  /** How requests go out to ExApps. */
  readonly outgoing: typeof fetch
  /** The console of the product, loaded when the first command runs; `null`: it has none. */
  readonly console: (() => Promise<Console>) | null
}

/**
 * Run one `occ` command.
 * @param args words, or one text that is split as a shell does
 * @throws UserError where the profile has no console
 */
export async function runOcc(
  target: OccTarget,
  args: string | readonly string[],
  options: OccOptions = {},
): Promise<OccResult> {
  const { world, profile, outgoing } = target
  if (!target.console) throw new UserError(`Failed to run occ: the profile "${profile.id}" has no console.`)
  checkMembers('Failed to run occ', options, OPTIONS)
  const words = typeof args === 'string' ? tokenize(args) : args
  if (!Array.isArray(words))
    throw new UserError('Failed to run occ: there are no words. Write "user:list --output=json", or a list of words.')
  runDueJobs(world)
  const stdout = collect(options.onStdout)
  const stderr = collect(options.onStderr)
  const { stdin = null, ask, answers, env = {}, files = {} } = options
  const before = answers ? world.fork() : null
  try {
    const exitCode = await runConsole(await target.console(), {
      words: withoutName(words),
      world,
      profile,
      env,
      outgoing,
      files,
      prompts: { stdin, ...(ask ? { ask } : {}), ...(answers ? { answers } : {}) },
      stdout: stdout.sink,
      stderr: stderr.sink,
    })
    return { stdout: stdout.text(), stderr: stderr.text(), exitCode }
  } catch (error) {
    if (!(error instanceof PromptNeeded) || !before) throw error
    world.restore(before)
    return { stdout: stdout.text(), stderr: stderr.text(), exitCode: 0, prompt: error.prompt }
  }
}

/** Manuals write `occ`, `./occ` or `php occ` in front; so may others. */
function withoutName(words: readonly string[]): readonly string[] {
  const at = words[0] === 'php' ? 1 : 0
  return /^(?:\.\/)?occ$/.test(words[at] ?? '') ? words.slice(at + 1) : words
}

function collect(listener: ((text: string) => void) | undefined) {
  let all = ''
  return {
    sink: (text: string) => {
      all += text
      listener?.(text)
    },
    text: () => all,
  }
}
