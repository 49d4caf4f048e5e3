import { create } from 'xmlbuilder2'
import type { PhpValue } from '#lib/php.ts'
import { encodeXml } from '#line/encode.ts'
import { type Figure, median, plainFigure, ratioFigure } from './support.ts'

const ROUNDS = 9
const TIMES = 200

const META = { status: 'ok', statuscode: 200, message: 'OK' }

/** Our writer of OCS documents beside xmlbuilder2, as near as the latter comes to the bytes. */
export async function xml(): Promise<Figure[]> {
  const data = sample()
  const ways = { ours: () => encodeXml(META, data), xmlbuilder2: () => byXmlbuilder(data) }
  const times: Record<keyof typeof ways, number[]> = { ours: [], xmlbuilder2: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['ours', 'xmlbuilder2'] as const) times[name].push(microseconds(ways[name]))
  }
  return [
    ratioFigure(
      'an OCS document of 100 accounts, beside xmlbuilder2',
      times.ours.map((time, i) => time / times.xmlbuilder2[i]!),
      { atMost: 1 },
    ),
    plainFigure('  ours', `${Math.round(median(times.ours))} µs`),
    plainFigure('  xmlbuilder2', `${Math.round(median(times.xmlbuilder2))} µs`),
    plainFigure('  the same bytes', ways.ours() === ways.xmlbuilder2() ? 'yes' : 'no'),
  ]
}

/** Values of all kinds, as a list of accounts has them. */
function sample(): PhpValue {
  return Array.from({ length: 100 }, (_, i) => ({
    id: `user${i}`,
    enabled: i % 2 === 0,
    email: i % 3 === 0 ? null : `user${i}@example.com`,
    note: i % 5 === 0 ? '' : 'Ünïcode <&> "text"',
    groups: i % 7 === 0 ? [] : ['staff', 'all'],
    quota: { free: 1024 * i, used: 0, relative: 0.5 },
  }))
}

function byXmlbuilder(data: PhpValue): string {
  return `${create({ version: '1.0' }, { ocs: { meta: META, data: asObject(data) } }).end({ prettyPrint: true, indent: ' ' })}\n`
}

/** PHP's view of values in the words of xmlbuilder2: lists have `element` members, truth is 1 or nothing. */
function asObject(value: PhpValue): unknown {
  if (Array.isArray(value)) return { element: value.map(asObject) }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asObject(member)]))
  }
  if (typeof value === 'boolean') return value ? '1' : ''
  return value
}

function microseconds(act: () => string): number {
  const before = process.cpuUsage()
  for (let i = 0; i < TIMES; i++) act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / TIMES
}
