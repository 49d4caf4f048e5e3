/** Which mutants there are, and a sample of them that a seed fixes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SimpleFaker } from '@faker-js/faker'
import { mutantsOf } from './mutants.ts'
import type { Placed } from './plugin.ts'

/** What is mutated: state and its rules, the line, and what is answered. */
export const AREAS = ['src/world', 'src/line', 'handlers'] as const

/**
 * Files with code that somebody wrote, by path: those of the areas, or those whose paths begin so.
 */
export function mutableFiles(root: string, only = ''): string[] {
  const folders = only === '' ? AREAS : ['src', 'handlers', 'occ']
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
        .filter((file) => file.endsWith('.ts') && file.startsWith(only))
        .filter((file) => !readFileSync(join(root, file), 'utf8').startsWith('// Generated')),
    )
    .sort()
}

export interface Sample {
  readonly seed: number
  readonly count: number
  /** One line alone. */
  readonly line?: number
}

/** Some mutants of all that there are, as a seed wants it, in the order of their places. */
export function sampleMutants(root: string, files: readonly string[], { seed, count, line }: Sample): Placed[] {
  const all = files.flatMap((file) => {
    const code = readFileSync(join(root, file), 'utf8')
    return mutantsOf(code)
      .filter(({ start }) => line === undefined || line === lineOf(code, start))
      .map((mutant): Placed => ({ ...mutant, file }))
  })
  const faker = new SimpleFaker()
  faker.seed(seed)
  return faker.helpers
    .arrayElements(all, Math.min(count, all.length))
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start))
}

/** From 1. */
export const lineOf = (code: string, offset: number) => code.slice(0, offset).split('\n').length
