import { defineEndpoint, s } from '#app/index.ts'

/** The oldest part of OCS: what kind of service this is. */
export const getConfig = defineEndpoint({
  id: 'core-ocs-get-config',
  app: 'core',
  method: 'GET',
  path: '/config',
  access: 'public',
  summary: 'Version of the Open Collaboration Services and the host that serves them',
  output: s.object({
    version: s.string(),
    website: s.string(),
    host: s.string(),
    contact: s.string(),
    ssl: s.literal('true', 'false'),
  }),
  handle: ({ profile, request, ok }) =>
    ok({
      version: '1.7',
      website: profile.productName,
      host: request.host,
      contact: '',
      ssl: request.baseUrl.startsWith('https:') ? 'true' : 'false',
    }),
})
