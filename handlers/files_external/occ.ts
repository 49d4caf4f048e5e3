import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException } from '#console/errors.ts'
import { notBuilt } from '#console/not-built.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { type Backends, backends, describeBackends, readParameter } from './backends.ts'
import { importMounts } from './import-mounts.ts'
import { listMounts, type Whose } from './list-mounts.ts'
import * as mounts from './state.ts'

/** HTTP's 404, which a process cannot end with: the console makes 255 of it. */
const NOT_FOUND = 255

const fail = ({ output }: CommandContext, message: string, code = 1): number => {
  output.writeln(`<error>${message}</error>`)
  return code
}

const noUser = (userId: string) =>
  new CommandException(`user ${userId} not found`, {
    phpClass: 'OC\\User\\NoUserException',
    at: { file: 'ListCommand.php', line: 236 },
  })

function whoseOf({ input, world }: CommandContext): Whose {
  if (input.flag('all')) return 'all'
  const owner = input.text('user_id')
  if (owner === '' || owner === '0') return { owner: null }
  if (!users.find(world, owner)) throw noUser(owner)
  return { owner }
}

const listed = ({ world }: CommandContext, whose: Whose) =>
  whose === 'all' ? mounts.all(world) : mounts.of(world, whose.owner)

const list: CommandHandler = async (context) => {
  const { input, profile } = context
  const whose = whoseOf(context)
  listMounts(context, await backends.load(profile), whose, listed(context, whose), {
    format: input.value('output'),
    showPassword: input.flag('show-password'),
    full: input.flag('full'),
  })
  return 0
}

const exportAll: CommandHandler = async (context) => {
  const whose = whoseOf(context)
  const options = { format: 'json_pretty', showPassword: true }
  listMounts(context, await backends.load(context.profile), whose, listed(context, whose), options)
  return 0
}

const showBackends: CommandHandler = async (context) => {
  const { input, profile } = context
  const all = describeBackends(await backends.load(profile))
  const [type, name] = [input.text('type'), input.text('backend')]
  if (type === '') {
    writeArray(context, all)
    return 0
  }
  if (type !== 'authentication' && type !== 'storage')
    return fail(context, `Invalid type "${type}". Possible values are "authentication" or "storage"`)
  const ofType = all[type]
  if (name !== '' && !Object.hasOwn(ofType, name)) return fail(context, `Unknown backend "${name}" of type  "${type}"`)
  writeArray(context, name === '' ? ofType : ofType[name]!)
  return 0
}

/** What `--config` says, as it is kept; a text: what is wrong with it. */
function readConfiguration(
  words: readonly string[],
  { storage, authentication }: Backends,
  backend: string,
  auth: string,
): Record<string, string> | string {
  const kinds = { ...storage[backend]?.configuration, ...authentication[auth]?.configuration }
  const read: Record<string, string> = {}
  for (const word of words) {
    const at = word.indexOf('=')
    if (at < 0) return `Invalid mount configuration option "${word}"`
    const key = word.slice(0, at)
    const value = readParameter(kinds, key, word.slice(at + 1))
    if (value === null) return `Unknown configuration for backends "${key}"`
    read[key] = value
  }
  return read
}

const SEE = 'see `occ files_external:backends'

const create: CommandHandler = async (context) => {
  const { input, output, world, profile } = context
  const [mountPoint, backend, auth] = ['mount_point', 'storage_backend', 'authentication_backend'].map((name) =>
    input.text(name),
  ) as [string, string, string]
  const known = await backends.load(profile)
  const storage = known.storage[backend]
  const notFound = (what: string, name: string) =>
    fail(context, `${what} backend with identifier "${name}" not found (${SEE}\` for possible values)`, NOT_FOUND)
  if (!storage) return notFound('Storage', backend)
  if (!known.authentication[auth]) return notFound('Authentication', auth)
  if (!storage.authentication.includes(auth)) {
    const advice = `${SEE} storage ${backend}\` for possible values`
    return fail(context, `Authentication backend "${auth}" not valid for storage backend "${backend}" (${advice})`)
  }
  const configuration = readConfiguration(input.values('config'), known, backend, auth)
  if (typeof configuration === 'string') return fail(context, configuration)
  const owner = input.value('user') || null
  if (owner !== null && !users.find(world, owner)) return fail(context, `User "${owner}" not found`)
  const made = { mountPoint, backend, auth, configuration, owner }
  const format = input.value('output')
  if (input.flag('dry')) {
    listMounts(context, known, { owner }, [{ ...mounts.draft(made), id: null }], { format, showPassword: true })
    return 0
  }
  const { id } = mounts.add(world, made)
  if (format === 'json' || format === 'json_pretty') output.writeln(String(id))
  else output.writeln(`<info>Storage created with id ${id}</info>`)
  return 0
}

