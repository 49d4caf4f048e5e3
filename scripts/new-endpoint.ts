/**
 * Starts a new endpoint: a definition with what is published about it, and a test that fails until it is done.
 *
 * usage: npm run new:endpoint -- OPERATION-ID [--openapi FILE] [--profile NAME] [--dry-run]
 *   OPERATION-ID  the app and the operationId that the product publishes: files_sharing-shareapi-get-share
 *   --openapi     the product's OpenAPI document of the app: parameters, the shape of the answer, failures
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { compose } from '#compose.ts'
import { DEFAULT_PROFILE, findProfile } from '#profiles/index.ts'
import { operations } from '#profiles/keys.ts'
import { openProfile } from '#profiles/profile.ts'
import { readPublished } from './scaffold/published-operation.ts'
import { scaffold } from './scaffold/scaffold.ts'

const { endpoints } = await compose().catalogue.loadAll()

const root = new URL('../', import.meta.url).pathname
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    openapi: { type: 'string' },
    profile: { type: 'string', default: DEFAULT_PROFILE },
    'dry-run': { type: 'boolean', default: false },
  },
})

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}

const [id = ''] = positionals
const known = await operations.load(openProfile(findProfile(values.profile)))
const operation = known.find((one) => one.id === id)
if (!operation) {
  const near = known.filter((one) => one.id.includes(id)).map((one) => `  ${one.id}`)
  fail(
    `There is no operation "${id}" in ${values.profile}.${near.length > 0 ? ` Did you mean\n${near.slice(0, 20).join('\n')}` : ''}`,
  )
}
if (endpoints.some((endpoint) => endpoint.id === id))
  fail(`${id} is there already: look for it in handlers/${operation.app}/.`)

const document =
  values.openapi === undefined ? null : (JSON.parse(readFileSync(values.openapi, 'utf8')) as Record<string, unknown>)
const published = document && readPublished(document, id, operation.app)
if (document && !published) fail(`${values.openapi} does not describe ${id}.`)

const { definition, test } = scaffold(operation, published)
if (values['dry-run']) {
  console.log(`// ${definition.path}\n${definition.imports}\n${definition.code}\n// ${test.path}\n${test.code}`)
  process.exit(0)
}
if (existsSync(join(root, test.path))) fail(`${test.path} is there already.`)
for (const { path } of [definition, test]) mkdirSync(dirname(join(root, path)), { recursive: true })
const target = join(root, definition.path)
if (existsSync(target)) appendFileSync(target, `\n${definition.code}`)
else writeFileSync(target, `${definition.imports}\n${definition.code}`)
writeFileSync(join(root, test.path), test.code)
console.log(`Wrote ${definition.path} and ${test.path}. Now "npm run generate", and make the test pass.`)
