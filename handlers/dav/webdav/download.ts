import type { DavContext, Download } from '#dav/resource.ts'
import * as files from '#world/files/files.ts'
import { secureMime } from '#world/files/mime.ts'
import type { FilesView } from './files-view.ts'
import { checkMaySee } from './view-only.ts'

/**
 * A file's bytes for whoever sees it through a view.
 * @throws DavError 403 for a share that must not be looked at
 */
export function downloadOf(dav: DavContext, entry: files.Entry, view: FilesView): Download {
  checkMaySee(dav, entry, view)
  if (dav.call.method !== 'HEAD') view.onRead?.()
  const { node } = entry
  const name = encodeURIComponent(node.name === '' ? '' : files.baseName(entry.path)).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const type = secureMime(node.mime)
  return {
    content: files.contentOf(dav.world, node),
    size: node.size,
    type: type.startsWith('text/') ? `${type};charset=UTF-8` : type,
    headers: [
      ['Content-Disposition', `attachment; filename*=UTF-8''${name}; filename="${name}"`],
      ...(node.checksum === '' ? [] : [['OC-Checksum', node.checksum] as const]),
      ['X-Accel-Buffering', 'no'],
    ],
  }
}
