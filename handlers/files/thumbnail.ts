import { defineRoute } from '#app/index.ts'
import { json, openPageSession, previewAnswer } from '#handlers/core/api.ts'
import { toInt } from '#lib/php.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as shares from '#world/sharing/shares.ts'

export const thumbnail = defineRoute({
  app: 'files',
  methods: ['GET'],
  identify: true,
  id: 'files-api-get-thumbnail',
  path: '/index.php/apps/files/api/v1/thumbnail/{x}/{y}/{file:.+}',
  summary: 'A small picture of a file that the caller sees, as mobile clients ask for it',
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true })
    const { world, call, params, actor } = args
    const [x, y] = [toInt(params.x!), toInt(params.y!)]
    if (x < 1 || y < 1)
      return json(400, { message: 'Requested size must be numeric and a positive value.' }, pageSession)
    const entry = files.resolve(world, actor.userId!, params.file!)
    if (!entry || files.isFolder(entry) || !shares.mayDownload(world, entry) || !hasPreview(entry.node))
      return json(404, { message: 'File not found.' }, pageSession)
    const context = { world, ifNoneMatch: call.header('if-none-match') }
    return previewAnswer(context, entry.node, { x, y, keepsShape: false, caching: 'none' })
  },
})
