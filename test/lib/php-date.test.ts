import { describe, expect, it } from 'vitest'
import { parsePhpDate } from '#lib/php-date.ts'
import { formatWallTime } from '#lib/time-zone.ts'

/** A Saturday. */
const NOW = Date.UTC(2026, 10, 21, 4, 2, 41) / 1000
const read = (text: string, zone = 'UTC') => {
  const parsed = parsePhpDate(text, NOW, zone)
  return parsed && formatWallTime(parsed.seconds)
}

describe('a date as PHP reads it', () => {
  it.each([
    ['2099-01-02', '2099-01-02 00:00:00'],
    ['2099-1-2', '2099-01-02 00:00:00'],
    ['2099/01/02', '2099-01-02 00:00:00'],
    ['01/02/2099', '2099-01-02 00:00:00'],
    ['02.01.2099', '2099-01-02 00:00:00'],
    ['2-1-2099', '2099-01-02 00:00:00'],
    ['20990102', '2099-01-02 00:00:00'],
    ['2099-01', '2099-01-01 00:00:00'],
    ['2099-033', '2099-02-02 00:00:00'],
    ['99-01-02', '1999-01-02 00:00:00'],
    ['1/2', '2026-01-02 00:00:00'],
    ['2 January 2099', '2099-01-02 00:00:00'],
    ['Jan 2, 2099', '2099-01-02 00:00:00'],
    ['May 2099', '2099-05-01 00:00:00'],
    ['2 Jan', '2026-01-02 00:00:00'],
    ['Jan 2', '2026-01-02 00:00:00'],
    ['jan', '2026-01-21 00:00:00'],
    ['2030-02-30', '2030-03-02 00:00:00'],
    ['@4070908800', '2099-01-01 00:00:00'],
  ])('is the day in %s', (text, expected) => expect(read(text)).toBe(expected))

  it.each([
    ['2099-01-02 10:20', '2099-01-02 10:20:00'],
    ['2099-01-02T10:20:30.123Z', '2099-01-02 10:20:30'],
    ['2099-01-02T10:20:30+02:00', '2099-01-02 08:20:30'],
    ['2099-01-02 10am', '2099-01-02 10:00:00'],
    ['2099-01-02 12:30 AM', '2099-01-02 00:30:00'],
    ['1234', '2026-11-21 12:34:00'],
    ['123456', '2026-11-21 12:34:56'],
    ['2099-07-02 Europe/Berlin', '2099-07-01 22:00:00'],
    ['2099-01-02 EST', '2099-01-02 05:00:00'],
  ])('has the time and zone in %s', (text, expected) => expect(read(text)).toBe(expected))

  it.each([
    ['now', '2026-11-21 04:02:41'],
    ['', '2026-11-21 04:02:41'],
    ['today', '2026-11-21 00:00:00'],
    ['tomorrow noon', '2026-11-22 12:00:00'],
    ['yesterday', '2026-11-20 00:00:00'],
    ['+2 days', '2026-11-23 04:02:41'],
    ['+1 week 2 days', '2026-11-30 04:02:41'],
    ['1 fortnight', '2026-12-05 04:02:41'],
    ['+90 sec', '2026-11-21 04:04:11'],
    ['-5 min', '2026-11-21 03:57:41'],
    ['next month', '2026-12-21 04:02:41'],
    ['last year', '2025-11-21 04:02:41'],
    ['monday', '2026-11-23 00:00:00'],
    ['next saturday', '2026-11-28 00:00:00'],
    ['last friday', '2026-11-20 00:00:00'],
    ['last saturday', '2026-11-14 00:00:00'],
  ])('counts from now in "%s"', (text, expected) => expect(read(text)).toBe(expected))

  it('takes a letter for a zone of the military alphabet', () => {
    expect(parsePhpDate('x', NOW)?.zone).toBe('-11:00')
    expect(parsePhpDate('a', NOW)?.zone).toBe('+01:00')
    expect(read('j')).toBeNull()
  })

  it('is a day of the zone that is asked in', () => {
    expect(read('2099-01-02', 'Asia/Tokyo')).toBe('2099-01-01 15:00:00')
  })

  it.each(['garbage', '2030-13-01', '31/12/2099', '2099-01-01abc', '12345', '2099-01-01 25:00', '10:99', '13pm', '0'])(
    'is none in "%s"',
    (text) => expect(read(text)).toBeNull(),
  )
})
