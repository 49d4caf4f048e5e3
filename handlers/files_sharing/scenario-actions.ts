import { defineScenarioAction } from '#app/scenario-action.ts'
import { account } from '#app/scenario-action-support.ts'
import { inPlace, SeedError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import * as shares from '#world/sharing/shares.ts'

export const expireShare = defineScenarioAction({
  name: 'expireShare',
  description: 'let the day of a share be over, found by its token, its owner, its path, its recipient',
  schema: s.object({
    token: s.optional(s.string()),
    owner: s.optional(s.string()),
    path: s.optional(s.string()),
    with: s.optional(s.string()),
  }),
  run: ({ world }, given) => {
    if (given.owner !== undefined) inPlace('owner', () => account(world, given.owner!))
    if (shares.expire(world, given) === 0) throw new SeedError([], 'there is no such share that still counts.')
  },
})
