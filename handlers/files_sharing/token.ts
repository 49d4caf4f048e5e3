import { defineEndpoint, s } from '#app/index.ts'
import * as shares from '#world/sharing/shares.ts'
import { API_OFF } from './share-schema.ts'
import { requireApi } from './shares.ts'

export const generateToken = defineEndpoint({
  id: 'files_sharing-shareapi-generate-token',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/token',
  since: 31,
  access: 'user',
  summary: 'A token for a link that no share has yet',
  output: s.object({ token: s.secret() }),
  failures: { 404: API_OFF },
  handle: (args) => {
    requireApi(args)
    return args.ok({ token: shares.freeToken(args.world) })
  },
})
