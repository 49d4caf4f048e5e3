import { describe, expect, it } from 'vitest'
import { serve } from '#server.ts'
import { Control } from './support.ts'

const asked = (control: Control, path: string) =>
  control.answer('GET', path, { headers: { 'ocs-apirequest': 'true' } }).then(({ status }) => status)

describe('scenarios over the control API', () => {
  it('are listed with their stories, and how far the current one is', async () => {
    const control = new Control()
    const { body } = await control.ask('GET', '/scenarios')
    expect(body.current).toEqual({ status: 'none' })
    expect(body.scenarios).toContainEqual({ name: 'upgrade', description: expect.stringContaining('newer release') })
  })

  it('start, go on, and stop', async () => {
    const control = new Control()
    const started = await control.ask('POST', '/scenarios/upgrade/start')
    expect(started.body).toMatchObject({
      status: 'running',
      steps: [{ status: 'next', when: 'when advanced' }, { when: 'after 5m' }, { status: 'later' }],
    })
    const gone = await control.ask('POST', '/scenarios/upgrade/advance', { json: { step: 'the upgrade begins' } })
    expect(gone.body.steps.map((one: { status: string }) => one.status)).toEqual(['done', 'done', 'next'])
    expect(await asked(control, '/ocs/v2.php/config')).toBe(503)
    await control.ask('POST', '/clock', { json: { advance: '10m' } })
    expect(await asked(control, '/ocs/v2.php/config')).toBe(200)
    expect((await control.ask('GET', '/scenarios/upgrade')).body.state.status).toBe('done')
    expect((await control.ask('POST', '/scenarios/upgrade/stop')).body).toEqual({ stopped: 'upgrade' })
    expect((await control.ask('GET', '/scenarios')).body.current).toEqual({ status: 'none' })
  })

  it('can be brought along, and each world plays its own', async () => {
    const control = new Control()
    const json = { name: 'mine', steps: [{ expect: { path: '/status.php', times: 1 } }] }
    expect((await control.ask('POST', '/scenarios', { json })).body).toEqual({ kept: 'mine' })
    const headers = { 'x-ocs-mock-world': 'one' }
    await control.ask('POST', '/scenarios/mine/start', { headers })
    expect((await control.ask('POST', '/scenarios/mine/stop')).body.error).toContain('is not played')
    const late = await control.ask('POST', '/scenarios/mine/finish', { headers })
    expect([late.status, late.body.error]).toEqual([409, expect.stringContaining('Expected /status.php exactly once')])
    await control.ask('POST', '/scenarios/mine/start', { headers })
    await control.answer('GET', '/status.php', { headers })
    expect((await control.ask('POST', '/scenarios/mine/finish', { headers })).body).toEqual({ finished: 'mine' })
  })

  it.each<[method: string, path: string, json: unknown, status: number, error: string]>([
    ['POST', '/scenarios/upgade/start', {}, 404, 'Did you mean "upgrade"?'],
    ['POST', '/scenarios/upgrade/start', { rest: true }, 400, '"rest" is unknown'],
    ['POST', '/scenarios/upgrade/advance', {}, 400, 'is not played'],
    ['POST', '/scenarios', { steps: [] }, 400, 'steps: there are none'],
    ['POST', '/scenarios', { steps: [{ disableApp: 'text' }] }, 400, 'it has no "name"'],
    ['POST', '/scenarios', { name: 'x', steps: [{ occ: 1 }] }, 400, 'steps[0].occ: expected one of string, object'],
  ])('refuse what cannot be: %s %s %j', async (method, path, json, status, error) => {
    const answer = await new Control().ask(method, path, { json })
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(error)])
  })
})

