import { describe, expect, it } from 'vitest'
import { mutantsOf, mutated } from '../../scripts/mutation/mutants.ts'
import { ENVIRONMENT, mutationPlugin, type Placed } from '../../scripts/mutation/plugin.ts'
import { withProbes } from '../../scripts/mutation/probes.ts'
import { resultOf, show } from '../../scripts/mutation/result.ts'
import { Reach } from '../../scripts/mutation/run.ts'
import { mutableFiles, sampleMutants } from '../../scripts/mutation/sample.ts'

/** All that becomes of some code, one mutant each. */
const become = (code: string) => mutantsOf(code).map((mutant) => mutated(code, mutant))

describe('mutants', () => {
  it.each([
    ['a === b', ['a !== b']],
    ['a < b', ['a <= b']],
    ['a >= b', ['a > b']],
    ['a + b', ['a - b']],
    ['a ? b : c', ['true ? b : c', 'false ? b : c']],
    ['a && b', ['a || b']],
    ['(a) || b', ['(a) && b']],
    ['a ?? b', ['(a)']],
    ['!(a.b)', ['(a.b)']],
    ['7', ['8']],
    ['true', ['false']],
    ["'text'", ["''"]],
    ["''", ["'mutated'"]],
    [['`', 'a$', '{b}`'].join(''), ["''"]],
    ['[a, b]', ['[]']],
    ['a.every(b)', ['a.some(b)']],
    ['Math.min(a, b)', ['Math.max(a, b)']],
    ['({ ...a, ...b })', ['({ ...b, ...a })']],
  ])('of %s', (code, expected) => {
    expect(become(`x = (${code})`)).toEqual([';', ...expected.map((one) => `x = (${one})`)])
  })

  it('of statements', () => {
    expect(become('if (a) b()')).toEqual(['if (true) b()', 'if (false) b()', 'if (a) ;'])
    expect(become('async () => { await a.b(); c += d; e++ }')).toEqual([
      'async () => { ; c += d; e++ }',
      'async () => { await a.b(); ; e++ }',
      'async () => { await a.b(); c -= d; e++ }',
      'async () => { await a.b(); c += d; e-- }',
    ])
    expect(become('while (a < b) c()')).toEqual(['while (false) c()', 'while (a <= b) c()', 'while (a < b) ;'])
  })

  it('leave alone what does not run, and what is said to readers', () => {
    for (const code of [
      "import a from 'a'",
      "import data from './a.json' with { type: 'json' }",
      "export type A = 'a' | 1",
      "export interface B { readonly 'b': 2 }",
      "const a = b as 'c' | 'd'",
      "const a = (b satisfies Record<'c', 1>)",
      'const a = { summary: "what it does", 404: b, "c-d": e }',
      "const a = s.described('what editors show', b)",
      "function f() { throw new Error('Nobody calls it so.') }",
      'const a: 1 = b!',
      'const a = /b/.test(c)',
      "declare module 'a' { export const b: 3 }",
    ])
      expect([code, become(code)]).toEqual([code, []])
  })

  it('know the innermost function that they are in', () => {
    const code = 'const a = 1\nfunction f(b = 2) { return () => 3 }\nclass C { d = 4; e() { return 5 } }'
    expect(mutantsOf(code).map(({ scope, replacement }) => [replacement, scope])).toEqual([
      ['2', null],
      ['3', 0],
      ['4', 1],
      ['5', null],
      ['6', 2],
    ])
  })
})

describe('probes', () => {
  it('say which functions run, and change nothing else', () => {
    const code = `
      const add = (a) => (b) => a + b
      const pair = (a) => ({ a })
      class Counter { #count = 0; get next() { return ++this.#count } }
      function never() { return 1 }
      return [add(1)(2), pair(3), new Counter().next]`
    // A function may return only within one, which has the first number.
    const probed = withProbes(`function all() {${code}}`, 'a.ts')
    const reached: string[] = []
    globalThis.ocsMockReached = (name) => reached.push(name)
    const result: unknown = new Function(`${probed}; return all()`)()
    globalThis.ocsMockReached = undefined
    expect(result).toEqual([3, { a: 3 }, 1])
    expect(reached).toEqual(['a.ts#0', 'a.ts#1', 'a.ts#2', 'a.ts#3', 'a.ts#4'])
  })
})

