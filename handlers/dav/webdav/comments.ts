import { multistatus, type PropertyValue } from '#dav/multistatus.ts'
import { responseFor } from '#dav/propfind.ts'
import { childOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, oc } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, forbidden, notFound, unsupportedMediaType } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import type { Comment } from '#world/files/comments.ts'
import * as comments from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'
import { folder, unlisted } from './collections.ts'
import { readJson } from './system-tags.ts'

/** What a report tells of every comment, in its order. */
const REPORTED = [
  'id',
  'parentId',
  'topmostParentId',
  'childrenCount',
  'verb',
  'actorType',
  'actorId',
  'creationDateTime',
  'latestChildDateTime',
  'objectType',
  'objectId',
  'message',
  'actorDisplayName',
  'isUnread',
  'mentions',
].map(oc)

export function commentsFolder(dav: DavContext): Resource {
  return folder('comments', () => [filesFolder(dav)])
}

const filesFolder = (dav: DavContext) => unlisted(dav, 'comments/files', 'No permission to list folder contents')

/** `comments/files/8/1` */
export function findComment(dav: DavContext, [type, fileId, id, ...rest]: string[]): Resource {
  if (type !== 'files') throw notFound(`Entity type "${type}" not found."`)
  if (fileId === undefined) return filesFolder(dav)
  const { world, userId } = dav
  if (!files.entryOf(world, userId, Number(fileId))) throw notFound('Entity does not exist or is not available')
  if (id === undefined) return commentsOfFile(dav, fileId)
  const comment = rest.length === 0 ? comments.find(world, Number(id)) : undefined
  if (comment?.objectId !== fileId) throw notFound('')
  return commentResource(dav, comment)
}

function commentsOfFile(dav: DavContext, fileId: string): Resource {
  const { world, userId } = dav
  const path = `comments/files/${fileId}`
  const plain = folder(path, () =>
    comments.list(world, 'files', fileId).map((comment) => commentResource(dav, comment)),
  )
  return {
    ...plain,
    property(name) {
      if (name !== oc('readMarker')) return plain.property(name)
      const at = comments.readMarker(world, userId, 'files', fileId)
      return at === undefined ? [] : httpDate(at)
    },
    properties: [oc('readMarker')],
    createFile: () => {
      throw forbidden('Cannot create comments by id')
    },
    createFolder: () => {
      throw forbidden('Permission denied to create collections')
    },
    remove() {
      throw forbidden('Permission denied to delete this collection')
    },
    patch(name) {
      if (name !== oc('readMarker')) return 403
      comments.markRead(world, userId, 'files', fileId)
      return 204
    },
    post: (body) => create(dav, fileId, body),
    report: (root) => report(dav, fileId, root),
  }
}

function create({ world, userId, call, server }: DavContext, fileId: string, body: Uint8Array): Answer {
  if (call.header('content-type').split(';')[0] !== 'application/json') throw unsupportedMediaType('')
  const { actorType, verb, message, parentId } = readJson(body)
  if (actorType !== 'users') throw badRequest(`Invalid actor "${String(actorType ?? '')}"`)
  const text = String(message ?? '').trim()
  checkLength(text)
  const parent = Number(parentId ?? 0)
  const made = { objectType: 'files', objectId: fileId, parentId: parent, verb: String(verb), actorId: userId }
  const { id } = comments.add(world, { ...made, message: text })
  return {
    status: 201,
    headers: [
      ['Content-Location', `${server.base}comments/files/${fileId}/${id}`],
      ['Content-type', 'text/html; charset=UTF-8'],
    ],
    body: '',
  }
}

function checkLength(text: string): void {
  if ([...text].length > comments.MAX_MESSAGE_LENGTH) {
    throw badRequest(`Message exceeds allowed character limit of ${comments.MAX_MESSAGE_LENGTH}`)
  }
}

function report(dav: DavContext, fileId: string, root: ReadElement): Answer | undefined {
  if (root.name !== oc('filter-comments')) return undefined
  const number = (name: string) => Number.parseInt(childOf(root, oc(name))?.text ?? '', 10) || 0
  const offset = number('offset')
  const all = comments.list(dav.world, 'files', fileId).slice(offset)
  const limited = number('limit') > 0 ? all.slice(0, number('limit')) : all
  const parts = limited.map((comment) => responseFor(dav, commentResource(dav, comment), REPORTED))
  return {
    status: 207,
    headers: [['Content-Type', 'application/xml; charset=utf-8']],
    body: multistatus(parts, dav.server.namespaces, ' '),
  }
}

function commentResource(dav: DavContext, comment: Comment): Resource {
  const { world, userId } = dav
  const nameOf = (id: string) => users.find(world, id)?.displayName ?? id
  const properties: Readonly<Record<string, () => PropertyValue>> = {
    [d('resourcetype')]: () => [],
    [d('getlastmodified')]: () => httpDate(comment.createdAt),
    [oc('id')]: () => comment.id,
    [oc('parentId')]: () => comment.parentId,
    [oc('topmostParentId')]: () => comment.parentId,
    [oc('childrenCount')]: () => 0,
    [oc('verb')]: () => comment.verb,
    [oc('actorType')]: () => 'users',
    [oc('actorId')]: () => comment.actorId,
    [oc('creationDateTime')]: () => httpDate(comment.createdAt),
    [oc('latestChildDateTime')]: () => [],
    [oc('objectType')]: () => comment.objectType,
    [oc('objectId')]: () => comment.objectId,
    [oc('referenceId')]: () => [],
    [oc('message')]: () => comment.message,
    [oc('actorDisplayName')]: () => nameOf(comment.actorId),
    [oc('isUnread')]: () => String(comments.isUnread(world, userId, comment)),
    [oc('mentions')]: () => comments.mentions(world, comment.message).map((id) => mention(id, nameOf(id))),
    [oc('expireDate')]: () => [],
    [oc('reactions')]: () => [],
    [oc('metaData')]: () => [],
  }
  return {
    path: `comments/files/${comment.objectId}/${comment.id}`,
    collection: false,
    lastModified: comment.createdAt,
    property: (name) => properties[name]?.(),
    patch(name, value) {
      if (name !== oc('message')) return 403
      if (comment.actorId !== userId) throw forbidden('Only authors are allowed to edit their comment.')
      const text = (value?.text ?? '').trim()
      checkLength(text)
      comments.edit(world, comment, text)
      return 200
    },
    remove() {
      if (comment.actorId !== userId) throw forbidden('Only authors are allowed to edit their comment.')
      comments.remove(world, comment)
    },
  }
}

const mention = (id: string, name: string) =>
  element(oc('mention'), [
    element(oc('mentionType'), 'user'),
    element(oc('mentionId'), id),
    element(oc('mentionDisplayName'), name),
  ])
