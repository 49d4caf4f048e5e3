import type { DavContext, Resource } from '#dav/resource.ts'
import { avatarPng, avatarSize, avatarTag } from '#handlers/core/api.ts'
import { notFound } from '#line/dav-exit.ts'
import { Crash } from '#line/failures.ts'
import * as users from '#world/accounts/users.ts'
import { contentFrom } from '#world/files/content.ts'
import { folder, plainFile } from './collections.ts'

/** The size in which a listing names the picture. */
const LISTED = '96.jpeg'

/** `avatars/alice/64.png`: the picture of an account, as sync clients ask for it. */
export function findAvatar(dav: DavContext, owner: string, [name, ...rest]: string[]): Resource {
  const { world } = dav
  const user = users.find(world, owner)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  const path = `avatars/${owner}`
  if (name === undefined) return folder(path, () => [findAvatar(dav, owner, [LISTED])])
  const [, requestedSize, extension] = /^(\d+)\.(png|jpeg)$/.exec(name) ?? []
  // What may be asked there instead is looked for there too, and the server ends in it (Nextcloud 34.0.1, asked).
  if (!Number(requestedSize) || rest.length > 0) throw new Crash('no picture of that size or form')
  const size = avatarSize(requestedSize!)
  const bytes = avatarPng(user.displayName, size)
  const tag = avatarTag(user, size)
  const now = world.clock.seconds()
  // Nobody knows how long it is before it is drawn (Nextcloud 34.0.1, asked).
  const properties = plainFile(now, 0, tag, `image/${extension}`)
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
