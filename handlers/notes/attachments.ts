import { defineEndpoint, defineRoute, files, p, s } from '#app/index.ts'
import { jsonAnswer } from '#line/call.ts'
import { API, BASE, errorSchema, HEADERS, NOT_FOUND } from './notes.ts'
import * as notes from './state.ts'

/** A file beside a note, by a path that begins at the note's folder. */
export const getAttachment = defineRoute({
  id: 'notes-notes-get-attachment',
  app: 'notes',
  methods: ['GET'],
  path: `${API}/attachment/{id:\\d+}`,
  identify: true,
  summary: 'A file that a note shows',
  handle: async ({ actor, params, world, parameters }) => {
    if (actor.userId === null) return jsonAnswer(401, { message: 'Current user is not logged in' })
    const note = notes.find(world, actor.userId, Number(params.id))
    const { path } = await parameters()
    const wanted = note && typeof path === 'string' ? files.joinPath(files.dirName(note.entry.path), path) : ''
    const found = wanted === '' || wanted.includes('..') ? undefined : files.resolve(world, actor.userId, wanted)
    if (!found || files.isFolder(found)) return jsonAnswer(404, [])
    const body = files.bytesOf(files.contentOf(world, found.node))
    const name = encodeURIComponent(files.baseName(found.path))
    const headers = [
      ['Content-Type', found.node.mime],
      ['Content-Disposition', `attachment; filename="${name}"`],
    ] as const
    return { status: 200, headers, body }
  },
})

export const addAttachment = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-upload-attachment',
  method: 'POST',
  path: `${API}/attachment/{id:\\d+}`,
  summary: 'Put a file beside a note',
  input: { id: p.int() },
  output: s.object({ filename: s.string() }),
  responses: { 400: s.empty(), 404: errorSchema },
  handle: ({ input, me, world, uploads, ok, respond }) => {
    const note = notes.find(world, me, input.id)
    if (!note) return respond(404, NOT_FOUND, { headers: HEADERS })
    const upload = uploads.file
    if (!upload) return respond(400, [], { headers: HEADERS })
    const folder = files.joinPath(files.dirName(note.entry.path), `.attachments.${input.id}`)
    if (!files.resolve(world, me, folder)) files.makeFolder(world, me, folder)
    const path = files.joinPath(folder, files.freeName(world, me, folder, upload.filename))
    files.newFile(world, me, path, files.contentFrom(upload.bytes))
    return ok({ filename: path.slice(files.dirName(note.entry.path).length + 1) }, { headers: HEADERS })
  },
})
