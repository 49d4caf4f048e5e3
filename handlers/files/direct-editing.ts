import { defineEndpoint, p, s } from '#app/index.ts'
import { md5 } from '#lib/md5.ts'
import { jsonEncode } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import * as files from '#world/files/files.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { directEditing, type Editor, type EditorCreator } from './data.ts'
import * as editingTokens from './state/editing-tokens.ts'

interface Editors {
  readonly editors: Readonly<Record<string, Editor>>
  readonly creators: Readonly<Record<string, EditorCreator>>
}

/** The editors that apps bring; the one of a release belongs to `text`. */
function editorsOf(world: World, profile: Profile): Editors {
  return isEnabled(world, 'text') ? directEditing.of(profile) : { editors: {}, creators: {} }
}

const messageSchema = s.object({ message: s.string() })
const urlSchema = s.object({ url: s.string() })
const editorSchema = s.object({
  id: s.string(),
  name: s.words(),
  mimetypes: s.list(s.string()),
  optionalMimetypes: s.list(s.string()),
  secure: s.bool(),
})
const creatorSchema = s.object({
  id: s.string(),
  editor: s.string(),
  name: s.words(),
  extension: s.string(),
  templates: s.bool(),
  mimetype: s.string(),
})

/** Which editors can open files in a web view, and what they can create. */
export const info = defineEndpoint({
  id: 'files-direct_editing-info',
  app: 'files',
  method: 'GET',
  path: '/apps/files/api/v1/directEditing',
  access: 'user',
  summary: 'Editors that can open files in a web view of a mobile client, and the kinds of files that they create',
  output: s.object({ editors: s.record(editorSchema), creators: s.record(creatorSchema) }),
  data: [directEditing],
  handle: ({ world, profile, ok }) => {
    const known = isEnabled(world, 'text') ? directEditing.of(profile) : { editors: [], creators: [] }
    return ok(known, { etag: md5(jsonEncode(known)) })
  },
})

export const templates = defineEndpoint({
  id: 'files-direct_editing-templates',
  app: 'files',
  method: 'GET',
  path: '/apps/files/api/v1/directEditing/templates/{editorId}/{creatorId}',
  access: 'user',
  summary: 'What a new file of an editor can begin with',
  output: s.object({
    templates: s.record(
      s.object({
        id: s.string(),
        title: s.words(),
        preview: s.nullable(s.string()),
        extension: s.string(),
        mimetype: s.string(),
      }),
    ),
  }),
  responses: { 500: messageSchema },
  probe: { editorId: 'text', creatorId: 'textdocument' },
  data: [directEditing],
  handle: ({ input, world, profile, ok, respond }) => {
    const { editors, creators } = editorsOf(world, profile)
    if (!Object.hasOwn(editors, input.editorId)) {
      return respond(500, { message: 'Failed to obtain template list: No matching editor found' })
    }
    const creator = creators[input.creatorId]
    if (creator?.editor !== input.editorId) return ok({ templates: [] })
    const { extension, mimetype } = creator
    return ok({ templates: { empty: { id: 'empty', title: 'Empty file', preview: null, extension, mimetype } } })
  },
})

export const open = defineEndpoint({
  id: 'files-direct_editing-open',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/directEditing/open',
  access: 'user',
  summary: 'Open a file in a web editor: the address at which it can be edited',
  input: {
    path: p.string().describe('The file, or a folder that holds it'),
    editorId: p.string().orNull().describe('Default: an editor for the type of the file'),
    fileId: p.int().orNull().describe('Id of a file in the folder'),
  },
  output: urlSchema,
  responses: { 403: messageSchema },
  probe: { path: '/nothing' },
  data: [directEditing],
  handle: ({ input, me, world, profile, request, ok, respond }) => {
    const refuse = (why: string) => respond(403, { message: `Failed to open file: ${why}` })
    const at = files.resolve(world, me, input.path)
    // Backslashes separate folders too (Nextcloud 34.0.1, asked).
    if (!at) return refuse(`/${me}/files${files.normalize(input.path.replaceAll('\\', '/'))}`)
    const entry = input.fileId !== null && files.isFolder(at) ? entryBelow(world, at, input.fileId) : at
    if (!entry || files.isFolder(entry)) return refuse('')
    const { editors } = editorsOf(world, profile)
    const fitting = Object.values(editors).find(({ mimetypes }) => mimetypes.includes(entry.node.mime))?.id
    const editor = input.editorId ?? fitting
    if (editor === undefined) return refuse('No default editor found for files mimetype')
    if (!Object.hasOwn(editors, editor)) return refuse(`Editor ${editor} is unknown`)
    return ok({ url: `${request.baseUrl}${editingPath(world, me, editor, entry)}` })
  },
})

export const create = defineEndpoint({
  id: 'files-direct_editing-create',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/directEditing/create',
  access: 'user',
  summary: 'Create a file for a web editor: the address at which it can be edited',
  input: { path: p.string(), editorId: p.string(), creatorId: p.string(), templateId: p.string().orNull() },
  output: urlSchema,
  responses: { 403: messageSchema },
  probe: { path: '/no/such/folder/file.md', editorId: 'text', creatorId: 'textdocument' },
  data: [directEditing],
  handle: ({ input, me, world, profile, request, ok, respond }) => {
    const refuse = (why: string) => respond(403, { message: `Failed to create file: ${why}` })
    if (files.resolve(world, me, input.path)) return refuse('File already exists')
    const parent = files.resolve(world, me, files.dirName(files.normalize(input.path)))
    if (!parent || !files.isFolder(parent)) return refuse('Invalid path')
    // The file is there before anybody asks whether there is an editor for it (Nextcloud 34.0.1, asked).
    const made = files.newFile(world, me, input.path, files.EMPTY)
    if (!('entry' in made)) return refuse('')
    const { editors, creators } = editorsOf(world, profile)
    if (!Object.hasOwn(editors, input.editorId)) return refuse('No editor found')
    if (creators[input.creatorId]?.editor !== input.editorId) return refuse('No creator found')
    return ok({ url: `${request.baseUrl}${editingPath(world, me, input.editorId, made.entry)}` })
  },
})

function entryBelow(world: World, folder: files.Entry, id: number): files.Entry | undefined {
  const inside = (entry: files.Entry) => folder.path === '/' || entry.path.startsWith(`${folder.path}/`)
  return files.entriesOf(world, folder.userId, id).find(inside)
}

function editingPath(world: World, userId: string, editor: string, { node, path }: files.Entry): string {
  const { token } = editingTokens.create(world, { userId, editor, fileId: node.id, path })
  return `/index.php/apps/files/directEditing/${token}`
}
