import { crc32 } from './crc32.ts'

/** Bytes of a stored block of deflate at most. */
const BLOCK = 0xffff

/** A PNG image of one colour, `#rrggbb`. The same bytes every time. */
export function solidPng(width: number, height: number, color: string): Uint8Array {
  return twoColorPng(width, height, [color], new Uint8Array(height * (1 + Math.ceil(width / 8))))
}

/** A PNG image of one colour with a square of another in its middle. The same bytes every time. */
export function framedPng(size: number, color: string, inner: string): Uint8Array {
  const line = 1 + Math.ceil(size / 8)
  const pixels = new Uint8Array(size * line)
  const [from, to] = [Math.floor(size / 4), Math.ceil((size * 3) / 4)]
  for (let y = from; y < to; y++) for (let x = from; x < to; x++) pixels[y * line + 1 + (x >> 3)]! |= 0x80 >> (x & 7)
  return twoColorPng(size, size, [color, inner], pixels)
}

/** @param pixels lines of one bit for each pixel, each line after the number of its filter, which is none */
function twoColorPng(width: number, height: number, colors: readonly string[], pixels: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  // One bit for each pixel, which names a colour of the palette.
  header.setUint8(8, 1)
  header.setUint8(9, 3)
  const rgb = colors.flatMap((color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)))
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('PLTE', Uint8Array.from(rgb)),
    chunk('IDAT', storedZlib(pixels)),
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

/** Bytes as zlib writes what it does not compress. */
function storedZlib(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)]
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const size = Math.min(BLOCK, bytes.length - at)
    const isLast = at + size === bytes.length ? 1 : 0
    parts.push(
      Uint8Array.of(isLast, size & 0xff, size >> 8, ~size & 0xff, (~size >> 8) & 0xff),
      bytes.subarray(at, at + size),
    )
  }
  parts.push(bigEndian(adler32(bytes)))
  return concat(parts)
}

const ADLER = 65_521

function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % ADLER
    high = (high + low) % ADLER
  }
  return (high * 65_536 + low) >>> 0
}

export function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = concat([new TextEncoder().encode(name), data])
  return concat([bigEndian(data.length), body, bigEndian(crc32(body))])
}

function bigEndian(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, value)
  return new Uint8Array(view.buffer)
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
