import type { OccOptions, OccResult } from '#console/run.ts'
import type { Fault } from '#faults/fault.ts'
import type { Faults } from '#faults/faults.ts'
import { seedExApps } from '#handlers/app_api/seed.ts'
import * as directLinks from '#handlers/dav/state/direct-links.ts'
import { seedNotifications } from '#handlers/notifications/seed.ts'
import type { Expectation } from '#journal/expectation.ts'
import { inPlace, SeedError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import { changeClock } from '#world/clock-change.ts'
import * as exApps from '#world/exapps/exapps.ts'
import { exhaust } from '#world/files/quota.ts'
import { applySeed, seedConfig } from '#world/seed.ts'
import * as apps from '#world/settings/apps.ts'
import { override } from '#world/settings/capability-overrides.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { ACTION_NAMES, type ActionName, type Actions, type Step } from './format.ts'

/** What actions work on. */
export interface ActionTarget {
  readonly world: World
  readonly faults: Faults
  /** `null`: the scenario was over before the command could run. */
  occ(args: string | readonly string[], options: OccOptions): Promise<OccResult | null>
  /** Whether the scenario was stopped, while an action waited for something. */
  isOver(): boolean
  /** From here on these requests are to come. */
  expect(expectation: Expectation, index: number | null): void
  /** A fault came by the scenario and goes with it. */
  ownFault(name: string): void
}

type Act<K extends ActionName> = (target: ActionTarget, given: Actions[K]) => void | Promise<void>

/** What each action does, by the world's own rules. A mistake throws a SeedError with its place below the action. */
const ACTS: { readonly [K in ActionName]: Act<K> } = {
  occ: runCommand,
  enableApp: ({ world }, given) => each(given, (app) => enableApp(world, app)),
  disableApp: ({ world }, given) => each(given, (app) => disableApp(world, app)),
  expireDirectLink: ({ world }, given) => {
    const filter = given === true ? {} : given
    if (directLinks.expire(world, filter) === 0)
      throw new SeedError([], 'there is no such direct link that still works.')
  },
  expireShare: ({ world }, given) => {
    if (given.owner !== undefined) inPlace('owner', () => account(world, given.owner!))
    if (shares.expire(world, given) === 0) throw new SeedError([], 'there is no such share that still counts.')
  },
  disableAccount: ({ world }, given) => each(given, (id) => users.setEnabled(world, account(world, id), false)),
  enableAccount: ({ world }, given) => each(given, (id) => users.setEnabled(world, account(world, id), true)),
  revokeAppPassword: ({ world }, { account: id, ...filter }) => {
    const { id: userId } = inPlace('account', () => account(world, id))
    if (tokens.revokeAppPasswords(world, userId, filter) === 0)
      throw new SeedError([], `"${userId}" has no such app password.`)
  },
  createAppPassword: ({ world }, { account: id, name = 'ocs-mock', token }) => {
    const { id: userId } = inPlace('account', () => account(world, id))
    if (token !== undefined && tokens.find(world, token))
      throw new SeedError(['token'], 'there is one with this token.')
    tokens.create(world, {
      userId,
      loginName: userId,
      name,
      type: 'app-password',
      ...(token === undefined ? {} : { token }),
    })
  },
  exhaustQuota: ({ world }, given) => {
    const { account: id, free } = typeof given === 'string' ? { account: given } : given
    exhaust(world, account(world, id), free)
  },
  notify: ({ world }, given) =>
    isList(given) ? seedNotifications(world, given) : withoutIndex(() => seedNotifications(world, [given])),
  registerExApp: ({ world }, given) => withoutIndex(() => seedExApps(world, [given])),
  disableExApp: ({ world }, id) => exApps.setEnabled(world, exApp(world, id), false),
  enableExApp: ({ world }, id) => exApps.setEnabled(world, exApp(world, id), true),
  unregisterExApp: ({ world }, id) => void exApps.remove(world, exApp(world, id)),
  capabilities: ({ world }, patch) => override(world, patch),
  config: ({ world }, given) => seedConfig(world, given),
  seed: ({ world }, given) => applySeed(world, given),
  generate: async ({ world, isOver }, crowd) => {
    const { makeUpPeople } = await import('./fake-accounts.ts')
    if (!isOver()) applySeed(world, makeUpPeople(crowd))
  },
  clock: ({ world }, given) => changeClock(world.clock, given),
  fault: ({ faults, ownFault }, given) => each(given, (fault: Fault) => ownFault(faults.add(fault))),
  endFault: ({ faults }, given) => {
    if (given === true) faults.clear()
    else each(given, (name) => void faults.remove(name))
  },
  replace: ({ faults, ownFault }, { name, times, ...replace }) => {
    ownFault(
      faults.add({
        replace,
        ...(name === undefined ? {} : { name }),
        ...(times === undefined ? {} : { times }),
      }),
    )
  },
  expect: ({ expect }, given) => {
    if (Array.isArray(given)) for (const [i, one] of given.entries()) expect(one as Expectation, i)
    else expect(given as Expectation, null)
  },
}

/** The actions of a step, in the order in which they are written. */
export function actionsOf(step: Step): ActionName[] {
  return Object.keys(step).filter((name) => (ACTION_NAMES as string[]).includes(name)) as ActionName[]
}

/**
 * Do one action of a step. It is done at once unless it has to wait for something.
 * @throws SeedError with the place of a mistake below the step; where it waits, the promise rejects with it.
 */
export function act(step: Step, name: ActionName, target: ActionTarget): void | Promise<void> {
  const done = inPlace(name, () => (ACTS[name] as Act<ActionName>)(target, step[name] as never))
  if (!(done instanceof Promise)) return
  return done.catch((error: unknown) =>
    inPlace(name, () => {
      throw error
    }),
  )
}

async function runCommand(target: ActionTarget, given: Actions['occ']): Promise<void> {
  const { args, env, stdin, exitCode: wanted = 0 } = typeof given === 'string' ? { args: given } : given
  const options = { ...(env === undefined ? {} : { env }), stdin: stdin ?? '' }
  const result = await target.occ(args, options)
  if (result === null || result.exitCode === wanted) return
  const { exitCode, stdout, stderr } = result
  const said = `${stderr}${stdout}`.trim().replace(/\s*\n\s*/g, ' / ')
  throw new SeedError([], `it ended with ${exitCode} instead of ${wanted}${said === '' ? '.' : `: ${said}`}`)
}

const isList = <T>(given: T | readonly T[]): given is readonly T[] => Array.isArray(given)

function each<T>(given: T | readonly T[], act: (one: T) => void): void {
  if (isList(given)) for (const [i, one] of given.entries()) inPlace(i, () => act(one))
  else act(given)
}

/** What is wrong in the first of a list is wrong in what was written. */
function withoutIndex(act: () => void): void {
  try {
    act()
  } catch (error) {
    if (error instanceof SeedError && error.place[0] === 0) throw new SeedError(error.place.slice(1), error.problem)
    throw error
  }
}

const MOST_COMPARED = 1000

function account(world: World, id: string): users.User {
  const found = users.find(world, id)
  if (found) return found
  const known: string[] = []
  for (const user of world.table(users.usersTable).values()) if (known.push(user.id) === MOST_COMPARED) break
  const meant = nearestName(id, known)
  const hint = meant === null ? 'Name it under "users" of the seed.' : `Did you mean "${meant}"?`
  throw new SeedError([], `there is no account "${id}". ${hint}`)
}

function exApp(world: World, id: string): string {
  if (exApps.find(world, id)) return id
  const known = exApps.list(world).map((one) => one.id)
  throw new SeedError([], `there is no ExApp "${id}". There are: ${known.join(', ') || 'none'}.`)
}

function enableApp(world: World, app: string): void {
  if (apps.enable(world, app) === 'unknown') throw new SeedError([], `there is no app "${app}".`)
}

function disableApp(world: World, app: string): void {
  if (apps.disable(world, app) === 'always-enabled') throw new SeedError([], `"${app}" cannot be disabled.`)
}
