import { disableExApp, enableExApp, heartbeat, initExApp } from '#app-api/lifecycle.ts'
import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { Verbosity } from '#console/output.ts'
import { type JsonObject, membersOf, parseJson } from '#lib/json.ts'
import * as exApps from '#world/exapps/exapps.ts'

/** What no command of a product answers itself. */
const NOT_BUILT = 70
const SECRET_LENGTH = 128

const clientOf = ({ world, profile, outgoing }: CommandContext) => ({ world, profile, outgoing, requestId: 'CLI' })

const list: CommandHandler = ({ world, output }) => {
  output.writeln('<info>ExApps:</info>')
  for (const { id, name, version, enabled } of exApps.list(world)) {
    output.writeln(`${id} (${name}): ${version} [${enabled ? 'enabled' : 'disabled'}]`)
  }
  return 0
}

const switchTo =
  (enabled: boolean): CommandHandler =>
  async (context) => {
    const { world, input, output } = context
    const [word, change] = enabled ? (['enable', enableExApp] as const) : (['disable', disableExApp] as const)
    const id = input.text('appid')
    const exApp = exApps.find(world, id)
    if (!exApp) {
      output.writeln(`ExApp ${id} not found. Failed to ${word}.`)
      return 1
    }
    if (exApp.enabled === enabled) {
      output.writeln(`ExApp ${id} already ${word}d.`)
      return 0
    }
    const isDone = await change(clientOf(context), exApp)
    output.writeln(isDone ? `ExApp ${id} successfully ${word}d.` : `Failed to ${word} ExApp ${id}.`)
    return isDone ? 0 : 1
  }

/** Says something unless `--silent`. */
const speaker =
  ({ input, output }: CommandContext) =>
  (text: string) => {
    if (!input.flag('silent')) output.writeln(text)
  }

const unregister: CommandHandler = async (context) => {
  const { world, input } = context
  const say = speaker(context)
  const id = input.text('appid')
  const exApp = exApps.find(world, id)
  if (!exApp) {
    say(`ExApp ${id} not found. Failed to unregister.`)
    return input.flag('silent') ? 0 : 1
  }
  if (exApp.enabled) {
    const isDone = await disableExApp(clientOf(context), exApp)
    say(isDone ? `ExApp ${id} successfully disabled.` : `Error during disabling ${id} ExApp.`)
    if (!isDone && !input.flag('force')) return 1
  }
  const daemon = exApps.findDaemon(world, exApp.daemon)
  if (!daemon) {
    say(`Failed to get ExApp ${id} DaemonConfig by name ${exApp.daemon}`)
    if (!input.flag('force')) return 1
  } else if (daemon.acceptsDeployId !== MANUAL) return noContainers(context, daemon)
  exApps.remove(world, id)
  say(`ExApp ${id} successfully unregistered.`)
  return 0
}

const MANUAL = 'manual-install'

/** Loud: the fake starts and stops no containers. */
function noContainers({ errorOutput }: CommandContext, { name, acceptsDeployId }: exApps.Daemon): number {
  errorOutput.writeln(
    `ocs-mock does not deploy ExApps: the daemon "${name}" is of the kind ${acceptsDeployId}. Use one of the kind ${MANUAL}.`,
    Verbosity.quiet,
  )
  return NOT_BUILT
}

interface AppInfo {
  readonly id: string
  readonly name: unknown
  readonly version: unknown
  readonly port?: unknown
  readonly secret?: unknown
  readonly daemon_config_name?: unknown
}

/** What `--json-info` says, an exit code after it was said why there is nothing. */
function readInfo(context: CommandContext, id: string): AppInfo | number {
  const { input, errorOutput, hostFile } = context
  const json = input.value('json-info')
  if (json !== null) {
    const info = parseObject(json)
    if (info) return { name: null, version: null, ...info, id: String(info.id ?? id) }
    speaker(context)('Invalid app info provided in JSON format')
    return 1
  }
  const file = input.value('info-xml')
  if (file !== null) {
    if (!file.includes('://') && hostFile(file) === null) {
      speaker(context)(`Failed to read info.xml from ${file}`)
      return 1
    }
    errorOutput.writeln('ocs-mock does not implement --info-xml. Use --json-info.', Verbosity.quiet)
    return NOT_BUILT
  }
  // There is no app store to ask.
  speaker(context)(`Failed to get app info for \`${id}\` from the Appstore`)
  return 1
}

function parseObject(json: string): JsonObject | null {
  const members = membersOf(parseJson(json))
  return Object.keys(members).length > 0 ? members : null
}

