import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'
import { checkCommand } from './check-command.ts'
import type { Command, CommandHandler } from './command.ts'
import type { CommandDefinition } from './definition.ts'

/** A command of `occ`. */
export interface OccCommand extends ReadsProfileData {
  readonly kind: 'command'
  readonly name: string
  /** How it is listed, described and parsed; commands of a release have it from their profile. */
  readonly definition?: CommandDefinition
  readonly run: CommandHandler
}

/** Commands that come and go with the state of the world, such as those that ExApps register. */
export interface OccCommandSource extends ReadsProfileData {
  readonly kind: 'command-source'
  commands(world: World): readonly Command[]
}

declare module '#line/contributions.ts' {
  interface Contributions {
    commands: OccCommand
    commandSources: OccCommandSource
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Commands of `occ`, there while the app is enabled. */
    readonly commands?: readonly OccCommand[]
    /** Commands of `occ` that come and go with the state of the world. */
    readonly commandSources?: readonly OccCommandSource[]
  }
}

/**
 * Define a command of `occ`.
 *
 * @example
 * defineCommand({
 *   name: 'bookmarks:list',
 *   description: 'List the bookmarks of an account',
 *   arguments: [{ name: 'user', required: true, description: 'Whose bookmarks' }],
 *   run: ({ input, output, world }) => {
 *     for (const { url } of bookmarks.of(world, input.text('user'))) output.writeln(url)
 *     return 0
 *   },
 * })
 * @throws UserError that names the command, the member and what to write
 */
export function defineCommand(command: CommandDefinition & { readonly run: CommandHandler }): OccCommand {
  checkCommand(command)
  const { run, ...definition } = command
  return { kind: 'command', name: definition.name, definition, run }
}

/** Define what commands of a release do, by their names; the profile knows how they are described and parsed. */
export const defineReleaseCommands = (handlers: Readonly<Record<string, CommandHandler>>): readonly OccCommand[] =>
  Object.entries(handlers).map(([name, run]) => ({ kind: 'command', name, run }))

/** Define commands that come and go with the state of the world. */
export const defineCommandSource = (commands: OccCommandSource['commands']): OccCommandSource => ({
  kind: 'command-source',
  commands,
})
