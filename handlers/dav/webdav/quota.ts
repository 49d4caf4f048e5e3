import type { DavContext } from '#dav/resource.ts'
import { isNumeric } from '#lib/php.ts'
import { insufficientStorage } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import type { FilesView } from './files-view.ts'

/** Bytes that the real server takes a new folder for. */
const FOLDER_SIZE = 4096

/**
 * Whether something fits where it goes, by all that is said of its size before it is looked at.
 * @param where the file that is replaced, or the folder that something new goes to
 * @param name of a new file; without it, `where` itself is meant
 * @throws DavError 507
 */
export function checkQuota(
  dav: DavContext,
  { top = '' }: FilesView,
  where: files.Entry,
  { bytes, name, more = '' }: { readonly bytes: number; readonly name?: string; readonly more?: string },
): void {
  const free = files.freeBytes(dav.world, where.owner)
  if (free < 0 || bytes <= free) return
  const path = (name === undefined ? where.path : files.joinPath(where.path, name)).slice(top.length) || '/'
  throw insufficientStorage(`Insufficient space in ${path}${more}`)
}

/** The largest size that an upload is said to have. */
export function announcedSize({ call }: DavContext, body: Uint8Array): number {
  const announced = [call.header('x-expected-entity-length'), call.header('oc-total-length')]
  return Math.max(body.length, ...announced.filter(isNumeric).map(Number))
}

/** A new folder needs room too (Nextcloud 34.0.1, asked). */
export const checkFolderQuota = (dav: DavContext, view: FilesView, where: files.Entry): void =>
  checkQuota(dav, view, where, { bytes: FOLDER_SIZE, more: '. Cannot create directory' })
