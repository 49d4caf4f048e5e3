import { nc } from '#dav/xml.ts'
import { byRelease } from '#lib/releases.ts'
import { unexpected } from '#line/dav-exit.ts'
import type { World } from '#world/world.ts'

/** Whether files have metadata, which apps announce before anybody can set any. Source: 27.1.10 to 34.0.1. */
const HAS_METADATA = byRelease(false, { 28: true })

const METADATA = nc('metadata-')
/** What clients may set on a fresh installation. */
const ANNOUNCED = nc('metadata-files-live-photo')

/**
 * Metadata that no app has announced cannot be set, nor taken away (Nextcloud 34.0.1, asked).
 * @throws DavError 500
 */
export function checkMetadata(world: World, name: string): void {
  if (!HAS_METADATA.at(world.release) || !name.startsWith(METADATA) || name === ANNOUNCED) return
  throw unexpected('OCP\\FilesMetadata\\Exceptions\\FilesMetadataNotFoundException', '')
}
