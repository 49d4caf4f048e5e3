import { quote } from '#lib/quote.ts'
import type { KnownOperation } from '#profiles/profile.ts'
import { namespaceOf, usesName, withImport, withListed } from './edit-module.ts'
import { namesOf } from './operation-names.ts'
import { key, type PublishedOperation } from './published-operation.ts'

/** Texts of files by their paths below the repository. */
export type Files = Readonly<Record<string, string>>

export interface ScaffoldOptions {
  readonly published: PublishedOperation | null
  /** The file that the definition goes to, without its ending. Default: where its peers are, or what the path says. */
  readonly resource?: string | undefined
  /** The files of the app and of its tests, as they are now. */
  readonly files: Files
}

/**
 * Files as they are with one more operation: its definition, the app that lists it, and a test that fails.
 * @throws Error that says what is in the way
 */
export function scaffold(operation: KnownOperation, { published, resource, files }: ScaffoldOptions): Files {
  const folder = `handlers/${operation.app}`
  const names = namesOf(operation, resource ?? resourceOfPeers(operation, files))
  const [appPath, path] = [`${folder}/app.ts`, `${folder}/${names.resource}.ts`]
  const testPath = `test/${folder}/${names.resource}-${names.action}.test.ts`
  const app = files[appPath]
  if (app === undefined)
    throw new Error(`There is no app "${operation.app}". Run "npm run new:app -- ${operation.app}".`)
  if (path === appPath) throw new Error('app.ts only lists what its app adds. Name another file with --resource.')
  if (files[testPath] !== undefined) throw new Error(`${testPath} is there already.`)
  const module = files[path] ?? ''
  const name = names.exports.find((one) => !usesName(module, one) && !usesName(app, one))
  if (!name) throw new Error(`${path} has ${names.exports.join(' and ')} already. Name another file with --resource.`)
  const builders = ['defineEndpoint', ...((published?.input.length ?? 0) > 0 ? ['p'] : []), 's']
  return {
    [path]: `${withImport(module, builders, '#app/index.ts').trimEnd()}\n\n${definitionCode(operation, published, name)}`,
    [appPath]: listedIn(app, `./${names.resource}.ts`, name),
    [testPath]: testCode(operation, published),
  }
}

/** The file of the app that defines other operations of the same controller, as ids of published ones name it. */
function resourceOfPeers({ id, app }: KnownOperation, files: Files): string | undefined {
  const controller = /^\w+-[^-]+-/.exec(id)?.[0]
  if (!controller?.startsWith(`${app}-`)) return undefined
  const peers = Object.entries(files).find(([path, text]) => {
    return path.startsWith(`handlers/${app}/`) && text.includes(`  id: '${controller}`)
  })
  return peers?.[0].slice(`handlers/${app}/`.length, -'.ts'.length)
}

function listedIn(app: string, module: string, name: string): string {
  const namespace = namespaceOf(app, module)
  if (namespace) return withListed(app, 'endpoints', `${namespace}.${name}`)
  return withListed(withImport(app, [name], module), 'endpoints', name)
}

export function definitionCode(operation: KnownOperation, published: PublishedOperation | null, name: string): string {
  const { access = 'user', input = [], output = 's.any()', failures = [] } = published ?? {}
  const parameters = pathNames(operation.path).map((member) => `${key(member)}: '1'`)
  const lines = [
    `  id: ${quote(operation.id)},`,
    `  app: ${quote(operation.app)},`,
    `  method: ${quote(operation.method)},`,
    `  path: ${quote(operation.path)},`,
    `  access: ${quote(access)},`,
    "  summary: 'Say in a sentence of your own what it does',",
    ...(operation.path.startsWith('/index.php/') ? ['  envelope: false,'] : []),
    ...(input.length > 0
      ? [`  input: {\n${input.map(([member, code]) => `    ${key(member)}: ${code},`).join('\n')}\n  },`]
      : []),
    `  output: ${output},`,
    ...(failures.length > 0 ? [`  failures: { ${failures.map((status) => `${status}: ''`).join(', ')} },`] : []),
    ...(parameters.length > 0 ? [`  probe: { ${parameters.join(', ')} },`] : []),
    '  handle: ({ crash }) => crash(),',
  ]
  return `export const ${name} = defineEndpoint({\n${lines.join('\n')}\n})\n`
}

const pathNames = (path: string) => [...path.matchAll(/\{([^:}]+)/g)].map(([, name]) => name!)

function testCode({ id, method, path }: KnownOperation, published: PublishedOperation | null): string {
  const failures = (published?.failures ?? []).map((status) => ` * - a test for the failure ${status}\n`).join('')
  const asked = quote(path.replace(/\{(?:[^{}]|\{[^}]*\})*\}/g, '1'))
  const isOcs = !path.startsWith('/index.php/')
  const test = isOcs ? 'way.inEveryWay' : 'it'
  const ask = isOcs ? `ask('${method}', ${asked}, { as: 'admin:admin' })` : `fetch(${asked}, { method: '${method}' })`
  return `import { directly, expect${isOcs ? '' : ', it'} } from '../../support/ways.ts'

/*
 * What is left to do for ${id}:
 * - the summary and, where the real server has them, the failures of its definition
 * - its handler: codes and messages stay in the handler, rules about state go to the app's state.ts,
 *   or to src/world/ where several apps share it
 * - a test for each success, instead of the one below${isOcs ? '; the first goes way.inEveryWay, all others "it"' : ''}
${failures} * - "npm run generate", and "ocs-mock verify" against a real server
 */
directly(${quote(`${method} ${path}`)}, {}, (way) => {
  ${test}('answers what the real server answers', async () => {
    const answer = await way.${ask}
    expect(answer.${isOcs ? 'code' : 'status'}).toBe(200)
    expect(${isOcs ? 'answer.text' : 'await answer.text()'}).toBe('Ask a real server, and write down here what it says.')
  })
})
`
}
