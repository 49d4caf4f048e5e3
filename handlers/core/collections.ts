import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpValue } from '#lib/php.ts'
import { baseName } from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import { storagePath } from '#world/files/tree.ts'
import * as collections from './state/collections.ts'

const resource = s.union(s.record(s.union(s.string(), s.bool())), s.empty())
const collection = s.object({ id: s.int(), name: s.string(), resources: s.list(resource) })
const responses = { 404: s.empty() }
const resourceType = p.string().describe('Only `file` is known')
const resourceId = p.string().describe('The file’s id')

export const listCollection = defineEndpoint({
  id: 'core-collaboration_resources-list-collection',
  app: 'core',
  method: 'GET',
  path: '/collaboration/resources/collections/{collectionId}',
  access: 'user',
  summary: 'A collection with all that is in it',
  input: { collectionId: p.int() },
  output: collection,
  responses,
  probe: { collectionId: '1' },
  handle: (args) => {
    const viewer = viewerOf(args)
    const found = openCollection(viewer, args.input.collectionId)
    return found ? args.ok(openAndFormat(viewer, found, args.request.baseUrl)) : args.respond(404)
  },
})

export const searchCollections = defineEndpoint({
  id: 'core-collaboration_resources-search-collections',
  app: 'core',
  method: 'GET',
  path: '/collaboration/resources/collections/search/{filter}',
  access: 'user',
  summary: 'Collections by a part of their names, those that one has seen before',
  output: s.list(collection),
  probe: { filter: 'a' },
  handle: (args) => {
    const viewer = viewerOf(args)
    const found = collections.search(viewer, args.input.filter)
    return args.ok(found.map((one) => openAndFormat(viewer, one, args.request.baseUrl)))
  },
})

export const addResource = defineEndpoint({
  id: 'core-collaboration_resources-add-resource',
  app: 'core',
  method: 'POST',
  path: '/collaboration/resources/collections/{collectionId}',
  access: 'user',
  summary: 'Put something into a collection',
  input: { collectionId: p.int(), resourceType, resourceId },
  output: collection,
  responses,
  handle: (args) => {
    const { input, world, request, ok, respond } = args
    const viewer = viewerOf(args)
    const found = openCollection(viewer, input.collectionId)
    const wanted = { type: input.resourceType, id: input.resourceId }
    if (!found || !openResource(viewer, wanted)) return respond(404)
    return ok(openAndFormat(viewer, collections.add(world, found, wanted), request.baseUrl))
  },
})

/** What is in no collection at all ends in an internal error; with the last thing, the collection goes. */
export const removeResource = defineEndpoint({
  id: 'core-collaboration_resources-remove-resource',
  app: 'core',
  method: 'DELETE',
  path: '/collaboration/resources/collections/{collectionId}',
  access: 'user',
  summary: 'Take something out of a collection',
  input: { collectionId: p.int(), resourceType, resourceId },
  output: collection,
  responses,
  handle: (args) => {
    const { input, world, request, ok, respond, crash } = args
    const viewer = viewerOf(args)
    const found = openCollection(viewer, input.collectionId)
    if (!found) return respond(404)
    const unwanted = { type: input.resourceType, id: input.resourceId }
    if (!collections.isKnown(world, unwanted)) return crash()
    return ok(openAndFormat(viewer, collections.remove(world, found, unwanted), request.baseUrl))
  },
})

export const renameCollection = defineEndpoint({
  id: 'core-collaboration_resources-rename-collection',
  app: 'core',
  method: 'PUT',
  path: '/collaboration/resources/collections/{collectionId}',
  access: 'user',
  summary: 'Give a collection another name',
  input: { collectionId: p.int(), collectionName: p.string() },
  output: collection,
  responses,
  handle: (args) => {
    const { input, world, request, ok, respond } = args
    const viewer = viewerOf(args)
    const found = openCollection(viewer, input.collectionId)
    if (!found) return respond(404)
    return ok(openAndFormat(viewer, collections.rename(world, found, input.collectionName), request.baseUrl))
  },
})

export const getCollectionsByResource = defineEndpoint({
  id: 'core-collaboration_resources-get-collections-by-resource',
  app: 'core',
  method: 'GET',
  path: '/collaboration/resources/{resourceType}/{resourceId}',
  access: 'user',
  summary: 'Collections that something is part of',
  output: s.list(collection),
  responses,
  probe: { resourceType: 'file', resourceId: '1' },
  handle: (args) => {
    const { input, world, request, ok, respond } = args
    const viewer = viewerOf(args)
    const wanted = { type: input.resourceType, id: input.resourceId }
    if (!openResource(viewer, wanted)) return respond(404)
    const all = collections.containing(world, wanted)
    for (const one of all) collections.findOutAccessTo(viewer, one)
    const found = collections.visible(viewer, all)
    return ok(found.map((one) => openAndFormat(viewer, one, request.baseUrl)))
  },
})

export const createCollectionOnResource = defineEndpoint({
  id: 'core-collaboration_resources-create-collection-on-resource',
  app: 'core',
  method: 'POST',
  path: '/collaboration/resources/{baseResourceType}/{baseResourceId}',
  access: 'user',
  summary: 'Make a collection with one thing in it',
  input: { name: p.string().describe('At most 64 bytes') },
  output: collection,
  responses: { 400: s.empty(), 404: s.empty() },
  handle: (args) => {
    const { input, world, request, ok, respond } = args
    if (!collections.isValidName(input.name)) return respond(400)
    const viewer = viewerOf(args)
    const first = { type: input.baseResourceType, id: input.baseResourceId }
    if (!openResource(viewer, first)) return respond(404)
    const made = collections.create(world, input.name, first)
    collections.findOutAccessTo(viewer, made)
    return ok(openAndFormat(viewer, made, request.baseUrl))
  },
})

const viewerOf = ({ world, me }: Pick<collections.Viewer, 'world'> & { readonly me: string }): collections.Viewer => ({
  world,
  userId: me,
  foundOut: new Set(),
})

/** A collection for somebody who comes for it, which is when it is found out whether they may see it. */
function openCollection(viewer: collections.Viewer, id: number): collections.Collection | undefined {
  const found = collections.find(viewer.world, id)
  if (!found) return undefined
  collections.findOutAccessTo(viewer, found)
  return collections.visible(viewer, [found])[0]
}

/** Whether somebody who comes for a resource may see it, which is found out then. */
function openResource(viewer: collections.Viewer, resource: collections.Resource): boolean {
  collections.findOutAccess(viewer, resource)
  return collections.maySee(viewer, resource)
}

/** A collection as the viewer sees it, who comes for all that is in it. */
function openAndFormat(viewer: collections.Viewer, collection: collections.Collection, baseUrl: string): PhpValue {
  for (const one of collection.resources) collections.findOutAccess(viewer, one)
  return format(viewer, collection, baseUrl)
}

function format(
  viewer: collections.Viewer,
  { id, name, resources }: collections.Collection,
  baseUrl: string,
): PhpValue {
  const shown = resources.filter((one) => collections.maySee(viewer, one))
  return { id, name, resources: shown.map((one) => formatResource(viewer, one, baseUrl)) }
}

function formatResource(viewer: collections.Viewer, one: collections.Resource, baseUrl: string): PhpValue {
  const file = collections.fileOf(viewer, one)
  if (!file) return []
  return {
    type: 'file',
    id: one.id,
    name: baseName(file.path),
    path: storagePath(viewer.world, file.node),
    link: `${baseUrl}/index.php/f/${encodeURIComponent(one.id)}`,
    mimetype: file.node.mime,
    'preview-available': hasPreview(file.node),
  }
}
