import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$|dist$)/.test(entry.name))
  .map(({ name }) => name)
/** `#handlers/…` is a folder of the repository; any other `#` import is below `src/`. */
const IMPORTED = ['fixtures', 'handlers', 'occ']

const documents = ['CONTRIBUTING.md', 'README.md', ...markdownOf('docs'), ...markdownOf('decisions')]

function markdownOf(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${folder}/${file}`)
}

/** Paths of the repository that a document writes as code, outside of code blocks. */
function pathsIn(text: string): string[] {
  const spans = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!)
  return spans.map(inRepository).filter((path) => /^[\w.<>*@/-]+$/.test(path) && FOLDERS.includes(path.split('/')[0]!))
}

function inRepository(span: string): string {
  if (!span.startsWith('#')) return span.includes('/') ? span : ''
  const path = span.slice(1)
  // `#rrggbb` is a colour.
  if (!/[/.]/.test(path)) return ''
  return IMPORTED.includes(path.split('/')[0]!) ? path : `src/${path}`
}

/** Whether there is such a path; `<app>` and `*` stand for any name. */
function exists(path: string): boolean {
  let folders = ['']
  for (const segment of path.split('/').filter((part) => part !== '')) {
    const pattern = segment.replace(/<\w+>|\*+/g, '\u0000').replace(/[.]/g, '\\.')
    const name = new RegExp(`^${pattern.replaceAll('\u0000', '.+')}$`)
    folders = folders.flatMap((folder) =>
      namesIn(folder)
        .filter((one) => name.test(one))
        .map((one) => `${folder}/${one}`),
    )
  }
  return folders.length > 0
}

const names = new Map<string, readonly string[]>()

function namesIn(folder: string): readonly string[] {
  const known = names.get(folder)
  if (known) return known
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  for (const entry of entries) if (!entry.isDirectory()) names.set(`${folder}/${entry.name}`, [])
  const found = entries.map(({ name }) => name)
  names.set(folder, found)
  return found
}

describe('paths of the repository', () => {
  it.each(documents)('that %s names are there', (document) => {
    const paths = pathsIn(readFileSync(join(root, document), 'utf8'))
    expect([...new Set(paths)].filter((path) => !exists(path))).toEqual([])
  })

  it('are found in code, and told from other words', () => {
    const text =
      'See `src/lib/php.ts`, `#lib/php.ts`, `#handlers/<app>/app.ts`, `occ status`, `a/b` and `p`.\n```\n`src/no.ts`\n```'
    expect(pathsIn(text)).toEqual(['src/lib/php.ts', 'src/lib/php.ts', 'handlers/<app>/app.ts'])
  })

  it('may have a name left open', () => {
    expect(['handlers/<app>/app.ts', 'src/lib/*.ts', 'src/lib/'].map(exists)).toEqual([true, true, true])
    expect(['handlers/<app>/no.ts', 'src/lib/no.ts', 'src/mock.ts/no'].map(exists)).toEqual([false, false, false])
  })
})
