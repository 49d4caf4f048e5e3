import type { PropertyValue } from '#dav/multistatus.ts'
import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, nc, oc, type XmlElement } from '#dav/xml.ts'
import { type JsonObject, membersOf, parseJson } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, conflict, forbidden, notFound, preconditionFailed, unsupportedMediaType } from '#line/dav-exit.ts'
import { isAdmin } from '#world/accounts/groups.ts'
import * as files from '#world/files/files.ts'
import type { SystemTag } from '../state/system-tags.ts'
import * as systemTags from '../state/system-tags.ts'
import { folder, unknownIn, unlisted } from './collections.ts'

/** `systemtags/1`: the tags themselves. */
export function findTag(dav: DavContext, [id, ...rest]: string[]): Resource {
  if (rest.length > 0) throw notFound(`Node with name '${id}' could not be found`)
  return tagResource(dav, `systemtags/${id}`, visibleTag(dav, id!), 'collection')
}

export function tagsFolder(dav: DavContext): Resource {
  return {
    ...folder('systemtags', () =>
      systemTags.list(dav.world, dav.userId).map((tag) => tagResource(dav, `systemtags/${tag.id}`, tag, 'collection')),
    ),
    createFile: denyTag,
    createFolder: denyTag,
    post: (body) => created(dav, createTag(dav, body)),
  }
}

const denyTag = (): never => {
  throw forbidden('Cannot create tags by id')
}

/** `systemtags-relations/files/8/1`: which file has which tag. */
export function findRelation(dav: DavContext, [type, fileId, tagId, ...rest]: string[]): Resource {
  if (type !== 'files') return unknownIn(type!, 'systemtags-relations')
  if (fileId === undefined) return unlisted(dav, 'systemtags-relations/files', '')
  const mapped = tagsOfFile(dav, fileId)
  if (tagId === undefined) return mapped
  if (rest.length > 0) throw notFound(`Node with name '${tagId}' could not be found`)
  const tag = /^\d+$/.test(tagId) ? systemTags.find(dav.world, Number(tagId)) : undefined
  if (!tag || !systemTags.isAssigned(dav.world, 'files', fileId, tag.id)) {
    throw notFound(`Tag with id ${tagId} not present for object ${fileId}`)
  }
  return mappedTag(dav, fileId, tag)
}

export function relationsFolder(dav: DavContext): Resource {
  return folder('systemtags-relations', () => [unlisted(dav, 'systemtags-relations/files', '')])
}

/** `systemtags-assigned`: the tags that some file has. */
export function assignedFolder(dav: DavContext): Resource {
  const used = () =>
    systemTags
      .list(dav.world, dav.userId)
      .filter(({ id }) => systemTags.objectsOf(dav.world, 'files', id).length > 0)
      .map((tag) => tagResource(dav, `systemtags/${tag.id}`, tag, 'collection'))
  return folder('systemtags-assigned', used)
}

function tagsOfFile(dav: DavContext, fileId: string): Resource {
  const { world, userId } = dav
  if (!files.entryOf(world, userId, Number(fileId))) throw notFound('Entity does not exist or is not available')
  return {
    ...folder(`systemtags-relations/files/${fileId}`, () =>
      systemTags.tagsOf(world, userId, 'files', fileId).map((tag) => mappedTag(dav, fileId, tag)),
    ),
    createFile(name) {
      const tag = /^\d+$/.test(name) ? systemTags.find(world, Number(name)) : undefined
      if (!tag || !systemTags.sees(world, userId, tag)) {
        throw preconditionFailed(`Tag with id ${name} does not exist, cannot assign`)
      }
      if (!systemTags.mayAssign(world, userId, tag)) throw forbidden(`No permission to assign tag ${name}`)
      systemTags.assign(world, 'files', fileId, tag.id)
      return [['Content-Length', '0']]
    },
    createFolder: () => {
      throw forbidden('Permission denied to create collections')
    },
    post(body) {
      const tag = createTag(dav, body)
      systemTags.assign(world, 'files', fileId, tag.id)
      return created(dav, tag)
    },
  }
}

function mappedTag(dav: DavContext, fileId: string, tag: SystemTag): Resource {
  return {
    ...tagResource(dav, `systemtags-relations/files/${fileId}/${tag.id}`, tag, 'file'),
    remove() {
      if (!systemTags.mayAssign(dav.world, dav.userId, tag)) throw forbidden(`No permission to unassign tag ${tag.id}`)
      systemTags.unassign(dav.world, 'files', fileId, tag.id)
    },
  }
}

