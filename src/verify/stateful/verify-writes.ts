import type { Story } from '#app/story.ts'
import { type Finding, keyOf, mergeFindings, notedUnlessAgain } from '../finding.ts'
import { InterruptedError, NoAnswerError, Sender } from '../sender.ts'
import { discover, TargetError } from '../target.ts'
import type { VerifyOptions, WriteOptions } from '../verification.ts'
import { cleanUp, countLeftovers, type Leftovers } from './cleanup.ts'
import { Driver } from './driver.ts'
import { newRun } from './own-names.ts'
import { readSettings } from './settings.ts'
import { SETUP } from './setup.ts'
import { sameSteps } from './step-request.ts'
import { isDiverging, type StepResult, type StoryResult } from './taken-step.ts'

export interface WriteVerification {
  readonly steps: readonly StepResult[]
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
  /** What a person must know where something of ours is still there. */
  readonly left: string | null
  /** Why not all stories were told, and how many were not. */
  readonly cutShort?: string | undefined
}

/**
 * Drive stories against a server and its model, and remove everything that they made.
 */
export async function verifyWrites(options: WriteOptions): Promise<WriteVerification> {
  const { target, sender } = options
  if (!target.accounts.some(({ role }) => role === 'admin')) {
    return { steps: [], findings: [], notes: [NO_ADMINISTRATOR], left: null }
  }
  const notes: string[] = []
  const removed = await removeFormer(options)
  if (removed === null) return { steps: [], findings: [], notes: [], left: null, cutShort: UNREACHABLE }
  if (removed > 0) notes.push(`Removed ${count(removed, 'thing')} that an earlier run had left behind.`)
  const stories = options.stories ?? (await options.catalogue.gather('stories')).map(({ contribution }) => contribution)
  const { chosen, notes: unavailable } = chooseStories(stories, options)
  notes.push(...unavailable)
  const run = options.run ?? newRun()
  const steps: StepResult[] = []
  let left: string | null = null
  let runner: StoryRunner | undefined
  let reason = 'their accounts could not be made'
  try {
    const total = chosen.reduce((sum, story) => sum + story.steps.length, SETUP.steps.length)
    const driver = new Driver({
      ...options,
      settings: await readSettings(sender),
      run,
      passwords: options.passwords ?? [newPassword(), newPassword()],
      onStep: (operation) => options.onProgress?.({ done: steps.length, total, operation }),
    })
    runner = new StoryRunner(driver, options, steps, notes)
    await runner.runAll(chosen)
    if (runner.untold > 0)
      reason = sender.requests >= (options.budget ?? Number.POSITIVE_INFINITY) ? 'the budget was spent' : reason
  } catch (error) {
    if (error instanceof NoAnswerError) reason = `the server did not answer (${error.message})`
    else if (error instanceof InterruptedError) reason = 'the run was asked to end'
    else throw error
  } finally {
    sender.use(target.accounts)
    // What was made goes, also when the run was asked to end.
    sender.stopAt(undefined)
    left = await removeAll(options)
  }
  const untold = runner?.untold ?? chosen.length
  const cutShort =
    untold === 0 ? undefined : `${untold} of ${chosen.length} stories were not told to their ends: ${reason}.`
  return {
    steps,
    findings: withoutEchoes(mergeFindings(steps.flatMap(({ findings }) => findings))),
    notes,
    left,
    cutShort,
  }
}

/** What the definition says of a place in JSON need not be said again of the same place in XML. */
function withoutEchoes(all: readonly Finding[]): Finding[] {
  // What was seen once, while something else was wrong, may have come of that.
  const isWrong = all.some((finding) => finding.severity !== 'noted' && isDiverging(finding))
  const findings = all.filter((finding) => !isWrong || finding.severity !== 'noted' || !isDiverging(finding))
  const said = new Set(
    findings.filter(({ rule }) => rule === 'schema').map(({ operation, where }) => operation + where),
  )
  return findings.filter(({ rule, operation, where }) => rule === 'schema' || !said.has(operation + where))
}

/** What earlier runs left behind. `null`: nobody answers. */
async function removeFormer(options: WriteOptions): Promise<number | null> {
  try {
    return (await cleanUp(options)).removed
  } catch (error) {
    if (error instanceof NoAnswerError || error instanceof InterruptedError) return null
    throw error
  }
}

const UNREACHABLE = 'no story was told, as the server did not answer, or the run was asked to end.'
const NO_ADMINISTRATOR = 'Nothing was changed: making accounts of our own takes an administrator.'

/** How often a story is told without what deviated. */
const MOST_ATTEMPTS = 8

