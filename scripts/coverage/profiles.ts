import type { Catalogue } from '#line/catalogue.ts'
import { allInRelease } from '#line/in-release.ts'
import { operations } from '#profiles/keys.ts'
import type { ProfileChoice } from '#profiles/matrix.ts'
import { openProfile, type ProfileDefinition } from '#profiles/profile.ts'

/** How much of a recorded server its profile answers alike, in percent, by the folder of the recording. */
export type Measured = Readonly<Record<string, { readonly values: number; readonly bytes: number }>>

/** A row for each profile: what its product has, what of it is implemented, and how far its answers were measured. */
export async function profilesTable(
  catalogue: Catalogue,
  choices: readonly ProfileChoice[],
  measured: Measured,
): Promise<string> {
  const { endpoints } = await catalogue.loadAll()
  // What another release has is unknown, and not what there is no definition of.
  const defined = new Set(endpoints.flatMap((endpoint) => [endpoint.id, requestOf(endpoint)]))
  const rows = await Promise.all(
    choices.map(async ({ name, load }) => {
      const profile = openProfile(await load())
      const isThere = ({ app }: { readonly app: string }) => app === 'core' || profile.apps.some(({ id }) => id === app)
      const built = allInRelease(endpoints, profile).filter(isThere)
      const named = (await operations.load(profile)).filter(isThere)
      const lacking = named.filter((one) => !defined.has(one.id) && !defined.has(requestOf(one)))
      const known = profile.knownBy === 'unverified' ? 'nothing that was checked' : 'a running server'
      return `| ${[`\`${name}\``, profile.versionString, known, built.length, lacking.length, levelOf(profile, measured)].join(' | ')} |`
    }),
  )
  return `## Profiles

What a profile has and lacks is answered 501, and its values are those of recordings of that very version that it answers alike.

| profile | version | known by | implemented | not implemented | values |
|---|---|---|--:|--:|--:|
${rows.join('\n')}
`
}

const requestOf = ({ method, path }: { readonly method: string; readonly path: string }) =>
  `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`

function levelOf({ product, versionString }: ProfileDefinition, measured: Measured): string {
  const level = measured[`${product}-${versionString.split(' ')[0]}`]
  return level ? `${level.values} %` : ''
}
