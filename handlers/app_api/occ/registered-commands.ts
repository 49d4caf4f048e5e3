import { readBody, requestToExApp } from '#app-api/client.ts'
import type { Command, CommandContext, CommandHandler } from '#console/command.ts'
import { defineCommandSource } from '#console/define-command.ts'
import type { CommandDefinition } from '#console/definition.ts'
import { ConsoleError } from '#console/errors.ts'
import { type Json, membersOf } from '#lib/json.ts'
import * as exApps from '#world/exapps/exapps.ts'
import * as registrations from '#world/exapps/registrations.ts'
import { buildDefinition } from './app-info.ts'

/** The answer is written in pieces of as many bytes; marks that a border cuts stay text. */
const PIECE = 1024

/**
 * The commands of enabled ExApps by name. One whose definition cannot be takes those behind it along
 * (Nextcloud 34.0.1, asked).
 */
export const exAppCommands = defineCommandSource((world) => {
  const commands: Command[] = []
  const all = registrations.ofEnabled(world, 'occ-command').sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  for (const registration of all) {
    const definition = buildDefinition(registration.data)
    if (definition === null) break
    commands.push({ definition, run: handlerOf(registration, definition) })
  }
  return commands
})

const placeOf = ({ exApp, data }: registrations.Registration) => `${exApp}/${data.name}`

/** Calls the ExApp with all arguments and options, given or not, and writes what it answers. */
const handlerOf =
  ({ exApp: id, data }: registrations.Registration, definition: CommandDefinition): CommandHandler =>
  async (context) => {
    const { world, profile, outgoing, input, output } = context
    const client = { world, profile, outgoing, requestId: 'CLI' }
    const exApp = exApps.find(world, id)!
    refuseDashes(data.options)
    const params = { occ: inputOf(definition, input) }
    const failed = `[${definition.name}] command executeHandler failed`
    const answer = await requestToExApp(client, exApp, String(data.execute_handler), { params, timeout: 0 })
    const body = answer instanceof Response ? await readBody(answer) : answer
    if (!(body instanceof Uint8Array) || !(answer instanceof Response)) {
      output.writeln(`${failed}. Error: ${'error' in body ? body.error : ''}`)
      return 1
    }
    if (answer.status !== 200) {
      output.writeln(failed)
      return 1
    }
    writePieces(body, output)
    return 0
  }

/** An option that was registered with its dashes can be given, but is not found again (Nextcloud 34.0.1, asked). */
function refuseDashes(options: Json | undefined): void {
  for (const option of Object.values(membersOf(options))) {
    const { name } = membersOf(option)
    if (String(name).startsWith('--')) {
      throw new ConsoleError(`The "${name}" option does not exist.`, 'InvalidArgumentException')
    }
  }
}

/** Values by name; `null` where the command has none of a kind. */
function inputOf({ arguments: args = [], options = [] }: CommandDefinition, input: CommandContext['input']) {
  return {
    arguments: args.length > 0 ? Object.fromEntries(args.map(({ name }) => [name, input.argument(name)])) : null,
    options: options.length > 0 ? Object.fromEntries(options.map(({ name }) => [name, input.option(name)])) : null,
  }
}

function writePieces(body: Uint8Array, output: CommandContext['output']): void {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (let at = 0; at < body.length; at += PIECE) {
    output.write(decoder.decode(body.subarray(at, at + PIECE), { stream: true }))
  }
  output.write(decoder.decode())
}
