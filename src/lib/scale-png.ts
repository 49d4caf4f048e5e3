import { chunk, concat } from './png.ts'

/** Numbers for one pixel, by the type of colours in the head of a PNG. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const MOST_PIXELS = 16_000_000

/**
 * A PNG picture in another size, each pixel as the nearest one was. `null`: it is no PNG, or one in a form that is not
 * read here: interlaced, or other than eight bits a channel.
 */
export async function scalePng(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array | null> {
  const chunks = chunksOf(bytes)
  const head = chunks.find(({ name }) => name === 'IHDR')?.data
  if (!head || head.length < 13) return null
  const view = new DataView(head.buffer, head.byteOffset)
  const [oldWidth, oldHeight, depth, type] = [view.getUint32(0), view.getUint32(4), head[8], head[9]!]
  const channels = CHANNELS[type]
  if (depth !== 8 || head[12] !== 0 || !channels || oldWidth * oldHeight > MOST_PIXELS) return null
  const data = concat(chunks.filter(({ name }) => name === 'IDAT').map((one) => one.data))
  const lines = await through(new DecompressionStream('deflate'), data).catch(() => null)
  if (!lines || lines.length < oldHeight * (1 + oldWidth * channels)) return null
  const pixels = unfilter(lines, oldWidth * channels, oldHeight, channels)
  const scaled = nearest(pixels, [oldWidth, oldHeight], [width, height], channels)
  const size = Uint8Array.from(head)
  const newView = new DataView(size.buffer)
  newView.setUint32(0, width)
  newView.setUint32(4, height)
  const kept = chunks.filter(({ name }) => name === 'PLTE' || name === 'tRNS')
  return concat([
    SIGNATURE,
    chunk('IHDR', size),
    ...kept.map(({ name, data: content }) => chunk(name, content)),
    chunk('IDAT', await through(new CompressionStream('deflate'), scaled)),
    chunk('IEND', new Uint8Array(0)),
  ])
}

function chunksOf(bytes: Uint8Array): { readonly name: string; readonly data: Uint8Array }[] {
  if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: { name: string; data: Uint8Array }[] = []
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    found.push({ name, data: bytes.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return found
}

async function through(stream: ReadableWritablePair<Uint8Array, BufferSource>, bytes: Uint8Array): Promise<Uint8Array> {
  const body = new Blob([bytes as BlobPart]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(body).arrayBuffer())
}

/** Lines as they were before each was written as its difference from what is left of it and above. */
function unfilter(lines: Uint8Array, width: number, height: number, step: number): Uint8Array {
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (width + 1)]!
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const left = x >= step ? pixels[at - step]! : 0
      const up = y > 0 ? pixels[at - width]! : 0
      const corner = x >= step && y > 0 ? pixels[at - width - step]! : 0
      pixels[at] = lines[y * (width + 1) + 1 + x]! + guess(filter, left, up, corner)
    }
  }
  return pixels
}

function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const wanted = left + up - corner
  const [byLeft, byUp, byCorner] = [left, up, corner].map((one) => Math.abs(wanted - one)) as [number, number, number]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

type Size = readonly [width: number, height: number]

/** Lines of the new size, none of them filtered. */
function nearest(pixels: Uint8Array, [oldWidth, oldHeight]: Size, [width, height]: Size, step: number): Uint8Array {
  const line = width * step + 1
  const scaled = new Uint8Array(line * height)
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * oldHeight) / height) * oldWidth
    for (let x = 0; x < width; x++) {
      const from = (row + Math.floor((x * oldWidth) / width)) * step
      scaled.set(pixels.subarray(from, from + step), y * line + 1 + x * step)
    }
  }
  return scaled
}
