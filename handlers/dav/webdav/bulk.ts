import { boundaryOf, type Part, partsOf } from '#dav/multipart.ts'
import type { DavContext } from '#dav/resource.ts'
import { jsonEncode } from '#lib/php.ts'
import type { Answer } from '#line/call.ts'
import { unexpected } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import { nameProblem } from '#world/files/names.ts'
import { davFileId } from './file-properties.ts'
import { hashOf } from './hashes.ts'
import { davPermissions } from './permissions.ts'
import { sanitizeTime } from './upload-headers.ts'

/** Many small files in one request; each fares on its own. */
export async function uploadMany(dav: DavContext, body: Uint8Array): Promise<Answer> {
  const boundary = boundaryOf(dav.call.header('content-type'))
  const written: Record<string, unknown> = {}
  for (const part of partsOf(body, boundary)) {
    // What was written before a part that cannot be read stays.
    if (part === 'broken' || !(await isWhole(part))) return answer(400, written)
    const path = part.headers['x-file-path']
    if (path === undefined) throw unexpected('TypeError', TYPE_ERROR)
    written[path] = store(dav, path, part)
  }
  return answer(200, written)
}

const TYPE_ERROR =
  'A type error occurred. For more details, please refer to the logs, which provide additional context about the type error.'

const answer = (status: number, written: Record<string, unknown>): Answer => ({
  status,
  headers: [['Content-type', 'text/html; charset=UTF-8']],
  body: jsonEncode(written),
})

function store({ world, userId, ...dav }: DavContext, path: string, { headers, body }: Part): unknown {
  const wanted = files.normalize(path.replaceAll('\\', '/'))
  const refuse = (message: string) => ({ error: true, message })
  if (nameProblem(world, files.baseName(wanted))) return refuse('')
  const time = headers['x-file-mtime'] ?? headers['x-oc-mtime']
  const mtime = time === undefined ? undefined : sanitizeTime(time)
  const outcome = files.newFile(world, userId, wanted, files.contentFrom(body), mtime)
  if (!('entry' in outcome)) return refuse(`Could not create path "/${userId}/files${wanted}"`)
  const { entry } = outcome
  return {
    error: false,
    etag: entry.node.etag,
    fileid: davFileId({ world, userId, ...dav }, entry.node.id),
    permissions: davPermissions(world, entry),
  }
}

/** Whether the bytes are those that the sender hashed. */
async function isWhole({ headers, body }: Part): Promise<boolean> {
  const [algorithm, hash] = headers['oc-checksum']?.split(/:(.*)/s) ?? ['md5', headers['x-file-md5']]
  if (hash === undefined || hash === '') return false
  return (await hashOf(algorithm!.toLowerCase(), body)) === hash
}
