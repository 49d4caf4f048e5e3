import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import * as exApps from '#world/exapps/exapps.ts'

/** Commands about the registries of a daemon that there is. */
const withDaemon =
  (run: (context: CommandContext, daemon: exApps.Daemon) => number): CommandHandler =>
  (context) => {
    const name = context.input.text('name')
    const daemon = exApps.findDaemon(context.world, name)
    if (daemon) return run(context, daemon)
    context.output.writeln(name === '' || name === '0' ? 'Daemon name is required.' : 'Daemon config not found.')
    return 1
  }

const registriesOf = ({ deployConfig }: exApps.Daemon) => deployConfig.registries ?? []

/** The pair of `--registry-from` and `--registry-to`, or `null` after it was said that it is missing. */
function readPair({ input, output }: CommandContext): exApps.RegistryMap | null {
  const [from, to] = [input.value('registry-from'), input.value('registry-to')]
  if (from && to) return { from, to }
  output.writeln('Registry URL pair (from -> to) is required.')
  return null
}

const addRegistry = withDaemon((context, daemon) => {
  const pair = readPair(context)
  if (!pair) return 1
  const outcome = exApps.addRegistry(context.world, daemon, pair)
  const { output } = context
  if (outcome === 'added') {
    output.writeln(`Added registry mapping "${pair.from}" -> "${pair.to}" to daemon "${daemon.name}".`)
    return 0
  }
  const why =
    outcome === 'exists'
      ? `This Docker registry map from "${pair.from}" already exists`
      : 'The source and target registry cannot be the same'
  output.writeln(`Error adding Docker registry: ${why}`)
  return 1
})

const noRegistries = ({ output }: CommandContext, { name }: exApps.Daemon) => {
  output.writeln(`No registries configured for daemon "${name}".`)
  return 0
}

const removeRegistry = withDaemon((context, daemon) => {
  if (registriesOf(daemon).length === 0) return noRegistries(context, daemon)
  const pair = readPair(context)
  if (!pair) return 1
  if (exApps.removeRegistry(context.world, daemon, pair) === 'not-found') {
    context.output.writeln('Error adding Docker registry: This Docker registry map does not exist')
    return 1
  }
  context.output.writeln(`Removed registry mapping from "${pair.from}" to "${pair.to}" for daemon "${daemon.name}".`)
  return 0
})

const listRegistries = withDaemon((context, daemon) => {
  if (registriesOf(daemon).length === 0) return noRegistries(context, daemon)
  context.output.writeln(`Configured registries for daemon "${daemon.name}":`)
  for (const { from, to } of registriesOf(daemon)) context.output.writeln(` - ${from} -> ${to}`)
  return 0
})

export const registryCommands = defineReleaseCommands({
  'app_api:daemon:registry:add': addRegistry,
  'app_api:daemon:registry:remove': removeRegistry,
  'app_api:daemon:registry:list': listRegistries,
})
