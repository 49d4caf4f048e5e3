import { describe, expect, it } from 'vitest'
import { type Component, componentsOf, propertyOf, readComponent, splitText, textOf } from '#lib/icalendar/component.ts'
import { jsonText, readJcal, toJcal } from '#lib/icalendar/jcal.ts'
import { isEndless, occurrencesOf, spanOf } from '#lib/icalendar/recurrence.ts'
import { readDuration, readTime, timeText, utcText } from '#lib/icalendar/time.ts'
import { validateCalendar } from '#lib/icalendar/validate.ts'
import { writeComponent } from '#lib/icalendar/write.ts'

const lines = (...all: readonly string[]) => `${all.join('\r\n')}\r\n`
const calendar = (...inside: readonly string[]) =>
  readComponent(lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//ours//tests//EN', ...inside, 'END:VCALENDAR'))
const withEvent = (...properties: readonly string[]) =>
  calendar('BEGIN:VEVENT', 'UID:one', 'DTSTAMP:20310101T000000Z', ...properties, 'END:VEVENT')
const eventIn = (document: Component) => componentsOf(document, 'VEVENT')[0]!
const event = (...properties: readonly string[]) => eventIn(withEvent(...properties))

describe('a component', () => {
  it('is written as it was read, with its parameters and escapes', () => {
    const text = lines(
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//ours//tests//EN',
      'BEGIN:VEVENT',
      'UID:one',
      'SUMMARY;LANGUAGE=de:Tee\\, Brot\\; und\\nmehr',
      'ATTENDEE;CN="Doe: Jane";ROLE=CHAIR:mailto:jane@example.com',
      'END:VEVENT',
      'END:VCALENDAR',
    )
    const read = readComponent(text)
    expect(textOf(eventIn(read), 'SUMMARY')).toBe('Tee, Brot; und\nmehr')
    expect(writeComponent(read)).toBe(text)
  })

  it('has its long lines put together, and cut at 75 bytes, no character in two', () => {
    const summary = 'ä'.repeat(100)
    const written = writeComponent(withEvent(`SUMMARY:${summary}`))
    const sizes = written.split('\r\n').map((line) => new TextEncoder().encode(line).length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(75)
    expect(textOf(eventIn(readComponent(written)), 'SUMMARY')).toBe(summary)
  })

  it.each([
    ['', 'nothing'],
    ['nonsense', 'no lines'],
    ['BEGIN:VEVENT\r\nUID:one\r\n', 'no end'],
  ])('is not read from %j: %s', (text) => {
    expect(() => readComponent(text)).toThrow(expect.objectContaining({ name: 'ComponentError' }))
  })

  it('has values with delimiters that may be escaped', () => {
    expect(splitText('one,two\\,and a half,three', ',')).toEqual(['one', 'two,and a half', 'three'])
  })
})

describe('a time', () => {
  it.each([
    ['20310102', { isDate: true, isFloating: true, hour: 0 }],
    ['20310102T101500', { isDate: false, isFloating: true, hour: 10, zone: 'Asia/Tokyo' }],
    ['20310102T101500Z', { isDate: false, isFloating: false, zone: 'UTC' }],
  ])('%s is read, and written so again', (text, expected) => {
    const time = readTime(text, undefined, 'Asia/Tokyo')
    expect(time).toMatchObject(expected)
    expect(timeText(time)).toBe(text)
  })

  it.each(['2031-01-02', '20310102T99', 'tomorrow', ''])('is not read from %j', (text) => {
    expect(() => readTime(text, undefined, 'UTC')).toThrow(`value is incorrect: ${text}`)
  })

  it.each([
    ['PT15M', 900],
    ['-PT15M', -900],
    ['P1W', 604_800],
    ['P1DT2H3M4S', 93_784],
  ])('a duration of %s takes %i seconds', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds)
  })

  it('a duration in other words is none', () => {
    expect(() => readDuration('an hour')).toThrow('duration value is incorrect')
  })
})

/** The first times at which an event begins, in UTC. */
function starts(events: readonly Component[], most = 10): string[] {
  const found: string[] = []
  for (const { start } of occurrencesOf(events)) {
    found.push(utcText(start))
    if (found.length === most) break
  }
  return found
}

