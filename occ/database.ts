import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { Verbosity } from '#console/output.ts'
import { writeArray } from '#console/write-in-format.ts'
import { md5 } from '#lib/md5.ts'
import * as apps from '#world/settings/apps.ts'
import { setSystem } from '#world/settings/config.ts'

/** A fake has no database that could lack anything. */
const nothingMissing: CommandHandler = ({ output }) => {
  output.writeln('<info>Done.</info>')
  return 0
}

const noIndexMissing: CommandHandler = ({ input, output }) => {
  if (input.flag('dry-run')) output.writeln('')
  return 0
}

const convertIds: CommandHandler = ({ output }) => {
  output.writeln('<info>All tables already up to date!</info>')
  return 0
}

const convertCharset: CommandHandler = ({ output }) => {
  output.writeln('This command is only valid for MySQL/MariaDB databases.')
  return 1
}

/** No table of a database is known by any name. */
const showSchema: CommandHandler = (context) => {
  if (context.input.flag('sql')) return 0
  writeArray(context, { sequences: [], tables: [] })
  return 0
}

const fingerprint: CommandHandler = ({ output, world }) => {
  const mark = md5(String(world.clock.seconds()))
  setSystem(world, 'data-fingerprint', mark)
  output.writeln(`<info>Updated data-fingerprint to ${mark}</info>`)
  return 0
}

/** Files have their types from the beginning. */
const updateTypes: CommandHandler = ({ output }) => {
  output.writeln(['Added 0 new mimetypes', 'Updated 0 filecache rows'])
  return 0
}

const TYPES_WRITTEN = '<info>mimetypelist.js is updated'

const updateScript: CommandHandler = ({ output }) => {
  output.writeln(TYPES_WRITTEN)
  return 0
}

const updateTheme: CommandHandler = ({ output }) => {
  output.writeln([TYPES_WRITTEN, '<info>Image cache cleared</info>'])
  return 0
}

const updateHtaccess: CommandHandler = ({ output }) => {
  output.writeln('.htaccess has been updated')
  return 0
}

/** Nobody changed what a fake is made of. */
const checkCore: CommandHandler = (context) => {
  writeArray(context, [])
  context.output.writeln(NOTHING_CHANGED, Verbosity.verbose)
  return 0
}

const NOTHING_CHANGED = '<info>No errors found</info>'

const checkApp: CommandHandler = (context) => {
  const { input, world } = context
  const app = input.text('appid')
  if (app === '' && !input.flag('all')) {
    context.output.writeln('<error>Please specify an appid, or "--all" to verify all apps</error>')
    return 1
  }
  if (app !== '' && !apps.find(world, app)) throw thrownAt('AppManager', 739, `Could not find path for ${app}`)
  context.output.writeln(NOTHING_CHANGED, Verbosity.verbose)
  return 0
}

/** The files that are to be signed are on a disk that a fake does not have. */
function sign({ input, output }: CommandContext, help: readonly string[]): number {
  const [path, key, certificate] = ['path', 'privateKey', 'certificate'].map((option) => input.value(option))
  if (path === null || key === null || certificate === null) output.writeln(help)
  else output.writeln(`Private key "${key}" does not exists.`)
  return 1
}

const signApp: CommandHandler = (context) =>
  sign(context, [
    'This command requires the --path, --privateKey and --certificate.',
    'Example: ./occ integrity:sign-app --path="/Users/lukasreschke/Programming/myapp/" --privateKey="/Users/lukasreschke/private/myapp.key" --certificate="/Users/lukasreschke/public/mycert.crt"',
    `For more information please consult the documentation: https://docs.nextcloud.com/server/${context.profile.version[0]}/go.php?to=developer-code-integrity`,
  ])

const signCore: CommandHandler = (context) => sign(context, ['--privateKey, --certificate and --path are required.'])

/** Releases are looked for in the internet, which a fake does not have. */
const preview: CommandHandler = ({ input }) => {
  const version = input.text('version')
  const file = /^\d+\./.test(version) ? `nextcloud-${version}` : `latest-${version}`
  const address = `https://download.nextcloud.com/server/releases/${file}.metadata`
  const unresolved = `cURL error 6: Could not resolve host: download.nextcloud.com (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for ${address}`
  const previous = thrownAt('CurlFactory', 277, unresolved, 'GuzzleHttp\\Exception\\ConnectException')
  throw thrownAt('ReleaseMetadata', 70, `could not reach metadata at ${address}`, 'Exception', previous)
}

const broadcast: CommandHandler = () => 0

/** Sizes are counted whenever they are asked for. */
const updateStorageStatistics: CommandHandler = () => 0

const checkForUpdates: CommandHandler = ({ output }) => {
  output.writeln('<info>Everything up to date</info>')
  return 0
}

export const databaseCommands = defineReleaseCommands({
  'db:add-missing-columns': nothingMissing,
  'db:add-missing-primary-keys': nothingMissing,
  'db:add-missing-indices': noIndexMissing,
  'db:convert-filecache-bigint': convertIds,
  'db:convert-mysql-charset': convertCharset,
  'db:schema:expected': showSchema,
  'db:schema:export': showSchema,
  'maintenance:data-fingerprint': fingerprint,
  'maintenance:mimetype:update-db': updateTypes,
  'maintenance:mimetype:update-js': updateScript,
  'maintenance:theme:update': updateTheme,
  'maintenance:update:htaccess': updateHtaccess,
  'integrity:check-core': checkCore,
  'integrity:check-app': checkApp,
  'integrity:sign-app': signApp,
  'integrity:sign-core': signCore,
  'migrations:preview': preview,
  'broadcast:test': broadcast,
  'serverinfo:update-storage-statistics': updateStorageStatistics,
  'update:check': checkForUpdates,
})
