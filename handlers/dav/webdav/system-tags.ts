import type { PropertyValue } from '#dav/multistatus.ts'
import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, nc, oc, type XmlElement } from '#dav/xml.ts'
import { type Json, type JsonObject, membersOf, parseJson } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'
import type { Answer } from '#line/call.ts'
import {
  badRequest,
  conflict,
  DavError,
  forbidden,
  notFound,
  preconditionFailed,
  unsupportedMediaType,
} from '#line/dav-exit.ts'
import { isAdmin } from '#world/accounts/groups.ts'
import * as files from '#world/files/files.ts'
import type { World } from '#world/world.ts'
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
  const tag = systemTags.find(dav.world, tagNumber(tagId))
  if (!tag) throw notFound(`Tag with id ${tagId} not found`)
  const { world, userId } = dav
  const isThere = systemTags.isAssigned(world, 'files', fileId, tag.id) && systemTags.sees(world, userId, tag)
  if (!isThere) throw notFound(`Tag with id ${tagId} not present for object ${fileId}`)
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
      const tag = systemTags.find(world, tagNumber(name))
      if (!tag || !systemTags.sees(world, userId, tag)) {
        throw preconditionFailed(`Tag with id ${name} does not exist, cannot assign`)
      }
      if (!systemTags.mayAssign(world, userId, tag)) throw forbidden(`No permission to assign tag ${name}`)
      if (!mayChange(dav, fileId)) throw forbidden(`No permission to assign tag to ${fileId}`)
      systemTags.assign(world, 'files', fileId, tag)
      return [['Content-Length', '0']]
    },
    createFolder: () => {
      throw forbidden('Permission denied to create collections')
    },
    post(body) {
      const tag = createTag(dav, body)
      systemTags.assign(world, 'files', fileId, tag)
      return created(dav, tag)
    },
  }
}

/** Whoever may not change a file does not change its tags either. */
const mayChange = ({ world, userId }: DavContext, fileId: string): boolean =>
  files.entriesOf(world, userId, Number(fileId)).some(files.mayWrite)

function tagNumber(id: string): number {
  if (!/^\d+$/.test(id)) throw badRequest('Invalid tag id')
  return Number(id)
}

function mappedTag(dav: DavContext, fileId: string, tag: SystemTag): Resource {
  return {
    ...tagResource(dav, `systemtags-relations/files/${fileId}/${tag.id}`, tag, 'file'),
    remove() {
      if (!systemTags.mayAssign(dav.world, dav.userId, tag)) throw forbidden(`No permission to unassign tag ${tag.id}`)
      if (!mayChange(dav, fileId)) throw forbidden(`No permission to unassign tag to ${fileId}`)
      systemTags.unassign(dav.world, 'files', fileId, tag)
    },
  }
}

function visibleTag({ world, userId }: DavContext, id: string): SystemTag {
  // What is no number is looked for before anybody is let in (Nextcloud 34.0.1, asked).
  if (!/^\d+$/.test(id)) throw new DavError(400, 'Sabre\\DAV\\Exception\\BadRequest', 'Invalid tag id', { early: true })
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
    [nc('color')]: tag.color,
    [nc('files-assigned')]: -1,
    [nc('reference-fileid')]: -1,
  }
  const etag = `"${systemTags.etagOf(world, tag)}"`
  return {
    path,
    collection,
    property: (name) => {
      if (name === oc('groups')) return groupsOf(dav, tag)
      return name === d('getetag') ? etag : properties[name]
    },
    ...(collection ? { members: () => [] } : {}),
    patchAll: (changes) => patchTag(dav, tag.id, changes),
    remove() {
      if (!isAdmin(world, userId)) throw forbidden(`No permission to delete tag ${tag.id}`)
      systemTags.remove(world, tag)
    },
  }
}

/** The groups are for administrators: the whole answer is a refusal for others who want them. */
function groupsOf({ world, userId }: DavContext, tag: SystemTag): string {
  if (!isAdmin(world, userId)) throw forbidden('')
  return systemTags.groupsOf(tag).join('|')
}

/** Texts of properties: everything is a yes that is not one of these. */
const isYes = (text: string) => text !== 'false' && text !== '0'

