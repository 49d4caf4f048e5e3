import { describe, expect, it } from 'vitest'
import { Control } from './support.ts'

const frozen = { seed: { clock: { now: '2026-03-01T12:00:00Z', frozen: true } } }

describe('the clock', () => {
  it('is read', async () => {
    expect((await new Control(frozen).ask('GET', '/clock')).body).toEqual({
      now: '2026-03-01T12:00:00.000Z',
      milliseconds: Date.UTC(2026, 2, 1, 12),
      frozen: true,
      due: null,
    })
  })

  it.each([
    [{ advance: '24h' }, { now: '2026-03-02T12:00:00.000Z', frozen: true }],
    [{ advance: 1500 }, { now: '2026-03-01T12:00:01.500Z', frozen: true }],
    [{ set: '2030-01-01T00:00:00Z' }, { now: '2030-01-01T00:00:00.000Z', frozen: true }],
    [{ freeze: '2031-01-01T00:00:00Z' }, { now: '2031-01-01T00:00:00.000Z', frozen: true }],
    [
      { set: 0, advance: '1m' },
      { now: '1970-01-01T00:01:00.000Z', frozen: true },
    ],
    [{ unfreeze: true }, { frozen: false }],
    [{ freeze: false }, { frozen: false }],
  ])('obeys %j', async (json, expected) => {
    const { status, body } = await new Control(frozen).ask('POST', '/clock', { json })
    expect(status).toBe(200)
    expect(body).toMatchObject(expected)
  })

  it('runs, and stands still where it is', async () => {
    const control = new Control()
    await control.ask('POST', '/clock', { json: { set: '2040-01-01T00:00:00Z' } })
    const { body } = await control.ask('POST', '/clock', { json: { freeze: true } })
    expect(body.now).toMatch(/^2040-01-01T00:00:0/)
    expect((await control.ask('GET', '/clock')).body).toEqual(body)
  })

  it.each([
    [{ advance: 'a day' }, 'Failed to read the duration "a day"'],
    [{ advance: true }, '"advance" is not a duration'],
    [{ set: [] }, '"set" is not a moment'],
    [{ set: 0, freeze: 'soon' }, 'Failed to read the moment "soon"'],
    [{ forward: '1h' }, '"forward" is unknown'],
    [[], 'send an object with set, freeze'],
  ])('stays where it is when it is told %j', async (json, problem) => {
    const control = new Control(frozen)
    const { status, body } = await control.ask('POST', '/clock', { json })
    expect(status).toBe(400)
    expect(body.error).toContain(problem)
    expect((await control.ask('GET', '/clock')).body.now).toBe('2026-03-01T12:00:00.000Z')
  })

  it.each([
    { set: 1e300 },
    { set: -1 },
    { set: '99999-01-01' },
    { freeze: 8.64e15 },
    { advance: 1e300 },
    { advance: '-100000000d' },
    { advance: '1'.repeat(100_000) },
  ])('stays within the years that answers can name: %j', async (json) => {
    const control = new Control(frozen)
    const { status, body } = await control.ask('POST', '/clock', { json })
    expect(status).toBe(400)
    expect(body.error).toMatch(/^Failed to/)
    expect((await control.ask('GET', '/clock')).body.milliseconds).toBe(Date.UTC(2026, 2, 1, 12))
  })
})

describe('a body that is nested too deep', () => {
  it.each(['/faults', '/state', '/reset', '/clock', '/requests/count'])('is refused: POST or PUT %s', async (path) => {
    const control = new Control()
    const method = path === '/state' ? 'PUT' : 'POST'
    for (const deep of [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, `${'{"on":'.repeat(600)}1${'}'.repeat(600)}`]) {
      const { status, body } = await control.ask(method, path, { text: deep })
      expect(status).toBe(400)
      expect(body.error).toContain('nested too deep')
    }
  })
})
