import { defineEndpoint, p, s } from '#app/index.ts'
import * as files from '#world/files/files.ts'

/** A release has no converter of its own, so that what gets so far fails. */
export const convert = defineEndpoint({
  id: 'files-conversion_api-convert',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/convert',
  since: 31,
  access: 'user',
  summary: 'Convert a file to another type',
  input: {
    fileId: p.int(),
    targetMimeType: p.string(),
    destination: p.string().orNull().describe('Path of the converted file; default: beside the file'),
  },
  output: s.object({ path: s.string(), fileId: s.int() }),
  failures: {
    403: 'You do not have permission to create a file at the specified location',
    404: ['The file cannot be found', 'The destination path does not exist: {path}'],
    999: 'The file could not be converted.',
  },
  probe: { fileId: '0', targetMimeType: 'text/plain' },
  handle: ({ input, me, world, fail }) => {
    const entry = files.entryOf(world, me, input.fileId)
    if (!entry || files.isFolder(entry) || !files.may(entry, 'read')) return fail(404)
    if (input.destination !== null) {
      const folder = files.dirName(files.normalize(input.destination))
      const parent = files.resolve(world, me, folder)
      if (!parent) return fail(404, `The destination path does not exist: ${folder}`)
      if (!files.may(parent, 'create')) return fail(403)
    }
    return fail(999)
  },
})
