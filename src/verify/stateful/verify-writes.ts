import type { Story } from '#app/story.ts'
import { type Finding, mergeFindings, notedUnlessAgain } from '../finding.ts'
import { InterruptedError, NoAnswerError, Sender } from '../sender.ts'
import { discover, TargetError } from '../target.ts'
import type { VerifyOptions, WriteOptions } from '../verification.ts'
import { cleanUp, countLeftovers, type Leftovers } from './cleanup.ts'
import { Driver, type StepResult, type StoryResult } from './driver.ts'
import { newRun } from './own-names.ts'
import { readSettings } from './settings.ts'
import { SETUP } from './setup.ts'

export interface WriteVerification {
  readonly steps: readonly StepResult[]
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
  /** What a person must know where something of ours is still there. */
  readonly left: string | null
}

/**
 * Drive stories against a server and its model, and remove everything that they made.
 * @throws NoAnswerError where nothing was made yet and nobody answers
 */
export async function verifyWrites(options: WriteOptions): Promise<WriteVerification> {
  const { target, sender } = options
  if (!target.accounts.some(({ role }) => role === 'admin')) {
    return { steps: [], findings: [], notes: [NO_ADMINISTRATOR], left: null }
  }
  const notes: string[] = []
  const { removed } = await cleanUp(options)
  if (removed > 0) notes.push(`Removed ${count(removed, 'thing')} that an earlier run had left behind.`)
  const stories = options.stories ?? (await options.catalogue.gather('stories')).map(({ contribution }) => contribution)
  const { chosen, notes: unavailable } = chooseStories(stories, options)
  notes.push(...unavailable)
  const run = options.run ?? newRun()
  const steps: StepResult[] = []
  let left: string | null = null
  try {
    const total = chosen.reduce((sum, story) => sum + story.steps.length, SETUP.steps.length)
    const driver = new Driver({
      ...options,
      settings: await readSettings(sender),
      run,
      passwords: options.passwords ?? [newPassword(), newPassword()],
      onStep: (operation) => options.onProgress?.({ done: steps.length, total, operation }),
    })
    await new StoryRunner(driver, options, steps, notes).runAll(chosen)
  } catch (error) {
    if (error instanceof NoAnswerError) notes.push(`The stories ended early: ${error.message}.`)
    else if (!(error instanceof InterruptedError)) throw error
  } finally {
    sender.use(target.accounts)
    // What was made goes, also when the run was asked to end.
    sender.stopAt(undefined)
    left = await removeAll(options)
  }
  return { steps, findings: withoutEchoes(mergeFindings(steps.flatMap(({ findings }) => findings))), notes, left }
}

/** What the definition says of a place in JSON need not be said again of the same place in XML. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const said = new Set(
    findings.filter(({ rule }) => rule === 'schema').map(({ operation, where }) => operation + where),
  )
  return findings.filter(({ rule, operation, where }) => rule === 'schema' || !said.has(operation + where))
}

const NO_ADMINISTRATOR = 'Nothing was changed: making accounts of our own takes an administrator.'

/** What all stories of a run share. */
class StoryRunner {
  readonly #driver: Driver
  readonly #options: WriteOptions
  readonly steps: StepResult[]
  readonly notes: string[]

  constructor(driver: Driver, options: WriteOptions, steps: StepResult[], notes: string[]) {
    this.#driver = driver
    this.#options = options
    this.steps = steps
    this.notes = notes
  }

  async runAll(stories: readonly Story[]): Promise<void> {
    if (!(await this.#setUp())) return
    let turn = SETUP.steps.length
    for (const story of stories) {
      const first = await this.#driver.runStory(story, turn)
      if (!first.diverged) this.steps.push(...first.results)
      else {
        const second = await this.#runAgain(story, turn, first)
        if (!second) return
        this.steps.push(...confirmed(first, second))
        this.#driver.blame(second.results.flatMap(({ findings }) => findings))
        if (second.diverged) {
          const end = `ended at step ${second.results.length} of ${story.steps.length}`
          this.notes.push(`"${story.name}" ${end}: what comes after it depends on it.`)
          if (story !== stories.at(-1) && !(await this.#setUpAgain())) return
        }
      }
      turn += story.steps.length
    }
  }

  /** What was found the first time is kept where nobody answers a second time. */
  async #runAgain(story: Story, turn: number, first: StoryResult): Promise<StoryResult | null> {
    try {
      return (await this.#setUpAgain()) ? await this.#driver.runStory(story, turn, true) : null
    } catch (error) {
      if (error instanceof NoAnswerError) this.steps.push(...first.results)
      throw error
    }
  }

  /** Everything of ours goes, and the accounts come again. */
  async #setUpAgain(): Promise<boolean> {
    await cleanUp(this.#options)
    this.#driver.restart()
    return this.#setUp()
  }

  async #setUp(): Promise<boolean> {
    const first = await this.#driver.runStory(SETUP, 0)
    if (!first.diverged) {
      this.steps.push(...first.results)
      return true
    }
    await cleanUp(this.#options)
    this.#driver.restart()
    const second = await this.#driver.runStory(SETUP, 0, true)
    this.steps.push(...confirmed(first, second))
    if (second.diverged) this.notes.push('No more stories were run: the accounts that they need could not be made.')
    return !second.diverged
  }
}

/** A story is run again where something was found. */
function confirmed(first: StoryResult, second: StoryResult): StepResult[] {
  const again = second.results.flatMap(({ findings }) => findings)
  const once = first.results.map((result) => ({
    ...result,
    findings: second.diverged ? [] : notedUnlessAgain(result.findings, again),
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
  const { removed, left } = await cleanUp({ ...options, sender })
  return { removed, left: namesOf(left) }
}

/** Long and of all kinds of characters, as password policies want it. */
export const newPassword = () => `Zq7-${newRun()}-${newRun()}-Ka3_`

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
