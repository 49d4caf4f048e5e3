/**
 * Writes `fixtures/profiles/documented/printed.json` and `app-info.json`: what the profile `documented` answers from, read
 * from the examples of the manuals in `fixtures/documented/`. `--check` only says whether they are fresh.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { readXmlDocument, type XmlNode } from '#lib/read-xml.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** One example of a manual, as far as it is read here. */
interface Example {
  readonly title: string
  readonly request: { readonly url: string; readonly user?: string }
  readonly file?: { readonly user: string; readonly path: string; readonly id: number }
  readonly answer: {
    readonly statuscode?: number
    readonly format?: string
    readonly body?: string
    readonly contains?: string
    readonly link?: { readonly validFor: string }
  }
}

const read = (file: string): unknown => JSON.parse(readFileSync(root + file, 'utf8'))
const examplesOf = (manual: string): readonly Example[] => {
  const document = read(`fixtures/documented/${manual}.json`) as { readonly examples: readonly Example[] }
  return document.examples
}

const overview = examplesOf('ocs-api-overview')
const apps = examplesOf('provisioning-apps')
const external = examplesOf('external-api')

function example(examples: readonly Example[], title: string): Example {
  const found = examples.find((one) => one.title === title)
  if (!found) throw new Error(`No manual in fixtures/documented/ has an example "${title}".`)
  return found
}

/** An element as the data that a server writes so. */
function readValue({ children, text }: XmlNode): Json {
  if (children.length === 0) return /^-?\d+$/.test(text.trim()) ? Number(text) : text.trim()
  if (children.every(({ name }) => name === 'element')) return children.map(readValue)
  return Object.fromEntries(children.map((child) => [child.name, readValue(child)]))
}

/** What an example prints below an element of the answer: `data`, `meta`. */
function printedIn(examples: readonly Example[], title: string, path: readonly string[]): Json {
  const { body = '' } = example(examples, title).answer
  const value = path.reduce<Json | undefined>(
    (inside, name) => membersOf(inside)[name],
    readValue(readXmlDocument(body)),
  )
  if (value === undefined) throw new Error(`The example "${title}" prints no ${path.join('/')}.`)
  return value
}

const fragment = (title: string) => readValue(readXmlDocument(example(overview, title).answer.contains ?? ''))

/** Who logs in, in any of the examples, and is not refused. */
function logins(): Record<string, string> {
  const accepted = [...overview, ...apps, ...external].filter(({ answer }) => answer.statuscode !== 997)
  const pairs = accepted.map(({ request }) => {
    const url = new URL(request.url)
    return (request.user ?? `${url.username}:${url.password}`).split(':')
  })
  return Object.fromEntries(pairs)
}

const direct = example(overview, 'Obtain a direct link, valid for 24 hours')
const { user: owner, path, id } = direct.file!
const profileApps = read('fixtures/profiles/documented/apps.json') as readonly { readonly id: string }[]

const printed = {
  logins: logins(),
  user: printedIn(overview, 'User metadata', ['data']),
  version: printedIn(overview, 'Capabilities', ['data', 'version']),
  capabilities: {
    ...membersOf(printedIn(overview, 'Capabilities', ['data', 'capabilities'])),
    theming: fragment('Theming capabilities'),
  },
  enabledApps: printedIn(apps, 'Gets enabled apps', ['data', 'apps']),
  appsMeta: printedIn(apps, 'Gets enabled apps', ['meta']),
  ownAppMeta: metaOfOwnApps(),
  directLinkHours: Number.parseInt(direct.answer.link!.validFor, 10),
  files: { [owner]: { [path]: { content: 'The file of the manual.', id } } },
}

const appInfo = Object.fromEntries(
  profileApps.map((app) => [app.id, app.id === 'files' ? filesInfo() : { id: app.id }]),
)

/** Elements that are printed empty are lists where an app's info has lists. */
function filesInfo(): JsonObject {
  const info = membersOf(printedIn(apps, 'Get app info for the files app', ['data']))
  return { ...info, info: [], public: [] }
}

function metaOfOwnApps(): JsonObject {
  const { body = '' } = example(external, 'JSON by ?format=json').answer
  // What the reader's app answers stands where the manual has a comment.
  const printed = JSON.parse(body.replace('// data here', '')) as { readonly ocs: { readonly meta: JsonObject } }
  return printed.ocs.meta
}

const documents: Readonly<Record<string, unknown>> = {
  'fixtures/profiles/documented/printed.json': printed,
  'fixtures/profiles/documented/app-info.json': appInfo,
}
for (const [file, value] of Object.entries(documents)) {
  const content = `${JSON.stringify(value, null, 1)}\n`
  if (existsSync(root + file) && readFileSync(root + file, 'utf8') === content) continue
  if (process.argv.includes('--check')) {
    console.error(`${file} is stale. Run "npm run generate".`)
    process.exitCode = 1
  } else {
    writeFileSync(root + file, content)
    console.log(`${file}: written`)
  }
}
