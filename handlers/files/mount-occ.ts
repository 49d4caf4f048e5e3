import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as users from '#world/accounts/users.ts'
import { storageOf } from '#world/files/homes.ts'
import * as mounts from '#world/files/mounts.ts'
import { mountPoint } from '#world/files/server-paths.ts'
import * as storages from '#world/files/storages.ts'
import * as tree from '#world/files/tree.ts'
import type { World } from '#world/world.ts'

/** Something that hangs in an account's files, as the server notes it. */
interface Mounted {
  readonly point: string
  readonly provider: string
  /** What it is called where it hangs. */
  readonly name: string
  /** The number of the storage that it is of. */
  readonly storage: number
  readonly rootId: number
}

const PROVIDERS = {
  shared: 'OCA\\Files_Sharing\\MountProvider',
  group: 'OCA\\Files_Sharing\\MountProvider',
  external: 'OCA\\Files_External\\Config\\ConfigAdapter',
} as const

function mountedFor(world: World, { id }: users.User): Mounted[] {
  const root = tree.ensureStorage(world, storageOf(id))
  const home: Mounted = {
    point: `/${id}/`,
    provider: 'OC\\Files\\Mount\\LocalHomeMountProvider',
    name: storageOf(id),
    storage: storages.numberOf(world, storageOf(id)),
    rootId: root.id,
  }
  const others = mounts.ofUser(world, id).map(
    (mount): Mounted => ({
      point: mountPoint(mount),
      provider: PROVIDERS[mount.kind],
      name: `shared::${mount.path}`,
      storage: storages.numberOf(world, mounts.rootOf(world, mount)?.storage ?? ''),
      rootId: mount.rootId,
    }),
  )
  return [home, ...others].sort((a, b) => (a.point < b.point ? -1 : 1))
}

function accountOf(context: CommandContext): users.User | undefined {
  const userId = context.input.text('user')
  const user = users.find(context.world, userId)
  if (!user) fail(context, `User ${userId} not found`)
  return user
}

const list: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context)
  if (!user) return 1
  const mounted = mountedFor(world, user)
  const onlyKept = input.flag('cached-only')
  if (input.value('output') === 'plain') {
    for (const { point, name, provider, storage, rootId } of mounted) {
      output.writeln(`<info>${point}</info>:${onlyKept ? '' : ` ${name}`}`)
      output.writeln([`\t- provider: ${provider}`, `\t- storage id: ${storage}`, `\t- root id: ${rootId}`])
    }
    return 0
  }
  const rows = (storageId: (one: Mounted) => string | number) =>
    mounted.map((one) => ({
      mountpoint: one.point,
      provider: one.provider,
      storage_id: storageId(one),
      root_id: one.rootId,
    }))
  const cached = rows(({ storage }) => storage)
  writeArray(context, onlyKept ? { cached } : { cached, provided: rows(({ name }) => name) })
  return 0
}

const refresh: CommandHandler = (context) => {
  const user = accountOf(context)
  if (!user) return 1
  context.output.writeln(`Registered <info>${mountedFor(context.world, user).length}</info> mounts`)
  return 0
}

export const mountCommands = defineReleaseCommands({ 'files:mount:list': list, 'files:mount:refresh': refresh })
