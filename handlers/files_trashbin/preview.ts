import { defineRoute } from '#app/index.ts'
import { json, openPageSession, previewAnswer } from '#handlers/core/api.ts'
import { toInt } from '#lib/php.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as trash from '#world/files/trash.ts'

const DEFAULT_SIZE = 128

export const preview = defineRoute({
  id: 'files_trashbin-preview-get-preview',
  app: 'files_trashbin',
  methods: ['GET'],
  path: '/index.php/apps/files_trashbin/preview',
  identify: true,
  summary: 'A small picture of something that the caller deleted',
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true })
    const { world, call, actor } = args
    const { fileId, x, y, a } = pageSession.parameters
    const size = (value: unknown) => (value === undefined ? DEFAULT_SIZE : toInt(String(value)))
    const id = toInt(String(fileId ?? '-1'))
    if (id === -1 || size(x) === 0 || size(y) === 0) return json(400, [], pageSession)
    const node = trash.list(world, actor.userId!).some((trashed) => trashed.id === id)
      ? files.find(world, id)
      : undefined
    if (!node || !hasPreview(node)) return json(404, [], pageSession)
    const context = { world, ifNoneMatch: call.header('if-none-match') }
    const options = { x: size(x), y: size(y), keepsShape: a !== undefined, caching: 'must-revalidate' as const }
    return previewAnswer(context, node, options)
  },
})
