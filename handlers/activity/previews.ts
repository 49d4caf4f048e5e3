import { type ActivityContext, fileIcon } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as files from '#world/files/files.ts'
import { mimeOf } from '#world/files/mime.ts'
import { hasPreview } from '#world/files/previews.ts'
import { FOLDER_MIME } from '#world/files/tree.ts'
import type { Line } from './lines.ts'

/** Pictures of the files that a line is about. */
export async function previewsOf({ activity, objects }: Line, context: ActivityContext): Promise<PhpArray[]> {
  if (activity.objectType !== 'files') return []
  const named = [...objects].filter(([id, path]) => id !== 0 && path !== '')
  return Promise.all(named.map(([id, path]) => preview(id, path, context)))
}

async function preview(fileId: number, path: string, context: ActivityContext): Promise<PhpArray> {
  const { world, baseUrl, me } = context
  const base = { link: `${baseUrl}/index.php/f/${fileId}` }
  const named = { fileId, view: 'files', filename: files.baseName(path) }
  const entry = files.entryOf(world, me, fileId)
  if (!entry || files.isFolder(entry)) {
    const mimeType = entry ? 'dir' : mimeOf(path)
    return { ...base, source: await icon(mimeType, context), mimeType, isMimeTypeIcon: true, ...named }
  }
  const { node } = entry
  const drawn = hasPreview(node)
  const query = `forceIcon=0&a=0&x=250&y=250&fileId=${fileId}&c=${node.etag}`
  const source = drawn ? `${baseUrl}/index.php/core/preview?${query}` : await icon(node.mime, context)
  const filePath = `/${me}/files${entry.path}`
  return { ...base, source, mimeType: node.mime, isMimeTypeIcon: !drawn, ...named, filePath }
}

const icon = async (mime: string, context: ActivityContext) =>
  context.baseUrl + (await fileIcon(mime === 'dir' ? FOLDER_MIME : mime, context))