/** What all stories of a run share. */
class StoryRunner {
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
    let turn = SETUP.steps.length
    for (const [i, story] of stories.entries()) {
      this.untold = stories.length - i
      if (this.#isSpent()) return
      if (!(await this.#tell(story, turn))) return
      turn += story.steps.length
    }
    this.untold = 0
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
      const first = await this.#driver.runStory(story, turn, without)
      omitted = first.omitted
      const isNews = first.results.some(({ findings }) => findings.some((one) => this.#isNews(one)))
      let last = first
      if (!isNews) this.steps.push(...first.results)
      else {
        const second = await this.#runAgain(story, turn, first, without)
        if (!second) return false
        const results = confirmed(first, second)
        this.steps.push(...results)
        this.#learn(results.flatMap(({ findings }) => findings))
        last = second
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

  /** What was found the first time is kept where nobody answers a second time. */
  async #runAgain(
    story: Story,
    turn: number,
    first: StoryResult,
    without: ReadonlySet<number>,
  ): Promise<StoryResult | null> {
    try {
      return (await this.#setUpAgain()) ? await this.#driver.runStory(story, turn, without) : null
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
    const first = await this.#driver.runStory(SETUP, 0)
    if (first.diverged === null && first.results.every(({ findings }) => findings.length === 0)) {
      this.steps.push(...first.results)
      return true
    }
    await this.#cleanUp()
    this.#driver.restart()
    const second = await this.#driver.runStory(SETUP, 0)
    const results = confirmed(first, second)
    this.steps.push(...results)
    this.#learn(results.flatMap(({ findings }) => findings))
    if (second.diverged !== null)
      this.notes.push('No more stories were run: the accounts that they need could not be made.')
    return second.diverged === null
  }
}

/** A story is run again where something was found. */
function confirmed(first: StoryResult, second: StoryResult): StepResult[] {
  const again = second.results.flatMap(({ findings }) => findings)
  const once = first.results.map((result) => ({
    ...result,
    findings: notedUnlessAgain(result.findings, again),
  }))
  return [...once, ...second.results]
}

/** The stories that can be run on this server, and why not the others. */
function chooseStories(
  stories: readonly Story[],
  { target, only }: WriteOptions,
): { chosen: Story[]; notes: string[] } {
  const chosen: Story[] = []
  const missing = new Map<string, string[]>()
  for (const story of stories) {
    if (only && !story.apps.some((app) => only.test(app))) continue
    const absent = story.apps.find((app) => app !== 'core' && !target.apps.includes(app))
    if (absent === undefined) chosen.push(story)
    else missing.set(absent, [...(missing.get(absent) ?? []), story.name])
  }
  const notes = [...missing].map(
    ([app, names]) =>
      `Not run, as the app ${app} is not enabled there: ${names.map((name) => `"${name}"`).join(', ')}.`,
  )
  return { chosen, notes }
}

/** What a person must know of what could not be removed; nothing where all is gone. */
export async function removeAll(options: Pick<WriteOptions, 'sender' | 'sleep' | 'onWait'>): Promise<string | null> {
  const again = 'Run "ocs-mock verify URL --clean" when it answers again.'
  try {
    const { left } = await cleanUp(options)
    if (countLeftovers(left) === 0) return null
    return `Failed to remove ${namesOf(left).join(', ')} from ${options.sender.base}: it does not let go of them. ${again}`
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error
    return `Failed to remove what was made on ${options.sender.base}: ${error.message}. ${again}`
  }
}

const namesOf = ({ users, groups, settings, tags }: Leftovers): string[] => [
  ...users,
  ...groups,
  ...settings,
  ...tags.keys(),
]

/**
 * Only remove what earlier runs could not remove themselves.
 * @throws TargetError
 */
export async function cleanInstance(options: VerifyOptions): Promise<{ removed: number; left: readonly string[] }> {
  const sender = new Sender({ ...options, base: options.url.replace(/\/+$/, '') })
  const { accounts } = await discover(sender, options.logins ?? [], options)
  if (!accounts.some(({ role }) => role === 'admin')) {
    throw new TargetError(
      'Failed to look for what was left behind: that takes an administrator. Give --user and --password.',
    )
  }
  try {
    const { removed, left } = await cleanUp({ ...options, sender })
    return { removed, left: namesOf(left) }
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error
    throw new TargetError(`Failed to look for what was left behind on ${sender.base}: ${error.message}.`)
  }
}

/** Long and of all kinds of characters, as password policies want it. */
export const newPassword = () => `Zq7-${newRun()}-${newRun()}-Ka3_`

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
