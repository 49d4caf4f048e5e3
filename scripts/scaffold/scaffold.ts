import type { KnownOperation } from '#profiles/profile.ts'
import { key, type PublishedOperation } from './published-operation.ts'

/** Files by path below the repository, and what to do with one that is there already. */
export interface Scaffold {
  readonly definition: { readonly path: string; readonly imports: string; readonly code: string }
  readonly test: { readonly path: string; readonly code: string }
}

/** A definition and a failing test for an operation, from what is published about it. */
export function scaffold(operation: KnownOperation, published: PublishedOperation | null): Scaffold {
  const { controller, action } = namesOf(operation)
  return {
    definition: {
      path: `handlers/${operation.app}/${controller}.ts`,
      imports: `import { defineEndpoint, ${(published?.input.length ?? 0) > 0 ? 'p, ' : ''}s } from '#line/endpoint.ts'\n`,
      code: definitionCode(operation, published, camelCase(action)),
    },
    test: {
      path: `test/handlers/${operation.app}/${controller}-${action}.test.ts`,
      code: testCode(operation, published),
    },
  }
}

/** `files_sharing-shareapi-get-share` is the action `get-share` of the controller `shareapi`. */
function namesOf({ id, app }: KnownOperation): { controller: string; action: string } {
  const [controller = 'operations', ...action] = id.slice(app.length + 1).split('-')
  return { controller: controller.replaceAll('_', '-'), action: action.join('-') || 'call' }
}

const camelCase = (name: string) => name.replace(/[-_]+(\w)/g, (_, letter: string) => letter.toUpperCase())

function definitionCode(operation: KnownOperation, published: PublishedOperation | null, name: string): string {
  const { access = 'user', input = [], output = 's.any()', failures = [] } = published ?? {}
  const lines = [
    `  id: '${operation.id}',`,
    `  app: '${operation.app}',`,
    `  method: '${operation.method}',`,
    `  path: '${operation.path}',`,
    `  access: '${access}',`,
    "  summary: 'Say in a sentence of your own what it does',",
    ...(input.length > 0
      ? [`  input: {\n${input.map(([member, code]) => `    ${key(member)}: ${code},`).join('\n')}\n  },`]
      : []),
    `  output: ${output},`,
    ...(failures.length > 0 ? [`  failures: { ${failures.map((status) => `${status}: ''`).join(', ')} },`] : []),
    ...(operation.path.includes('{')
      ? [
          `  probe: { ${pathNames(operation.path)
            .map((member) => `${key(member)}: '1'`)
            .join(', ')} },`,
        ]
      : []),
    '  handle: ({ crash }) => crash(),',
  ]
  return `export const ${name} = defineEndpoint({\n${lines.join('\n')}\n})\n`
}

const pathNames = (path: string) => [...path.matchAll(/\{([^:}]+)/g)].map(([, name]) => name!)

function testCode({ id, method, path }: KnownOperation, published: PublishedOperation | null): string {
  const failures = (published?.failures ?? []).map((status) => ` * - a test for the failure ${status}\n`).join('')
  const asked = path.replace(/\{[^}]+\}/g, '1')
  return `import { directly, expect } from '../../support/ways.ts'

/*
 * What is left to do for ${id}:
 * - the summary and, where the real server has them, the failures of its definition
 * - its handler: rules about state go to src/world/, codes and messages stay in the handler
 * - a test for each success, instead of the one below; the first goes way.inEveryWay, all others "it"
${failures} * - "npm run generate", and "ocs-mock verify" against a real server
 */
directly('${method} ${path}', {}, (way) => {
  way.inEveryWay('answers what the real server answers', async () => {
    const answer = await way.ask('${method}', '${asked}', { as: 'admin:admin' })
    expect(answer.code).toBe(200)
    expect(answer.text).toBe('Ask a real server, and write down here what it says.')
  })
})
`
}
