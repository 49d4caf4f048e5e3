import type { ScenarioAction } from '#app/scenario-action.ts'
import { each } from '#app/scenario-action-support.ts'
import type { OccOptions, OccResult } from '#console/run.ts'
import type { Fault } from '#faults/fault.ts'
import type { Faults } from '#faults/faults.ts'
import type { Expectation } from '#journal/expectation.ts'
import { inPlace, SeedError } from '#lib/errors.ts'
import { changeClock } from '#world/clock-change.ts'
import { applySeed } from '#world/seed.ts'
import type { World } from '#world/world.ts'
import type { OwnActionName, OwnActions, Step } from './format.ts'

/** What actions work on. */
export interface ActionTarget {
  readonly world: World
  readonly faults: Faults
  /** What the apps that there are can do. */
  readonly actions: readonly ScenarioAction[]
  /** `null`: the scenario was over before the command could run. */
  occ(args: string | readonly string[], options: OccOptions): Promise<OccResult | null>
  /** Whether the scenario was stopped, while an action waited for something. */
  isOver(): boolean
  /** From here on these requests are to come. */
  expect(expectation: Expectation, index: number | null): void
  /** A fault came by the scenario and goes with it. */
  ownFault(name: string): void
}

type Act<K extends OwnActionName> = (target: ActionTarget, given: OwnActions[K]) => void | Promise<void>

/** What each action does that belongs to no app. A mistake throws a SeedError with its place below the action. */
const OWN_ACTS: { readonly [K in OwnActionName]: Act<K> } = {
  occ: runCommand,
  seed: ({ world }, given) => applySeed(world, given),
  generate: async ({ world, isOver }, crowd) => {
    const { fakeAccounts } = await import('./fake-accounts.ts')
    if (!isOver()) applySeed(world, fakeAccounts(crowd))
  },
  clock: ({ world }, given) => changeClock(world.clock, given),
  fault: ({ faults, ownFault }, given) => each(given, (fault: Fault) => ownFault(faults.add(fault))),
  endFault: ({ faults }, given) => {
    if (given === true) faults.clear()
    else each(given, (name) => void faults.remove(name))
  },
  replace: ({ faults, ownFault }, { name, times, ...replace }) =>
    ownFault(faults.add({ replace, ...named(name), ...limited(times) })),
  patch: ({ faults, ownFault }, { name, times, ...patch }) =>
    ownFault(faults.add({ patch, ...named(name), ...limited(times) })),
  expect: ({ expect }, given) => {
    if (Array.isArray(given)) for (const [i, one] of given.entries()) expect(one as Expectation, i)
    else expect(given as Expectation, null)
  },
}

const named = (name: string | undefined) => (name === undefined ? {} : { name })
const limited = (times: number | undefined) => (times === undefined ? {} : { times })

type AnyAct = (target: ActionTarget, given: unknown) => void | Promise<void>

function actOf(name: string, { actions }: ActionTarget): AnyAct {
  if (Object.hasOwn(OWN_ACTS, name)) return OWN_ACTS[name as OwnActionName] as AnyAct
  // The scenario was checked by the same actions, so there is one.
  return actions.find((action) => action.name === name)!.run as AnyAct
}

/**
 * Do one action of a step. It is done at once unless it has to wait for something.
 * @throws SeedError with the place of a mistake below the step; where it waits, the promise rejects with it.
 */
export function act(step: Step, name: string, target: ActionTarget): void | Promise<void> {
  const done = inPlace(name, () => actOf(name, target)(target, step[name]))
  if (!(done instanceof Promise)) return
  return done.catch((error: unknown) =>
    inPlace(name, () => {
      throw error
    }),
  )
}

async function runCommand(target: ActionTarget, given: OwnActions['occ']): Promise<void> {
  const { args, env, stdin, exitCode: wanted = 0 } = typeof given === 'string' ? { args: given } : given
  const options = { ...(env === undefined ? {} : { env }), stdin: stdin ?? '' }
  const result = await target.occ(args, options)
  if (result === null || result.exitCode === wanted) return
  const { exitCode, stdout, stderr } = result
  const said = `${stderr}${stdout}`.trim().replace(/\s*\n\s*/g, ' / ')
  throw new SeedError([], `it ended with ${exitCode} instead of ${wanted}${said === '' ? '.' : `: ${said}`}`)
}
