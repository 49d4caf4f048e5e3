import { defineEndpoint, defineRoute, p, s } from '#app/index.ts'
import { md5 } from '#lib/md5.ts'
import type { PhpArray } from '#lib/php.ts'
import { jsonEncode } from '#lib/php.ts'
import { jsonAnswer } from '#line/call.ts'
import { API_VERSIONS } from './capabilities.ts'
import { pageOf } from './list-page.ts'
import { noteSchema, showNote } from './show-note.ts'
import * as notes from './state.ts'
import { titleFrom } from './titles.ts'

export const BASE = { app: 'notes', access: 'user', envelope: false, csrf: false } as const
/** Both versions answer alike, but that the older one makes titles of contents. */
export const ROOT = '/index.php/apps/notes/api'
export const API = `${ROOT}/{apiVersion:v0\\.2|v1}` as const
export const HEADERS = { 'X-Notes-API-Versions': API_VERSIONS.join(', ') }
/** What is answered, with its status, to all that fails. */
export const FAILED = { errorType: 'Exception' }
export const errorSchema = s.object({ errorType: s.string() })

const isOld = (apiVersion: string) => apiVersion === 'v0.2'

export const index = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-index',
  method: 'GET',
  path: `${API}/notes`,
  summary: 'The notes of the caller, as far as they changed',
  input: {
    category: p.string().orNull().describe('Only notes of this category'),
    exclude: p.string().default('').describe('Members that are left out, with commas between'),
    pruneBefore: p.int().default(0).describe('Of notes that did not change since, only the id'),
    chunkSize: p.int().default(0).describe('How many to answer at most; 0: all'),
    chunkCursor: p.string().orNull().describe('Where the chunk before ended'),
  },
  output: s.list(noteSchema),
  probe: { apiVersion: 'v1' },
  handle: ({ input, me, world, ok }) => {
    notes.openFolder(world, me)
    const page = pageOf(world, notes.list(world, me), input)
    const exclude = input.exclude.split(',')
    const shown = page.notes.map((note) => showNote(world, note, exclude))
    const data = new Map(shown.map((note): [number, PhpArray] => [Number(note.id), note]))
    // The last chunk names all notes that there are, so that clients see which are gone.
    if (page.cursor === null)
      for (const { entry } of page.all) if (!data.has(entry.node.id)) data.set(entry.node.id, { id: entry.node.id })
    const more =
      page.cursor === null ? {} : { 'X-Notes-Chunk-Cursor': page.cursor, 'X-Notes-Chunk-Pending': String(page.pending) }
    const etag = nameOf(data)
    return ok([...data.values()], { etag, headers: { ...HEADERS, ...more } })
  },
})

/** Names a list as its interface does: by what it is with the ids as keys, in its order (Notes 6.0.2, corpus). */
function nameOf(data: ReadonlyMap<number, PhpArray>): string {
  if (data.size === 0) return md5('[]')
  return md5(`{${[...data].map(([id, note]) => `"${id}":${jsonEncode(note)}`).join(',')}}`)
}

export const get = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-get',
  method: 'GET',
  path: `${API}/notes/{id:\\d+}`,
  summary: 'One note',
  input: { id: p.int(), exclude: p.string().default('') },
  output: noteSchema,
  responses: { 404: errorSchema },
  probe: { apiVersion: 'v1', id: '999999999' },
  handle: ({ input, me, world, ok, respond }) => {
    const note = notes.find(world, me, input.id)
    if (!note) return respond(404, FAILED, { headers: HEADERS })
    return ok(showNote(world, note, input.exclude.split(',')), { etag: notes.etagOf(world, note), headers: HEADERS })
  },
})

export const create = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-create',
  method: 'POST',
  path: `${API}/notes`,
  summary: 'Make a note',
  input: {
    category: p.string().default(''),
    title: p.string().default(''),
    content: p.string().default(''),
    modified: p.int().default(0).describe('Seconds since 1970; 0: now'),
    favorite: p.bool().default(false),
  },
  output: noteSchema,
  handle: ({ input, me, world, ok }) => {
    const { apiVersion, ...content } = input
    const title = isOld(apiVersion) ? titleFrom(content.content) : content.title
    return ok(showNote(world, notes.add(world, me, { ...content, title })), { headers: HEADERS })
  },
})

export const update = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-update',
  method: 'PUT',
  path: `${API}/notes/{id:\\d+}`,
  summary: 'Change a note, if it is still as the caller knows it',
  input: {
    id: p.int(),
    content: p.string().orNull(),
    modified: p.int().orNull(),
    title: p.string().orNull(),
    category: p.string().orNull(),
    favorite: p.bool().orNull(),
  },
  output: noteSchema,
  responses: { 403: errorSchema, 404: errorSchema, 412: noteSchema },
  handle: ({ input, me, world, request, ok, respond }) => {
    const { id, apiVersion, ...sent } = input
    const note = notes.find(world, me, id)
    if (!note) return respond(404, FAILED, { headers: HEADERS })
    const wanted = request.header('if-match')
    if (wanted !== '' && !wanted.split(/,\s*/).includes(`"${notes.etagOf(world, note)}"`))
      return respond(412, showNote(world, note), { headers: HEADERS })
    const title = isOld(apiVersion) ? titleFrom(sent.content ?? notes.textOf(world, note)) : sent.title
    const given = Object.entries({ ...sent, title }).filter(([, value]) => value !== null)
    const changed = notes.change(world, note, Object.fromEntries(given))
    if (changed === 'forbidden') return respond(403, FAILED, { headers: HEADERS })
    return ok(showNote(world, changed), { headers: HEADERS })
  },
})

export const destroy = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-destroy',
  method: 'DELETE',
  path: `${API}/notes/{id:\\d+}`,
  summary: 'Remove a note',
  input: { id: p.int() },
  output: s.empty(),
  responses: { 403: errorSchema, 404: errorSchema },
  handle: ({ input, me, world, ok, respond }) => {
    const note = notes.find(world, me, input.id)
    if (!note) return respond(404, FAILED, { headers: HEADERS })
    if (notes.isReadOnly(note)) return respond(403, FAILED, { headers: HEADERS })
    notes.remove(world, note)
    return ok([], { headers: HEADERS })
  },
})

/** What its interface does not know is a bad request, where it is read (Notes 6.0.2, corpus). */
export const anythingElse = defineRoute({
  id: 'notes-notes_api-fail',
  app: 'notes',
  methods: ['GET'],
  path: '/index.php/apps/notes/api/{rest:.*}',
  identify: true,
  summary: 'Anything else below its interface',
  handle: ({ actor }) => {
    if (actor.loginFailed) return jsonAnswer(401, { message: '' })
    if (actor.userId === null) return jsonAnswer(401, { message: 'Current user is not logged in' })
    return jsonAnswer(400, [], Object.entries(HEADERS))
  },
})
