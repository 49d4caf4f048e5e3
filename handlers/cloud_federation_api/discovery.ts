import { defineRoute } from '#app/index.ts'
import { jsonAnswer } from '#line/call.ts'
import { discovery } from './capabilities.ts'

const route = { app: 'cloud_federation_api', methods: ['GET'], identify: true } as const
const summary = 'What other servers can share with this one, and how'

/** As other servers look for it: Open Cloud Mesh. */
export const ocmProvider = defineRoute({
  ...route,
  id: 'cloud_federation_api-ocm-discovery',
  path: '/index.php/ocm-provider/',
  summary,
  handle: (args) => ({
    ...jsonAnswer(200, discovery(args), [['X-NEXTCLOUD-OCM-PROVIDERS', '1']]),
    headers: [
      ['Content-Type', 'application/json'],
      ['X-NEXTCLOUD-OCM-PROVIDERS', '1'],
    ],
  }),
})

export const wellKnownOcm = defineRoute({
  ...route,
  id: 'cloud_federation_api-ocm-well-known',
  path: '/index.php/.well-known/ocm',
  summary,
  handle: (args) => jsonAnswer(200, discovery(args), [['X-NEXTCLOUD-WELL-KNOWN', '1']]),
})
