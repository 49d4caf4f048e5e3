import { quote } from '#lib/quote.ts'

/** An app that is to be written. */
export interface NewApp {
  readonly id: string
  /** What it says of itself; `null`: the profile has it, as for every app of a release. */
  readonly info: { readonly name: string; readonly version: string; readonly summary: string } | null
  /** The module that exports `defineApp` and all that apps are made of. */
  readonly from: string
}

/** Texts of files by their names. */
export type Files = Readonly<Record<string, string>>

/** An app that keeps items for accounts: two operations, a table, a capability. It works, and waits to be changed. */
export const appFiles = (app: NewApp): Files => ({
  'app.ts': definition(app),
  'items.ts': endpoints(app),
  'state.ts': state(app),
  'capabilities.ts': capabilities(app),
})

function definition({ id, info, from }: NewApp): string {
  const described = info
    ? `
  name: ${quote(info.name)},
  version: ${quote(info.version)},
  summary: ${quote(info.summary)},`
    : ''
  return `import { defineApp } from '${from}'
import { capabilities } from './capabilities.ts'
import { addItem, listItems } from './items.ts'
import { itemReactions, itemsTable } from './state.ts'

export const app = defineApp('${id}', {${described}
  endpoints: [listItems, addItem],
  tables: [itemsTable],
  reactions: [itemReactions],
  capabilities: [capabilities],
})
`
}

const endpoints = ({ id, from }: NewApp) => `import { defineEndpoint, p, s } from '${from}'
import * as items from './state.ts'

const APP = '${id}'
const BASE = '/apps/${id}/api/v1'

const item = s.object({ id: s.int(), title: s.string() })
const show = ({ id, title }: items.Item) => ({ id, title })

export const listItems = defineEndpoint({
  id: '${id}-items-list',
  app: APP,
  method: 'GET',
  path: \`\${BASE}/items\`,
  access: 'user',
  summary: 'The items of the caller',
  output: s.list(item),
  handle: ({ me, world, ok }) => ok(items.list(world, me).map(show)),
})

export const addItem = defineEndpoint({
  id: '${id}-items-add',
  app: APP,
  method: 'POST',
  path: \`\${BASE}/items\`,
  access: 'user',
  summary: 'Add an item to those of the caller',
  input: { title: p.string() },
  output: item,
  failures: { 400: 'The title is empty' },
  handle: ({ input, me, world, ok, fail }) => {
    const added = items.add(world, me, input.title)
    return added === 'no-title' ? fail(400) : ok(show(added))
  },
})
`

const state = ({ id, from }: NewApp) => `import { defineReactions, defineTable, type World } from '${from}'

/** Something that an account keeps. */
export interface Item {
  readonly id: number
  readonly userId: string
  readonly title: string
}

/** Items by their ids. */
export const itemsTable = defineTable<Item>('${id}_items')

/** Those of an account, the oldest first. */
export function list(world: World, userId: string): Item[] {
  const table = world.table(itemsTable)
  const keys = table.index('user', (item) => item.userId).keysOf(userId)
  return keys.flatMap((key) => table.get(key) ?? []).sort((a, b) => a.id - b.id)
}

export function add(world: World, userId: string, title: string): Item | 'no-title' {
  if (title.trim() === '') return 'no-title'
  const item: Item = { id: world.nextId('${id}_items'), userId, title }
  world.table(itemsTable).set(String(item.id), item)
  return item
}

/** What an account keeps goes with it. */
export const itemReactions = defineReactions({
  'user.deleted': (world, { userId }) => {
    for (const { id } of list(world, userId)) world.table(itemsTable).delete(String(id))
  },
})
`

const capabilities = ({ id, from }: NewApp) => `import { defineCapabilities } from '${from}'

export const capabilities = defineCapabilities({
  public: false,
  build: () => ({ ${id}: { items: true } }),
})
`
