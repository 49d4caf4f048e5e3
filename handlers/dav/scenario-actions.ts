import { defineScenarioAction } from '#app/scenario-action.ts'
import { SeedError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import * as directLinks from './state/direct-links.ts'

export const expireDirectLink = defineScenarioAction({
  name: 'expireDirectLink',
  description: 'end direct links: all, or those of an account, to a path, or with a token',
  schema: s.union(
    s.literal(true),
    s.object({ account: s.optional(s.string()), path: s.optional(s.string()), token: s.optional(s.string()) }),
  ),
  run: ({ world }, given) => {
    if (directLinks.expire(world, given === true ? {} : given) === 0)
      throw new SeedError([], 'there is no such direct link that still works.')
  },
})
