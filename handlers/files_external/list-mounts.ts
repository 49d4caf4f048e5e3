import type { CommandContext } from '#console/command.ts'
import { phpJson, phpJsonPretty } from '#console/php-json.ts'
import { renderTable } from '#console/table.ts'
import type { Backends } from './backends.ts'
import type { Mount } from './state.ts'

/** What is shown only where it is asked for (Nextcloud 34.0.1, source). */
const SECRETS: readonly string[] = [
  'key',
  'bucket',
  'secret',
  'password',
  'refresh_token',
  'token',
  'client_secret',
  'public_key',
  'private_key',
]
const REMOVED = '***REMOVED SENSITIVE VALUE***'
const LONGEST = 32
const SHOWN_OF_LONG = 6

/** Whose mounts are listed: those of administrators, of an account, or all. */
export type Whose = { readonly owner: string | null } | 'all'

export interface ListOptions {
  readonly format: string | null
  readonly showPassword?: boolean
  readonly full?: boolean
}

type Listed = Omit<Mount, 'id'> & { readonly id: number | null }

const isOfNobody = (whose: Whose): boolean => whose === 'all' || whose.owner === null

/** Write mounts as a table, or as JSON. */
export function listMounts(
  { output }: Pick<CommandContext, 'output'>,
  backends: Backends,
  whose: Whose,
  mounts: readonly Listed[],
  options: ListOptions,
): void {
  const { format, showPassword = false, full = false } = options
  const isJson = format === 'json' || format === 'json_pretty'
  const shown = showPassword ? mounts : mounts.map(withoutSecrets)
  if (mounts.length === 0) output.writeln(isJson ? '[]' : `<info>${nothing(whose)}</info>`)
  else if (isJson) {
    const rows = shown.map((mount) => asRecord(mount, backends, whose))
    output.writeln(format === 'json' ? phpJson(rows) : phpJsonPretty(rows))
  } else {
    const rows = shown.map((mount) => asRow(mount, backends, whose, full))
    renderTable(output, headers(whose), rows)
  }
}

function nothing(whose: Whose): string {
  if (whose === 'all') return 'No mounts configured'
  return whose.owner === null ? 'No admin mounts configured' : `No mounts configured by ${whose.owner}`
}

const withoutSecrets = (mount: Listed): Listed => ({
  ...mount,
  configuration: Object.fromEntries(
    Object.entries(mount.configuration).map(([key, value]) => [key, SECRETS.includes(key) ? REMOVED : value]),
  ),
})

function headers(whose: Whose): string[] {
  const applicable = isOfNobody(whose) ? ['Applicable Users', 'Applicable Groups'] : []
  const type = whose === 'all' ? ['Type'] : []
  return [
    'Mount ID',
    'Mount Point',
    'Storage',
    'Authentication Type',
    'Configuration',
    'Options',
    ...applicable,
    ...type,
  ]
}

function asRecord(mount: Listed, { storage }: Backends, whose: Whose) {
  return {
    mount_id: mount.id,
    mount_point: mount.mountPoint,
    storage: storage[mount.backend]?.storage_class ?? null,
    authentication_type: mount.auth,
    configuration: orEmptyList(mount.configuration),
    options: orEmptyList(mount.options),
    ...(isOfNobody(whose) ? { applicable_users: mount.users, applicable_groups: mount.groups } : {}),
    ...(whose === 'all' ? { type: mount.owner === null ? 'admin' : 'personal' } : {}),
  }
}

/** PHP cannot tell an empty record from an empty list. */
const orEmptyList = (values: Readonly<Record<string, string>>) => (Object.keys(values).length === 0 ? [] : values)

function asRow(mount: Listed, { storage, authentication }: Backends, whose: Whose, full: boolean): string[] {
  const { users, groups } = mount
  const named = users.length + groups.length === 0 ? 'All' : users.join(', ')
  return [
    mount.id === null ? '-1' : String(mount.id),
    mount.mountPoint,
    storage[mount.backend]?.name ?? '',
    authentication[mount.auth]?.name ?? '',
    inOneLine(mount.configuration, full ? (value) => value : shorten),
    inOneLine(mount.options, (value) => value),
    ...(isOfNobody(whose) ? [named, groups.join(', ')] : []),
    ...(whose === 'all' ? [mount.owner === null ? 'Admin' : 'Personal'] : []),
  ]
}

const inOneLine = (values: Readonly<Record<string, string>>, show: (value: string) => string): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}: ${phpJson(show(value))}`)
    .join(', ')

const shorten = (value: string): string =>
  value.length > LONGEST ? `${value.slice(0, SHOWN_OF_LONG)}...${value.slice(-SHOWN_OF_LONG)}` : value
