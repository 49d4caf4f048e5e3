/**
 * Folders as one file, as far as a download needs it: ZIP and tar without compression.
 */

import { crc32 } from '#lib/crc32.ts'

/** One entry of an archive. Folders have no bytes and a name that ends with a slash. */
export interface ArchiveEntry {
  readonly name: string
  /** Seconds since 1970. */
  readonly mtime: number
  readonly bytes: Uint8Array | null
}

const encoder = new TextEncoder()
const NO_BYTES = new Uint8Array(0)

/** Numbers and in how many bytes each is written. */
export type Fields = readonly (readonly [value: number, bytes: 2 | 4 | 8])[]

/** Numbers of 2, 4 and 8 bytes one after the other, the lowest byte first: `[[value, bytes], …]`. */
export function littleEndian(fields: Fields): Uint8Array {
  const all = new DataView(new ArrayBuffer(fields.reduce((sum, [, bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [value, bytes] of fields) {
    if (bytes === 2) all.setUint16(at, value, true)
    else if (bytes === 4) all.setUint32(at, value, true)
    else all.setBigUint64(at, BigInt(value), true)
    at += bytes
  }
  return new Uint8Array(all.buffer)
}

/** Date and time as MS-DOS kept them. */
export function dosTime(seconds: number): readonly [time: number, date: number] {
  const at = new Date(Math.max(seconds, 315532800) * 1000)
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  return [time, ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()]
}

const ZIP_VERSION = 20
export const UTF8_NAMES = 0x0800
export const FOLDER_MODE = 0o40755
export const FILE_MODE = 0o100644

/** A ZIP archive that stores its files as they are. */
export function zip(entries: readonly ArchiveEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const name = encoder.encode(entry.name)
    const bytes = entry.bytes ?? NO_BYTES
    const [time, date] = dosTime(entry.mtime)
    const described = [
      [UTF8_NAMES, 2],
      [0, 2],
      [time, 2],
      [date, 2],
      [crc32(bytes), 4],
      [bytes.length, 4],
      [bytes.length, 4],
      [name.length, 2],
      [0, 2],
    ] as const
    const local = littleEndian([[0x04034b50, 4], [ZIP_VERSION, 2], ...described])
    parts.push(local, name, bytes)
    const mode = entry.bytes === null ? FOLDER_MODE : FILE_MODE
    const after = [
      [0, 2],
      [0, 2],
      [0, 2],
      [mode * 0x10000 + (entry.bytes === null ? 0x10 : 0), 4],
      [offset, 4],
    ] as const
    const madeOnUnix = (3 << 8) | ZIP_VERSION
    directory.push(littleEndian([[0x02014b50, 4], [madeOnUnix, 2], [ZIP_VERSION, 2], ...described, ...after]), name)
    offset += local.length + name.length + bytes.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const count = entries.length
  const end = littleEndian([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  ])
  return concat([...parts, ...directory, end])
}

const BLOCK = 512

/** A tar archive in the `ustar` form. */
export function tar(entries: readonly ArchiveEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    const bytes = entry.bytes ?? NO_BYTES
    parts.push(tarHeader(entry, bytes.length), bytes, new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK))
  }
  parts.push(new Uint8Array(2 * BLOCK))
  return concat(parts)
}

function tarHeader({ name, mtime, bytes }: ArchiveEntry, size: number): Uint8Array {
  const header = new Uint8Array(BLOCK)
  const put = (text: string, at: number, room: number) => header.set(encoder.encode(text).subarray(0, room), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  const [prefix, last] = splitName(name)
  put(last, 0, 100)
  put(`${octal(bytes === null ? 0o755 : 0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100, 24)
  put(`${octal(size, 11)}\0${octal(mtime, 11)}\0        ${bytes === null ? '5' : '0'}`, 124, 33)
  put('ustar\x0000', 257, 8)
  put(prefix, 345, 155)
  put(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
    8,
  )
  return header
}

/** A long name in two parts, cut at a slash. */
function splitName(name: string): readonly [prefix: string, last: string] {
  if (encoder.encode(name).length <= 100) return ['', name]
  const cut = name.indexOf('/', Math.max(0, name.length - 101))
  return cut < 0 || cut === name.length - 1 ? ['', name] : [name.slice(0, cut), name.slice(cut + 1)]
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
