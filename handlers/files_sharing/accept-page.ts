import { defineRoute } from '#app/index.ts'
import { openPageSession, redirect } from '#handlers/core/api.ts'
import { notFoundPage } from '#line/raw-route.ts'
import * as shares from '#world/sharing/shares.ts'
import { isKeptBy } from './deleted-shares.ts'

/** Where a mail about a share leads: who accepts it sees the file, and everybody else sees nothing. */
export const acceptPage = defineRoute({
  id: 'files_sharing-accept-accept',
  app: 'files_sharing',
  methods: ['GET'],
  path: '/index.php/apps/files_sharing/accept/{shareId}',
  identify: true,
  summary: 'Accept a share from a link in a mail, and go on to the file',
  handle: async (args) => {
    await openPageSession(args, { login: true })
    const { world, actor, params, request } = args
    const [provider = '', id = ''] = params.shareId!.split(':')
    const share = /^\d+$/.test(id) ? shares.find(world, Number(id)) : undefined
    if (!share || !isKeptBy(provider, share)) return notFoundPage()
    if (shares.accept(world, share, actor.userId!)) return notFoundPage()
    return redirect(`${request.baseUrl}/index.php/f/${share.nodeId}`)
  },
})
