/**
 * Asks every operation of OpenAPI documents of an app that is made of each: each has to be reachable, no answer may break
 * the schema that its document states, and XML has to be well-formed.
 *
 * usage: tsx scripts/check-documents.ts [FILE…]
 * FILE: documents; without any, all in $OCS_MOCK_OPENAPI or ../shared/openapi. Exit code 1: something was found.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { XMLValidator } from 'fast-xml-parser'
import { createOcsMock } from '#index.ts'
import { type Json, membersOf } from '#lib/json.ts'
import { fits } from '#lib/schema.ts'
import { type DocumentedOperation, OpenApiDocument } from '#openapi/document.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { schemaOf } from '#openapi/json-schema.ts'
import { successOf } from '#openapi/resources.ts'
import { Sampler } from '#openapi/sample.ts'

const folder = resolve(process.env.OCS_MOCK_OPENAPI ?? '../shared/openapi')
const given = process.argv.slice(2)
const files = given.length > 0 ? given : documentsIn(folder)
let asked = 0
let found = 0

for (const file of files) {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Json
  const problems = await check(file, document)
  for (const problem of problems) console.error(`${basename(file)}: ${problem}`)
  found += problems.length
}
console.log(`${files.length} documents, ${asked} operations asked, ${found} findings.`)
process.exitCode = found > 0 ? 1 : 0

function documentsIn(path: string): string[] {
  if (!existsSync(path)) return []
  const names = readdirSync(path, { recursive: true }).map(String)
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(path, name))
    .sort()
}

function idOf(file: string): string {
  return `doc_${basename(file, '.json').toLowerCase().replace(/\W+/g, '_')}`
}

/** A document with its paths below an app of its own: those of the server itself would be in the way of ours. */
function ownDocument(file: string, document: Json): Json {
  const id = idOf(file)
  const paths = Object.entries(membersOf(membersOf(document).paths)).map(([path, item]) => {
    const isOcs = path.startsWith('/ocs/')
    const below = path.replace(/^\/ocs\/v[12]\.php/, '').replace(/^\/index\.php/, '')
    return [`${isOcs ? '/ocs/v2.php' : '/index.php'}/apps/${id}${below}`, item] as const
  })
  return { ...membersOf(document), paths: Object.fromEntries(paths) }
}

async function check(file: string, document: Json): Promise<string[]> {
  const own = ownDocument(file, document)
  const read = new OpenApiDocument(own)
  const ocs = createOcsMock({ apps: [fromOpenApi(own, { id: idOf(file) })], signedInAs: 'admin' })
  const problems: string[] = []
  for (const operation of read.operations) {
    asked++
    for (const format of ['json', 'xml']) {
      const response = await ocs.fetch(request(read, operation, format))
      const text = await response.text()
      const problem = problemOf(read, operation, response, text)
      if (problem !== null) problems.push(`${operation.method} ${operation.path} [${format}]: ${problem}`)
    }
  }
  return problems
}

/** A request with everything that an operation needs, made up by its schemas. */
function request(document: OpenApiDocument, operation: DocumentedOperation, format: string): Request {
  const sampler = new Sampler(document, [1])
  const named = (place: string) =>
    operation.parameters.filter((one) => one.in === place && (place === 'path' || one.isRequired))
  const values = new Map(
    named('path').map(({ name, schema }) => [name, fitting(String(sampler.value(schema, name)), schema.pattern)]),
  )
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? '1'))
  const query = new URLSearchParams(
    named('query').map(({ name, schema }) => [name, String(sampler.value(schema, name))]),
  )
  const url = new URL(`https://cloud.example.com${path}`)
  url.search = query.toString()
  const headers = { Accept: `application/${format}`, 'OCS-APIRequest': 'true', 'Content-Type': 'application/json' }
  const body = operation.body === null ? {} : sampler.value(operation.body)
  return new Request(url, {
    method: operation.method,
    headers: { ...headers, Authorization: `Basic ${btoa('admin:admin')}` },
    ...(operation.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
}

/** A text that fits a pattern: itself, or the first that the pattern lists, as `^(v1|v2)$` does. */
function fitting(text: string, pattern: Json | undefined): string {
  if (typeof pattern !== 'string' || new RegExp(pattern).test(text)) return text
  return pattern.replace(/^\^\(?|\)?\$$/g, '').split('|')[0]!
}

function problemOf(
  document: OpenApiDocument,
  operation: DocumentedOperation,
  response: Response,
  text: string,
): string | null {
  if (response.headers.get('x-ocs-mock') !== null) return `is not reachable: ${response.headers.get('x-ocs-mock')}`
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('xml') && text !== '' && XMLValidator.validate(text) !== true) return 'is no well-formed XML'
  if (response.status === 204) return text === '' ? null : 'has a body with 204'
  const success = successOf(operation)
  if (!response.ok || !type.includes('json') || !success) return null
  const body = parsed(text)
  if (body === undefined) return `is no JSON: ${text.slice(0, 200) || 'nothing'}`
  const data = membersOf(body).ocs === undefined ? body : (membersOf(membersOf(body).ocs).data ?? null)
  const answered = operation.responses.find(({ status }) => status === response.status) ?? success
  // PHP's empty array is also its empty object.
  const isEmpty = Array.isArray(data) && data.length === 0
  return isEmpty || fits(schemaOf(document, answered.schema), data) ? null : `breaks its schema: ${text.slice(0, 200)}`
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
