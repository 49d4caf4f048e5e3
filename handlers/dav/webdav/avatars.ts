import type { DavContext, Resource } from '#dav/resource.ts'
import { avatarPng, avatarSize, avatarTag } from '#handlers/core/api.ts'
import { notFound } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import { contentFrom } from '#world/files/content.ts'
import { folder, plainFile } from './collections.ts'

/** `avatars/alice/64.png`: the picture of an account, as sync clients ask for it. */
export function findAvatar({ world }: DavContext, owner: string, [name, ...rest]: string[]): Resource {
  const user = users.find(world, owner)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  const path = `avatars/${owner}`
  if (name === undefined) return folder(path)
  const requestedSize = /^(\d+)\.png$/.exec(name)?.[1]
  if (requestedSize === undefined || rest.length > 0) throw notFound('File extension not allowed')
  const size = avatarSize(requestedSize)
  const bytes = avatarPng(user.displayName, size)
  const tag = avatarTag(user, size)
  const now = world.clock.seconds()
  const properties = plainFile(now, bytes.length, tag, 'image/png')
  return {
    path: `${path}/${name}`,
    collection: false,
    // Without quotes (Nextcloud 34.0.1, asked).
    etag: tag,
    lastModified: now,
    property: (wanted) => properties[wanted],
    download: () => ({
      content: contentFrom(bytes),
      size: bytes.length,
      type: 'image/png',
      headers: [['Content-Disposition', `attachment; filename*=UTF-8''${name}; filename="${name}"`]],
    }),
  }
}
