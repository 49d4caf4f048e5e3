import type { PhpValue } from '#lib/php.ts'
import type { Releases } from '#lib/releases.ts'
import type { RequestInfo } from '#line/endpoint.ts'
import type { Actor } from '#line/identify.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'

export interface CapabilityArguments {
  readonly world: World
  readonly profile: Profile
  readonly actor: Actor
  readonly request: RequestInfo
}

/** What an app adds to the capabilities while it is enabled. */
export interface Capabilities extends ReadsProfileData, Releases {
  readonly kind: 'capabilities'
  /** Sorts what one app contributes; apps come by their ids. Default: 0. */
  readonly order?: number
  /** Whether anonymous callers see it too. */
  readonly public: boolean
  /** `false`: pages do not have it among their initial states. */
  readonly onPages?: false
  /** Members that not all releases have, by their paths: `dav/chunking`. */
  readonly members?: Readonly<Record<string, Releases>>
  build(args: CapabilityArguments): Record<string, PhpValue>
}

declare module '#line/contributions.ts' {
  interface Contributions {
    capabilities: Capabilities
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** What it adds to the capabilities. */
    readonly capabilities?: readonly Capabilities[]
  }
}

/**
 * Define what an app adds to the capabilities.
 *
 * @example
 * defineCapabilities({ public: false, build: () => ({ bookmarks: { version: 3 } }) })
 */
export const defineCapabilities = (definition: Omit<Capabilities, 'kind'>): Capabilities => ({
  kind: 'capabilities',
  ...definition,
})
