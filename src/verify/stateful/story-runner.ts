import type { Story } from '#app/story.ts'
import type { ProbeRequest } from '../exchange.ts'
import { type Finding, keyOf, notedUnlessAgain } from '../finding.ts'
import { NoAnswerError } from '../sender.ts'
import type { WriteOptions } from '../verification.ts'
import { cleanUp } from './cleanup.ts'
import type { Driver } from './driver.ts'
import { tellWithOthers } from './generated-story.ts'
import { SETUP } from './setup.ts'
import { sameSteps } from './step-request.ts'
import { survey } from './survey.ts'
import type { StepResult, StoryResult } from './taken-step.ts'

/** How often a story is told without what deviated. */
const MOST_ATTEMPTS = 8
/** How often it is told, so that all that deviates has deviated twice. */
const MOST_RUNS = 5
/** How often it is tried to make the accounts that all stories have. */
const MOST_SETUPS = 4

/** Tells stories one after the other, each until nothing of it deviates but what is left out. */
export class StoryRunner {
  readonly #driver: Driver
  readonly #options: WriteOptions
  readonly #told = new Set<string>()
  /** What the server did not let go of. */
  readonly #stuck = new Set<string>()
  readonly steps: StepResult[]
  readonly notes: string[]
  /** How many stories were not told to their ends. */
  untold = 0

  constructor(driver: Driver, options: WriteOptions, steps: StepResult[], notes: string[]) {
    this.#driver = driver
    this.#options = options
    this.steps = steps
    this.notes = notes
  }