/** @param end of the sentence: the commands do not agree on it (Nextcloud 34.0.1, asked) */
const toMount =
  (run: (context: CommandContext, mount: mounts.Mount) => number | Promise<number>, end = '"'): CommandHandler =>
  (context) => {
    const id = context.input.text('mount_id')
    const mount = mounts.find(context.world, id)
    if (mount) return run(context, mount)
    const advice = `check "occ files_external:list" to get available mounts${end}`
    return fail(context, `Mount with id "${id} not found, ${advice}`, NOT_FOUND)
  }

const applicable = toMount((context, mount) => {
  const { input, world } = context
  if (mount.owner !== null) return fail(context, "Can't change applicables on personal mounts")
  const [addUsers, removeUsers] = [input.values('add-user'), input.values('remove-user')]
  const [addGroups, removeGroups] = [input.values('add-group'), input.values('remove-group')]
  const user = addUsers.find((id) => !users.find(world, id))
  if (user !== undefined) return fail(context, `User "${user}" not found`, NOT_FOUND)
  const group = addGroups.find((id) => !groups.find(world, id))
  if (group !== undefined) return fail(context, `Group "${group}" not found`, NOT_FOUND)
  const changed = (now: readonly string[], added: readonly string[], removed: readonly string[]) =>
    input.flag('remove-all') ? [] : [...new Set([...now, ...added])].filter((id) => !removed.includes(id))
  const after = mounts.change(world, mount, {
    users: changed(mount.users, addUsers, removeUsers),
    groups: changed(mount.groups, addGroups, removeGroups),
  })
  writeArray(context, { users: after.users, groups: after.groups })
  return 0
}, '')

/** Show or change a value of one kind. */
const changeValue = (kind: 'configuration' | 'options') =>
  toMount(({ input, output, world }, mount) => {
    const key = input.text('key')
    if (input.argument('value') === null) {
      output.writeln(mount[kind][key] ?? 'null')
      return 0
    }
    mounts.change(world, mount, { [kind]: { ...mount[kind], [key]: mounts.kept(readJson(input.text('value'))) } })
    return 0
  })

/** What is JSON is read so, all else is text. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? text
  } catch {
    return text
  }
}

/** Only a folder of the server itself is sure to be there. */
const verify = toMount((context, { backend }) => {
  if (backend !== 'local') return notBuilt('files_external:verify')(context)
  writeArray(context, { status: 'ok', code: 0, message: null })
  return 0
})

const remove = toMount(async (context, mount) => {
  const { input, world, profile } = context
  if (!input.flag('yes')) {
    listMounts(context, await backends.load(profile), { owner: null }, [mount], { format: input.value('output') })
    if (!(await input.confirm('Delete this mount? [y/N] ', false))) return 1
  }
  mounts.remove(world, mount)
  return 0
})

const notify: CommandHandler = async (context) => {
  const mount = mounts.find(context.world, context.input.text('mount_id'))
  if (!mount) return fail(context, 'Mount not found')
  if (mount.backend !== 'local') return fail(context, 'Error while trying to create storage')
  const { storage } = await backends.load(context.profile)
  return fail(context, `Mount of type "${storage[mount.backend]?.name}" does not support active update notifications`)
}

const scan: CommandHandler = (context) => {
  const mount = mounts.find(context.world, context.input.text('mount_id'))
  if (!mount) return fail(context, 'Mount not found')
  if (mount.backend !== 'local') return fail(context, 'Error while trying to create storage')
  return notBuilt('files_external:scan')(context)
}

/** A server without PHP's library for SMB, as that of the recordings is. */
const dependencies: CommandHandler = async ({ output, profile }) => {
  const { storage } = await backends.load(profile)
  output.writeln(`${storage.smb?.name}:`)
  output.writeln(
    ' - <comment>php-smbclient</comment>: Either the php-smbclient library (preferred) or the smbclient binary is required for SMB storages.',
  )
  output.writeln(' - <comment>smbclient</comment>')
  return 0
}

export const commands = defineReleaseCommands({
  'files_external:list': list,
  'files_external:export': exportAll,
  'files_external:import': importMounts,
  'files_external:backends': showBackends,
  'files_external:create': create,
  'files_external:applicable': applicable,
  'files_external:config': changeValue('configuration'),
  'files_external:option': changeValue('options'),
  'files_external:verify': verify,
  'files_external:delete': remove,
  'files_external:notify': notify,
  'files_external:scan': scan,
  'files_external:dependencies': dependencies,
})
