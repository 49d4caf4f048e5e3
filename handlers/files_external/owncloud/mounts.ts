import { defineEndpoint, s } from '#app/index.ts'

/** There are no external storages in the fake, so nobody has one. */
export const getUserMounts = defineEndpoint({
  id: 'files_external-owncloud:GET /apps/files_external/api/v1/mounts',
  products: ['owncloud'],
  app: 'files_external',
  exit: 'legacy',
  method: 'GET',
  path: '/apps/files_external/api/v1/mounts',
  access: 'user',
  summary: 'External storages that the caller has',
  output: s.empty(),
  notImplemented: ['external storages'],
  handle: ({ ok }) => ok(),
})
