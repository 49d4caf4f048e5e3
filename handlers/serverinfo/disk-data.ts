import { defineEndpoint, s } from '#app/index.ts'
import { hostOf } from './host.ts'

export const diskData = defineEndpoint({
  id: 'serverinfo:GET /apps/serverinfo/api/v1/diskdata',
  app: 'serverinfo',
  method: 'GET',
  path: '/apps/serverinfo/api/v1/diskdata',
  access: 'admin',
  summary: 'Gibibytes used and free on each disk',
  output: s.list(s.list(s.number())),
  handle: ({ world, profile, ok }) => ok(hostOf(world, profile).disks),
})
