import { describe, expect, it } from 'vitest'
import { ControlledMock } from '#control/controlled-mock.ts'
import { createOcsMock } from '#index.ts'
import { Control, callOf } from './support.ts'

describe('the control API', () => {
  it('says how it is', async () => {
    const { status, body } = await new Control().ask('GET', '/health')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'ok', profile: 'nextcloud-34', product: 'Nextcloud 34.0.1', world: '' })
    expect(body.uptime).toBeGreaterThan(0)
  })

  it('lists what it has', async () => {
    for (const path of ['', '/']) {
      const { body } = await new Control().ask('GET', path)
      expect(body.calls).toContainEqual({ call: 'GET /__admin/health', does: 'profile, version, uptime' })
    }
  })

  it('tells a call that there is not from one with another method', async () => {
    const control = new Control()
    expect(await control.ask('GET', '/nothing')).toMatchObject({ status: 404, body: { error: /has no GET/ } })
    expect(await control.ask('DELETE', '/health')).toMatchObject({ status: 405 })
  })

  it('is absent from the journal', async () => {
    const control = new Control()
    await control.ask('GET', '/health')
    await control.answer('GET', '/status.php')
    const { body } = await control.ask('GET', '/requests')
    expect(body.requests.map(({ path }: { path: string }) => path)).toEqual(['/status.php'])
  })

  it('says what is wrong with a body', async () => {
    const control = new Control()
    const broken = await control.ask('POST', '/reset', { text: '{"users": [' })
    expect(broken.status).toBe(400)
    expect(broken.body.error).toMatch(/^Failed to read the body as JSON: /)
    const wrong = await control.ask('POST', '/reset', { json: { users: [{}] } })
    expect(wrong).toEqual({ status: 400, body: { error: 'Failed to seed users[0].id: this is missing.' } })
  })

  it('resets to the starting world, with a seed laid over it', async () => {
    const control = new Control({ seed: { groups: ['first'] } })
    await control.ask('POST', '/reset', { json: { groups: ['second'] } })
    expect(await control.groups()).toEqual(['admin', 'first', 'second'])
    await control.ask('POST', '/reset')
    expect(await control.groups()).toEqual(['admin', 'first'])
  })
})

describe('worlds', () => {
  it('are chosen by the header or by the path, and are made from the starting world', async () => {
    const control = new Control({ seed: { groups: ['start'] } })
    await control.ask('POST', '/reset', { json: { groups: ['default'] } })
    await control.ask('POST', '/reset', { json: { groups: ['one'] }, headers: { 'x-ocs-mock-world': 'w 1' } })
    expect(await control.groups()).toEqual(['admin', 'start', 'default'])
    expect(await control.groups({ 'x-ocs-mock-world': 'w 1' })).toEqual(['admin', 'start', 'one'])
    expect(await control.groups({ 'x-ocs-mock-world': 'w 2' })).toEqual(['admin', 'start'])
    const { body } = await control.answer('GET', '/w/w%201/__admin/health')
    expect(JSON.parse(String(body)).world).toBe('w 1')
  })

  it('build links below their path', async () => {
    const control = new Control()
    const { headers } = await control.answer('GET', '/w/a/ocs/v2.php/cloud/apps', { headers: { accept: 'text/html' } })
    expect(headers.find(([name]) => name === 'Location')?.[1]).toMatch(/^\/w\/a\//)
  })

  it('can be listed and forgotten', async () => {
    const control = new Control()
    const inWorld = { headers: { 'x-ocs-mock-world': 'a' } }
    await control.ask('POST', '/reset', { ...inWorld, json: { groups: ['one'] } })
    expect((await control.ask('GET', '/worlds')).body).toEqual({ worlds: ['a'] })
    expect((await control.ask('DELETE', '/worlds/a')).status).toBe(200)
    expect((await control.ask('DELETE', '/worlds/a')).status).toBe(404)
    expect(await control.groups(inWorld.headers)).toEqual(['admin'])
    await control.ask('DELETE', '/worlds')
    expect((await control.ask('GET', '/worlds')).body).toEqual({ worlds: [] })
  })

  it('are limited in number: the one that was used longest ago goes, and starts anew when it is named', async () => {
    const mock = new ControlledMock(createOcsMock(), { worlds: 3 })
    const ask = (path: string, method = 'GET', json?: unknown) => mock.handle(callOf(method, path, { json }))
    const names = async () => JSON.parse(String((await ask('/__admin/worlds')).body)).worlds
    for (const name of ['a', 'b', 'c']) await ask(`/w/${name}/__admin/reset`, 'POST', { groups: [name] })
    await ask('/w/a/status.php')
    expect((await ask('/w/d/status.php')).status).toBe(200)
    expect(await names()).toEqual(['c', 'a', 'd'])
    expect(String((await ask('/w/b/__admin/state')).body)).not.toContain('"b":{')
    expect(String((await ask('/w/a/__admin/state')).body)).toContain('"a":{')
  })

  it('have names of some length at most, which is no answer of the product', async () => {
    expect((await new Control().answer('GET', `/w/${'x'.repeat(101)}/status.php`)).status).toBe(503)
  })

  it('may have a name that is no proper percent encoding', async () => {
    expect((await new Control().answer('GET', '/w/%zz/status.php')).status).toBe(200)
  })
})