const register: CommandHandler = async (context) => {
  const { world, input } = context
  const say = speaker(context)
  const known = exApps.find(world, input.text('appid'))
  if (known && !input.flag('test-deploy-mode')) {
    say(`ExApp ${known.id} is already registered.`)
    return 3
  }
  if (known) exApps.remove(world, known.id)
  const info = readInfo(context, input.text('appid'))
  if (typeof info === 'number') return info
  const name = input.text('daemon-config-name') || exApps.defaultDaemon(world)
  const daemon = exApps.findDaemon(world, name)
  if (!daemon) {
    say(`Daemon config ${name} not found.`)
    return 2
  }
  if (daemon.acceptsDeployId !== MANUAL) return noContainers(context, daemon)
  if (typeof info.name !== 'string' || typeof info.version !== 'string' || exApps.find(world, info.id)) {
    say(`Error during registering ExApp ${info.id}.`)
    return 3
  }
  const exApp = exApps.register(world, {
    id: info.id,
    name: info.name,
    version: info.version,
    daemon: String(info.daemon_config_name ?? name),
    port: Number(info.port ?? exApps.freePort(world)),
    secret: String(info.secret ?? world.random.token(SECRET_LENGTH)),
  })
  return start(context, exApp, { deployed: 'deployed successfully', done: 'registered' })
}

/** Wait for a sign of life, let the ExApp initialise itself, and wait for that too where it is wanted. */
async function start(
  context: CommandContext,
  exApp: exApps.ExApp,
  words: { readonly deployed: string; readonly done: string },
): Promise<number> {
  const { world, input, output } = context
  const say = speaker(context)
  const client = clientOf(context)
  exApps.setDeployProgress(world, exApp.id, 0)
  exApps.setDeployProgress(world, exApp.id, 100)
  if (!(await heartbeat(client, exApp))) {
    say(`ExApp ${exApp.id} heartbeat check failed. Make sure that Nextcloud instance and ExApp can reach it other.`)
    exApps.setStatus(world, exApp.id, { error: 'Heartbeat check failed' })
    return 1
  }
  say(`ExApp ${exApp.id} ${words.deployed}.`)
  await initExApp(client, exApp)
  const error = input.flag('wait-finish') ? await initialised(context, exApp.id) : ''
  if (error !== '') {
    output.writeln(`ExApp ${exApp.id} initialization step failed. Error: ${error}`)
    return 1
  }
  say(`ExApp ${exApp.id} successfully ${words.done}.`)
  return 0
}

const POLL = 100
/** Minutes after which a job of the real server gives an ExApp up. */
const INIT_TIMEOUT = 40

/** Wait until an ExApp reported that it is ready or failed; the answer is the error, if any. */
async function initialised({ world }: CommandContext, id: string): Promise<string> {
  for (let waited = 0; waited < INIT_TIMEOUT * 60_000; waited += POLL) {
    const exApp = exApps.find(world, id)
    if (exApp === undefined || exApp.status.init === 100) return ''
    if (exApp.status.error !== '') return exApp.status.error
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
  exApps.setStatus(world, id, { error: `ExApp ${id} initialization timed out (${INIT_TIMEOUT * 60}m)` })
  return exApps.find(world, id)!.status.error
}

const update: CommandHandler = async (context) => {
  const { input, output } = context
  const id = input.text('appid')
  const isNamed = id !== '' && id !== '0'
  if (isNamed === input.flag('all')) {
    output.writeln(
      isNamed
        ? '<error>The "--all" flag is mutually exclusive with specifying app</error>'
        : '<error>Please specify an app to update or "--all" to update all updatable apps</error>',
    )
    return 1
  }
  // There is no app store that would have newer versions.
  return isNamed ? updateOne(context, id) : 0
}

async function updateOne(context: CommandContext, named: string): Promise<number> {
  const { world, input } = context
  const say = speaker(context)
  const info = readInfo(context, named)
  if (typeof info === 'number') return info
  const exApp = exApps.find(world, info.id)
  const daemon = exApp && exApps.findDaemon(world, exApp.daemon)
  if (!exApp || !daemon) {
    say(exApp ? `Daemon config ${exApp.daemon} not found.` : `ExApp ${info.id} not found.`)
    return exApp ? 2 : 1
  }
  if (daemon.acceptsDeployId !== MANUAL) return noContainers(context, daemon)
  if (exApp.version === info.version) {
    say(`ExApp ${exApp.id} is already updated (${info.version})`)
    return 0
  }
  exApps.setStatus(world, exApp.id, { type: 'update', error: '' })
  if (!exApp.enabled) say(`ExApp ${exApp.id} was already disabled.`)
  else if (await disableExApp(clientOf(context), exApp)) say(`ExApp ${exApp.id} successfully disabled.`)
  exApps.update(world, exApp.id, { name: String(info.name ?? ''), version: String(info.version ?? '') })
  const code = await start(context, exApps.find(world, exApp.id)!, {
    deployed: 'update successfully deployed',
    done: 'updated',
  })
  if (code !== 0 || exApp.enabled || !input.flag('include-disabled')) return code
  const now = exApps.find(world, exApp.id)
  if (now?.enabled && (await disableExApp(clientOf(context), now))) {
    say(`ExApp ${exApp.id} successfully disabled after update.`)
  }
  return 0
}

export const exAppLifeCommands = defineReleaseCommands({
  'app_api:app:list': list,
  'app_api:app:enable': switchTo(true),
  'app_api:app:disable': switchTo(false),
  'app_api:app:register': register,
  'app_api:app:unregister': unregister,
  'app_api:app:update': update,
})