describe('faults over the control API', () => {
  it('are added, listed, replaced and ended', async () => {
    const control = new Control()
    const fault = { name: 'broken', on: { path: '/status.php' }, fail: { status: 500 } }
    expect((await control.ask('POST', '/faults', { json: fault })).body).toEqual({ name: 'broken' })
    expect(await asked(control, '/status.php')).toBe(500)
    expect((await control.ask('GET', '/faults')).body).toEqual({
      faults: [{ name: 'broken', fault, matched: 1, applied: 1 }],
    })
    await control.ask('PUT', '/faults', { json: [{ name: 'other', maintenance: true }] })
    expect([await asked(control, '/status.php'), await asked(control, '/ocs/v2.php/config')]).toEqual([200, 503])
    expect((await control.ask('DELETE', '/faults/broken')).status).toBe(404)
    expect((await control.ask('DELETE', '/faults/other')).body).toEqual({ ended: 'other' })
    await control.ask('PUT', '/faults', { json: { faults: [fault] } })
    await control.ask('DELETE', '/faults')
    expect(await asked(control, '/status.php')).toBe(200)
  })

  it('stay as they were where one of them cannot be', async () => {
    const control = new Control()
    await control.ask('POST', '/faults', { json: { name: 'kept', drop: 'request' } })
    const { status, body } = await control.ask('PUT', '/faults', { json: [{ latency: '1s' }, { latncy: '1s' }] })
    expect([status, body.error]).toEqual([400, expect.stringContaining('latncy is unknown')])
    expect((await control.ask('GET', '/faults')).body.faults).toMatchObject([{ name: 'kept' }])
    expect((await control.ask('PUT', '/faults')).status).toBe(400)
  })
})

describe('expectations over the control API', () => {
  it('are met, or say what came instead', async () => {
    const control = new Control()
    await control.answer('GET', '/status.php')
    const expectThat = (json: unknown) => control.ask('POST', '/requests/expect', { json })
    expect(await expectThat({ path: '/status.php', times: 1 })).toEqual({ status: 200, body: { met: true } })
    const { status, body } = await expectThat({ method: 'POST', path: '/status.php' })
    expect([status, body.error]).toEqual([409, expect.stringContaining('method: expected "POST", found "GET"')])
    expect((await expectThat({ times: -1 })).body.error).toContain('"times" is not a whole number')
    expect((await expectThat({ inOrder: [{ pth: '/' }] })).body.error).toContain('the unknown member "pth"')
    expect((await expectThat({ time: 1 })).body.error).toContain('"time" is unknown')
  })
})

describe('events', () => {
  it('tell requests and changes as they happen, until the caller goes', async () => {
    const control = new Control()
    const answer = await control.answer('GET', '/__admin/events')
    expect(String(answer.body)).toBe('event: hello\ndata: {"count":0}\n\n')
    let text = ''
    const stop = answer.stream!((more) => {
      text += more
    })
    await control.answer('GET', '/status.php')
    await control.ask('POST', '/clock', { json: { freeze: true } })
    await control.ask('POST', '/faults', { json: { name: 'x', drop: 'request' } })
    await control.ask('POST', '/scenarios/upgrade/start')
    await control.ask('POST', '/occ', { json: { args: ['group:add', 'staff'] } })
    await control.ask('POST', '/reset')
    const types = [...text.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm)].map(([, type, data]) => [
      type,
      JSON.parse(data!),
    ])
    expect(types).toEqual(
      expect.arrayContaining([
        ['request', expect.objectContaining({ path: '/status.php', status: 200 })],
        ['clock', { now: expect.any(String), frozen: true }],
        ['faults', { faults: [expect.objectContaining({ name: 'x' })] }],
        ['scenario', expect.objectContaining({ name: 'upgrade', status: 'running' })],
        ['world', { type: 'group.created', groupId: 'staff' }],
        ['reset', {}],
      ]),
    )
    stop()
    const before = text
    await control.answer('GET', '/status.php')
    expect(text).toBe(before)
  })
})

describe('events over a port', () => {
  it('come at once, and a caller who goes is no trouble', async () => {
    const server = await serve()
    const ended = new AbortController()
    const stream = await fetch(`${server.url}/__admin/events`, { signal: ended.signal })
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toBe('event: hello\ndata: {"count":0}\n\n')
    await fetch(`${server.url}/status.php`)
    expect((await reader.read()).value).toMatch(/^event: request\ndata: \{"id":1,.*"path":"\/status\.php"/)
    ended.abort()
    await fetch(`${server.url}/status.php`)
    await server.close()
  })
})

describe('the dashboard', () => {
  it('is a page for browsers, and a list of calls for others', async () => {
    const control = new Control()
    const page = await control.answer('GET', '/__admin/', { headers: { accept: 'text/html,*/*' } })
    expect(page.headers).toContainEqual(['Content-Type', 'text/html; charset=utf-8'])
    expect((await control.ask('GET', '/')).body.calls.length).toBeGreaterThan(20)
  })

  it('has the world in numbers', async () => {
    const { body } = await new Control().ask('GET', '/summary')
    expect(body).toMatchObject({ profile: 'nextcloud-34', counts: { accounts: 1, groups: 1, shares: 0 } })
    expect(body.apps.enabled).toContain('files_sharing')
  })
})
