/**
 * Writes what follows from the definitions: `spec/openapi.json` and `spec/COVERAGE.md`.
 * `--check` only says whether they are fresh, and whether every documented operation is implemented and tested.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { openApiDocument } from '#adapters/openapi.ts'
import { compose } from '#compose.ts'
import { allInRelease } from '#line/in-release.ts'
import { DEFAULT_PROFILE, findProfile } from '#profiles/index.ts'
import { operations } from '#profiles/keys.ts'
import { profileMatrix } from '#profiles/matrix.ts'
import { openProfile } from '#profiles/profile.ts'
import { incomplete } from './coverage/complete.ts'
import { type Measured, profilesTable } from './coverage/profiles.ts'
import { coverageTable } from './coverage/table.ts'
import { readTested } from './coverage/tested.ts'

const root = new URL('../', import.meta.url).pathname
const { catalogue } = compose()
const profile = openProfile(findProfile(DEFAULT_PROFILE))
const definitions = { endpoints: allInRelease((await catalogue.loadAll()).endpoints, profile) }

const files: Readonly<Record<string, () => string | Promise<string>>> = {
  'spec/openapi.json': () => oneLineEach(openApiDocument(definitions, profile)),
  'spec/COVERAGE.md': async () =>
    coverageTable({ root, catalogue, endpoints: definitions.endpoints, profile, profiles: await profilesSection() }),
}

for (const [file, make] of Object.entries(files)) {
  const path = root + file
  const text = await make()
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  if (process.argv.includes('--check')) {
    console.error(`${file} is stale. Run "npm run generate".`)
    process.exitCode = 1
    continue
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.log(`${file}: ${Math.ceil(text.length / 1024)} KB`)
}

if (process.argv.includes('--check')) {
  const problems = incomplete(await operations.load(profile), definitions.endpoints, readTested(root))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}

async function profilesSection(): Promise<string> {
  const measured: Measured = JSON.parse(readFileSync(`${root}fidelity-profiles.json`, 'utf8'))
  const ownclouds = profileMatrix('owncloud', { from: 10 })
  return profilesTable(catalogue, [...profileMatrix('nextcloud'), ...ownclouds], measured)
}

/** JSON with a line for every operation and every schema: small, and a change is a line. */
function oneLineEach(document: Record<string, unknown>): string {
  const print = (value: unknown, depth: number, indent: string): string => {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (!isMap || depth === 0) return JSON.stringify(value)
    const inner = `${indent} `
    const members = Object.entries(value).map(
      ([key, member]) => `${inner}${JSON.stringify(key)}: ${print(member, depth - 1, inner)}`,
    )
    return `{\n${members.join(',\n')}\n${indent}}`
  }
  return `${print(document, 3, '')}\n`
}