const CHANGES: Readonly<Record<string, (text: string) => Partial<SystemTag>>> = {
  [oc('display-name')]: (text) => ({ name: text }),
  [oc('user-visible')]: (text) => ({ userVisible: isYes(text) }),
  [oc('user-assignable')]: (text) => ({ userAssignable: isYes(text) }),
  [nc('color')]: (text) => ({ color: text === 'null' ? '' : text }),
  [oc('groups')]: (text) => ({ groups: text.split('|') }),
}
const READ_ONLY: readonly string[] = [nc('files-assigned'), nc('reference-fileid')]

/**
 * What is asked to be changed is changed as one: each refusal is one of the whole request. The groups are set before
 * anything else is looked at; what has no value is left as it is, and what is not known is taken and forgotten (Nextcloud
 * 34.0.1, asked).
 */
function patchTag({ world, userId }: DavContext, id: number, asked: ReadonlyMap<string, ReadElement | null>) {
  const given = [...asked].filter(([, value]) => value !== null && value.text !== '')
  const { groups, ...change }: Partial<SystemTag> = Object.assign(
    {},
    ...given.map(([name, value]) => (Object.hasOwn(CHANGES, name) ? CHANGES[name]!(value!.text) : {})),
  )
  if (groups) setGroups(world, userId, id, groups)
  if (given.some(([name]) => READ_ONLY.includes(name))) throw forbidden('')
  if (Object.keys(change).length > 0) changeTag(world, userId, systemTags.find(world, id)!, change)
  return new Map([...asked.keys()].map((name) => [name, given.some(([one]) => one === name) ? 200 : 204]))
}

function setGroups(world: World, userId: string, id: number, names: readonly string[]): void {
  if (!isAdmin(world, userId)) throw forbidden('')
  systemTags.setGroups(world, systemTags.find(world, id)!, names)
}

function changeTag(world: World, userId: string, tag: SystemTag, change: Partial<SystemTag>): void {
  if (!systemTags.mayAssign(world, userId, tag)) throw forbidden(`No permission to update tag ${tag.id}`)
  const opensIt = (member: 'userVisible' | 'userAssignable') => (change[member] ?? tag[member]) !== tag[member]
  if (!isAdmin(world, userId) && (opensIt('userVisible') || opensIt('userAssignable')))
    throw forbidden(`No permission to update permissions for tag ${tag.id}`)
  if (change.color && !/^[0-9a-f]{6}$/i.test(change.color))
    throw badRequest('Color must be a 6-digit hexadecimal value')
  if (!systemTags.mayCreate(world, userId)) throw forbidden('You don’t have permissions to update tags')
  if (systemTags.update(world, tag, change) === 'exists') {
    const { name, userVisible, userAssignable } = { ...tag, ...change }
    const flags = [userVisible, userAssignable].map((flag) => (flag ? '1' : '')).join(', ')
    throw conflict(`Tag with the properties "${name}", ${flags} already exists`)
  }
}

function createTag({ world, userId, call }: DavContext, body: Uint8Array): SystemTag {
  if (call.header('content-type').split(';')[0] !== 'application/json') throw unsupportedMediaType('')
  const input = readJson(body)
  if (input.name === undefined || input.name === null) throw badRequest('Missing "name" attribute')
  const userVisible = Boolean(input.userVisible ?? true)
  const userAssignable = Boolean(input.userAssignable ?? true)
  const groups = namesIn(input.groups)
  if (!(userVisible && userAssignable && groups.length === 0) && !isAdmin(world, userId))
    throw badRequest('Not sufficient permissions')
  if (!systemTags.mayCreate(world, userId)) throw forbidden('You don’t have permissions to create tags')
  const made = { name: String(input.name), userVisible, userAssignable, ...(groups.length > 0 ? { groups } : {}) }
  const tag = systemTags.create(world, made)
  if (tag === 'exists') throw conflict('Tag already exists')
  return tag
}

/** Names in a list, or in a text between bars. */
function namesIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return value === '' ? [''] : value.split('|')
  return isPhpArray(value) ? Object.values(value).map(String) : []
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
