import type { Story } from '#app/story.ts'
import { allInRelease } from '#line/in-release.ts'
import { type Finding, mergeFindings } from '../finding.ts'
import { InterruptedError, NoAnswerError, Sender } from '../sender.ts'
import { discover, TargetError } from '../target.ts'
import type { VerifyOptions, WriteOptions } from '../verification.ts'
import { cleanUp, countLeftovers, type Leftovers } from './cleanup.ts'
import { Driver } from './driver.ts'
import { newRun } from './own-names.ts'
import { readSettings } from './settings.ts'
import { StoryRunner } from './story-runner.ts'
import { isDiverging, type StepResult } from './taken-step.ts'

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
    const driver = new Driver({
      ...options,
      endpoints: allInRelease((await options.catalogue.loadAll()).endpoints, target.profile),
      settings: await readSettings(sender),
      run,
      passwords: options.passwords ?? [newPassword(), newPassword()],
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

const namesOf = ({ users, groups, settings, tags, webhooks }: Leftovers): string[] => [
  ...users,
  ...groups,
  ...settings,
  ...tags.keys(),
  ...webhooks.map((id) => `webhook ${id}`),
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
