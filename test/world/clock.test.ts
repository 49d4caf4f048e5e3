import { describe, expect, it } from 'vitest'
import { UserError } from '#lib/errors.ts'
import { Clock, parseDuration } from '#world/clock.ts'

describe('the clock', () => {
  it('runs with the machine until it is told otherwise', () => {
    expect(Math.abs(new Clock().now() - Date.now())).toBeLessThan(1000)
  })

  it('stands still when frozen and moves only when advanced', () => {
    const clock = new Clock()
    clock.freeze('2026-01-01T00:00:00Z')
    clock.advance('24h')
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-02T00:00:00.000Z')
    expect(clock.seconds()).toBe(Date.UTC(2026, 0, 2) / 1000)
  })

  it('goes on from where it stood', () => {
    const clock = new Clock()
    clock.freeze('2030-01-01T00:00:00Z')
    clock.unfreeze()
    expect(clock.now() - Date.UTC(2030, 0, 1)).toBeLessThan(1000)
  })

  it('comes back from its state', () => {
    const clock = new Clock()
    clock.freeze(1000)
    const copy = new Clock()
    copy.restore(clock.state)
    expect(copy.now()).toBe(1000)
  })

  it('says what is wrong with a moment', () => {
    expect(() => new Clock().set('tomorrow')).toThrow(UserError)
    expect(() => new Clock().set('tomorrow')).toThrow(/"tomorrow".*ISO 8601/)
  })
})

describe('durations', () => {
  it.each([
    ['24h', 86_400_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['500ms', 500],
    ['1.5s', 1500],
    ['-1d', -86_400_000],
    [250, 250],
  ])('%j', (text, expected) => expect(parseDuration(text)).toBe(expected))

  it.each(['', 'soon', '5', '5x', '1h foo', Number.NaN])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(/Failed to read the duration/)
  })
})
