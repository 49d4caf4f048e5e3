/** What became of a sample of mutants, as `mutation.json` states it. */
import { mutated } from './mutants.ts'
import type { Placed } from './plugin.ts'
import type { Verdict } from './run.ts'
import { AREAS, lineOf } from './sample.ts'

/** A mutant as its reader sees it. */
export interface Shown {
  /** File and line. */
  readonly place: string
  /** The first line that differs, without indentation. */
  readonly before: string
  readonly after: string
}

export interface Share {
  readonly killed: number
  readonly of: number
}

export interface MutationResult {
  readonly seed: number
  readonly count: number
  /** Killed, of those that are not equivalent. */
  readonly share: number
  readonly areas: Readonly<Record<string, Share>>
  readonly equivalent: number
  readonly survivors: readonly Shown[]
}

export interface Judged extends Verdict {
  readonly mutant: Placed
  readonly shown: Shown
  /** Why no test can notice it, where that is known. */
  readonly equivalent: string | null
}

/** @param code the file of the mutant */
export function show(mutant: Placed, code: string): Shown {
  const line = lineOf(code, mutant.start)
  const lines = (text: string) => text.split('\n')
  const [before, after] = [lines(code), lines(mutated(code, mutant))]
  return {
    place: `${mutant.file}:${line}`,
    before: (before[line - 1] ?? '').trim(),
    after: (after[line - 1] ?? '').trim(),
  }
}

export function resultOf(seed: number, judged: readonly Judged[]): MutationResult {
  const counted = judged.filter(({ equivalent }) => equivalent === null)
  const shareOf = (some: readonly Judged[]): Share => ({
    killed: some.filter(({ killed }) => killed).length,
    of: some.length,
  })
  const areas = AREAS.map((area) => [area, shareOf(counted.filter(({ mutant }) => mutant.file.startsWith(`${area}/`)))])
  const all = shareOf(counted)
  return {
    seed,
    count: judged.length,
    share: all.of === 0 ? 1 : Math.round((all.killed / all.of) * 1000) / 1000,
    areas: Object.fromEntries(areas),
    equivalent: judged.length - counted.length,
    survivors: counted.filter(({ killed }) => !killed).map(({ shown }) => shown),
  }
}
