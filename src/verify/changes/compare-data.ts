import { type Difference, VOLATILE } from '../compare-values.ts'
import { show } from '../finding.ts'

type Report = (difference: Difference) => void

/** Members by which people tell the elements of a list apart. */
const NAMES = ['id', 'key', 'name', 'code', 'uid', 'app', 'appId', 'uri'] as const

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value)
const sizeOf = (value: object) => Object.keys(value).length

/**
 * What became of some data from one server to another. What clients rely on is told apart from what every server has
 * of its own: members that are gone or have another type break them, numbers and texts are only noted.
 */
export function compareData(before: unknown, after: unknown, at: string, report: Report): void {
  if (before === VOLATILE || after === VOLATILE || Object.is(before, after)) return
  const kinds = [kindOf(before), kindOf(after)]
  if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
    if (sizeOf(before) === 0 || sizeOf(after) === 0) compareEmpty(before, after, at, report)
    else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, at, report)
    else if (kinds[0] === kinds[1]) compareMembers(before as Members, after as Members, at, report)
    else report(changed(at, `${kinds[0]} ${show(before)}`, `${kinds[1]} ${show(after)}`, 'breaks'))
  } else if (kinds[0] === kinds[1]) {
    report(changed(at, show(before), show(after), kinds[0] === 'boolean' ? 'differs' : 'noted'))
  } else {
    // What can be null was null by chance in one of them.
    const severity = before === null || after === null ? 'noted' : 'breaks'
    report(changed(at, `${kinds[0]} ${show(before)}`, `${kinds[1]} ${show(after)}`, severity))
  }
}

type Members = Readonly<Record<string, unknown>>

/** An empty PHP array says nothing about whether it would be a list. */
function compareEmpty(before: object, after: object, at: string, report: Report): void {
  if (sizeOf(before) === sizeOf(after)) return
  report(
    changed(at, sizeOf(before) === 0 ? 'empty' : show(before), sizeOf(after) === 0 ? 'empty' : show(after), 'noted'),
  )
}

/** Ids as keys: which there are says nothing about how they look. */
const isById = (value: object) => Object.keys(value).every((key) => /^\d+$/.test(key))

function compareMembers(before: Members, after: Members, at: string, report: Report): void {
  if (isById(before) && isById(after)) {
    compareKinds(Object.values(before), Object.values(after), `${at}/*`, report)
    return
  }
  for (const key of Object.keys(before)) {
    const place = `${at}/${escapePointer(key)}`
    if (Object.hasOwn(after, key)) compareData(before[key], after[key], place, report)
    else report(removed(place, show(before[key]), 'breaks'))
  }
  for (const key of Object.keys(after))
    if (!Object.hasOwn(before, key)) report(added(`${at}/${escapePointer(key)}`, show(after[key])))
}

function compareLists(before: readonly unknown[], after: readonly unknown[], at: string, report: Report): void {
  const name = nameOf(before, after)
  if (name !== null) compareNamed(before as Members[], after as Members[], name, at, report)
  else if ([...before, ...after].every((item) => typeof item !== 'object' || item === null)) {
    const [was, is] = [new Set(before), new Set(after)]
    for (const item of was) if (!is.has(item)) report(removed(at, show(item), 'differs'))
    for (const item of is) if (!was.has(item)) report(added(at, show(item)))
  } else {
    compareShapes(before, after, `${at}/*`, report)
    if (before.length !== after.length)
      report(changed(at, `${before.length} elements`, `${after.length} elements`, 'noted'))
  }
}

/** The member that all elements have and that tells them apart, some of them in both lists. */
function nameOf(before: readonly unknown[], after: readonly unknown[]): string | null {
  const valuesOf = (items: readonly unknown[], name: string) =>
    new Set(items.map((item) => (item as Members | null)?.[name]))
  const tells = (name: string) => {
    const [was, is] = [valuesOf(before, name), valuesOf(after, name)]
    if (was.size !== before.length || is.size !== after.length) return false
    return [...was, ...is].every((value) => typeof value === 'string') && [...was].some((value) => is.has(value))
  }
  return NAMES.find(tells) ?? null
}

/** Elements that nothing tells apart, such as events: how they look, taken together. */
function compareShapes(before: readonly unknown[], after: readonly unknown[], at: string, report: Report): void {
  const objects = (items: readonly unknown[]) =>
    items.filter((item): item is Members => typeof item === 'object' && item !== null && !Array.isArray(item))
  const [was, is] = [objects(before), objects(after)]
  if (was.length === 0 || is.length === 0) return
  if ([...was, ...is].every(isById)) {
    compareKinds(
      was.flatMap((item) => Object.values(item)),
      is.flatMap((item) => Object.values(item)),
      `${at}/*`,
      report,
    )
    return
  }
  const keysOf = (items: readonly Members[]) => new Set(items.flatMap((item) => Object.keys(item)))
  const [old, now] = [keysOf(was), keysOf(is)]
  for (const key of old) {
    const place = `${at}/${escapePointer(key)}`
    const values = was.filter((item) => Object.hasOwn(item, key)).map((item) => item[key])
    if (now.has(key))
      compareKinds(
        values,
        is.filter((item) => Object.hasOwn(item, key)).map((item) => item[key]),
        place,
        report,
      )
    else report(removed(place, show(values[0]), values.length === was.length ? 'breaks' : 'noted'))
  }
  for (const key of now) {
    if (!old.has(key))
      report(added(`${at}/${escapePointer(key)}`, show(is.find((item) => Object.hasOwn(item, key))![key])))
  }
}

function compareKinds(before: readonly unknown[], after: readonly unknown[], at: string, report: Report): void {
  const known = (values: readonly unknown[]) =>
    values.filter(
      (value) => value !== VOLATILE && value !== null && !(typeof value === 'object' && sizeOf(value) === 0),
    )
  const [was, is] = [known(before), known(after)]
  const kinds = [was, is].map((values) => new Set(values.map(kindOf)))
  if (was.length === 0 || is.length === 0) return
  if (![...kinds[0]!].some((kind) => kinds[1]!.has(kind)))
    report(changed(at, [...kinds[0]!].join(' or '), [...kinds[1]!].join(' or '), 'breaks'))
  else if (kinds[0]!.has('object')) compareShapes(was, is, at, report)
}

function compareNamed(
  before: readonly Members[],
  after: readonly Members[],
  name: string,
  at: string,
  report: Report,
): void {
  before.forEach((item, i) => {
    const twin = after.find((other) => other[name] === item[name])
    if (twin) compareData(item, twin, `${at}/${i}`, report)
    else report(removed(`${at}/${i}`, `${name} ${show(item[name])}`, 'differs'))
  })
  after.forEach((item, i) => {
    if (!before.some((other) => other[name] === item[name])) report(added(`${at}/${i}`, `${name} ${show(item[name])}`))
  })
}

const changed = (where: string, expected: string, got: string, severity: Difference['severity']): Difference => ({
  where,
  expected,
  got,
  severity,
  rule: 'changed',
})
const removed = (where: string, expected: string, severity: Difference['severity']): Difference => ({
  where,
  expected,
  got: 'gone',
  severity,
  rule: 'removed',
})
const added = (where: string, got: string): Difference => ({
  where,
  expected: 'not there',
  got,
  severity: 'undocumented',
  rule: 'added',
})
