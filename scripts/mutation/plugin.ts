/** What a run of tests is told through its environment: which code is another one, in memory alone. */
import { relative } from 'node:path'
import type { Plugin } from 'vitest/config'
import { type Mutant, mutated } from './mutants.ts'
import { withProbes } from './probes.ts'

/** A mutant of a file of the repository. */
export type Placed = Mutant & { readonly file: string }

/** The names of the variables. */
export const ENVIRONMENT = {
  /** A {@link Placed} mutant as JSON. */
  mutant: 'OCS_MOCK_MUTANT',
  /** Files whose functions say that they run, as JSON. */
  probed: 'OCS_MOCK_PROBED',
  /** A folder into which each file of tests writes what it reached. */
  reached: 'OCS_MOCK_REACHED',
} as const

/** Transforms what is mutated or probed, and nothing else. No file is changed. */
export function mutationPlugin(root: string, env: Readonly<Record<string, string | undefined>> = process.env) {
  const mutant = env[ENVIRONMENT.mutant] ? (JSON.parse(env[ENVIRONMENT.mutant]!) as Placed) : null
  const probed = new Set<string>(JSON.parse(env[ENVIRONMENT.probed] ?? '[]'))
  const changes = (file: string) => file === mutant?.file || probed.has(file)
  const fileOf = (id: string) => relative(root, id.split('?')[0]!)
  return {
    name: 'ocs-mock-mutation',
    enforce: 'pre',
    // What is kept of earlier runs is right for all other files.
    configureVitest: ({ experimental_defineCacheKeyGenerator: keyBy }) =>
      keyBy(({ id }) => (changes(fileOf(id)) ? false : null)),
    transform(code: string, id: string): { code: string; map: null } | null {
      const file = fileOf(id)
      if (file === mutant?.file) return { code: mutated(code, mutant), map: null }
      if (probed.has(file)) return { code: withProbes(code, file), map: null }
      return null
    },
  } satisfies Plugin
}

/** Which probed functions ran. */
export interface Reached {
  /** For which file of tests; `null`: when their modules were loaded. */
  readonly test: string | null
  readonly milliseconds: number
  readonly functions: readonly string[]
}
