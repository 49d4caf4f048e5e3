import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import type { Json } from '#lib/json.ts'
import { isNumeric } from '#lib/php.ts'
import { isTimeZone } from '#lib/time-zone.ts'
import { formatSize, parseSize } from '#world/files/quota.ts'
import { getSystem, getSystemString, setSystem } from '#world/settings/config.ts'
import { serverRoot } from '#world/settings/server-root.ts'
import type { World } from '#world/world.ts'

const DEFAULT_ROTATION = 100 * 1024 ** 2
/** Both names of the log that is a file. */
const FILE_LOGS = ['file', 'owncloud']

const refused = (file: string, line: number, message: string) =>
  thrownAt(file, line, message, 'InvalidArgumentException')

function rotationOf(given: string): number {
  const size = parseSize(given)
  if (size === null) throw refused('File', 106, 'Error parsing log rotation file size')
  if (size < 0) throw refused('File', 109, 'Log rotation file size must be non-negative')
  return size
}

const file: CommandHandler = ({ input, output, world }) => {
  const [path, rotation] = [input.value('file'), input.value('rotate-size')]
  const size = rotation === null ? null : rotationOf(rotation)
  setAll(world, {
    ...(input.flag('enable') ? { log_type: 'file' } : {}),
    ...(path ? { logfile: path } : {}),
    ...(size === null ? {} : { log_rotate_size: size }),
  })
  const isOn = FILE_LOGS.includes(getSystemString(world, 'log_type', 'file'))
  const folder = getSystemString(world, 'datadirectory', `${serverRoot(world)}/data`).replace(/\/+$/, '')
  const rotateAt = getSystem(world, 'log_rotate_size', DEFAULT_ROTATION)
  output.writeln([
    `Log backend file: ${isOn ? 'enabled' : 'disabled'}`,
    `Log file: ${getSystemString(world, 'logfile', `${folder}/nextcloud.log`)}`,
    `Rotate at: ${rotateAt ? formatSize(rotateAt) : 'disabled'}`,
  ])
  return 0
}

function setAll(world: World, values: Readonly<Record<string, Json>>): void {
  for (const [key, value] of Object.entries(values)) setSystem(world, key, value)
}

const LEVELS = ['Debug', 'Info', 'Warning', 'Error', 'Fatal']
const WORDS: Readonly<Record<string, number>> = {
  ...{ debug: 0, info: 1, warning: 2, warn: 2 },
  ...{ error: 3, err: 3, fatal: 4 },
}
const DEFAULT_LEVEL = 2
/** Classes of the real server that a log can be made of. */
const BACKENDS = ['errorlog', 'file', 'syslog', 'systemdlog', 'logDetails', 'logFactory', 'exceptionSerializer']
const BACKEND_WORDS = new Set(BACKENDS)

/** A level by its number or name: numbers are kept as the texts that they were given as. */
function levelOf(given: string): Json {
  if (isNumeric(given)) {
    levelName(given)
    return given
  }
  const level = WORDS[given.toLowerCase()]
  if (level === undefined) throw refused('Manage', 139, 'Invalid log level string')
  return level
}

function levelName(level: Json): string {
  const name = LEVELS[Number(level)]
  if (name === undefined) throw refused('Manage', 160, 'Invalid log level number')
  return name
}

function checkTimeZone(name: string): void {
  if (!isTimeZone(name)) throw thrownAt('Manage', 115, `DateTimeZone::__construct(): Unknown or bad timezone (${name})`)
}

const manage: CommandHandler = ({ input, output, world }) => {
  const [backend, level, zone] = [input.value('backend'), input.value('level'), input.value('timezone')]
  if (backend && !BACKEND_WORDS.has(`${backend[0]!.toLowerCase()}${backend.slice(1)}`))
    throw refused('Manage', 106, 'Invalid backend')
  const number = level === null ? null : levelOf(level)
  if (zone) checkTimeZone(zone)
  setAll(world, {
    ...(backend ? { log_type: backend } : {}),
    ...(number === null ? {} : { loglevel: number }),
    ...(zone ? { logtimezone: zone } : {}),
  })
  const current = getSystem<Json>(world, 'loglevel', DEFAULT_LEVEL)
  output.writeln(`Enabled logging backend: ${getSystemString(world, 'log_type', 'file')}`)
  output.writeln(`Log level: ${levelName(current)} (${current})`)
  output.writeln(`Log timezone: ${getSystemString(world, 'logtimezone', 'UTC')}`)
  return 0
}

export const logCommands = defineReleaseCommands({ 'log:file': file, 'log:manage': manage })
