import { defineEndpoint, p, s } from '#app/index.ts'
import * as users from '#world/accounts/users.ts'

export const getConfig = defineEndpoint({
  id: 'core-owncloud:GET /config',
  products: ['owncloud'],
  app: 'core',
  exit: 'legacy',
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
  handle: ({ request, ok }) =>
    ok({
      version: '1.7',
      website: 'ownCloud',
      host: request.host,
      contact: '',
      ssl: request.baseUrl.startsWith('https:') ? 'true' : 'false',
    }),
})

/** The oldest login check of OCS. */
export const checkPerson = defineEndpoint({
  id: 'core-owncloud:POST /person/check',
  products: ['owncloud'],
  app: 'core',
  exit: 'legacy',
  method: 'POST',
  path: '/person/check',
  access: 'public',
  summary: 'Whether a login name and a password belong together',
  input: { login: p.string().default(''), password: p.string().default('') },
  output: s.object({ person: s.object({ personid: s.string() }) }),
  failures: { 101: '', 102: '' },
  probe: { login: 'nobody', password: 'wrong' },
  handle: ({ input: { login, password }, world, ok, fail }) => {
    if (login === '' || password === '') return fail(101)
    const user = users.findByLogin(world, login)
    return user && users.checkPassword(user, password) ? ok({ person: { personid: user.id } }) : fail(102)
  },
})
