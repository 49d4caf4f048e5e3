import { describe, expect, it } from 'vitest'
import { Control } from './support.ts'

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

  it('are limited in number, and the limit is no answer of the product', async () => {
    const control = new Control()
    for (let i = 0; i < 1000; i++) await control.answer('GET', `/w/${i}/status.php`)
    const refused = await control.answer('GET', '/w/more/status.php')
    expect(refused.status).toBe(503)
    expect(String(refused.body)).toMatch(/there are 1000 already/)
    expect((await control.answer('GET', '/w/5/status.php')).status).toBe(200)
    expect((await control.answer('GET', `/w/${'x'.repeat(101)}/status.php`)).status).toBe(503)
    expect((await control.ask('DELETE', '/worlds')).status).toBe(200)
    expect((await control.answer('GET', '/w/more/status.php')).status).toBe(200)
  })

  it('may have a name that is no proper percent encoding', async () => {
    expect((await new Control().answer('GET', '/w/%zz/status.php')).status).toBe(200)
  })
})
