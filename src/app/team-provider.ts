import type { PhpArray } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'

/** What a provider may look at. */
export interface TeamContext {
  readonly world: World
  readonly profile: Profile
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
  /** Who looks. */
  readonly me: string
}

export interface Team {
  readonly id: string
  readonly displayName: string
  /** The page of the team. */
  readonly link: string
}

/** Something that is shared with a team. Of the icons, one is there. */
export interface TeamResource extends PhpArray {
  readonly id: string
  readonly label: string
  readonly url: string
  readonly iconSvg: string | null
  readonly iconURL: string | null
  readonly iconEmoji: string | null
  /** What it is: id, name and icon of all of its kind. */
  readonly provider: PhpArray & { readonly id: string }
}

/** Knows teams, and what is shared with them. */
export interface TeamProvider extends ReadsProfileData {
  readonly kind: 'team-provider'
  /** Ids of what can be shared with its teams: `files`. */
  readonly resourceProviders: readonly string[]
  /** The teams that who looks is in. */
  teams(context: TeamContext): readonly Team[]
  /** What is shared with one of its teams; nothing to those who are not in it. */
  resources(teamId: string, context: TeamContext): readonly TeamResource[]
}

declare module '#line/contributions.ts' {
  interface Contributions {
    teamProviders: TeamProvider
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Who knows teams, and what is shared with them. */
    readonly teamProviders?: readonly TeamProvider[]
  }
}

/**
 * Define who knows teams, and what is shared with them.
 *
 * @example
 * defineTeamProvider({
 *   resourceProviders: ['bookmarks'],
 *   teams: ({ world, me, baseUrl }) => clubs.of(world, me).map(({ id, name }) => ({ id, displayName: name, link: baseUrl })),
 *   resources: (id, { world, me }) => bookmarks.ofClub(world, id, me),
 * })
 */
export const defineTeamProvider = (definition: Omit<TeamProvider, 'kind'>): TeamProvider => ({
  kind: 'team-provider',
  ...definition,
})