  async runAll(stories: readonly Story[]): Promise<void> {
    this.untold = stories.length
    if (!(await this.#setUp())) return
    await this.#survey()
    let turn = SETUP.steps.length
    const total = stories.reduce((sum, { steps }) => sum + steps.length, turn)
    for (const [i, story] of stories.entries()) {
      this.untold = stories.length - i
      if (this.#isSpent()) return
      if (!(await this.#tell(story, turn))) return
      if (!(await this.#generate(story, turn))) return
      turn += story.steps.length
      this.#options.onProgress?.({ done: turn, total, operation: story.name })
    }
    this.untold = 0
  }

  /** Where nobody gave an ordinary account, one of ours asks. */
  async #survey(): Promise<void> {
    const { target } = this.#options
    if (target.accounts.some(({ role }) => role === 'user') || this.#isSpent()) return
    const leavesNothing = (request: ProbeRequest) => this.#driver.leavesNothing(request)
    const options = { ...this.#options, onProgress: undefined }
    const results = await survey(this.#driver.ordinary, leavesNothing, this.#driver.endpoints, options)
    this.steps.push(...results)
    this.#learn(results.flatMap(({ findings }) => findings))
  }

  /** Tell a story with other texts. `false`: no other story can be told. */
  async #generate(story: Story, turn: number): Promise<boolean> {
    const { generate } = this.#options
    if (!generate || this.#isSpent()) return true
    let isReady = true
    let last: StoryResult | undefined
    await tellWithOthers(story, generate, async (other) => {
      if (!isReady || this.#isSpent()) return false
      const result = await this.#driver.runStory(other, turn)
      this.steps.push(...result.asides)
      const deviates = result.results.some(({ findings }) => findings.some((one) => this.#isNews(one)))
      if (deviates) last = result
      if (deviates || result.isSpoilt) isReady = await this.#setUpAgain()
      return deviates
    })
    this.steps.push(...(last?.results ?? []))
    this.#learn((last?.results ?? []).flatMap(({ findings }) => findings))
    return isReady
  }

  #isSpent(): boolean {
    const { sender, budget = Number.POSITIVE_INFINITY } = this.#options
    return sender.requests >= budget
  }

  /**
   * Tell a story until nothing of it deviates but what is left out: what does deviate is confirmed by a second run,
   * and the others go on without it. `false`: no other story can be told.
   */
  async #tell(story: Story, turn: number): Promise<boolean> {
    const without = new Set<number>()
    for (let omitted = 0, attempt = 0; ; attempt++) {
      const first = await this.#runStory(story, turn, without)
      omitted = first.omitted
      const isNews = first.results.some(({ findings }) => findings.some((one) => this.#isNews(one)))
      let last = first
      if (!isNews) this.steps.push(...first.results)
      else {
        const runs = await this.#confirm(story, turn, first, without)
        if (!runs) return false
        const results = confirmed(runs)
        this.steps.push(...results)
        this.#learn(results.flatMap(({ findings }) => findings))
        last = runs.at(-1)!
      }
      if (last.diverged === null) {
        this.#noteOmitted(story, omitted)
        return true
      }
      for (const at of sameSteps(story, last.diverged)) without.add(at)
      if (attempt === MOST_ATTEMPTS) {
        this.#noteOmitted(story, story.steps.length - last.results.length)
        return this.#setUpAgain()
      }
      if (!(await this.#setUpAgain())) return false
    }
  }

  /** From the start again wherever something that was asked beside it left the server in another state. */
  async #runStory(story: Story, turn: number, without?: ReadonlySet<number>): Promise<StoryResult> {
    for (;;) {
      const result = await this.#driver.runStory(story, turn, without)
      this.steps.push(...result.asides)
      if (!result.isSpoilt) return result
      await this.#cleanUp()
      this.#driver.restart()
      if (story !== SETUP && !(await this.#setUp())) return { ...result, diverged: 0 }
    }
  }

  #isNews(finding: Finding): boolean {
    return finding.severity !== 'noted' && !this.#told.has(keyOf(finding))
  }

  #learn(findings: readonly Finding[]): void {
    const told = findings.filter(({ severity }) => severity !== 'noted')
    for (const finding of told) this.#told.add(keyOf(finding))
    this.#driver.tell(told)
  }

  #noteOmitted({ name, steps }: Story, omitted: number): void {
    if (omitted > 0)
      this.notes.push(
        `"${name}": ${omitted} of ${steps.length} steps were left out, as they deviate or need one that does.`,
      )
  }

  /**
   * The first run, and others until one finds nothing that none before it had found: a busy server fails here once and there
   * once, and that is no finding.
   */
  async #confirm(
    story: Story,
    turn: number,
    first: StoryResult,
    without: ReadonlySet<number>,
  ): Promise<StoryResult[] | null> {
    const runs = [first]
    for (let isNew = true; isNew && runs.length < MOST_RUNS; ) {
      const next = await this.#runAgain(story, turn, first, without)
      if (!next) return null
      isNew = next.results.some(({ findings }, i) => {
        const known = new Set(findingsOfStep(runs, i).map(keyOf))
        return findings.some((one) => this.#isNews(one) && !known.has(keyOf(one)))
      })
      runs.push(next)
    }
    return runs
  }

  /** What was found the first time is kept where nobody answers a second time. */
  async #runAgain(
    story: Story,
    turn: number,
    first: StoryResult,
    without: ReadonlySet<number>,
  ): Promise<StoryResult | null> {
    try {
      return (await this.#setUpAgain()) ? await this.#runStory(story, turn, without) : null
    } catch (error) {
      if (error instanceof NoAnswerError) this.steps.push(...first.results)
      throw error
    }
  }

  /** Everything of ours goes, and the accounts come again. */
  async #setUpAgain(): Promise<boolean> {
    await this.#cleanUp()
    this.#driver.restart()
    return this.#setUp()
  }

  #cleanUp(): Promise<unknown> {
    return cleanUp({ ...this.#options, stuck: this.#stuck })
  }

  async #setUp(): Promise<boolean> {
    const first = await this.#runStory(SETUP, 0)
    if (first.diverged === null && first.results.every(({ findings }) => findings.length === 0)) {
      this.steps.push(...first.results)
      return true
    }
    // A busy database is locked for a while, and without accounts there is nothing to tell.
    const tries = [first]
    let last = first
    for (let i = 1; i < MOST_SETUPS && (i === 1 || last.diverged !== null); i++) {
      await this.#cleanUp()
      this.#driver.restart()
      last = await this.#runStory(SETUP, 0)
      tries.push(last)
    }
    const results = [...tries.slice(0, -1).flatMap((one) => onceUnlessAgain(one, last)), ...last.results]
    this.steps.push(...results)
    this.#learn(results.flatMap(({ findings }) => findings))
    if (last.diverged !== null)
      this.notes.push('No more stories were run: the accounts that they need could not be made.')
    return last.diverged === null
  }
}

const findingsIn = ({ results }: StoryResult): Finding[] => results.flatMap(({ findings }) => findings)
/** Runs that leave out the same steps take the others in the same order. */
const findingsOfStep = (runs: readonly StoryResult[], at: number): Finding[] =>
  runs.flatMap(({ results }) => results[at]?.findings ?? [])

/** What more than one run found in a step is found; all else is noted. */
const confirmed = (runs: readonly StoryResult[]): StepResult[] =>
  runs.flatMap((run) => {
    const others = runs.filter((other) => other !== run)
    return run.results.map((result, i) => ({
      ...result,
      findings: notedUnlessAgain(result.findings, findingsOfStep(others, i)),
    }))
  })

function onceUnlessAgain({ results }: StoryResult, last: StoryResult): StepResult[] {
  const again = findingsIn(last)
  return results.map((result) => ({ ...result, findings: notedUnlessAgain(result.findings, again) }))
}
