import type { CommandContext, CommandHandler } from '#console/command.ts'
import { CommandException } from '#console/errors.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import * as users from '#world/accounts/users.ts'
import { type Backends, backends } from './backends.ts'
import { listMounts } from './list-mounts.ts'
import * as mounts from './state.ts'

/** Mounts as `files_external:export` wrote them. */
export const importMounts: CommandHandler = async (context) => {
  const { input, world, profile } = context
  const owner = input.value('user') || null
  const known = await backends.load(profile)
  const read = readMounts(context, known)
  if (typeof read === 'string') return fail(context, read)
  if (owner !== null && !users.find(world, owner)) {
    const at = { file: 'Import.php', line: 176 }
    throw new CommandException(`user ${owner} not found`, { phpClass: 'OC\\User\\NoUserException', at })
  }
  const made = read.map((mount) => (owner === null ? mount : { ...mount, owner, users: [owner], groups: [] }))
  const there = mounts.of(world, owner)
  const double = made.find((mount) => there.some((one) => isSame(one, mounts.draft(mount))))
  if (double) return fail(context, `Duplicate mount (${double.mountPoint})`)
  if (!input.flag('dry')) for (const mount of made) mounts.add(world, mount)
  else if (made.length === 0) return fail(context, 'No mounts to be imported')
  else {
    const drafts = made.map((mount) => ({ ...mounts.draft(mount), id: mount.id }))
    listMounts(context, known, { owner }, drafts, { format: input.value('output'), showPassword: true })
  }
  return 0
}

const fail = ({ output }: CommandContext, message: string): number => {
  output.writeln(`<error>${message}</error>`)
  return 1
}

const isSame = (one: mounts.Mount, other: Omit<mounts.Mount, 'id'>) =>
  (['mountPoint', 'users', 'groups', 'configuration'] as const).every(
    (member) => JSON.stringify(one[member]) === JSON.stringify(other[member]),
  )

type Imported = mounts.NewMount & { readonly id: number }

/** What a file or standard input says; a text: what is wrong with it. */
function readMounts({ input, hostFile }: CommandContext, known: Backends): Imported[] | string {
  const path = input.text('path')
  const text = path === '-' ? input.readAll() : hostFile(path)
  if (text === null) return `File not found: ${path}`
  if (text.length < 2) return 'Error while reading json'
  const document = parse(text)
  if (!isJsonObject(document) && !Array.isArray(document)) return 'Error while parsing json'
  return (Array.isArray(document) ? document : [document]).flatMap((one) =>
    isJsonObject(one) ? [readMount(one, known)] : [],
  )
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

function readMount(one: Readonly<Record<string, Json>>, { storage }: Backends): Imported {
  const backend = Object.entries(storage).find(([, { storage_class }]) => storage_class === one.storage)?.[0] ?? ''
  return {
    id: Number(one.mount_id),
    mountPoint: mounts.normalizedMountPoint(String(one.mount_point ?? '')),
    backend,
    auth: String(one.authentication_type ?? ''),
    configuration: textsOf(one.configuration),
    options: textsOf(one.options),
    users: listOf(one.applicable_users),
    groups: listOf(one.applicable_groups),
  }
}

const textsOf = (values: Json | undefined): Record<string, string> =>
  isJsonObject(values)
    ? Object.fromEntries(Object.entries(values).map(([key, value]) => [key, mounts.kept(value)]))
    : {}

const listOf = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : [])
