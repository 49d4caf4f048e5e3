import { crc32 } from './crc32.ts'

/** Bytes of a stored block of deflate at most. */
const BLOCK = 0xffff

/** A PNG image of one colour, `#rrggbb`. The same bytes every time. */
export function solidPng(width: number, height: number, color: string): Uint8Array {
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  // One bit for each pixel, which names the only colour of the palette.
  header.setUint8(8, 1)
  header.setUint8(9, 3)
  const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  const pixels = new Uint8Array(height * (1 + Math.ceil(width / 8)))
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('PLTE', Uint8Array.from(rgb)),
    chunk('IDAT', zlibOfZeros(pixels)),
    chunk('IEND', new Uint8Array(0)),
  ])
}

/** Width and height of a PNG or GIF image; `null` for anything else. */
export function dimensionsOf(bytes: Uint8Array): readonly [width: number, height: number] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) return [view.getUint32(16), view.getUint32(20)]
  if (bytes.length >= 10 && view.getUint32(0) === 0x47494638) return [view.getUint16(6, true), view.getUint16(8, true)]
  return null
}

/** Zeros as zlib writes what it does not compress. */
function zlibOfZeros(zeros: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)]
  for (let at = 0; at < zeros.length; at += BLOCK) {
    const size = Math.min(BLOCK, zeros.length - at)
    const isLast = at + size === zeros.length ? 1 : 0
    parts.push(
      Uint8Array.of(isLast, size & 0xff, size >> 8, ~size & 0xff, (~size >> 8) & 0xff),
      zeros.subarray(at, at + size),
    )
  }
  // Adler-32 of zeros: the low sum stays 1, the high one counts them.
  parts.push(bigEndian(((zeros.length % 65521) * 65536 + 1) >>> 0))
  return concat(parts)
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = concat([new TextEncoder().encode(name), data])
  return concat([bigEndian(data.length), body, bigEndian(crc32(body))])
}

function bigEndian(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, value)
  return new Uint8Array(view.buffer)
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
