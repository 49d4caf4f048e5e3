import { defineEndpoint, s } from '#app/index.ts'
import * as users from '#world/accounts/users.ts'

export const getUsersList = defineEndpoint({
  id: 'app_api-ocs_api-getnc-users-list',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/users',
  access: 'app-api',
  csrf: false,
  summary: 'Ids of all accounts, sorted by their names',
  output: s.list(s.string()),
  handle: ({ world, ok }) => ok(users.searchByName(world).map(({ id }) => id)),
})
