import { httpDate } from '#lib/http-date.ts'
import { md5 } from '#lib/md5.ts'
import { dimensionsOf, solidPng } from '#lib/png.ts'
import type { Answer } from '#line/call.ts'
import * as files from '#world/files/files.ts'
import type { World } from '#world/world.ts'

/** How long a picture may be kept without asking. */
export type Caching = 'immutable' | 'must-revalidate' | 'none'

const DAY = 24 * 60 * 60
/** Previews come in powers of four of this size. */
const SMALLEST = 64
const LARGEST = 4096

/** Headers by which pictures are kept for a while. */
export function cacheHeaders(world: World, caching: Caching, seconds = DAY): Answer['headers'] {
  if (caching === 'none') return [['Cache-Control', 'no-cache, no-store, must-revalidate']]
  return [
    ['Cache-Control', `private, max-age=${seconds}, ${caching}`],
    ['Expires', httpDate(world.clock.seconds() + seconds)],
  ]
}

interface Size {
  readonly width: number
  readonly height: number
  /** The picture itself, which is no larger than what was asked for. */
  readonly whole: boolean
}

function sizeFor(natural: readonly [number, number] | null, x: number, y: number): Size {
  let side = SMALLEST
  while (side < Math.max(x, y) && side < LARGEST) side *= 4
  if (natural && Math.max(...natural) <= side) return { width: natural[0], height: natural[1], whole: true }
  const scaled = (part: number) => Math.max(1, Math.round((part / Math.max(x, y)) * side))
  return { width: scaled(x), height: scaled(y), whole: false }
}

/**
 * A small picture of a file. Pictures that are small themselves are shown as they are, everything else as a plain
 * area in a colour of its own: the same bytes for the same file.
 * @param keepsShape of the whole picture, instead of cutting it to what was asked for
 */
export function previewAnswer(
  { world, ifNoneMatch }: { readonly world: World; readonly ifNoneMatch: string },
  node: files.FileNode,
  { x, y, keepsShape, caching }: { x: number; y: number; keepsShape: boolean; caching: Caching },
): Answer {
  const isPicture = node.mime === 'image/png' || node.mime === 'image/gif'
  const bytes = isPicture ? files.bytesOf(files.contentOf(world, node)) : null
  const size = sizeFor(bytes && dimensionsOf(bytes), x, y)
  const { width, height, whole } = size
  const kind = whole ? '-max' : keepsShape ? '' : '-crop'
  const extension = whole && node.mime === 'image/gif' ? 'gif' : 'png'
  const etag = `"${md5(`${node.id} ${node.etag} ${width} ${height}${kind}`)}"`
  const headers: Answer['headers'] = [
    ...cacheHeaders(world, caching),
    ['Content-Disposition', `inline; filename="${width}-${height}${kind}.${extension}"`],
    ['Content-Type', `image/${extension}`],
    ['ETag', etag],
    ['Last-Modified', httpDate(node.mtime)],
  ]
  if (ifNoneMatch === etag) return { status: 304, headers, body: '' }
  const color = `#${md5(node.etag).slice(0, 6)}`
  return { status: 200, headers, body: whole && bytes ? bytes : solidPng(width, height, color) }
}
