import { defineEndpoint, p, s } from '#app/index.ts'

export const getRelatedResources = defineEndpoint({
  id: 'related_resources-api-get-related-resources',
  app: 'related_resources',
  method: 'GET',
  path: '/apps/related_resources/related/{providerId}',
  access: 'user',
  summary: 'What else was shared with those with whom something was shared',
  input: {
    providerId: p.string(),
    itemId: p.string(),
    limit: p.limit().default(0),
    resourceType: p.string().default(''),
  },
  output: s.list(s.any()),
  probe: { providerId: 'files', itemId: '1' },
  notImplemented: ['relations: nothing is ever related'],
  handle: ({ ok }) => ok([]),
})
