/**
 * Compares definitions and our own answers with the OpenAPI documents that a product publishes.
 *
 * usage: npm run check:published -- FOLDER [--app REGEXP]     (or OCS_MOCK_OPENAPI=FOLDER)
 * FOLDER has a document per app, `files_sharing.json`. A real server wins over its documents, so a
 * difference is a question and not always a mistake of ours. Exit code 1: there are differences.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { catalogue } from '../handlers/index.ts'
import type { Endpoint } from '../src/endpoint.ts'
import { createOcsMock } from '../src/index.ts'
import { checkValue, type Schema, s } from '../src/schema.ts'
import { decodeEnvelope, plain } from '../src/verify/decode.ts'
import { planProbes, requestsOf } from '../src/verify/plan.ts'
import { Sender } from '../src/verify/send.ts'
import { discover } from '../src/verify/target.ts'
import { type PublishedOperation, readPublished } from './scaffold/published.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { app: { type: 'string' } } })
const folder = positionals[0] ?? process.env.OCS_MOCK_OPENAPI ?? ''
if (!existsSync(folder)) {
  console.error('Failed to find the folder with OpenAPI documents: give it as argument or in OCS_MOCK_OPENAPI.')
  process.exit(2)
}

const only = new RegExp(values.app ?? '')
const published = readAll()
const differences = [...published].flatMap(([endpoint, operation]) => compareInput(endpoint, operation))
differences.push(...(await compareAnswers()))
for (const difference of differences) console.log(difference)
console.log(`${differences.length} differences in ${published.size} published operations that are implemented.`)
process.exitCode = differences.length > 0 ? 1 : 0

function readAll(): Map<Endpoint, PublishedOperation> {
  const found = new Map<Endpoint, PublishedOperation>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && only.test(name.slice(0, -5)))) {
    const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>
    for (const endpoint of catalogue.endpoints.filter(({ app }) => `${app}.json` === file)) {
      const operation = readPublished(document, endpoint.id, endpoint.app)
      if (operation) found.set(endpoint, operation)
    }
  }
  return found
}

function compareInput(endpoint: Endpoint, { input }: PublishedOperation): string[] {
  const ours = new Set(Object.keys(endpoint.input ?? {}))
  const theirs = new Map(input)
  const found: string[] = []
  for (const name of theirs.keys()) {
    if (!ours.has(name) && !endpoint.path.includes(`{${name}`))
      found.push(`${endpoint.id}: does not read the parameter ${name}`)
  }
  for (const name of ours) {
    if (!theirs.has(name) && !endpoint.path.includes(`{${name}`))
      found.push(`${endpoint.id}: reads ${name}, which is not published`)
  }
  return found
}

/** The published shape of the data of a success. */
function schemaOf({ output }: PublishedOperation): Schema {
  return new Function('s', `return ${output}`)(s) as Schema
}

async function compareAnswers(): Promise<string[]> {
  const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] }, onNotBuilt: () => {} })
  const sender = new Sender({ base: 'https://cloud.example.com', fetch: ocs.fetch })
  const target = await discover(sender, [
    { user: 'admin', password: 'admin' },
    { user: 'alice', password: 'alice' },
  ])
  const { cases } = planProbes({ endpoints: [...published.keys()], ...target })
  const found = new Set<string>()
  for (const probe of cases.filter(({ kind }) => kind === 'valid')) {
    const endpoint = [...published.keys()].find(({ id }) => id === probe.operation)
    const { answer } = await sender.ask(requestsOf(probe)[0]!)
    const decoded = decodeEnvelope(answer)
    if (!endpoint || typeof decoded === 'string' || decoded.status !== 200) continue
    for (const { pointer, expected, got } of checkValue(
      schemaOf(published.get(endpoint)!),
      plain(decoded.data),
      '/ocs/data',
    )) {
      found.add(`${endpoint.id}: ${pointer.replace(/\/\d+/g, '/*')} should be ${expected}, is ${got}`)
    }
  }
  return [...found]
}
