import type { World } from '../world.ts'
import { allowsOutgoingRemote, allowsPublicUpload, defaultPermissions, federatesLinks, PERMISSION } from './settings.ts'

const EDIT = PERMISSION.read | PERMISSION.create | PERMISSION.update | PERMISSION.delete

/**
 * What a link or mail gives: reading unless said otherwise, and to other servers the right to mount it.
 * @param publicUpload the old way to say that strangers may write; it overrules the permissions
 */
export function ofLink(world: World, asked: number | null, publicUpload: boolean | null): number {
  const wanted = publicUpload === null ? (asked ?? PERMISSION.read) : publicUpload ? EDIT : PERMISSION.read
  const federated = (wanted & PERMISSION.read) !== 0 && allowsOutgoingRemote(world) && federatesLinks(world)
  return federated ? wanted | PERMISSION.share : wanted
}

/** What a share with somebody gives: the administrator's default unless said otherwise, reading always. */
export function ofRecipient(world: World, asked: number | null): number {
  return (asked ?? defaultPermissions(world)) | PERMISSION.read
}

/** Nothing is made or deleted in a file. */
export const forFile = (permissions: number): number => permissions & ~(PERMISSION.create | PERMISSION.delete)

export type LinkProblem = 'upload-to-file' | 'neither-read-nor-create' | 'write-without-read' | 'upload-off'

/** What is wrong with the permissions of a link or mail; `null`: nothing. */
export function checkOfLink(
  world: World,
  isFile: boolean,
  permissions: number,
  publicUpload: boolean | null,
): LinkProblem | null {
  const has = (permission: number) => (permissions & permission) !== 0
  if (publicUpload && isFile) return 'upload-to-file'
  if (!has(PERMISSION.read | PERMISSION.create)) return 'neither-read-nor-create'
  if (!has(PERMISSION.read) && has(PERMISSION.update | PERMISSION.delete)) return 'write-without-read'
  return has(PERMISSION.create) && !allowsPublicUpload(world) ? 'upload-off' : null
}
