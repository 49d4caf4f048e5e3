import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createOcsMock, DataResponse, definePhpApp, OCSNotFoundException, p, s } from '#index.ts'

const yourapp = definePhpApp('yourapp', {
  routes: {
    ocs: [
      { name: 'bar#get_page', url: '/pages/{chapter}/{page}', requirements: { page: '\\d+' }, defaults: { page: 1 } },
      { name: 'Bar#find', url: '/find', root: '/yours', defaults: { kind: 'any' } },
      { name: 'Bar#find', url: '/search', root: '', postfix: '.old' },
    ],
    routes: [
      { name: 'Page#index', url: '/' },
      { name: 'Page#one', url: '/items/{id}', verb: 'GET' },
      { name: 'Page#add', url: '/items', verb: 'POST' },
    ],
  },
  controllers: {
    Bar: {
      getPage: {
        noAdminRequired: true,
        parameters: { chapter: p.string(), page: p.int() },
        summary: 'One page of a chapter',
        output: s.object({ chapter: s.string(), page: s.int() }),
        failures: { 404: 'no such page' },
        run: ({ chapter, page }) => {
          if (page > 9) throw new OCSNotFoundException('no such page')
          return { chapter, page }
        },
      },
      find: { noAdminRequired: true, run: ({ kind, q }) => new DataResponse({ kind, q }) },
    },
    Page: {
      index: { publicPage: true, run: () => 'Hello' },
      one: { noAdminRequired: true, parameters: { id: p.int() }, run: ({ id }) => new DataResponse({ id }, 202) },
      add: {
        noAdminRequired: true,
        run: ({ title }, { userId }) => {
          if (title === undefined) throw new OCSNotFoundException('pages do not know this')
          return { title, userId }
        },
      },
    },
  },
})

const ocs = createOcsMock({ apps: [yourapp], seed: { users: [{ id: 'alice', password: 'alice' }] } })
beforeEach(() => ocs.reset())

const ALICE = { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' }

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await ocs.fetch(`http://cloud${path}`, { headers: ALICE, ...init })
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type'), text }
}
const data = async (path: string) => JSON.parse((await ask(`/ocs/v2.php${path}`)).text).ocs.data

describe('a route of OCS', () => {
  it('may be named as PHP names it, with underscores', async () => {
    expect(await data('/apps/yourapp/pages/a/3?format=json')).toEqual({ chapter: 'a', page: 3 })
  })

  it('does without a parameter at its end that has a default', async () => {
    expect(await data('/apps/yourapp/pages/a?format=json')).toEqual({ chapter: 'a', page: 1 })
    expect((await ask('/ocs/v2.php/apps/yourapp/pages?format=json')).status).toBe(404)
  })

  it('stands below its root, with defaults beside what is sent', async () => {
    expect(await data('/yours/find?format=json&q=x')).toEqual({ kind: 'any', q: 'x' })
    expect(await data('/yours/find?format=json&kind=own')).toMatchObject({ kind: 'own' })
    expect(await data('/search?format=json&q=x')).toMatchObject({ q: 'x' })
  })

  it('has an id of its own by its postfix', async () => {
    expect(yourapp.endpoints.map(({ id }) => id)).toEqual([
      'yourapp-bar-get_page',
      'yourapp-bar-get_page-without-page',
      'yourapp-Bar-find',
      'yourapp-Bar-find.old',
      'yourapp-Page-index',
      'yourapp-Page-one',
      'yourapp-Page-add',
    ])
  })

  it('declares what its method declares', () => {
    const [endpoint] = yourapp.endpoints
    expect(endpoint).toMatchObject({ summary: 'One page of a chapter', failures: { 404: 'no such page' } })
    expect(endpoint!.output.toJsonSchema()).toMatchObject({ type: 'object', required: ['chapter', 'page'] })
  })
})

describe('a route of index.php', () => {
  it('answers plain JSON', async () => {
    expect(await ask('/index.php/apps/yourapp/', { headers: { 'OCS-APIRequest': 'true' } })).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      text: '"Hello"',
    })
    expect(await ask('/index.php/apps/yourapp/items/7')).toMatchObject({ status: 202, text: '{"id":7}' })
  })

  it('gets forms and JSON', async () => {
    const body = new URLSearchParams({ title: 'New' })
    const answer = await ask('/index.php/apps/yourapp/items', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 200, text: '{"title":"New","userId":"alice"}' })
  })

  it('knows no OCSException', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const answer = await ask('/index.php/apps/yourapp/items', { method: 'POST' })
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
    expect(answer).toMatchObject({ status: 500, type: 'text/html; charset=UTF-8' })
  })
})

describe('a definition with a mistake', () => {
  const run = () => null
  const define = (name: string, controllers: Record<string, Record<string, () => null>>) => () =>
    definePhpApp('x', { routes: { ocs: [{ name, url: '/nope' }] }, controllers })

  it.each([
    ['Bar#nope', { Bar: {} }, 'the route "Bar#nope" (/nope) has no method. Add controllers.Bar.nope.'],
    ['Bar#getFo', { Bar: { getFoo: run } }, 'Add controllers.Bar.getFo. Did you mean "getFoo"?'],
    ['Barr#getFoo', { Bar: { getFoo: run } }, 'Add controllers.Barr.getFoo. Did you mean "Bar"?'],
    ['getFoo', { Bar: { getFoo: run } }, 'the route "getFoo" (/nope) names no method. Write its name as "Controller#'],
  ])('names the route %s', (name, controllers, message) => {
    expect(define(name, controllers)).toThrow(`Failed to define the app "x": `)
    expect(define(name, controllers)).toThrow(message)
  })

  it('names the member of a method', () => {
    const routes = { ocs: [{ name: 'Bar#a', url: '/a' }] }
    const misspelt = { noAdminRequred: true, run }
    expect(() => definePhpApp('x', { routes, controllers: { Bar: { a: misspelt } } })).toThrow(
      'the route "Bar#a" has a method with an unknown member "noAdminRequred". Did you mean "noAdminRequired"?',
    )
  })
})
