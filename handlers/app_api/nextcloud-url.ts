import { defineEndpoint, p, s } from '#app/index.ts'
import { getSystem } from '#world/settings/config.ts'

export const getNextcloudUrl = defineEndpoint({
  id: 'app_api-ocs_ex_app-get-nextcloud-url',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/info/nextcloud_url',
  access: 'admin',
  csrf: false,
  summary: 'The address of the server as the request has it',
  output: s.object({ base_url: s.string() }),
  handle: ({ request, ok }) => ok({ base_url: request.baseUrl }),
})

export const getNextcloudAbsoluteUrl = defineEndpoint({
  id: 'app_api-ocs_api-get-nextcloud-absolute-url',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/info/nextcloud_url/absolute',
  access: 'app-api',
  csrf: false,
  summary: 'A path with the configured address of the server in front',
  input: { url: p.string() },
  output: s.object({ absolute_url: s.string() }),
  probe: { url: '/apps' },
  handle: ({ input, world, ok }) => {
    const base = getSystem(world, 'overwrite.cli.url', '').replace(/\/+$/, '')
    return ok({ absolute_url: `${base}/${input.url.replace(/^\/+/, '')}` })
  },
})
