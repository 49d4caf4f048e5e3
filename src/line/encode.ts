import { EMPTY_OBJECT, isKeyed, LONG, type PhpArray, type PhpValue } from '#lib/php.ts'
import { escapeJson } from './call.ts'
import type { Encoded } from './endpoint.ts'
import { Crash, Fatal } from './failures.ts'

/** `{"ocs":{"meta":…,"data":…}}` with the bytes of PHP's `json_encode($ocs, JSON_HEX_TAG)`. */
export function encodeJson(meta: PhpValue, data: PhpValue, kept?: Encoded): string {
  const head = toJson(meta)
  return kept?.get(head) ?? keep(kept, head, `{"ocs":{"meta":${head},"data":${toJson(data)}}}`)
}

/** The same document with the bytes of PHP's XMLWriter, indented by one blank. */
export function encodeXml(meta: PhpValue, data: PhpValue, kept?: Encoded): string {
  const head = element('meta', meta, ' ')
  return (
    kept?.get(head) ?? keep(kept, head, `<?xml version="1.0"?>\n<ocs>\n${head}${element('data', data, ' ')}</ocs>\n`)
  )
}

function keep(kept: Encoded | undefined, head: string, document: string): string {
  kept?.set(head, document)
  return document
}

/** Any value as PHP's `json_encode` with JSON_HEX_TAG writes it. */
export function toJson(value: PhpValue): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return floatText(value, 'e')
    case 'boolean':
      return value ? 'true' : 'false'
    case 'symbol':
      return '{}'
    case 'undefined':
      return 'null'
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`
  let out = ''
  if (value instanceof Map) {
    for (const [key, member] of value) out += jsonMember(out, String(key), member)
  } else {
    // Told from lists and maps above; this is where most of an answer is written, so it is not asked again.
    for (const key in value) out += jsonMember(out, key, (value as PhpArray)[key])
  }
  return out === '' ? '[]' : `${out}}`
}

function jsonMember(before: string, key: string, value: PhpValue): string {
  return value === undefined ? '' : `${before === '' ? '{' : ','}${quote(key)}:${toJson(value)}`
}

/** Characters without which a text is written as it is. */
const SPECIAL = /[^ -!#-.0-;=?-[\]-~]/
const NEEDS_ESCAPE = /[/<>\u0080-\uffff]/g

function quote(text: string): string {
  return SPECIAL.test(text) ? JSON.stringify(text).replace(NEEDS_ESCAPE, escapeJson) : `"${text}"`
}

/** A number as PHP writes it: very large and very small ones with an exponent, a fraction and, in text, a capital letter. */
function floatText(value: number, exponent: 'e' | 'E'): string {
  if (Number.isSafeInteger(value)) return String(value)
  if (value === LONG) return '9223372036854775807'
  if (value === -LONG) return '-9223372036854775808'
  if (!Number.isFinite(value)) return infinite(value, exponent)
  const size = Math.abs(value)
  if (size >= 1e-4 && size < (exponent === 'e' ? 1e17 : 1e15)) return String(value)
  return value
    .toExponential()
    .replace(
      /^(-?\d+)(\.\d+)?e([+-]\d+)$/,
      (_, whole, fraction = '.0', power) => `${whole}${fraction}${exponent}${power}`,
    )
}

/** JSON has no word for it, and an answer that holds it is an error of the server; text has one (PHP 8.2.36). */
function infinite(value: number, exponent: 'e' | 'E'): string {
  if (exponent === 'e') throw new Crash('Inf and NaN cannot be JSON encoded')
  return Number.isNaN(value) ? 'NAN' : value > 0 ? 'INF' : '-INF'
}

type Members = Extract<PhpValue, object>

function* membersOf(value: Members): IterableIterator<[string | number, PhpValue]> {
  if (value instanceof Map) yield* value
  else if (isKeyed(value)) for (const key in value) yield [key, value[key]]
}

/**
 * One element and all below it. `null` is `<x/>`, an empty string `<x></x>`, an empty array `<x/>`,
 * keys that are numbers become `element`, keys with `@` attributes, `$comment` a comment.
 * Source: Nextcloud 34.0.1, corpus.
 */
function element(name: string, value: PhpValue, indent: string): string {
  if (value === undefined) return ''
  if (!XML_NAME.test(name)) throw new Fatal(`"${name}" is no element name`)
  if (value === null || value === EMPTY_OBJECT) return `${indent}<${name}/>\n`
  if (typeof value !== 'object') return `${indent}<${name}>${escapeText(scalarText(value))}</${name}>\n`
  const { attributes, children } = contentOf(value, `${indent} `)
  if (children === '') return `${indent}<${name}${attributes}/>\n`
  return `${indent}<${name}${attributes}>\n${children}${indent}</${name}>\n`
}

/** What XMLWriter accepts as an element's name: letters of XML's fourth edition; anything else is an error that nothing catches (PHP 8.2). */
const XML_NAME = /^(?:[A-Za-z_:]|(?=[\u00c0-\ud7a3])\p{L})(?:[\w.:·-]|(?=[\u00c0-\ud7a3])[\p{L}\p{M}\p{Nd}])*$/u

function contentOf(value: Members, indent: string): { attributes: string; children: string } {
  let attributes = ''
  let children = ''
  if (Array.isArray(value)) {
    for (const item of value) children += element('element', item, indent)
    return { attributes, children }
  }
  for (const [key, member] of membersOf(value)) {
    const name = String(key)
    if (name === '@attributes' && typeof member === 'object' && member !== null) {
      for (const [inner, text] of membersOf(member)) attributes += attribute(String(inner), text)
    } else if (name.startsWith('@')) attributes += attribute(name.slice(1), member)
    else if (name === '$comment') children += `${indent}<!--${scalarText(member)}-->\n`
    else children += element(/^-?\d+(\.\d+)?$/.test(name) ? 'element' : name, member, indent)
  }
  return { attributes, children }
}

function attribute(name: string, value: PhpValue): string {
  return ` ${name}="${escapeAttribute(scalarText(value))}"`
}

function scalarText(value: PhpValue): string {
  if (value === true) return '1'
  // A cast to string keeps 14 digits, PHP's `precision`.
  if (typeof value === 'number') return floatText(Number.isInteger(value) ? value : Number(value.toPrecision(14)), 'E')
  return value === false || value === null || value === undefined ? '' : String(value)
}

/** XMLWriter escapes these four in text, writes a carriage return as a reference, and ends a text at U+0000. */
function escapeText(text: string): string {
  return /[&<>"\r\0]/.test(text) ? untilNul(text).replace(/[&<>"\r]/g, (c) => TEXT_ESCAPES[c]!) : text
}

export function untilNul(text: string): string {
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** Attributes escape more: white space, and everything outside ASCII in hexadecimal. */
function escapeAttribute(text: string): string {
  return untilNul(text).replace(/[&<>"\r\n\t]|[^\0-\x7f]/gu, (c) => {
    const code = c.codePointAt(0)!
    return TEXT_ESCAPES[c] ?? (code > 127 ? `&#x${code.toString(16).toUpperCase()};` : `&#${code};`)
  })
}
