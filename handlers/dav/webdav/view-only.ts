import type { DavContext } from '#dav/resource.ts'
import { denied } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { settings } from '#world/sharing/shares.ts'
import type { FilesView } from './files-view.ts'

const DENIED = 'Access to this shared resource has been denied because its download permission is disabled.'

/** Whether the share through which a file is seen lets it be downloaded. Folders are looked at when they are packed. */
function mayDownload(dav: DavContext, entry: files.Entry, view: FilesView): boolean {
  if (files.isFolder(entry)) return true
  const attributes = view.attributes ?? shares.shownBy(dav.world, entry)?.attributes ?? []
  return shares.attribute({ attributes }, 'permissions', 'download') !== false
}

/** @throws DavError 403 for a file that must neither be downloaded nor looked at */
export function checkMaySee(dav: DavContext, entry: files.Entry, view: FilesView): void {
  if (!settings.allowsViewWithoutDownload(dav.world) && !mayDownload(dav, entry, view)) throw denied(DENIED)
}

/** @throws DavError 403 for a file that must not be downloaded: it can neither be copied nor moved */
export function checkMayTake(dav: DavContext, entry: files.Entry, view: FilesView): void {
  if (!mayDownload(dav, entry, view)) throw denied(DENIED)
}
