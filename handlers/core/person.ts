import { defineEndpoint, p, s } from '#app/index.ts'
import * as users from '#world/accounts/users.ts'

/** The oldest login check of OCS. An address that an account has is no login here. */
export const checkPerson = defineEndpoint({
  id: 'core-ocs-person-check',
  app: 'core',
  method: 'POST',
  path: '/person/check',
  access: 'public',
  summary: 'Whether a login name and a password belong together',
  input: { login: p.string().default(''), password: p.string().default('') },
  output: s.object({ person: s.object({ personid: s.string() }) }),
  responses: { 101: s.empty(), 102: s.empty() },
  probe: { login: 'nobody', password: 'wrong' },
  handle: ({ input: { login, password }, world, ok, respond }) => {
    if (login === '' || password === '') return respond(101)
    const user = users.findByLogin(world, login)
    return user && users.checkPassword(user, password) ? ok({ person: { personid: login } }) : respond(102)
  },
})
