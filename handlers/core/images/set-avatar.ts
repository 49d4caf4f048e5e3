import { defineRoute, type RouteArguments } from '#app/index.ts'
import { dimensionsOf } from '#lib/png.ts'
import { parseMultipart, type Upload } from '#line/multipart.ts'
import * as avatars from '#world/accounts/avatars.ts'
import { toBase64 } from '#world/accounts/identity-keys.ts'
import * as files from '#world/files/files.ts'
import { json, openPageSession } from '../web/page-session.ts'

/** The largest picture that somebody may send. */
export const MAX_BYTES = 20 * 1024 * 1024
const PICTURES: readonly string[] = ['image/jpeg', 'image/png']

const route = { app: 'core', path: '/index.php/avatar/', identify: true } as const

/** Why bytes are no picture of somebody or something, in the server's words; or else what they are. */
export function readPicture(bytes: Uint8Array): { readonly mime: string } | { readonly refused: string } {
  const mime = mimeOfPicture(bytes)
  if (mime === null) return { refused: 'Invalid image' }
  return PICTURES.includes(mime) ? { mime } : { refused: 'Unknown filetype' }
}

/** What a picture is by its first bytes. */
function mimeOfPicture(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  return dimensionsOf(bytes) ? 'image/gif' : null
}

export const postAvatar = defineRoute({
  ...route,
  id: 'core-avatar-post-avatar',
  methods: ['POST'],
  summary: 'Give the own account a picture: one that is sent, or one among its files',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true })
    const { world, actor } = args
    const told = (message: string, status = 200) => json(status, { data: { message } }, session)
    const { path } = session.parameters
    const picture = typeof path === 'string' ? among(args, path) : await sent(args)
    if ('refused' in picture) return told(picture.refused, picture.status)
    const { bytes } = picture
    const read = readPicture(bytes)
    if ('refused' in read) return told(read.refused)
    const { mime } = read
    const base64 = toBase64(bytes)
    const size = dimensionsOf(bytes)
    // Whoever sent it is to cut it: the picture comes back for that.
    if (size && size[0] !== size[1])
      return json(200, { data: 'notsquare', image: `data:${mime};base64,${base64}` }, session)
    avatars.set(world, { userId: actor.userId!, mime, base64 })
    return json(200, { status: 'success' }, session)
  },
})

type Picture = { readonly bytes: Uint8Array } | { readonly refused: string; readonly status?: number }

async function sent({ call }: RouteArguments): Promise<Picture> {
  const { uploads } = parseMultipart(await call.body(), call.header('content-type'))
  const upload: Upload | undefined = uploads['files[]'] ?? uploads['files[0]']
  if (!upload) return { refused: 'No image or file provided', status: 400 }
  return upload.bytes.length > MAX_BYTES ? { refused: 'File is too big', status: 400 } : upload
}

function among({ world, actor }: RouteArguments, path: string): Picture {
  const entry = files.resolve(world, actor.userId!, path)
  if (!entry || files.isFolder(entry)) return { refused: 'Please select a file.' }
  if (entry.node.size > MAX_BYTES) return { refused: 'File is too big', status: 400 }
  if (!PICTURES.includes(entry.node.mime)) return { refused: 'The selected file is not an image.', status: 400 }
  return { bytes: files.bytesOf(files.contentOf(world, entry.node)) }
}

export const deleteAvatar = defineRoute({
  ...route,
  id: 'core-avatar-delete-avatar',
  methods: ['DELETE'],
  summary: 'Take the picture of the own account away: it is drawn one',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true })
    avatars.remove(args.world, args.actor.userId!)
    return json(200, [], session)
  },
})
