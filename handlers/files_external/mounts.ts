import { defineEndpoint, s } from '#app/index.ts'

/** There are no external storages in the fake, so nobody has one. */
export const getUserMounts = defineEndpoint({
  id: 'files_external-api-get-user-mounts',
  app: 'files_external',
  method: 'GET',
  path: '/apps/files_external/api/v1/mounts',
  access: 'user',
  summary: 'External storages that the caller has',
  output: s.list(
    s.object({
      id: s.int(),
      name: s.string(),
      path: s.string(),
      type: s.literal('dir'),
      backend: s.string(),
      scope: s.literal('system', 'personal'),
      permissions: s.int(),
      class: s.string(),
    }),
  ),
  notImplemented: ['external storages'],
  handle: ({ ok }) => ok(),
})
