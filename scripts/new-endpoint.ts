/**
 * Starts a new endpoint: a definition with what is known about it, listed by its app, and a test that fails until it
 * is done.
 *
 * usage: npm run new:endpoint -- OPERATION-ID [OPTIONS]
 *   OPERATION-ID  one that the product publishes: files_sharing-shareapi-get-share; or any other, with the next three
 *   --app         the app that answers it
 *   --method      GET, POST, PUT, PATCH or DELETE
 *   --path        below /ocs/v2.php, with {parameters}; or the whole path below /index.php/apps/
 *   --resource    the file below handlers/<app>/ that it goes to, without .ts
 *   --openapi     the product's OpenAPI document of the app: parameters, the shape of the answer, failures
 *   --dry-run     only show what would be written
 *
 * Without an OPERATION-ID it is called after the three, as in "activity:GET /apps/activity/api/v2/activity".
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compose } from '#compose.ts'
import { DEFAULT_PROFILE, findProfile } from '#profiles/index.ts'
import { operations as published } from '#profiles/keys.ts'
import { type KnownOperation, openProfile } from '#profiles/profile.ts'
import { readPublished } from './scaffold/published-operation.ts'
import { scaffold } from './scaffold/scaffold.ts'
import { wantedOperation } from './scaffold/wanted-operation.ts'
import { readFolders, writeAndGenerate } from './support/write-files.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    app: { type: 'string' },
    method: { type: 'string' },
    path: { type: 'string' },
    resource: { type: 'string' },
    openapi: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
})

const readJson = (path: string | URL) => JSON.parse(readFileSync(path, 'utf8')) as unknown

function readDocument(file: string, { id, app }: KnownOperation) {
  const published = readPublished(readJson(file) as Record<string, unknown>, id, app)
  if (!published) throw new Error(`${file} does not describe ${id}.`)
  return published
}

try {
  const known = await published.load(openProfile(findProfile(DEFAULT_PROFILE)))
  const { operations } = compose().catalogue
  const apps = [...new Set(operations.map(({ app }) => app))]
  const operation = wantedOperation({ id: positionals[0], ...values }, known, apps)
  const { id, app, method, path } = operation
  const same = operations.find((one) => one.id === id || (one.methods.includes(method) && one.path === path))
  if (same) throw new Error(`${same.id} is there already: look for it in handlers/${same.app}/.`)
  const files = scaffold(operation, {
    published: values.openapi === undefined ? null : readDocument(values.openapi, operation),
    resource: values.resource,
    files: readFolders([`handlers/${app}`, `test/handlers/${app}`]),
  })
  if (values['dry-run']) {
    for (const [name, text] of Object.entries(files)) console.log(`// ${name}\n${text}`)
  } else {
    writeAndGenerate(files)
    console.log(`Wrote ${Object.keys(files).join(', ')}. Now make the test pass.`)
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}
