import { describe, vi } from 'vitest'
import {
  DataResponse,
  definePhpApp,
  OCSBadRequestException,
  OCSException,
  OCSForbiddenException,
  OCSNotFoundException,
  p,
} from '#index.ts'
import { everyWay, expect, it } from '../support/ways.ts'

const yourapp = definePhpApp('yourapp', {
  routes: {
    ocs: [
      { name: 'Bar#getFoo', url: '/foobar', verb: 'GET' },
      { name: 'Bar#getOne', url: '/foobar/{id}', verb: 'GET', requirements: { id: '\\d+' } },
      { name: 'Bar#add', url: '/foobar', verb: 'POST' },
      { name: 'Bar#fail', url: '/fail/{how}', verb: 'GET' },
      { name: 'Bar#open', url: '/open' },
    ],
  },
  controllers: {
    Bar: {
      getFoo: () => new DataResponse({ foo: 'bar' }),
      getOne: {
        noAdminRequired: true,
        parameters: { id: p.int(), deep: p.bool().default(false) },
        run: ({ id, deep }, { userId }) => ({ id, deep, userId }),
      },
      add: { noAdminRequired: true, run: ({ title }) => new DataResponse({ title }, 201, { 'X-Added': 'yes' }) },
      fail: { noAdminRequired: true, run: ({ how }) => fail(how) },
      open: { publicPage: true, run: (_, { userId }) => new DataResponse({ userId }) },
    },
  },
})

function fail(how: unknown): never {
  switch (how) {
    case 'bad-request':
      throw new OCSBadRequestException('That is not right')
    case 'forbidden':
      throw new OCSForbiddenException()
    case 'not-found':
      throw new OCSNotFoundException('Nothing here')
    case 'own':
      throw new OCSException('Only ours', 123)
    case 'unknown':
      throw new OCSException('No code')
    default:
      throw new TypeError('a bug of the app')
  }
}

everyWay(
  "an app of one's own",
  { users: [{ id: 'alice', password: 'secret' }] },
  (way) => {
    const as = 'alice:secret'

    it('answers what its method returns', async () => {
      const answer = await way.ask('GET', '/apps/yourapp/foobar', { as: 'admin:admin' })
      expect(answer.code).toBe(200)
      answer.expectData({ foo: 'bar' })
    })

    it('is for administrators unless it says otherwise, and for accounts unless it is public', async () => {
      expect((await way.ask('GET', '/apps/yourapp/foobar', { as })).code).toBe(403)
      expect((await way.ask('GET', '/apps/yourapp/foobar/1')).code).toBe(997)
      const open = await way.ask('GET', '/apps/yourapp/open')
      open.expectData({ userId: null })
    })

    it('gets its parameters by name, cast to their types', async () => {
      const answer = await way.ask('GET', '/apps/yourapp/foobar/7?deep=true', { as })
      answer.expectData({ id: 7, deep: true, userId: 'alice' })
    })

    it('has no route where a parameter does not fit its requirement', async () => {
      expect((await way.ask('GET', '/apps/yourapp/foobar/x', { as })).code).toBe(998)
    })

    it('sets status and headers', async () => {
      const answer = await way.ask('POST', '/apps/yourapp/foobar', { as, json: { title: 'New' } })
      expect([answer.status, answer.code]).toEqual([way.version === 1 ? 200 : 201, 201])
      expect(answer.headers.get('x-added')).toBe('yes')
      answer.expectData({ title: 'New' })
    })

    it.each([
      ['bad-request', 400, 'That is not right', 400],
      ['forbidden', 403, '', 403],
      ['not-found', 404, 'Nothing here', 404],
      ['own', 123, 'Only ours', 400],
      ['unknown', 999, 'No code', 500],
      ['bug', 996, 'Internal Server Error\n', 500],
    ])('turns the exception %s into %i', async (how, code, message, http) => {
      const log = vi.spyOn(console, 'error').mockImplementation(() => {})
      const answer = await way.ask('GET', `/apps/yourapp/fail/${how}`, { as })
      expect(log).toHaveBeenCalledTimes(how === 'bug' ? 1 : 0)
      log.mockRestore()
      expect([answer.code, answer.message, answer.status]).toEqual([code, message, way.version === 1 ? 200 : http])
    })

    it('can be disabled like any other app', async () => {
      way.ocs.reset({ apps: { disabled: ['yourapp'] } })
      expect((await way.ask('GET', '/apps/yourapp/foobar', { as: 'admin:admin' })).code).toBe(998)
    })
  },
  { apps: [yourapp] },
)

describe('a definition with a mistake', () => {
  it('names the route without a method', () => {
    const wrong = () =>
      definePhpApp('x', { routes: { ocs: [{ name: 'Bar#nope', url: '/nope' }] }, controllers: { Bar: {} } })
    expect(wrong).toThrow('the route "Bar#nope" (/nope) has no method. Add controllers.Bar.nope.')
  })

  it('refuses an id that no app can have', () => {
    expect(() => definePhpApp('Your App', { routes: { ocs: [] }, controllers: {} })).toThrow(/"Your App".*lower-case/)
  })
})