describe('a series', () => {
  it('ends by its count, and leaves out what is excluded', () => {
    const series = event('DTSTART:20310101T090000Z', 'RRULE:FREQ=DAILY;COUNT=4', 'EXDATE:20310102T090000Z')
    expect(starts([series])).toEqual(['20310101T090000Z', '20310103T090000Z', '20310104T090000Z'])
  })

  it('keeps to the clock where it is, when summer time begins', () => {
    const series = event('DTSTART;TZID=Europe/Berlin:20310329T090000', 'RRULE:FREQ=DAILY;COUNT=3')
    expect(starts([series])).toEqual(['20310329T080000Z', '20310330T070000Z', '20310331T070000Z'])
  })

  it('comes on days of the week and on the last one of a month', () => {
    const weekly = event('DTSTART:20310106T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3')
    expect(starts([weekly])).toEqual(['20310106T090000Z', '20310108T090000Z', '20310113T090000Z'])
    const monthly = event('DTSTART:20310131T090000Z', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2')
    expect(starts([monthly]).at(-1)).toBe('20310228T090000Z')
  })

  it('is followed only as far as somebody asks, where it has no end', () => {
    const series = event('DTSTART:20310101T090000Z', 'RRULE:FREQ=YEARLY')
    expect(isEndless(series)).toBe(true)
    expect(starts([series], 3)).toEqual(['20310101T090000Z', '20320101T090000Z', '20330101T090000Z'])
  })

  it('has exceptions, which are at another time', () => {
    const series = event('DTSTART:20310101T090000Z', 'RRULE:FREQ=DAILY;COUNT=2')
    const moved = event('RECURRENCE-ID:20310102T090000Z', 'DTSTART:20310102T150000Z')
    expect(starts([series, moved])).toEqual(['20310101T090000Z', '20310102T150000Z'])
  })
})

describe('an event', () => {
  it.each([
    [['DTSTART:20310101T090000Z', 'DTEND:20310101T100000Z'], 3600],
    [['DTSTART:20310101T090000Z', 'DURATION:PT2H'], 7200],
    [['DTSTART;VALUE=DATE:20310101'], 86_400],
    [['DTSTART:20310101T090000Z'], 0],
  ])('of %j takes %i seconds', (properties, seconds) => {
    const { start, end } = spanOf(event(...properties))!
    expect(end - start).toBe(seconds)
  })
})

describe('a calendar that is to be kept', () => {
  const options = {
    repairs: true,
    uuid: () => '11111111-2222-4333-8444-555555555555',
    now: Date.UTC(2031, 0, 1) / 1000,
  }

  it('is mended where something is missing that can be made', () => {
    const broken = calendar('BEGIN:VEVENT', 'UID:one', 'DTSTART:20310101T090000Z', 'END:VEVENT')
    expect(validateCalendar(broken, options).map(({ severity }) => severity)).toEqual(['repaired'])
    expect(textOf(componentsOf(broken)[0]!, 'DTSTAMP')).toBe('20310101T000000Z')
  })

  it('is refused where something is there twice', () => {
    const summaries = ['SUMMARY:a', 'SUMMARY:b']
    const stamp = 'DTSTAMP:20310101T000000Z'
    const broken = calendar('BEGIN:VEVENT', 'UID:one', stamp, 'DTSTART:20310101T090000Z', ...summaries, 'END:VEVENT')
    expect(validateCalendar(broken, options)).toContainEqual(expect.objectContaining({ severity: 'error' }))
  })
})

describe('jCal', () => {
  it('says the same as the lines, and is read again', () => {
    const read = withEvent(
      'DTSTART:20310102T100000Z',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,WE',
      'SUMMARY:Tea\\, bread',
      'GEO:1.5;2.5',
    )
    const text = jsonText(toJcal(read))
    expect(JSON.parse(text)[2][0][1]).toContainEqual(['dtstart', {}, 'date-time', '2031-01-02T10:00:00Z'])
    expect(JSON.parse(text)[2][0][1]).toContainEqual(['rrule', {}, 'recur', { freq: 'WEEKLY', byday: ['MO', 'WE'] }])
    const again = eventIn(readJcal(text))
    expect(propertyOf(again, 'DTSTART')?.value).toBe('20310102T100000Z')
    expect(textOf(again, 'SUMMARY')).toBe('Tea, bread')
  })
})
