import type { Catalogue } from '#line/instance.ts'
import { type Finding, keyOf, mergeFindings } from '../finding.ts'
import type { Progress, VerifyOptions } from '../run.ts'
import { Sender, Unanswered } from '../send.ts'
import { CannotAsk, discover, type Target } from '../target.ts'
import { cleanUp, countLeftovers, type Leftovers } from './cleanup.ts'
import { Driver, Interrupted, type StepResult, type Telling } from './drive.ts'
import { newRun } from './names.ts'
import { readSettings } from './settings.ts'
import { STAGE, STORIES } from './stories/index.ts'
import type { Story } from './story.ts'

export interface WriteOptions {
  readonly target: Target
  readonly sender: Sender
  readonly catalogue: Catalogue
  readonly only?: RegExp | undefined
  /** Ends the run early; what was made is removed all the same. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly onWait?: ((message: string) => void) | undefined
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined
  /** For recordings: what is random in a run, and when it began. */
  readonly run?: string | undefined
  readonly passwords?: readonly [string, string] | undefined
  readonly startedAt?: number | undefined
  /** Other stories than those that are shipped, for tests. */
  readonly stories?: readonly Story[] | undefined
}

export interface Written {
  readonly steps: readonly StepResult[]
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
  /** What a person must know where something of ours is still there. */
  readonly left: string | null
}

/**
 * Drive stories against a server and its model, and remove everything that they made.
 * @throws Unanswered where nothing was made yet and nobody answers
 */
export async function verifyWrites(options: WriteOptions): Promise<Written> {
  const { target, sender } = options
  if (!target.accounts.some(({ role }) => role === 'admin')) {
    return { steps: [], findings: [], notes: [NO_ADMINISTRATOR], left: null }
  }
  const notes: string[] = []
  const { removed } = await cleanUp(options)
  if (removed > 0) notes.push(`Removed ${count(removed, 'thing')} that an earlier run had left behind.`)
  const { told, untold } = choose(options)
  notes.push(...untold)
  const run = options.run ?? newRun()
  const steps: StepResult[] = []
  let left: string | null = null
  try {
    const total = told.reduce((sum, story) => sum + story.steps.length, STAGE.steps.length)
    const driver = new Driver({
      ...options,
      settings: await readSettings(sender),
      run,
      passwords: options.passwords ?? [newPassword(), newPassword()],
      onStep: (operation) => options.onProgress?.({ done: steps.length, total, operation }),
    })
    await new Teller(driver, options, steps, notes).tellAll(told)
  } catch (error) {
    if (error instanceof Unanswered) notes.push(`The stories ended early: ${error.message}.`)
    else if (!(error instanceof Interrupted)) throw error
  } finally {
    sender.use(target.accounts)
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
class Teller {
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

  async tellAll(stories: readonly Story[]): Promise<void> {
    if (!(await this.#setStage())) return
    let turn = STAGE.steps.length
    for (const story of stories) {
      const first = await this.#driver.tell(story, turn)
      if (!first.diverged) this.steps.push(...first.results)
      else {
        const second = await this.#tellAgain(story, turn, first)
        if (!second) return
        this.steps.push(...confirmed(first, second))
        this.#driver.blame(second.results.flatMap(({ findings }) => findings))
        if (second.diverged) {
          const told = `ended at step ${second.results.length} of ${story.steps.length}`
          this.notes.push(`"${story.name}" ${told}: what comes after it depends on it.`)
          if (story !== stories.at(-1) && !(await this.#changeStage())) return
        }
      }
      turn += story.steps.length
    }
  }

  /** What was found the first time is kept where nobody answers a second time. */
  async #tellAgain(story: Story, turn: number, first: Telling): Promise<Telling | null> {
    try {
      return (await this.#changeStage()) ? await this.#driver.tell(story, turn, true) : null
    } catch (error) {
      if (error instanceof Unanswered) this.steps.push(...first.results)
      throw error
    }
  }

  /** Everything of ours goes, and the accounts come again. */
  async #changeStage(): Promise<boolean> {
    await cleanUp(this.#options)
    this.#driver.startAnew()
    return this.#setStage()
  }

  async #setStage(): Promise<boolean> {
    const first = await this.#driver.tell(STAGE, 0)
    if (!first.diverged) {
      this.steps.push(...first.results)
      return true
    }
    await cleanUp(this.#options)
    this.#driver.startAnew()
    const second = await this.#driver.tell(STAGE, 0, true)
    this.steps.push(...confirmed(first, second))
    if (second.diverged) this.notes.push('No more stories were told: the accounts that they need could not be made.')
    return !second.diverged
  }
}

/** A story is told again where something was found. What is not found again is only noted: a busy server fails once. */
function confirmed(first: Telling, second: Telling): StepResult[] {
  const findingsOf = (telling: Telling) => telling.results.flatMap(({ findings }) => findings)
  const again = new Set(findingsOf(second).map(keyOf))
  const asNoted = (finding: Finding): Finding =>
    again.has(keyOf(finding)) ? finding : { ...finding, severity: 'noted', got: `${finding.got}, once` }
  const once = first.results.map((result) => ({
    ...result,
    findings: second.diverged ? [] : result.findings.map(asNoted),
  }))
  return [...once, ...second.results]
}

/** The stories that this server can tell, and why not the others. */
function choose({ target, only, stories = STORIES }: WriteOptions): { told: Story[]; untold: string[] } {
  const told: Story[] = []
  const missing = new Map<string, string[]>()
  for (const story of stories) {
    if (only && !story.apps.some((app) => only.test(app))) continue
    const absent = story.apps.find((app) => app !== 'core' && !target.apps.includes(app))
    if (absent === undefined) told.push(story)
    else missing.set(absent, [...(missing.get(absent) ?? []), story.name])
  }
  const untold = [...missing].map(
    ([app, names]) =>
      `Not told, as the app ${app} is not enabled there: ${names.map((name) => `"${name}"`).join(', ')}.`,
  )
  return { told, untold }
}

/** What a person must know of what could not be removed; nothing where all is gone. */
async function removeAll(options: WriteOptions): Promise<string | null> {
  const again = 'Run "ocs-mock verify URL --clean" when it answers again.'
  try {
    const { left } = await cleanUp(options)
    if (countLeftovers(left) === 0) return null
    return `Failed to remove ${namesOf(left).join(', ')} from ${options.sender.base}: it does not let go of them. ${again}`
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
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
 * @throws CannotAsk
 */
export async function cleanInstance(options: VerifyOptions): Promise<{ removed: number; left: readonly string[] }> {
  const sender = new Sender({ ...options, base: options.url.replace(/\/+$/, '') })
  const { accounts } = await discover(sender, options.logins ?? [])
  if (!accounts.some(({ role }) => role === 'admin')) {
    throw new CannotAsk(
      'Failed to look for what was left behind: that takes an administrator. Give --user and --password.',
    )
  }
  const { removed, left } = await cleanUp({ ...options, sender })
  return { removed, left: namesOf(left) }
}

/** Long and of all kinds of characters, as password policies want it. */
const newPassword = () => `Zq7-${newRun()}-${newRun()}-Ka3_`

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
