import { defineEndpoint, p, s } from '#app/index.ts'
import { isNumeric, isPhpArray, type PhpArray, type PhpValue, toInt } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { settings, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

const sharee = s.list(
  s.object({
    label: s.string(),
    value: s.object({ shareType: s.int(), shareWith: s.string() }),
  }),
)
const three = { users: sharee, groups: sharee, remotes: sharee }

/** Searching begins with as many characters. */
const SHORTEST = 2

type Found = readonly { readonly label: string; readonly id: string; readonly isExact: boolean }[]

const path = '/apps/files_sharing/api/v1/sharees'

export const searchSharees = defineEndpoint({
  id: `files_sharing-owncloud:GET ${path}`,
  products: ['owncloud'],
  app: 'files_sharing',
  method: 'GET',
  path,
  access: 'user',
  summary: 'Accounts, groups and other servers to share with',
  input: {
    search: p.string().default(''),
    itemType: p.string().orNull().describe('What shall be shared: `file`, `folder`'),
    page: p.int().default(1),
    perPage: p.int().default(200),
    shareType: p.mixed().describe('Kinds of recipients: a number or a list of them'),
  },
  output: s.object({ exact: s.object(three), ...three }),
  failures: { 400: ['Missing itemType', 'Invalid perPage argument', 'Invalid page'] },
  probe: { search: 'ad', itemType: 'file' },
  notImplemented: ['Contacts on other servers', 'More information on accounts'],
  handle: ({ input, world, me, ok, fail }) => {
    const { search, itemType, page, perPage } = input
    if (perPage <= 0) return fail(400, 'Invalid perPage argument')
    if (page <= 0) return fail(400, 'Invalid page')
    if (settings.isExcluded(world, groups.groupsOf(world, me))) return ok(lists({}))
    if (itemType === null) return fail(400)
    const isWanted = wantedBy(input.shareType)
    const isLong = search.length >= SHORTEST
    const part = { search, limit: perPage, offset: perPage * (page - 1) }
    return ok(
      lists({
        ...(isWanted(TYPE.user) ? { users: isLong ? accountsLike(world, part) : [] } : {}),
        ...(isWanted(TYPE.group) && settings.allowsGroups(world)
          ? { groups: isLong ? groupsLike(world, part) : [] }
          : {}),
        ...(isWanted(TYPE.remote) && search.includes('@') && isLong
          ? { remotes: [{ label: search, id: search, isExact: true }] }
          : {}),
      }),
    )
  },
})

/** Kinds that are asked for; without any, all are. */
function wantedBy(given: PhpValue): (type: number) => boolean {
  if (isPhpArray(given)) return (type) => Object.values(given).some((one) => toInt(one) === type)
  return (type) => !isNumeric(given) || toInt(given) === type
}

type Part = Required<Pick<users.Page, 'search' | 'limit' | 'offset'>>

const lower = (text: string) => text.toLowerCase()

function accountsLike(world: World, part: Part): Found {
  return users.search(world, part).map(({ id, displayName, email }) => {
    const names = [id, displayName, email ?? ''].map(lower)
    return { label: displayName, id, isExact: names.includes(lower(part.search)) }
  })
}

function groupsLike(world: World, part: Part): Found {
  return groups.search(world, part).map(({ id, displayName }) => {
    return { label: displayName, id, isExact: [id, displayName].map(lower).includes(lower(part.search)) }
  })
}

const TYPES = { users: TYPE.user, groups: TYPE.group, remotes: TYPE.remote } as const

/** Six lists: of each kind what is what was looked for, and what is like it. */
function lists(found: Readonly<Partial<Record<keyof typeof TYPES, Found>>>): PhpArray {
  const exact: Record<string, PhpValue> = {}
  const alike: Record<string, PhpValue> = {}
  for (const kind of ['users', 'groups', 'remotes'] as const) {
    const shown = ({ label, id }: Found[number]) => ({ label, value: { shareType: TYPES[kind], shareWith: id } })
    const all = found[kind] ?? []
    exact[kind] = all.filter(({ isExact }) => isExact).map(shown)
    alike[kind] = all.filter(({ isExact }) => !isExact).map(shown)
  }
  return { exact, ...alike }
}
