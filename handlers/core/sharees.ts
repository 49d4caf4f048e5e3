import type { FoundSharee, ShareeQuery, ShareType, ShareTypeContext } from '#app/index.ts'
import type { ContributionSource, Gathered } from '#line/contributions.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

/** A type of shares, with the profile as it may read it. */
export type OfferedType = ShareType & Pick<Gathered, 'profile'>

/** The types of shares that enabled apps bring; those of the server itself come first. */
export async function shareTypes(world: World, catalogue: ContributionSource): Promise<OfferedType[]> {
  const all = (await catalogue.gather('shareTypes')).filter(({ app }) => isEnabled(world, app))
  const own = all.filter(({ app }) => app === 'core')
  return [...own, ...all.filter((one) => !own.includes(one))].map(({ contribution, profile }) => ({
    ...contribution,
    profile,
  }))
}

/** Those who were found, by the names of their types; each in the order in which its search lists them. */
export type FoundSharees = ReadonlyMap<string, readonly FoundSharee[]>

/** Everybody of some types whom a text finds. */
export async function searchSharees(
  types: readonly OfferedType[],
  query: ShareeQuery,
  context: Omit<ShareTypeContext, 'profile'>,
): Promise<FoundSharees> {
  const found = new Map<string, readonly FoundSharee[]>()
  for (const type of types)
    found.set(type.name, (await type.search?.(query, { ...context, profile: type.profile })) ?? [])
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
