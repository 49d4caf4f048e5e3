import type { Answer } from '#line/call.ts'
import { compareValues, type Difference, type Report, VOLATILE } from './compare-values.ts'
import { headerOf, parseJson, parseXml, plain, textOf, type XmlElement } from './decode-answer.ts'
import { show } from './finding.ts'

/** Every difference between the answer that should have come and the one that came. */
export function compareAnswers(expected: Answer, got: Answer): Difference[] {
  const found: Difference[] = []
  const report: Report = (difference) => found.push(difference)
  if (expected.status !== got.status) {
    report({
      where: 'status',
      expected: `HTTP ${expected.status}`,
      got: `HTTP ${got.status}`,
      severity: 'breaks',
      rule: 'http-status',
    })
  }
  compareTypes(headerOf(expected, 'content-type'), headerOf(got, 'content-type'), report)
  compareBodies(textOf(expected), textOf(got), report)
  return found
}

function compareTypes(expected: string, got: string, report: Report): void {
  if (normalType(expected) === normalType(got)) return
  const sameMedia = expected.split(';')[0]!.trim() === got.split(';')[0]!.trim().toLowerCase()
  report({
    where: 'header Content-Type',
    expected,
    got: got === '' ? 'missing' : got,
    severity: sameMedia ? 'noted' : 'differs',
    rule: 'content-type',
  })
}

const normalType = (type: string) => type.toLowerCase().replace(/\s+/g, '')

function compareBodies(expected: string, got: string, report: Report): void {
  // Pages for people are not part of the API.
  if (expected.startsWith('<!DOCTYPE') || expected === got) return
  if (expected.startsWith('<?xml')) compareXmlTexts(expected, got, report)
  else if (expected.startsWith('{') || expected.startsWith('[')) compareJsonTexts(expected, got, report)
  else compareTexts(expected, got, report)
}

function compareTexts(expected: string, got: string, report: Report): void {
  report({
    where: '',
    expected: expected === '' ? 'no body' : show(expected),
    got: got === '' ? 'no body' : show(got),
    severity: 'differs',
    rule: 'envelope',
  })
}

function compareJsonTexts(expected: string, got: string, report: Report): void {
  const should = parseJson(expected)
  const is = parseJson(got)
  if (typeof is === 'string') {
    report({ where: '', expected: 'well-formed JSON', got: is, severity: 'breaks', rule: 'well-formed' })
  } else if (typeof should !== 'string') compareValues(plain(should.value), plain(is.value), '', report)
}

function compareXmlTexts(expected: string, got: string, report: Report): void {
  const should = parseXml(expected)
  const is = parseXml(got)
  if (typeof is === 'string')
    report({ where: '', expected: 'well-formed XML', got: is, severity: 'breaks', rule: 'well-formed' })
  else if (typeof should !== 'string') compareElements(should, is, `/${should.name}`, report)
}

/** Every difference between two XML elements of the same name. Paths count from 1, as XPath does. */
function compareElements(expected: XmlElement, got: XmlElement, path: string, report: Report): void {
  if (expected.text === VOLATILE) return
  if (expected.text !== got.text) {
    report(xmlDifference(path, show(expected.text), got.children.length > 0 ? 'elements' : show(got.text)))
  }
  for (const name of new Set([...Object.keys(expected.attributes), ...Object.keys(got.attributes)])) {
    const [should, is] = [expected.attributes[name], got.attributes[name]]
    if (should !== is) report(xmlDifference(`${path}/@${name}`, show(should ?? 'absent'), show(is ?? 'missing')))
  }
  compareChildren(expected.children, got.children, path, report)
}

function compareChildren(
  expected: readonly XmlElement[],
  got: readonly XmlElement[],
  path: string,
  report: Report,
): void {
  const sameNames = expected.length === got.length && expected.every((child, i) => child.name === got[i]!.name)
  if (sameNames) {
    expected.forEach((child, i) => {
      compareElements(child, got[i]!, stepTo(path, expected, i), report)
    })
  } else if (hasDistinctNames(expected) && hasDistinctNames(got)) compareByName(expected, got, path, report)
  else compareRuns(expected, got, path, report)
}

const hasDistinctNames = (elements: readonly XmlElement[]) =>
  new Set(elements.map((element) => element.name)).size === elements.length

function compareByName(
  expected: readonly XmlElement[],
  got: readonly XmlElement[],
  path: string,
  report: Report,
): void {
  for (const child of expected) {
    const twin = got.find((other) => other.name === child.name)
    if (twin) compareElements(child, twin, `${path}/${child.name}`, report)
    else report({ ...xmlDifference(`${path}/${child.name}`, describe(child), 'missing'), severity: 'breaks' })
  }
  for (const child of got) {
    if (expected.some((other) => other.name === child.name)) continue
    report(xmlDifference(`${path}/${child.name}`, 'absent', describe(child)))
  }
}

/** Lists of different lengths: what is left between their common start and their common end is missing or too much. */
function compareRuns(expected: readonly XmlElement[], got: readonly XmlElement[], path: string, report: Report): void {
  const shorter = Math.min(expected.length, got.length)
  let start = 0
  while (start < shorter && isSame(expected[start]!, got[start]!)) start++
  let end = 0
  while (end < shorter - start && isSame(expected.at(-1 - end)!, got.at(-1 - end)!)) end++
  const lost = expected.slice(start, expected.length - end)
  const extra = got.slice(start, got.length - end)
  lost.forEach((child, i) => {
    const place = stepTo(path, expected, start + i)
    const twin = extra[i]
    if (twin?.name === child.name) compareElements(child, twin, place, report)
    else report({ ...xmlDifference(place, describe(child), 'missing'), severity: 'breaks' })
  })
  extra.forEach((child, i) => {
    if (lost[i]?.name !== child.name) report(xmlDifference(stepTo(path, got, start + i), 'absent', describe(child)))
  })
}

function isSame(expected: XmlElement, got: XmlElement): boolean {
  if (expected.name !== got.name) return false
  let same = true
  compareElements(expected, got, '', () => {
    same = false
  })
  return same
}

function stepTo(path: string, siblings: readonly XmlElement[], at: number): string {
  const { name } = siblings[at]!
  const twins = siblings.filter((sibling) => sibling.name === name)
  return twins.length > 1 || name === 'element'
    ? `${path}/${name}[${twins.indexOf(siblings[at]!) + 1}]`
    : `${path}/${name}`
}

const describe = ({ children, text }: XmlElement) =>
  children.length > 0
    ? `an element with ${children
        .map((child) => child.name)
        .slice(0, 6)
        .join(', ')}`
    : show(text)

function xmlDifference(where: string, expected: string, got: string): Difference {
  const inMeta = where.startsWith('/ocs/meta')
  return {
    where,
    expected,
    got,
    severity: /^\/ocs\/meta\/status(code)?$/.test(where) ? 'breaks' : 'differs',
    rule: inMeta ? 'envelope' : 'xml',
  }
}
