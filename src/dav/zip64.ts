import { crc32 } from '#lib/crc32.ts'
import {
  type ArchiveEntry,
  concat,
  dosTime,
  FILE_MODE,
  type Fields,
  FOLDER_MODE,
  littleEndian,
  UTF8_NAMES,
} from './archive.ts'

const encoder = new TextEncoder()
const NO_BYTES = new Uint8Array(0)
/** The version that knows sizes of 8 bytes. */
const ZIP_VERSION = 45
const SIZES_FOLLOW = 0x0008
/** Where a number would stand that does not fit, and stands elsewhere. */
const ELSEWHERE = { short: [0xffff, 2], long: [0xffffffff, 4] } as const

/** What a ZIP64 archive says of an entry behind its name. */
const sizes64 = (size: number, offset: number): Uint8Array =>
  littleEndian([
    [0x0001, 2],
    [28, 2],
    [size, 8],
    [size, 8],
    [offset, 8],
    [0, 4],
  ])

/**
 * A ZIP archive that stores its files as they are: ZIP64 whatever its size, and sizes behind the bytes, as of a server
 * that writes it before it knows them (Nextcloud 34.0.1, asked).
 */
export function zip64(entries: readonly ArchiveEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const name = encoder.encode(entry.name)
    const bytes = entry.bytes ?? NO_BYTES
    const size = bytes.length
    const sum = crc32(bytes)
    const isFolder = entry.bytes === null
    const described = (checksum: number): Fields => [
      [(isFolder ? 0 : SIZES_FOLLOW) | (name.length === entry.name.length ? 0 : UTF8_NAMES), 2],
      [0, 2],
      ...dosTime(entry.mtime).map((half) => [half, 2] as const),
      [checksum, 4],
      ELSEWHERE.long,
      ELSEWHERE.long,
      [name.length, 2],
      [32, 2],
    ]
    const local = littleEndian([[0x04034b50, 4], [ZIP_VERSION, 2], ...described(0)])
    const after = littleEndian([
      [0x08074b50, 4],
      [sum, 4],
      [size, 8],
      [size, 8],
    ])
    const written = [local, name, sizes64(0, offset), ...(isFolder ? [] : [bytes, after])]
    parts.push(...written)
    const mode = isFolder ? FOLDER_MODE : FILE_MODE
    const listed: Fields = [
      [0x02014b50, 4],
      [(3 << 8) | ZIP_VERSION, 2],
      [ZIP_VERSION, 2],
      ...described(sum),
      [0, 2],
      ELSEWHERE.short,
      [0, 2],
      [mode * 0x10000 + (isFolder ? 0x10 : 0), 4],
      ELSEWHERE.long,
    ]
    directory.push(littleEndian(listed), name, sizes64(size, offset))
    offset += lengthOf(written)
  }
  return concat([...parts, ...directory, endOf(entries.length, lengthOf(directory), offset)])
}

/** What closes an archive: the end of a ZIP64 archive, where it is, and the older end, which leaves the rest to it. */
function endOf(count: number, size: number, offset: number): Uint8Array {
  return littleEndian([
    [0x06064b50, 4],
    [44, 8],
    [(3 << 8) | ZIP_VERSION, 2],
    [ZIP_VERSION, 2],
    [0, 4],
    [0, 4],
    [count, 8],
    [count, 8],
    [size, 8],
    [offset, 8],
    [0x07064b50, 4],
    [0, 4],
    [offset + size, 8],
    [1, 4],
    [0x06054b50, 4],
    ELSEWHERE.short,
    ELSEWHERE.short,
    [Math.min(count, 0xffff), 2],
    [Math.min(count, 0xffff), 2],
    ELSEWHERE.long,
    ELSEWHERE.long,
    [0, 2],
  ])
}

const lengthOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0)
