import { type RequestInfo, s } from '../../src/endpoint.ts'
import type { PhpArray, PhpValue } from '../../src/php.ts'
import * as files from '../../src/world/files.ts'
import type { World } from '../../src/world/world.ts'
import { hasPreview } from '../dav/webdav/preview.ts'

const rich = s.object(
  {
    id: s.string(),
    name: s.string(),
    description: s.nullable(s.string()),
    thumb: s.nullable(s.string()),
    link: s.string(),
  },
  'allow',
)

const reference = s.object({
  richObjectType: s.string(),
  richObject: s.record(s.any()),
  openGraphObject: rich,
  accessible: s.bool(),
})

export const referencesSchema = s.object({ references: s.record(s.nullable(reference)) })

/** Addresses in a text, as the capability `reference-regex` says: between white space, in order, each once. */
export function extract(text: string): string[] {
  const pattern = /(\s|\n|^)(https?:\/\/)([-A-Z0-9+_.]+(?::[0-9]+)?(?:\/[-A-Z0-9+&@#%?=~_|!:,.;()]*)*)(?=\s|\n|$)/gi
  return [...new Set([...text.matchAll(pattern)].map((match) => match[2]! + match[3]!))]
}

interface Viewer {
  readonly world: World
  readonly request: RequestInfo
  /** `null`: nobody in particular, who sees no files. */
  readonly userId: string | null
}

/** What stands behind an address: a file of the viewer, or a page about which nothing is known without internet. */
export function resolve(viewer: Viewer, address: string): PhpValue {
  const link = address.trim()
  if (!/^https?:\/\/[^\s]+$/i.test(link)) return null
  return resolveFile(viewer, link) ?? openGraph(link)
}

function openGraph(link: string): PhpArray {
  const page = { id: link, name: link, description: null, thumb: null, link }
  return { richObjectType: 'open-graph', richObject: page, openGraphObject: page, accessible: true }
}

function resolveFile({ world, request, userId }: Viewer, link: string): PhpArray | null {
  const { baseUrl } = request
  const id = link.startsWith(baseUrl)
    ? /^(?:\/index\.php)?\/f\/(\d+)$/.exec(link.slice(baseUrl.length))?.[1]
    : undefined
  const file = id && userId ? files.entryOf(world, userId, Number(id)) : undefined
  if (!file) return null
  const { node } = file
  const page = `${baseUrl}/index.php/f/${id}`
  return {
    richObjectType: 'file',
    richObject: {
      id: node.id,
      name: node.name,
      size: node.size,
      path: file.path,
      link: page,
      mimetype: node.mime,
      mtime: node.mtime,
      'preview-available': hasPreview(node),
    },
    openGraphObject: {
      id: link,
      name: node.name,
      description: node.mime,
      thumb: `${baseUrl}/index.php/core/preview?x=1600&y=630&fileId=${id}`,
      link: page,
    },
    accessible: true,
  }
}

/** At most so many references, each with what stands behind it. */
export const resolveAll = (viewer: Viewer, addresses: readonly string[], limit: number): PhpArray => ({
  references: Object.fromEntries(addresses.slice(0, Math.max(0, limit)).map((each) => [each, resolve(viewer, each)])),
})
