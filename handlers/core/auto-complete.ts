import { defineEndpoint, p, type Sharee, s } from '#app/index.ts'
import { statusSchema } from '#app/user-status.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { TYPE } from '#world/sharing/shares.ts'
import { searchSharees, shareTypes } from './sharees.ts'

/** Those whose names begin to be typed, exact matches first, by kinds in the order in which they were asked for. */
export const autoComplete = defineEndpoint({
  id: 'core-auto_complete-get',
  app: 'core',
  method: 'GET',
  path: '/core/autocomplete/get',
  access: 'user',
  summary: 'Suggest accounts, groups and others for a text',
  input: {
    search: p.string(),
    itemType: p.string().orNull().describe('What the suggestions are for'),
    itemId: p.string().orNull(),
    sorter: p.string().orNull().describe('How to sort, names separated by |'),
    shareTypes: p.array().default([TYPE.user]).describe('Kinds of recipients, as numbers'),
    limit: p.limit().default(10),
  },
  output: s.list(
    s.object({
      id: s.string(),
      label: s.string(),
      icon: s.string(),
      source: s.string(),
      status: s.union(statusSchema, s.literal(''), s.empty()),
      subline: s.words(),
      shareWithDisplayNameUnique: s.string(),
    }),
  ),
  probe: { search: 'a' },
  notImplemented: ['Sorters'],
  handle: async ({ input, me, world, catalogue, request, ok }) => {
    const all = await shareTypes(world, catalogue)
    const wanted = Object.values(input.shareTypes).map(String)
    const types = wanted.flatMap((number) => all.find(({ type }) => String(type) === number) ?? [])
    const query = { text: input.search.trim(), limit: input.limit, offset: 0, shareType: null }
    const found = await searchSharees(types, query, { world, baseUrl: request.baseUrl, me })
    const ordered = [...new Set(types)].flatMap(({ name }) => {
      const ofType = found.get(name) ?? []
      const exactFirst = [...ofType.filter(({ exact }) => exact), ...ofType.filter(({ exact }) => !exact)]
      return exactFirst.map(({ item }) => suggestion(name, item, NO_STATUS.at(world.release)))
    })
    return ok(ordered)
  },
})

/** What stands for the status of somebody who has none. */
const NO_STATUS = byRelease<'' | readonly []>([], { 32: '' })

function suggestion(
  source: string,
  { label, value, icon, subline, status, ...item }: Sharee,
  noStatus: '' | readonly [],
): PhpArray {
  return {
    id: value.shareWith,
    label,
    icon: icon ?? '',
    source,
    status: Array.isArray(status) || status === undefined ? noStatus : status,
    subline: subline ?? '',
    shareWithDisplayNameUnique: item.shareWithDisplayNameUnique ?? '',
  }
}
