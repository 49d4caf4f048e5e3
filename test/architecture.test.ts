import { describe, expect, it } from 'vitest'
import { circles, type SourceFile, sourceFiles } from './support/source-tree.ts'

/** Rooms from the bottom to the top: each knows those above it in this list, and nothing of those beside it. */
const STOREYS: readonly (readonly string[])[] = [
  ['lib'],
  ['world'],
  ['profiles'],
  ['line'],
  ['app'],
  ['app-api', 'console', 'dav', 'openapi', 'page'],
  ['handlers', 'occ'],
]
/** What looks at the product from outside, and gets what there is as a value. */
const READERS = ['adapters', 'contract', 'control', 'faults', 'journal', 'replay', 'scenario', 'verify']
/** Files of `src/` that readers may know. */
const FOR_READERS = ['src/mock.ts', 'src/types.ts', 'src/version.ts']
/** Whoever puts the product together, and whoever starts it. */
const COMPOSERS = ['src/compose.ts', 'src/types.ts', 'src/mock.ts', 'src/index.ts', 'src/core.ts', 'src/server.ts']
const MOST_LINES = 350

/** The manifest, which is generated: which app answers what, and how its parts are loaded. */
const isManifest = (path: string) => /^handlers\/(?:index\.ts$|gathered\/)/.test(path)

const files = sourceFiles('src', 'handlers', 'occ')
const written = files.filter(({ path }) => !isManifest(path))

/** `line` of `src/line/handle.ts`, `handlers` of a handler; `''`: a file of `src/` itself. */
function roomOf(path: string): string {
  const [top, folder, file] = path.split('/')
  if (top !== 'src') return top!
  return file === undefined ? '' : folder!
}
const appOf = (path: string) => (path.startsWith('handlers/') && !isManifest(path) ? path.split('/')[1]! : null)
const storeyOf = (room: string) => STOREYS.findIndex((rooms) => rooms.includes(room))

/** Imports that break a rule, as lines to read. */
const breaking = (of: readonly SourceFile[], isWrong: (from: string, to: string) => boolean): string[] =>
  of.flatMap(({ path, imports }) => imports.filter((to) => isWrong(path, to)).map((to) => `${path} imports ${to}`))

describe('imports', () => {
  it('go down one way, from handlers to helpers', () => {
    const wrong = breaking(written, (from, to) => {
      const storey = storeyOf(roomOf(from))
      if (storey < 0 || roomOf(from) === roomOf(to) || to === 'src/version.ts') return false
      return storeyOf(roomOf(to)) < 0 || storeyOf(roomOf(to)) >= storey
    })
    expect(wrong).toEqual([])
  })

  it('bring readers what there is as a value', () => {
    const readers = written.filter(({ path }) => READERS.includes(roomOf(path)))
    const isAbove = (to: string) =>
      ['handlers', 'occ', 'cli'].includes(roomOf(to)) || (roomOf(to) === '' && !FOR_READERS.includes(to))
    expect(breaking(readers, (_, to) => isAbove(to))).toEqual([])
    expect(readers.length).toBeGreaterThan(50)
  })

  it('know the manifest only where the product is put together', () => {
    const others = written.filter(({ path }) => !COMPOSERS.includes(path) && !path.startsWith('src/cli/'))
    expect(breaking(others, (_, to) => isManifest(to))).toEqual([])
  })

  it('reach another app only through its api.ts', () => {
    const wrong = breaking(written, (from, to) => {
      const app = appOf(to)
      return app !== null && app !== appOf(from) && !to.endsWith('/api.ts')
    })
    expect(wrong).toEqual([])
  })

  it('climb over no wall: # between rooms and between apps, dots within', () => {
    const isOutside = (from: string, to: string) => roomOf(from) !== roomOf(to) || appOf(from) !== appOf(to)
    const wrong = written.flatMap(({ path, relativeImports }) =>
      relativeImports.filter((to) => roomOf(path) !== '' && isOutside(path, to)).map((to) => `${path} imports ${to}`),
    )
    expect(wrong).toEqual([])
  })

  it('run in no circle, types included', () => {
    expect(circles(files).map((circle) => circle.join(' → '))).toEqual([])
  })

  it('are all read from the files, and a circle would be seen', () => {
    const file = (path: string, ...imports: string[]): SourceFile => ({ path, text: '', imports, relativeImports: [] })
    expect(circles([file('a', 'b'), file('b', 'c', 'd'), file('c', 'b'), file('d')])).toEqual([['b', 'c', 'b']])
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(3000)
  })
})

describe('modules', () => {
  it('export every table, so that the index finds it', () => {
    const hidden = written
      // Apps made of documents have tables that nobody wrote.
      .filter(({ path }) => path !== 'src/world/define-table.ts' && !path.startsWith('src/openapi/'))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => /\bdefineTable(?:<.*>)?\(/.test(line) && !/^(?:export const \w+ =| \*)/.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      )
    expect(hidden).toEqual([])
  })

  it('can be read at one sitting', () => {
    const long = written
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES)
    expect(long).toEqual([])
  })

  it('never ask which product they are: its oddities are properties of its profile', () => {
    const asks =
      /\bprofile\b[\w.?]*\.(?:id|product|productName|versionString|edition)\b\s*(?:[!=]==?\s*['"`]|\.(?:startsWith|includes|match)\(|\s*in\s)|\bswitch \([\w.]*profile\.(?:id|product|versionString)\)|\bversion\[0\]!?\s*[<>=]/
    const wrong = written
      .filter(({ path }) => !path.startsWith('src/profiles/'))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => asks.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      )
    expect(wrong).toEqual([])
    expect(asks.test("if (profile.id === 'owncloud-8.1') return")).toBe(true)
    expect(asks.test("instance.profile.versionString.startsWith('34')")).toBe(true)
  })
})
