import { describe, expect, it } from 'vitest'
import { Router } from '#line/route.ts'

function routerOf(...templates: [method: string, template: string][]): Router<string> {
  const router = new Router<string>()
  for (const [method, template] of templates) router.add(method, template, `${method} ${template}`)
  return router
}

const router = routerOf(
  ['GET', '/cloud/users'],
  ['GET', '/cloud/users/{userId}'],
  ['DELETE', '/cloud/users/{userId}'],
  ['GET', '/cloud/users/details'],
  ['GET', '/cloud/users/{userId}/groups'],
  ['GET', '/apps/x/{apiVersion:v1|v2}/list'],
  ['GET', '/apps/x/{name}/list'],
  ['*', '/dav/{path:.*}'],
)

describe('the router', () => {
  it('prefers a fixed segment to a parameter', () => {
    expect(router.match('GET', '/cloud/users/details')).toMatchObject({ value: 'GET /cloud/users/details' })
  })

  it('hands over parameters by name', () => {
    expect(router.match('GET', '/cloud/users/alice/groups')).toEqual({
      value: 'GET /cloud/users/{userId}/groups',
      params: { userId: 'alice' },
    })
  })

  it('tells a wrong method from an unknown route', () => {
    expect(router.match('PUT', '/cloud/users/alice')).toBe('wrong-method')
    expect(router.match('GET', '/cloud/nope')).toBe('unknown')
    expect(router.match('GET', '/cloud/users/')).toBe('unknown')
    expect(router.match('GET', '/Cloud/users')).toBe('unknown')
  })

  it('knows all that is at a path, whatever the method', () => {
    expect(router.at('/cloud/users/alice')).toEqual(['GET /cloud/users/{userId}', 'DELETE /cloud/users/{userId}'])
    expect(router.at('/dav/a/b')).toEqual(['* /dav/{path:.*}'])
    expect(router.at('/cloud/nope')).toEqual([])
    expect(router.at('/cloud/users/details', (value) => value.includes('{'))).toEqual([
      'GET /cloud/users/{userId}',
      'DELETE /cloud/users/{userId}',
    ])
  })

  it('falls back from a fixed segment to a parameter for another method', () => {
    expect(router.match('DELETE', '/cloud/users/details')).toMatchObject({ params: { userId: 'details' } })
  })

  it('tries narrow parameters before open ones', () => {
    expect(router.match('GET', '/apps/x/v2/list')).toMatchObject({ params: { apiVersion: 'v2' } })
    expect(router.match('GET', '/apps/x/v3/list')).toMatchObject({ params: { name: 'v3' } })
  })

  it('decodes before it matches, so an encoded slash separates', () => {
    expect(router.match('GET', '/cloud/users/a%20b')).toMatchObject({ params: { userId: 'a b' } })
    expect(router.match('GET', '/cloud/users/a%2Fb')).toBe('unknown')
  })

  it('takes the rest of a path, empty or not, for any method', () => {
    expect(router.match('PROPFIND', '/dav/a/b')).toMatchObject({ params: { path: 'a/b' } })
    expect(router.match('PROPFIND', '/dav/')).toMatchObject({ params: { path: '' } })
  })

  it('does not see routes that do not exist at the moment', () => {
    expect(router.match('GET', '/cloud/users', () => false)).toBe('unknown')
    expect(router.match('PUT', '/cloud/users', () => false)).toBe('unknown')
  })
})
