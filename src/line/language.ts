import { parseStr } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import { learn, type Regions } from '#world/accounts/languages.ts'
import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import type { Actor } from './identify.ts'

/** Whoever logs in and has no language yet speaks the one that the request accepts from now on. */
export function learnLanguage(call: Call, { userId }: Actor, world: World, profile: Profile): void {
  const accepted = call.header('accept-language')
  const regions = profile.data.regions as Regions | undefined
  if (accepted === '' || userId === null || !regions) return
  if (call.query.includes('forceLanguage') && parseStr(call.query).forceLanguage !== undefined) return
  learn(world, userId, accepted, regions)
}
