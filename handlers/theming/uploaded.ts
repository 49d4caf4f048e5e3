import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import { bytesOf, contentFrom } from '#world/files/content.ts'
import type { World } from '#world/world.ts'

/** Images that an administrator gave the server, by what they are for. */
export const uploadedImagesTable = defineTable<Uploaded>('themingImages', {
  record: s.object({ base64: s.string() }),
})

interface Uploaded {
  readonly base64: string
}

export function uploadedImage(world: World, key: string): Uint8Array | undefined {
  const kept = world.table(uploadedImagesTable).get(key)
  return kept && bytesOf(kept)
}

export function keepImage(world: World, key: string, bytes: Uint8Array): void {
  const content = contentFrom(bytes)
  if ('base64' in content) world.table(uploadedImagesTable).set(key, content)
}

export const forgetImages = (world: World): void => world.table(uploadedImagesTable).clear()

const startsWith = (bytes: Uint8Array, text: string) =>
  [...text].every((char, index) => bytes[index] === char.charCodeAt(0))

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['\x89PNG', 'image/png'],
  ['\xff\xd8', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['\0\0\x01\0', 'image/vnd.microsoft.icon'],
]

/** What a file is by its first bytes; of texts, only those that draw are told apart. */
export function typeOfBytes(bytes: Uint8Array): string {
  const known = SIGNATURES.find(([signature]) => startsWith(bytes, signature))
  if (known) return known[1]
  if (startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')) return 'image/webp'
  const beginning = bytes.subarray(0, 1_024)
  if (beginning.includes(0)) return 'application/octet-stream'
  return /<svg[\s>]/.test(new TextDecoder().decode(beginning)) ? 'image/svg+xml' : 'text/plain'
}
