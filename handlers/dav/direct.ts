import { defineEndpoint, p, s } from '#app/index.ts'
import * as directLinks from './state/direct-links.ts'

/** A link to a file that works without a login, for hours at most. */
export const getDirectUrl = defineEndpoint({
  id: 'dav-direct-get-url',
  app: 'dav',
  method: 'POST',
  path: '/apps/dav/api/v1/direct',
  access: 'user',
  anonymous: 'empty-page',
  summary: 'Make a link by which a file can be downloaded without a login for a limited time',
  input: {
    fileId: p.int().describe('Id of the file'),
    expirationTime: p
      .int()
      .orNull()
      .describe('Seconds until the link ends, at most a day; without it, as long as is usual'),
  },
  output: s.object({ url: s.string() }),
  failures: {
    400: [
      `Expiration time should be greater than 0 and less than or equal to ${directLinks.MAX_LIFETIME}`,
      'Direct download only works for files',
    ],
    404: '',
  },
  probe: { fileId: '0' },
  handle: ({ input, me, world, profile, request, ok, fail }) => {
    const lifetime = input.expirationTime ?? profile.quirks.directLinkSeconds
    const link = directLinks.create(world, me, input.fileId, lifetime)
    if (link === 'not-found') return fail(404)
    if (link === 'bad-lifetime') return fail(400)
    if (link === 'not-a-file') return fail(400, 'Direct download only works for files')
    return ok({ url: `${request.baseUrl}/remote.php/direct/${link.token}` })
  },
})