function visibleTag({ world, userId }: DavContext, id: string): SystemTag {
  if (!/^\d+$/.test(id)) throw badRequest('Invalid tag id')
  const tag = systemTags.find(world, Number(id))
  if (!tag || !systemTags.sees(world, userId, tag)) throw notFound(`Tag with id ${id} not found`)
  return tag
}

function tagResource(dav: DavContext, path: string, tag: SystemTag, kind: 'collection' | 'file'): Resource {
  const { world, userId } = dav
  const collection = kind === 'collection'
  const properties: Readonly<Record<string, PropertyValue>> = {
    [d('resourcetype')]: collection ? [element(d('collection'))] : [],
    [oc('id')]: tag.id,
    [oc('display-name')]: tag.name,
    [oc('user-visible')]: String(tag.userVisible),
    [oc('user-assignable')]: String(tag.userAssignable),
    [oc('can-assign')]: String(systemTags.mayAssign(world, userId, tag)),
    [oc('groups')]: '',
    [nc('color')]: tag.color,
    [nc('files-assigned')]: -1,
    [nc('reference-fileid')]: -1,
  }
  const etag = `"${systemTags.etagOf(world, tag)}"`
  return {
    path,
    collection,
    property: (name) => (name === d('getetag') ? etag : properties[name]),
    ...(collection ? { members: () => [] } : {}),
    patch: (name, value) => patchTag(dav, tag.id, name, value),
    remove() {
      if (!isAdmin(world, userId)) throw forbidden(`No permission to delete tag ${tag.id}`)
      systemTags.remove(world, tag.id)
    },
  }
}

function patchTag({ world, userId }: DavContext, id: number, name: string, value: ReadElement | null): number {
  const tag = systemTags.find(world, id)!
  if (!systemTags.mayAssign(world, userId, tag)) throw forbidden(`No permission to update tag ${id}`)
  const text = value?.text ?? ''
  const change: Partial<Record<string, Partial<SystemTag>>> = {
    [oc('display-name')]: { name: text },
    [oc('user-visible')]: { userVisible: text === 'true' || text === '1' },
    [oc('user-assignable')]: { userAssignable: text === 'true' || text === '1' },
    [nc('color')]: { color: text },
  }
  if (!change[name]) return 403
  if (systemTags.update(world, tag, change[name]) === 'exists') throw conflict('Tag with the properties already exists')
  return 200
}

function createTag({ world, userId, call }: DavContext, body: Uint8Array): SystemTag {
  if (call.header('content-type').split(';')[0] !== 'application/json') throw unsupportedMediaType('')
  const input = readJson(body)
  if (input.name === undefined || input.name === null) throw badRequest('Missing "name" attribute')
  const userVisible = Boolean(input.userVisible ?? true)
  const userAssignable = Boolean(input.userAssignable ?? true)
  if (!(userVisible && userAssignable) && !isAdmin(world, userId)) throw badRequest('Not sufficient permissions')
  const tag = systemTags.create(world, { name: String(input.name), userVisible, userAssignable })
  if (tag === 'exists') throw conflict('Tag already exists')
  return tag
}

/** A JSON object, or an empty one. */
export function readJson(body: Uint8Array): JsonObject {
  const value = parseJson(new TextDecoder().decode(body))
  if (value === undefined) throw badRequest('Syntax error')
  return membersOf(value)
}

const created = ({ server }: DavContext, { id }: SystemTag): Answer => ({
  status: 201,
  headers: [
    ['Content-Location', `${server.base}systemtags/${id}`],
    ['Content-type', 'text/html; charset=UTF-8'],
  ],
  body: '',
})

/** The tags of a file as one of its properties. */
export function tagElements({ world, userId }: DavContext, fileId: number): XmlElement[] {
  return systemTags.tagsOf(world, userId, 'files', String(fileId)).map((tag) => ({
    name: nc('system-tag'),
    attributes: {
      'oc:can-assign': String(systemTags.mayAssign(world, userId, tag)),
      'oc:id': String(tag.id),
      'oc:user-assignable': String(tag.userAssignable),
      'oc:user-visible': String(tag.userVisible),
      'nc:color': tag.color,
    },
    content: tag.name,
  }))
}
