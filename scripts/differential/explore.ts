import type { Endpoint } from '#line/endpoint.ts'
import type { Difference } from '#verify/compare-values.ts'
import { Correspondence } from '#verify/stateful/correspondence.ts'
import { FuzzRandom } from '../fuzz/random.ts'
import { differencesOf, kindOf } from './compare.ts'
import { generateSession } from './generate.ts'
import { shrink } from './shrink.ts'
import { Side } from './side.ts'
import type { Step } from './step.ts'

export interface ExploreOptions {
  /** Addresses without a slash at their end. */
  readonly fake: string
  readonly real: string
  /** `user:password` of an administrator of both. */
  readonly admin: string
  readonly operations: readonly Endpoint[]
  readonly seed: number
  readonly sessions: number
  /** Requests of one session. */
  readonly length: number
  /** Kinds of differences that are not told again; what is found is added. */
  readonly known: Set<string>
  /** Whether a kind of difference is one that is to be. */
  readonly isListed?: (kind: string) => boolean
  /** Whether no other session is to begin. */
  readonly isOver?: () => boolean
}

/** A difference, and the shortest session that shows it; `null`: it did not show itself a second time. */
export interface Told {
  readonly kind: string
  readonly session: number
  readonly difference: Difference
  readonly steps: readonly Step[] | null
}

interface Found {
  readonly difference: Difference
  readonly kind: string
}

/** Sends sessions to a fake and to a real server, and tells each kind of difference once. */
export class Explorer {
  readonly #options: ExploreOptions
  /** Sessions that were sent, shortened ones too. */
  runs = 0
  sessions = 0

  constructor(options: ExploreOptions) {
    this.#options = options
  }

  async *explore(): AsyncGenerator<Told> {
    const { seed, sessions, length, operations, known, isOver = () => false, isListed = () => false } = this.#options
    for (; this.sessions < sessions && !isOver(); this.sessions++) {
      const steps = generateSession(operations, new FuzzRandom(seed * 7919 + this.sessions), length)
      for (const found of await this.#play(steps)) {
        if (known.has(found.kind) || isListed(found.kind)) continue
        known.add(found.kind)
        yield { ...found, session: this.sessions, ...(await this.#shortest(steps, found)) }
        if (isOver()) return
      }
    }
  }

  /** The differences that a session shows. Each time its names are others, so that what is left of one does not count. */
  async #play(steps: readonly Step[]): Promise<Found[]> {
    const { fake, real, admin, seed } = this.#options
    const run = `ocsmock-${(seed % 1000).toString(36)}${(++this.runs).toString(36).padStart(4, '0')}`
    const [mine, theirs] = [new Side(fake, admin, run), new Side(real, admin, run)]
    const same = new Correspondence(() => Date.now())
    same.learnIds('recommendations', { id: 'file' })
    same.learnIds('files', { id: 'file', parentId: 'file' })
    const found: Found[] = []
    try {
      await Promise.all([mine.prepare(), theirs.prepare()])
      for (const step of steps) {
        const [expected, got] = await Promise.all([mine.run(step), theirs.run(step)])
        for (const difference of differencesOf(step, expected, got, same))
          found.push({ difference, kind: kindOf(step, difference) })
      }
    } finally {
      await Promise.all([mine.clean(), theirs.clean()])
    }
    return found
  }

  async #shortest(steps: readonly Step[], { kind, difference }: Found): Promise<Pick<Told, 'steps' | 'difference'>> {
    let last = difference
    const shows = async (part: readonly Indexed[]) => {
      const again = (await this.#play(renumbered(part))).find((one) => one.kind === kind)
      last = again?.difference ?? last
      return again !== undefined
    }
    const whole = steps.map((step, at) => ({ at, step }))
    const short = this.#suspected(whole, kind)
    if (await shows(short)) return { steps: renumbered(await shrink(short, shows)), difference: last }
    if (!(await shows(whole))) return { steps: null, difference }
    return { steps: renumbered(await shrink(whole, shows)), difference: last }
  }

  /** A step that may show a difference, and those whose answers it needs. */
  #suspected(whole: readonly Indexed[], kind: string): Indexed[] {
    const needed = new Set<number>()
    const need = (at: number) => {
      needed.add(at)
      for (const [, before] of JSON.stringify(whole[at]!.step).matchAll(/\{#(\d+)/g)) need(Number(before))
    }
    need(whole.findIndex(({ step }) => kind.startsWith(`${step.what} | `)))
    return whole.filter(({ at }) => needed.has(at))
  }
}

interface Indexed {
  readonly at: number
  readonly step: Step
}

/** What steps say of the answers to others, once some of these are gone. */
function renumbered(part: readonly Indexed[]): Step[] {
  const places = new Map(part.map(({ at }, place) => [at, place]))
  const text = (old: string) => old.replace(/\{#(\d+)/g, (_, at: string) => `{#${places.get(Number(at)) ?? 'gone'}`)
  return part.map(({ step }) => ({ ...step, path: text(step.path), body: step.body && text(step.body) }))
}
