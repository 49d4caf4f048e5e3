import { defineEndpoint, p, type RequestInfo, s } from '../../src/endpoint.ts'
import type { PhpArray, PhpValue } from '../../src/php.ts'
import * as collections from '../../src/world/collections.ts'
import type { World } from '../../src/world/world.ts'
import { hasPreview } from '../dav/webdav/preview.ts'

const resourceSchema = s.object(
  {
    type: s.optional(s.string()),
    id: s.optional(s.string()),
    name: s.optional(s.string()),
    path: s.optional(s.string()),
    link: s.optional(s.string()),
    mimetype: s.optional(s.string()),
    'preview-available': s.optional(s.bool()),
  },
  'allow',
)
const collectionSchema = s.object({ id: s.int(), name: s.string(), resources: s.list(resourceSchema) })
const NOT_FOUND = { 404: s.empty() } as const

interface Viewer {
  readonly world: World
  readonly me: string
  readonly request: RequestInfo
}

/** A collection with what the viewer may see of it; a resource that was added just now has no members yet. */
function print(
  { world, me, request }: Viewer,
  collection: collections.Collection,
  fresh?: collections.Resource,
): PhpArray {
  const shown = collection.resources.flatMap((resource): PhpValue[] => {
    const file = collections.fileOf(world, me, resource)
    if (!file) return []
    if (resource.type === fresh?.type && resource.id === fresh.id) return [[]]
    const { name, mime } = file.node
    return [
      {
        type: 'file',
        id: resource.id,
        name,
        path: `files${file.path}`,
        link: `${request.baseUrl}/index.php/f/${resource.id}`,
        mimetype: mime,
        'preview-available': hasPreview(file.node),
      },
    ]
  })
  return { id: collection.id, name: collection.name, resources: shown }
}

const PATH = '/collaboration/resources/collections/{collectionId}'

export const listCollection = defineEndpoint({
  id: 'core-collaboration_resources-list-collection',
  app: 'core',
  method: 'GET',
  path: PATH,
  access: 'user',
  summary: 'A collection and what it holds',
  input: { collectionId: p.int() },
  output: collectionSchema,
  responses: NOT_FOUND,
  probe: { collectionId: '1' },
  handle: ({ input, ok, respond, ...viewer }) => {
    const found = collections.find(viewer.world, input.collectionId, viewer.me)
    return found ? ok(print(viewer, found)) : respond(404)
  },
})

export const searchCollections = defineEndpoint({
  id: 'core-collaboration_resources-search-collections',
  app: 'core',
  method: 'GET',
  path: '/collaboration/resources/collections/search/{filter}',
  access: 'user',
  summary: 'Collections whose names contain a text',
  output: s.list(collectionSchema),
  probe: { filter: 'a' },
  handle: ({ input, ok, ...viewer }) =>
    ok(collections.search(viewer.world, viewer.me, input.filter).map((each) => print(viewer, each))),
})

export const addResource = defineEndpoint({
  id: 'core-collaboration_resources-add-resource',
  app: 'core',
  method: 'POST',
  path: PATH,
  access: 'user',
  summary: 'Put something into a collection',
  input: { collectionId: p.int(), resourceType: p.string(), resourceId: p.string() },
  output: collectionSchema,
  responses: NOT_FOUND,
  handle: ({ input, ok, respond, ...viewer }) => {
    const { world, me } = viewer
    const found = collections.find(world, input.collectionId, me)
    const resource = { type: input.resourceType, id: input.resourceId }
    if (!found || !collections.fileOf(world, me, resource)) return respond(404)
    const isNew = collections.add(world, found, resource) === 'added'
    return ok(print(viewer, collections.find(world, found.id, me)!, isNew ? resource : undefined))
  },
})

export const removeResource = defineEndpoint({
  id: 'core-collaboration_resources-remove-resource',
  app: 'core',
  method: 'DELETE',
  path: PATH,
  access: 'user',
  summary: 'Take something out of a collection',
  input: { collectionId: p.int(), resourceType: p.string(), resourceId: p.string() },
  output: collectionSchema,
  responses: NOT_FOUND,
  handle: ({ input, ok, respond, ...viewer }) => {
    const { world, me } = viewer
    const found = collections.find(world, input.collectionId, me)
    const resource = { type: input.resourceType, id: input.resourceId }
    if (!found || !collections.fileOf(world, me, resource)) return respond(404)
    collections.remove(world, found, resource)
    const left = collections.find(world, found.id, me)
    return left ? ok(print(viewer, left)) : respond(404)
  },
})

export const renameCollection = defineEndpoint({
  id: 'core-collaboration_resources-rename-collection',
  app: 'core',
  method: 'PUT',
  path: PATH,
  access: 'user',
  summary: 'Give a collection another name',
  input: { collectionId: p.int(), collectionName: p.string() },
  output: collectionSchema,
  responses: NOT_FOUND,
  handle: ({ input, ok, respond, ...viewer }) => {
    const found = collections.find(viewer.world, input.collectionId, viewer.me)
    if (!found) return respond(404)
    collections.rename(viewer.world, found, input.collectionName)
    return ok(print(viewer, { ...found, name: input.collectionName }))
  },
})

export const getCollectionsByResource = defineEndpoint({
  id: 'core-collaboration_resources-get-collections-by-resource',
  app: 'core',
  method: 'GET',
  path: '/collaboration/resources/{resourceType}/{resourceId}',
  access: 'user',
  summary: 'The collections that hold something',
  output: s.list(collectionSchema),
  responses: NOT_FOUND,
  probe: { resourceType: 'file', resourceId: '1' },
  handle: ({ input, ok, respond, ...viewer }) => {
    const resource = { type: input.resourceType, id: input.resourceId }
    if (!collections.fileOf(viewer.world, viewer.me, resource)) return respond(404)
    return ok(collections.holding(viewer.world, resource).map((each) => print(viewer, each)))
  },
})

const LONGEST_NAME = 64

export const createCollectionOnResource = defineEndpoint({
  id: 'core-collaboration_resources-create-collection-on-resource',
  app: 'core',
  method: 'POST',
  path: '/collaboration/resources/{baseResourceType}/{baseResourceId}',
  access: 'user',
  summary: 'Begin a collection with something',
  input: { name: p.string() },
  output: collectionSchema,
  responses: { 400: s.empty(), ...NOT_FOUND },
  handle: ({ input, ok, respond, ...viewer }) => {
    if (input.name === '' || new TextEncoder().encode(input.name).length > LONGEST_NAME) return respond(400)
    const resource = { type: input.baseResourceType, id: input.baseResourceId }
    if (!collections.fileOf(viewer.world, viewer.me, resource)) return respond(404)
    return ok(print(viewer, collections.create(viewer.world, input.name, resource), resource))
  },
})
