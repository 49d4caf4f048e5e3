/**
 * Compares definitions and our own answers with the OpenAPI documents that a product publishes. A real server wins
 * over its documents: what differs in its recorded answers too is listed in `spec/published-differences.json`, and is
 * no mistake of ours.
 *
 * usage: npm run check:published -- [FOLDER] [--app REGEXP] [--write]     (or OCS_MOCK_OPENAPI=FOLDER)
 * FOLDER has a document per app, `files_sharing.json`; it is looked for in ../shared/openapi too, and the corpus in
 * $OCS_MOCK_CORPUS and ../shared/corpus. Exit code 1: we differ where the real server does not, or the list is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compose } from '#compose.ts'
import { DEFAULT_PROFILE, findProfile } from '#profiles/index.ts'
import { differencesOf, type Published, readDocuments } from './published/documents.ts'
import { type AnsweredOperation, probed, recorded, replayed } from './published/exchanges.ts'

const { endpoints } = await compose().catalogue.loadAll()

const root = new URL('../', import.meta.url).pathname
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { app: { type: 'string' }, write: { type: 'boolean', default: false } },
})
const { product, versionString } = findProfile(DEFAULT_PROFILE)
const release = `${product}-${versionString}`
const folder = resolve(positionals[0] ?? process.env.OCS_MOCK_OPENAPI ?? `../shared/openapi/${release}`)
if (!existsSync(folder)) {
  console.log(`No OpenAPI documents in ${folder}: nothing was compared. Name their folder or set OCS_MOCK_OPENAPI.`)
  process.exit(0)
}

const corpus = resolve(process.env.OCS_MOCK_CORPUS ?? '../shared/corpus')
const published = readDocuments(folder, endpoints, new RegExp(values.app ?? ''))
const ours = new Set<string>()
const real = new Set<string>()
/** Operations to which a real server answers nothing but that it is broken. */
const broken = new Set(published.keys())

for await (const answered of replayed(corpus)) note(answered)
for (const answered of recorded(join(root, 'fixtures/recorded'), product)) note(answered)
for await (const answered of probed()) note(answered)
for (const [id, operation] of published)
  if (!broken.has(id)) for (const found of ofInput(id, operation)) ours.add(found)

const listFile = join(root, 'spec/published-differences.json')
const list = `${JSON.stringify([...real].sort(), null, 1)}\n`
if (values.write) writeFileSync(listFile, list)
const known = new Set(existsSync(listFile) ? (JSON.parse(readFileSync(listFile, 'utf8')) as string[]) : [])
const problems = [...ours].filter((found) => !known.has(found) && !real.has(found)).sort()
for (const problem of problems) console.log(problem)
console.log(
  `${published.size} published operations are implemented. Our answers differ from the documents in ${ours.size} ways, ` +
    `those of the real server in ${real.size}; ${problems.length} are ours alone.`,
)
// Without all sources nothing can be said about the list.
const isStale = !values.app && existsSync(corpus) && [...real].sort().join() !== [...known].sort().join()
if (isStale) console.error('spec/published-differences.json is stale. Run "npm run check:published -- --write".')
process.exitCode = problems.length > 0 || isStale ? 1 : 0

function note({ by, operation, status, body }: AnsweredOperation): void {
  const described = published.get(operation)
  if (!described) return
  if (by === 'real' && status < 500 && !/statuscode(?:":|>)996\b/.test(body)) broken.delete(operation)
  for (const { at, should, is } of differencesOf(described, body, status)) {
    ;(by === 'us' ? ours : real).add(`${operation}: ${at} should be ${should}, is ${is}`)
  }
}

function ofInput(id: string, { input }: Published): string[] {
  const endpoint = endpoints.find((one) => one.id === id)!
  const read = new Set(Object.keys(endpoint.input ?? {}))
  const theirs = new Set(input.map(([name]) => name))
  const isElsewhere = (name: string) => endpoint.path.includes(`{${name}`)
  return [
    ...[...theirs]
      .filter((name) => !read.has(name) && !isElsewhere(name))
      .map((name) => `${id}: does not read ${name}`),
    ...[...read].filter((name) => !theirs.has(name) && !isElsewhere(name)).map((name) => `${id}: reads ${name}, too`),
  ]
}
