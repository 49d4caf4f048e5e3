import type { JsonObject } from '#lib/json.ts'
import type { PhpValue } from '#lib/php.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'
import * as exApps from './exapps.ts'

/** What an ExApp may put into the server. */
export type RegistrationKind =
  | 'occ-command'
  | 'top-menu'
  | 'file-action'
  | 'initial-state'
  | 'script'
  | 'style'
  | 'settings-form'
  | 'task-provider'
  | 'config'
  | 'preference'

/** Something that an ExApp registered. Its id counts within its kind. */
export interface Registration {
  readonly id: number
  readonly kind: RegistrationKind
  readonly exApp: string
  /** What tells it from others of its kind: a name, or several parts. */
  readonly key: readonly string[]
  readonly data: JsonObject
}

/** By `kind/exApp/key…`. */
export const registrationsTable = defineTable<Registration>('exAppRegistrations', {
  record: s.object({
    id: s.int(),
    kind: s.literal(
      'occ-command',
      'top-menu',
      'file-action',
      'initial-state',
      'script',
      'style',
      'settings-form',
      'task-provider',
      'config',
      'preference',
    ),
    exApp: s.string(),
    key: s.list(s.string()),
    data: s.record(s.json()),
  }),
})

const escapePart = (part: string) => part.replaceAll('%', '%25').replaceAll('/', '%2F')
const path = (kind: RegistrationKind, ...parts: readonly string[]) => [kind, ...parts.map(escapePart)].join('/')

/** Register, or register anew what then keeps its id. */
export function put(
  world: World,
  kind: RegistrationKind,
  exApp: string,
  key: readonly string[],
  data: Registration['data'],
): Registration {
  const at = path(kind, exApp, ...key)
  const id = world.table(registrationsTable).get(at)?.id ?? world.nextId(`exapp-${kind}`)
  const registration: Registration = { id, kind, exApp, key, data }
  world.table(registrationsTable).set(at, registration)
  return registration
}

export function get(
  world: World,
  kind: RegistrationKind,
  exApp: string,
  key: readonly string[],
): Registration | undefined {
  return world.table(registrationsTable).get(path(kind, exApp, ...key))
}

export function remove(world: World, kind: RegistrationKind, exApp: string, key: readonly string[]): boolean {
  return world.table(registrationsTable).delete(path(kind, exApp, ...key))
}

/** As its table has it: id, app, and what was registered. */
export function row({ id, exApp, data }: Registration): Readonly<Record<string, PhpValue>> {
  return { id, appid: exApp, ...data }
}

/** Remove an entry of the menu of apps, and with it what its page loads. */
export function removeMenuEntry(world: World, exApp: string, name: string): boolean {
  if (!remove(world, 'top-menu', exApp, [name])) return false
  for (const kind of ['initial-state', 'script', 'style'] as const) {
    for (const { key } of ofExApp(world, kind, exApp, ['top_menu', name])) remove(world, kind, exApp, key)
  }
  return true
}

/** All of a kind that one ExApp registered, or those below the first parts of a key; by id. */
export function ofExApp(
  world: World,
  kind: RegistrationKind,
  exApp: string,
  below: readonly string[] = [],
): Registration[] {
  const table = world.table(registrationsTable)
  const keys = table.keysWithPrefix(`${path(kind, exApp, ...below)}/`)
  return keys.map((key) => table.get(key)!).sort((a, b) => a.id - b.id)
}

/** All of a kind that enabled ExApps registered, by id. */
export function ofEnabled(world: World, kind: RegistrationKind): Registration[] {
  const table = world.table(registrationsTable)
  const all = table.keysWithPrefix(`${kind}/`).map((key) => table.get(key)!)
  return all.filter(({ exApp }) => exApps.find(world, exApp)?.enabled).sort((a, b) => a.id - b.id)
}

/** Settings and preferences stay when their ExApp goes; everything else goes too. */
const LASTING: readonly RegistrationKind[] = ['config', 'preference']

export const exAppRegistrationReactions = defineReactions(
  {
    'exapp.removed': (world, { exApp }) => {
      const table = world.table(registrationsTable)
      for (const [at, { kind, exApp: owner }] of [...table.entries()]) {
        if (owner === exApp && !LASTING.includes(kind)) table.delete(at)
      }
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
