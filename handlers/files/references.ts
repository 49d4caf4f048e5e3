import { defineReferenceProvider, type ReferenceContext } from '#app/index.ts'
import { toInt } from '#lib/php.ts'
import { parseStr } from '#lib/php-form.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'

export const fileReferences = defineReferenceProvider({
  picker: { id: 'files', title: 'Files', icon: '/apps/files/img/folder.svg', order: 0 },
  resolve(address, context) {
    const id = fileIn(address, context)
    if (id === null) return 'unknown'
    const { world, baseUrl, me } = context
    const entry = files.entryOf(world, me, id)
    if (!entry) {
      const object = { id: address, name: address, description: null, thumb: null, link: address }
      return { title: address, richObject: { type: 'file', object }, accessible: false }
    }
    const { node, path } = entry
    const preview = hasPreview(node)
    const name = files.baseName(path)
    const object = {
      id: node.id,
      name,
      size: node.size,
      path,
      link: `${baseUrl}/index.php/f/${id}`,
      mimetype: node.mime,
      mtime: node.mtime,
      'preview-available': preview,
    }
    return {
      title: name,
      description: node.mime,
      imageUrl: preview
        ? `${baseUrl}/index.php/core/preview?x=1600&y=630&fileId=${id}`
        : `/core/img/filetypes/${iconOf(node.mime)}.svg`,
      url: object.link,
      richObject: { type: 'file', object },
    }
  },
})

/** The id of a file that an address of the files app leads to, or `null` where it is no such address. */
function fileIn(address: string, { baseUrl }: ReferenceContext): number | null {
  for (const base of [`${baseUrl}/index.php`, baseUrl]) {
    if (address.startsWith(`${base}/f/`)) return toInt(address.slice(base.length + 3))
    if (!address.startsWith(`${base}/apps/files/`)) continue
    const query = parseStr(/\?([^#]*)/.exec(address)?.[1] ?? '')
    const id = query.openfile ?? query.fileid
    if (id !== undefined) return toInt(id)
  }
  return null
}

const iconOf = (mime: string) => (mime === 'httpd/unix-directory' ? 'folder' : mime.split('/')[0]!)
