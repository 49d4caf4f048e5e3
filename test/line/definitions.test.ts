import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineEndpoint, definePhpApp, defineRoute, p, s } from '#index.ts'
import type { CallerTraits } from '#line/operation.ts'
import { scriptOf } from '#line/scripts.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as exApps from '#world/exapps/exapps.ts'
import { shippedEndpoints } from '../support/catalogue.ts'

/** An operation that tells who calls. */
const operation = (name: string, traits: CallerTraits = {}) =>
  defineEndpoint({
    id: `yourapp-${name}`,
    app: 'yourapp',
    method: 'GET',
    path: `/apps/yourapp/${name}`,
    access: 'public',
    csrf: false,
    summary: 'Who calls',
    output: s.any(),
    ...traits,
    handle: ({ actor, ok }) => ok({ via: actor.via }),
  })

const yourapp = defineApp('yourapp', {
  endpoints: [
    operation('open'),
    operation('once', { oneTimeToken: true }),
    operation('always', { disabledExApps: 'always' }),
    operation('installing', { disabledExApps: 'while-installing' }),
  ],
  routes: [
    defineRoute({
      id: 'yourapp-page',
      app: 'yourapp',
      methods: ['GET'],
      path: '/index.php/apps/yourapp/page',
      identify: true,
      oneTimeToken: true,
      summary: 'Who calls',
      handle: ({ actor }) => ({ status: 200, headers: [], body: actor.via }),
    }),
  ],
})

const cloud = () => {
  const ocs = createOcsMock({
    apps: [yourapp],
    seed: {
      users: [{ id: 'alice' }],
      daemons: [{ name: 'manual_install' }],
      exApps: [{ id: 'asleep', daemon: 'manual_install', port: 9032, secret: 's', enabled: false }],
    },
  })
  const ask = async (path: string, headers: Record<string, string>, method = 'GET') => {
    const response = await ocs.fetch(`https://cloud.example.com${path}`, { headers, method })
    return { status: response.status, text: await response.text() }
  }
  return { ocs, ask }
}

describe('a one-time token', () => {
  const spend = async (path: string, method = 'GET') => {
    const { ocs, ask } = cloud()
    const made = { userId: 'alice', loginName: 'alice', name: 'QR code', type: 'one-time' } as const
    const { token } = tokens.create(ocs.world, made)
    const answer = await ask(path, { Authorization: `Basic ${btoa(`alice:${token}`)}` }, method)
    return { ...answer, isSpent: tokens.find(ocs.world, token) === undefined }
  }

  it('lets in where a definition says so, over OCS and elsewhere', async () => {
    const once = await spend('/ocs/v2.php/apps/yourapp/once')
    expect(once).toMatchObject({ status: 200, isSpent: true })
    expect(once.text).toContain('<via>one-time</via>')
    expect(await spend('/index.php/apps/yourapp/page')).toEqual({ status: 200, text: 'one-time', isSpent: true })
  })

  it('is spent and a wrong password anywhere else', async () => {
    expect(await spend('/ocs/v2.php/apps/yourapp/open')).toMatchObject({ status: 401, isSpent: true })
    expect(await spend('/ocs/v2.php/apps/yourapp/nosuch')).toMatchObject({ status: 401, isSpent: true })
  })

  it('is known by the address, whatever the method', async () => {
    expect(await spend('/ocs/v2.php/apps/yourapp/once', 'DELETE')).toMatchObject({ status: 405, isSpent: true })
  })
})

describe('a disabled ExApp', () => {
  const call = async (name: string, type: string) => {
    const { ocs, ask } = cloud()
    exApps.setStatus(ocs.world, 'asleep', { type })
    const headers = { 'EX-APP-ID': 'asleep', 'EX-APP-VERSION': '1.0.0', 'AUTHORIZATION-APP-API': btoa(':s') }
    const { text } = await ask(`/ocs/v2.php/apps/yourapp/${name}`, headers)
    return /<via>(.*)<\/via>/.exec(text)?.[1]
  }

  it.each([
    ['open', '', 'anonymous'],
    ['open', 'install', 'anonymous'],
    ['always', '', 'app-api'],
    ['installing', '', 'anonymous'],
    ['installing', 'install', 'app-api'],
    ['installing', 'update', 'app-api'],
  ])('at %s, with "%s" going on, is %s', async (name, type, via) => {
    expect(await call(name, type)).toBe(via)
  })
})

describe('a parameter that says how many to answer', () => {
  it('has the range of the dispatcher in all operations that ship', () => {
    const limits = shippedEndpoints.flatMap(({ id, input }) => (input?.limit ? [[id, input.limit.options.limits]] : []))
    expect(limits.length).toBeGreaterThan(10)
    expect(limits.filter(([, isLimit]) => !isLimit)).toEqual([])
  })

  it('has it in the form that PHP has, too, and only there by its name', async () => {
    const php = definePhpApp('phpapp', {
      routes: { ocs: [{ name: 'List#all', url: '/all' }] },
      controllers: {
        List: {
          all: { publicPage: true, noCSRFRequired: true, parameters: { limit: p.int().default(0) }, run: () => [] },
        },
      },
    })
    const { input } = php.endpoints[0]!
    expect([input!.limit!.options.limits, p.int().options.limits]).toEqual([true, undefined])
    const ocs = createOcsMock({ apps: [php] })
    const ask = async (limit: number) =>
      (await ocs.fetch(`https://cloud.example.com/ocs/v2.php/apps/phpapp/all?limit=${limit}`)).status
    expect([await ask(0), await ask(500), await ask(501), await ask(-1)]).toEqual([200, 200, 500, 500])
  })
})

describe('the scripts of the product', () => {
  it.each([
    ['/', { speaks: 'page', needsSameSite: false }],
    ['/index.php', { speaks: 'page', needsSameSite: false, hasControllers: true }],
    ['/index.php/s/token', { speaks: 'page', needsSameSite: false }],
    ['/remote.php/dav/files/alice', { speaks: 'dav', needsSameSite: true, hasControllers: false }],
    ['/public.php/webdav', { speaks: 'dav', needsSameSite: false }],
    ['/status.php', { speaks: null, needsSameSite: false }],
    ['/ocs/v2.php/cloud/user', { speaks: null, needsSameSite: true }],
    ['/index.phpx', { speaks: 'page', needsSameSite: false, hasControllers: true }],
    ['/login/v2', { speaks: 'page', needsSameSite: false, hasControllers: true }],
  ])('%s', (path, script) => {
    expect(scriptOf(path)).toMatchObject(script)
  })
})
