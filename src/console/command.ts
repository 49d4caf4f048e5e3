import type { Profile } from '#profiles/profile.ts'
import type { World } from '#world/world.ts'
import type { CommandDefinition } from './definition.ts'
import type { Input } from './input.ts'
import type { Output } from './output.ts'

/** What a command may see and do. */
export interface CommandContext {
  readonly input: Input
  readonly output: Output
  readonly errorOutput: Output
  readonly world: World
  readonly profile: Profile
  /** The environment of the process: OC_PASS, COLUMNS … */
  readonly env: Readonly<Record<string, string>>
  /** Width of the terminal. */
  readonly columns: number
  /** The text of a file of the machine that the command runs on; `null`: there is none. */
  hostFile(path: string): string | null
  /** Sends requests to the outside: ExApps, webhooks. */
  readonly outgoing: typeof fetch
}

/** What a command does; the answer is its exit code. */
export type CommandHandler = (context: CommandContext) => number | Promise<number>

/** One command: how it is written and what it does. */
export interface Command {
  readonly definition: CommandDefinition
  readonly run: CommandHandler
}
