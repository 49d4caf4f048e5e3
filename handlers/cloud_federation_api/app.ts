import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'
import { ocmProvider, wellKnownOcm } from './discovery.ts'

export const app = defineApp('cloud_federation_api', {
  capabilities: [capabilities],
  routes: [ocmProvider, wellKnownOcm],
})
