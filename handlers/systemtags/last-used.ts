import { defineRoute } from '#app/index.ts'
import { json, openPageSession } from '#handlers/core/api.ts'
import { lastUsed } from './state/last-used.ts'

/** The tags that whoever asks used last. */
export const getLastUsedTags = defineRoute({
  id: 'systemtags-last-used-get-last-used-tag-ids',
  app: 'systemtags',
  methods: ['GET'],
  path: '/index.php/apps/systemtags/lastused',
  identify: true,
  summary: 'Ids of the tags that an account made, changed or put on a file, the last one first',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true })
    return json(200, lastUsed(args.world, args.actor.userId!), session)
  },
})
