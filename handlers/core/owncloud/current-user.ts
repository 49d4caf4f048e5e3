import { defineEndpoint, s } from '#app/index.ts'
import * as users from '#world/accounts/users.ts'

export const getCurrentUser = defineEndpoint({
  id: 'core-owncloud:GET /cloud/user',
  products: ['owncloud'],
  app: 'core',
  method: 'GET',
  path: '/cloud/user',
  access: 'user',
  summary: 'Who the caller is',
  output: s.object({ id: s.string(), 'display-name': s.string(), email: s.nullable(s.string()) }),
  handle: ({ world, me, ok }) => {
    const { id, displayName, email } = users.find(world, me)!
    return ok({ id, 'display-name': displayName, email })
  },
})
