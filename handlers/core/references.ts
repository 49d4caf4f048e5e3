import { defineEndpoint, p, s } from '../../src/endpoint.ts'
import * as apps from '../../src/world/apps.ts'
import * as config from '../../src/world/config.ts'
import { extract, referencesSchema, resolve, resolveAll } from './reference-shared.ts'

/** Callers without an account get no more than this many. */
const PUBLIC_LIMIT = 15

/** A reference may be cached by its reader for an hour. */
const CACHED = { 'Cache-Control': 'private, max-age=3600, immutable' }

const EXTRACT = { text: p.string(), resolve: p.bool().default(false) }
const LIMIT = { limit: p.int().default(1) }

export const extractReferences = defineEndpoint({
  id: 'core-reference_api-extract',
  app: 'core',
  method: 'POST',
  path: '/references/extract',
  access: 'user',
  summary: 'Find addresses in a text',
  input: { ...EXTRACT, ...LIMIT },
  output: referencesSchema,
  handle: ({ input, me, world, request, ok }) => {
    const found = extract(input.text).slice(0, input.limit)
    if (input.resolve) return ok(resolveAll({ world, request, userId: me }, found, input.limit))
    return ok({ references: Object.fromEntries(found.map((each) => [each, null])) })
  },
})

export const extractPublicReferences = defineEndpoint({
  id: 'core-reference_api-extract-public',
  app: 'core',
  method: 'POST',
  path: '/references/extractPublic',
  access: 'public',
  summary: 'Find addresses in a text, for viewers of a public share',
  input: { ...EXTRACT, sharingToken: p.string(), ...LIMIT },
  output: referencesSchema,
  handle: ({ input, world, request, ok }) => {
    const limit = Math.min(input.limit, PUBLIC_LIMIT)
    const found = extract(input.text).slice(0, limit)
    if (input.resolve) return ok(resolveAll({ world, request, userId: null }, found, limit))
    return ok({ references: Object.fromEntries(found.map((each) => [each, null])) })
  },
})

export const resolveOneReference = defineEndpoint({
  id: 'core-reference_api-resolve-one',
  app: 'core',
  method: 'GET',
  path: '/references/resolve',
  access: 'user',
  summary: 'What stands behind an address',
  input: { reference: p.string() },
  output: referencesSchema,
  probe: { reference: 'https://example.org' },
  notImplemented: ['Pages of profiles, and what other pages say about themselves'],
  handle: ({ input, me, world, request, ok }) => {
    const found = resolve({ world, request, userId: me }, input.reference)
    return ok({ references: { [input.reference]: found } }, { headers: CACHED })
  },
})

export const resolveOnePublicReference = defineEndpoint({
  id: 'core-reference_api-resolve-one-public',
  app: 'core',
  method: 'GET',
  path: '/references/resolvePublic',
  access: 'public',
  summary: 'What stands behind an address, for viewers of a public share',
  input: { reference: p.string(), sharingToken: p.string() },
  output: referencesSchema,
  probe: { reference: 'https://example.org', sharingToken: 'any' },
  handle: ({ input, world, request, ok }) => {
    const found = resolve({ world, request, userId: null }, input.reference)
    return ok({ references: { [input.reference]: found } }, { headers: CACHED })
  },
})

export const resolveReferences = defineEndpoint({
  id: 'core-reference_api-resolve',
  app: 'core',
  method: 'POST',
  path: '/references/resolve',
  access: 'user',
  summary: 'What stands behind several addresses',
  input: { references: p.array(), ...LIMIT },
  output: referencesSchema,
  handle: ({ input, me, world, request, ok }) =>
    ok(resolveAll({ world, request, userId: me }, Object.values(input.references).map(String), input.limit)),
})

export const resolvePublicReferences = defineEndpoint({
  id: 'core-reference_api-resolve-public',
  app: 'core',
  method: 'POST',
  path: '/references/resolvePublic',
  access: 'public',
  summary: 'What stands behind several addresses, for viewers of a public share',
  input: { references: p.array(), sharingToken: p.string(), ...LIMIT },
  output: referencesSchema,
  handle: ({ input, world, request, ok }) => {
    const limit = Math.min(input.limit, PUBLIC_LIMIT)
    return ok(resolveAll({ world, request, userId: null }, Object.values(input.references).map(String), limit))
  },
})

/** Providers that people can search with, by the app that brings them. */
const PROVIDERS = [
  {
    app: 'profile',
    id: 'profile_picker',
    title: 'Profile picker',
    icon_url: '/apps/profile/img/app-dark.svg',
    order: 10,
  },
  { app: 'files', id: 'files', title: 'Files', icon_url: '/apps/files/img/folder.svg', order: 0 },
] as const

export const getReferenceProviders = defineEndpoint({
  id: 'core-reference_api-get-providers-info',
  app: 'core',
  method: 'GET',
  path: '/references/providers',
  access: 'user',
  summary: 'Providers of references that people can search with',
  output: s.list(s.object({ id: s.string(), title: s.string(), icon_url: s.string(), order: s.int() })),
  handle: ({ world, ok }) =>
    ok(PROVIDERS.filter(({ app }) => apps.isEnabled(world, app)).map(({ app: _, ...provider }) => provider)),
})

export const touchReferenceProvider = defineEndpoint({
  id: 'core-reference_api-touch-provider',
  app: 'core',
  method: 'PUT',
  path: '/references/provider/{providerId}',
  access: 'user',
  summary: 'Remember when a provider was used',
  input: { providerId: p.string(), timestamp: p.int().orNull() },
  output: s.object({ success: s.bool() }),
  handle: ({ input, me, world, ok }) => {
    if (!PROVIDERS.some(({ id }) => id === input.providerId)) return ok({ success: false })
    const at = input.timestamp ?? world.clock.seconds()
    config.setUser(world, me, 'references', `provider-last-use_${input.providerId}`, String(at))
    return ok({ success: true })
  },
})
