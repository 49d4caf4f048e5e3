import { defineEndpoint, defineRoute, files, p, s } from '#app/index.ts'
import { bare, jsonAnswer } from '#line/call.ts'
import { secureMime } from '#world/files/mime.ts'
import { BASE, errorSchema, FAILED, HEADERS, ROOT } from './notes.ts'
import * as notes from './state.ts'

const ATTACHMENT = `${ROOT}/v1.4/attachment/{id:\\d+}` as const
const NAME_LENGTH = 32

/** A file of the notes' folder, by a path that begins at the note's category. */
export const getAttachment = defineRoute({
  id: 'notes-notes-get-attachment',
  app: 'notes',
  methods: ['GET'],
  path: ATTACHMENT,
  identify: true,
  summary: 'A file that a note shows',
  handle: async ({ actor, params, world, parameters }) => {
    if (actor.userId === null) return jsonAnswer(401, { message: 'Current user is not logged in' })
    const note = notes.find(world, actor.userId, Number(params.id))
    const { path } = await parameters()
    if (typeof path !== 'string') return bare(400)
    const wanted = note && pathFrom(note.category, path)
    const found = wanted === undefined ? undefined : notes.within(world, actor.userId, wanted)
    if (!found || files.isFolder(found)) return jsonAnswer(404, FAILED)
    const headers = [
      ['Content-Type', withCharset(secureMime(found.node.mime))],
      ['Content-Disposition', `attachment; filename="${files.baseName(found.path)}"`],
    ] as const
    return { status: 200, headers, body: files.bytesOf(files.contentOf(world, found.node)) }
  },
})

/** A path from a category: `..` goes up, and no higher than the notes' folder. */
function pathFrom(category: string, path: string): string {
  const steps = category.split('/')
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '') steps.push(step)
  }
  return steps.join('/')
}

export const addAttachment = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-upload-attachment',
  method: 'POST',
  path: ATTACHMENT,
  summary: 'Put a file beside a note, under a name that says nothing',
  input: { id: p.int() },
  output: s.object({ filename: s.string() }),
  responses: { 404: errorSchema, 500: errorSchema },
  handle: ({ input, me, world, uploads, ok, respond }) => {
    const note = notes.find(world, me, input.id)
    if (!note) return respond(404, FAILED, { headers: HEADERS })
    const upload = uploads.file
    if (!upload) return respond(500, FAILED, { headers: HEADERS })
    const filename = `${world.random.hex(NAME_LENGTH)}.${upload.filename.split('.').at(-1)}`
    const path = files.joinPath(files.dirName(note.entry.path), filename)
    files.newFile(world, me, path, files.contentFrom(upload.bytes))
    return ok({ filename }, { headers: HEADERS })
  },
})

/** PHP says of texts which characters they have. */
const withCharset = (mime: string) => (mime.startsWith('text/') ? `${mime};charset=UTF-8` : mime)
