import { describe, expect, it } from 'vitest'
import { formatWallTime, isTimeZone, momentOf, offsetAt, wallTimeAt } from '#lib/time-zone.ts'

const SUMMER = Date.UTC(2026, 6, 1, 12) / 1000

describe('the clock on the wall', () => {
  it('shows another time in another place', () => {
    expect(formatWallTime(SUMMER, 'Europe/Berlin')).toBe('2026-07-01 14:00:00')
    expect(formatWallTime(SUMMER, '-05:30')).toBe('2026-07-01 06:30:00')
    expect(offsetAt(SUMMER, 'America/New_York')).toBe(-4 * 3600)
  })

  it('is read back as the same moment, in summer and in winter', () => {
    for (const moment of [SUMMER, SUMMER + 180 * 86_400]) {
      for (const zone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata', '+02:00'])
        expect(momentOf(wallTimeAt(moment, zone), zone)).toBe(moment)
    }
  })

  it('carries over what is out of range', () => {
    const wall = { year: 2026, month: 12, day: 32, hour: 23, minute: 59, second: 59 }
    expect(formatWallTime(momentOf(wall))).toBe('2027-01-01 23:59:59')
  })

  it('knows which names are zones', () => {
    expect([isTimeZone('Europe/Berlin'), isTimeZone('Nowhere/Land'), isTimeZone('')]).toEqual([true, false, false])
  })
})
