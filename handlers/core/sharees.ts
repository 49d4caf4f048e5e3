import type { FoundSharee, ShareeQuery, ShareType, ShareTypeContext } from '#app/index.ts'
import type { ContributionSource, Gathered } from '#line/contributions.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

/** The types of shares that enabled apps bring; those of the server itself come first. */
export async function shareTypes(world: World, catalogue: ContributionSource): Promise<ShareType[]> {
  const all = (await catalogue.gather('shareTypes')).filter(({ app }) => isEnabled(world, app))
  const own = all.filter(({ app }) => app === 'core')
  return [...own, ...all.filter((one) => !own.includes(one))].map(searchingItsOwn)
}

/** A type of shares whose search reads what it lists of the profile. */
function searchingItsOwn({ contribution, profile }: Gathered<'shareTypes'>): ShareType {
  const { search } = contribution
  return search ? { ...contribution, search: (query, context) => search(query, { ...context, profile }) } : contribution
}

/** Those who were found, by the names of their types; each in the order in which its search lists them. */
export type FoundSharees = ReadonlyMap<string, readonly FoundSharee[]>

/** Everybody of some types whom a text finds. */
export async function searchSharees(
  types: readonly ShareType[],
  query: ShareeQuery,
  context: ShareTypeContext,
): Promise<FoundSharees> {
  const found = new Map<string, readonly FoundSharee[]>()
  for (const type of types) found.set(type.name, (await type.search?.(query, context)) ?? [])
  const isOwnContact = (found.get('emails') ?? []).some(
    ({ exact, item }) => exact && item.name && item.label !== item.uuid && isAddressOf(item, query.text),
  )
  const isOwnAccount = query.text.includes('@') && (found.get('users') ?? []).some(({ exact }) => exact)
  if (isOwnContact || isOwnAccount) found.set('remotes', [])
  if (isOwnAccount) found.set('emails', [])
  return found
}

const isAddressOf = ({ value }: FoundSharee['item'], text: string) =>
  value.shareWith.toLowerCase() === text.toLowerCase()
