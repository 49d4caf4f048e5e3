import { defineProfileData } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'

/** What the release knows of teams. */
export const teams = defineProfileData<{
  readonly circle: PhpArray
  readonly member: PhpArray
  readonly teamResourceProviders: readonly string[]
  /** What pages say about the app that a team shares files with. */
  readonly resourceProvider: PhpArray & { readonly id: string; readonly icon: string }
}>('circles')