describe('a run of tests', () => {
  const mutant: Placed = { file: 'src/a.ts', kind: 'number', start: 10, end: 11, replacement: '2', scope: null }

  it('has the mutant in memory, and nothing else changed', () => {
    const plugin = mutationPlugin('/repository', { [ENVIRONMENT.mutant]: JSON.stringify(mutant) })
    expect(plugin.transform('const a = 1', '/repository/src/a.ts?v=1')?.code).toBe('const a = 2')
    expect(plugin.transform('const a = 1', '/repository/src/b.ts')).toBeNull()
    const probing = mutationPlugin('/repository', { [ENVIRONMENT.probed]: '["src/b.ts"]' })
    expect(probing.transform('() => {}', '/repository/src/b.ts')?.code).toContain('src/b.ts#0')
    expect(mutationPlugin('/repository', {}).transform('() => {}', '/repository/src/b.ts')).toBeNull()
  })

  it('asks the tests that reach a mutant, quick ones first', () => {
    const reach = new Reach([
      { test: null, milliseconds: 0, functions: ['src/a.ts#2'] },
      { test: 'test/a.test.ts', milliseconds: 20, functions: ['src/a.ts#0', 'src/a.ts#1'] },
      { test: 'test/b.test.ts', milliseconds: 10, functions: ['src/a.ts#0'] },
      { test: 'test/c.test.ts', milliseconds: 5, functions: ['src/b.ts#0', 'src/a.ts#2'] },
    ])
    const of = (scope: number | null) => reach.testsFor({ ...mutant, scope })
    expect(of(0)).toEqual([['test/b.test.ts', 'test/a.test.ts'], []])
    expect(of(1)).toEqual([['test/a.test.ts'], []])
    expect(of(3)).toEqual([[], []])
    // What runs when a module is loaded may show in any test.
    const anywhere = [['test/b.test.ts', 'test/a.test.ts'], ['test/c.test.ts']]
    expect([of(null), of(2)]).toEqual([anywhere, anywhere])
  })
})

describe('a sample', () => {
  const root = new URL('../..', import.meta.url).pathname
  const files = mutableFiles(root, 'src/line/')

  it('is fixed by its seed', () => {
    const of = (seed: number) => sampleMutants(root, files, { seed, count: 20 })
    expect(of(1)).toHaveLength(20)
    expect(of(1)).toEqual(of(1))
    expect(of(1)).not.toEqual(of(2))
  })

  it('is of the files that somebody wrote', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(files.filter((file) => !/^src\/line\/.*\.ts$/.test(file))).toEqual([])
    expect(mutableFiles(root, 'handlers/index.ts')).toEqual([])
  })
})

describe('the result', () => {
  const code = 'const a = 0\nif (a) b()\n'
  const of = (file: string, start: number, replacement: string): Placed => ({
    file,
    kind: 'x',
    start,
    end: start + 1,
    replacement,
    scope: null,
  })

  it('shows the line of a mutant', () => {
    expect(show(of('src/world/a.ts', 16, 'true'), code)).toEqual({
      place: 'src/world/a.ts:2',
      before: 'if (a) b()',
      after: 'if (true) b()',
    })
  })

  it('states the share of those that can be noticed, and what was not', () => {
    const judged = (file: string, killed: boolean, equivalent: string | null = null) => {
      const mutant = of(file, 10, '1')
      return { mutant, shown: show(mutant, code), killed, equivalent, by: killed ? 'a test' : null }
    }
    const result = resultOf(7, [
      judged('src/world/a.ts', true),
      judged('src/line/b.ts', true),
      judged('src/line/c.ts', false),
      judged('handlers/d.ts', false, 'the same program'),
    ])
    expect(result).toEqual({
      seed: 7,
      count: 4,
      share: 0.667,
      areas: { 'src/world': { killed: 1, of: 1 }, 'src/line': { killed: 1, of: 2 }, handlers: { killed: 0, of: 0 } },
      equivalent: 1,
      survivors: [{ place: 'src/line/c.ts:1', before: 'const a = 0', after: 'const a = 1' }],
    })
  })
})
