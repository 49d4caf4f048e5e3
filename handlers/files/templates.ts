import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { Profile } from '#profiles/profile.ts'
import * as files from '#world/files/files.ts'
import { nameProblem } from '#world/files/names.ts'
import { hasPreview } from '#world/files/previews.ts'
import { isEnabled } from '#world/settings/apps.ts'
import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { type TemplateCreator, templateCreators } from './data.ts'

const creatorShape = {
  app: s.string(),
  label: s.words(),
  extension: s.string(),
  iconClass: s.nullable(s.string()),
  iconSvgInline: s.nullable(s.string()),
  mimetypes: s.list(s.string()),
  ratio: s.nullable(s.number()),
  actionLabel: s.words(),
}
const templateSchema = s.object({
  templateType: s.string(),
  templateId: s.string(),
  basename: s.string(),
  etag: s.string(),
  fileid: s.int(),
  filename: s.string(),
  lastmod: s.int(),
  mime: s.string(),
  size: s.int(),
  type: s.string(),
  hasPreview: s.bool(),
  previewUrl: s.nullable(s.string()),
  fields: s.list(s.any()),
})
const fileSchema = s.object({
  basename: s.string(),
  etag: s.string(),
  fileid: s.int(),
  filename: s.nullable(s.string()),
  lastmod: s.int(),
  mime: s.string(),
  size: s.int(),
  type: s.string(),
  hasPreview: s.bool(),
  permissions: s.since(32, s.int()),
})

/** What the enabled apps can create. */
export const creatorsOf = (world: World, profile: Profile): readonly TemplateCreator[] =>
  templateCreators.of(profile).filter(({ app }) => isEnabled(world, app))

export const list = defineEndpoint({
  id: 'files-template-list',
  app: 'files',
  method: 'GET',
  path: '/apps/files/api/v1/templates',
  access: 'user',
  summary: 'Kinds of files that apps can create, each with the templates that the caller has for it',
  output: s.list(s.object({ ...creatorShape, templates: s.list(templateSchema) })),
  data: [templateCreators],
  handle: ({ world, profile, me, ok }) =>
    ok(creatorsOf(world, profile).map((creator) => ({ ...creator, templates: templatesOf(world, me, creator) }))),
})

export const listTemplateFields = defineEndpoint({
  id: 'files-template-list-template-fields',
  app: 'files',
  method: 'GET',
  path: '/apps/files/api/v1/templates/fields/{fileId}',
  since: 30,
  access: 'user',
  summary: 'Fields that can be filled in when a file is created from a template',
  input: { fileId: p.int() },
  output: s.record(s.any()),
  probe: { fileId: '0' },
  handle: ({ ok }) => ok(),
})

/** Whether the file is there, empty, before the template is looked for (27.1.10, asked). */
const MADE_FIRST = byRelease(true, { 32: false })

export const create = defineEndpoint({
  id: 'files-template-create',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/templates/create',
  access: 'user',
  summary: 'Create a file, empty or from a template',
  input: {
    filePath: p.string(),
    templatePath: p.string().default(''),
    templateType: p.string().default('user').describe('Who provides the template; `user` is a file of the caller'),
    templateFields: p.array().default([]).since(30, []),
  },
  output: fileSchema,
  failures: { 403: ['Failed to create file from template', 'File already exists'] },
  probe: { filePath: '/' },
  handle: ({ input, me, world, ok, fail }) => {
    if (files.resolve(world, me, input.filePath)) return fail(403, 'File already exists')
    const path = files.normalize(input.filePath)
    const fromFile = input.templateType === 'user' && input.templatePath !== ''
    const template = fromFile ? files.resolve(world, me, input.templatePath) : null
    if (nameProblem(world, files.baseName(path))) return fail(403)
    if (template === undefined) {
      if (MADE_FIRST.at(world.release)) files.newFile(world, me, path, files.EMPTY)
      return fail(403)
    }
    const content = template && !files.isFolder(template) ? files.contentOf(world, template.node) : files.EMPTY
    const made = files.newFile(world, me, path, content)
    return 'entry' in made ? ok(fileData(made.entry)) : fail(403)
  },
})

export const path = defineEndpoint({
  id: 'files-template-path',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/templates/path',
  access: 'user',
  summary: "Choose, and make where it is missing, the folder that holds the caller's templates",
  input: { templatePath: p.string().default(''), copySystemTemplates: p.bool().default(false) },
  output: s.object({ template_path: s.string(), templates: s.list(s.object(creatorShape)) }),
  data: [templateCreators],
  handle: ({ input, me, world, profile, ok }) => {
    const chosen = initialize(world, me, input.templatePath)
    config.setUser(world, me, 'core', 'templateDirectory', chosen)
    return ok({ template_path: chosen, templates: creatorsOf(world, profile) })
  },
})

/** The folder as it was asked for; empty where it cannot be made. Folders above it are not made. */
function initialize(world: World, userId: string, folder: string): string {
  const known = files.resolve(world, userId, folder)
  if (known) return files.isFolder(known) ? folder : ''
  return files.makeFolder(world, userId, folder).outcome === 'created' ? folder : ''
}

/** Files of the right types in the caller's folder of templates. */
function templatesOf(world: World, userId: string, { mimetypes }: TemplateCreator): PhpArray[] {
  const chosen = config.getUser(world, userId, 'core', 'templateDirectory')
  const folder = chosen === '' ? undefined : files.resolve(world, userId, chosen)
  if (!folder || !files.isFolder(folder)) return []
  return filesBelow(world, folder)
    .filter(({ node }) => mimetypes.includes(node.mime))
    .map((entry) => {
      const { permissions: _, ...data } = fileData(entry)
      return { templateType: 'user', templateId: entry.path, ...data, previewUrl: null, fields: [] }
    })
}

function filesBelow(world: World, folder: files.Entry): files.Entry[] {
  return files.list(world, folder).flatMap((entry) => (files.isFolder(entry) ? filesBelow(world, entry) : [entry]))
}

function fileData(entry: files.Entry) {
  const { node } = entry
  return {
    basename: files.baseName(entry.path),
    etag: node.etag,
    fileid: node.id,
    filename: entry.path,
    lastmod: node.mtime,
    mime: node.mime,
    size: node.size,
    type: files.isFolder(entry) ? 'dir' : 'file',
    hasPreview: hasPreview(node),
    permissions: entry.permissions,
  }
}
