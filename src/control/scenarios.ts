import { ExpectationError } from '#journal/expectation.ts'
import { UserError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import { s } from '#lib/schema.ts'
import { checkScenario } from '#scenario/check.ts'
import { actionNames, type Scenario } from '#scenario/format.ts'
import { shippedScenarios } from '#scenario/shipped.ts'
import { runDueJobs } from '#world/background-jobs.ts'
import { type ControlArguments, type ControlCall, ExpectationNotMetError, NotFoundError, readObject } from './call.ts'
import type { ControlledWorld, Worlds } from './worlds.ts'

/** How far a scenario is. */
const PROGRESS = s.object(
  { status: s.literal('none', 'running', 'done', 'failed', 'stopped'), name: s.optional(s.string()) },
  'allow',
)
const LISTED = s.object({ name: s.string(), description: s.string(), profile: s.optional(s.string()) })

/** Scripted change of the world. */
export const scenarioCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/scenarios',
    summary: 'the scenarios that can be started, and how far the current one is',
    answers: s.object({ current: PROGRESS, scenarios: s.list(LISTED) }),
    run: ({ selected: { mock }, worlds }) => ({
      current: mock.scenario.state,
      scenarios: [...all(worlds)].map(([name, { description = '', profile }]) => ({
        name,
        description,
        ...(profile === undefined ? {} : { profile }),
      })),
    }),
  },
  {
    method: 'POST',
    path: '/scenarios',
    summary: 'keep a scenario of your own, so that it can be started by its name',
    sends: ({ scenario }) => scenario,
    answers: s.object({ kept: s.string() }),
    run: async ({ selected: { mock }, worlds, body }) => {
      const document = await body()
      const named = (document as { name?: unknown } | undefined)?.name
      const name = typeof named === 'string' ? named : 'scenario'
      const scenario = checkScenario(document, name, mock.scenarioVocabulary)
      if (scenario.name === undefined) throw new UserError('Failed to keep the scenario: it has no "name".')
      worlds.keepScenario(name, scenario)
      return { kept: name }
    },
  },
  {
    method: 'POST',
    path: '/actions',
    summary: 'do at once what a step of a scenario does: {"expireShare": {"owner": "alice"}}, {"seed": {…}}',
    sends: ({ action }) => action,
    answers: s.object({ done: s.list(s.string()) }),
    run: async ({ selected: { mock }, body }) => {
      const step = await readObject(body, 'an action', actionNames(mock.scenarioVocabulary))
      await mock.scenario.perform(step)
      runDueJobs(mock.world)
      return { done: Object.keys(step) }
    },
  },
  {
    method: 'GET',
    path: '/scenarios/{name}',
    summary: 'a scenario as it is written; of the one that is played, also how far it is',
    answers: s.object({ scenario: s.record(s.any()), state: s.optional(PROGRESS) }),
    run: ({ selected, worlds, params }) => {
      const scenario = find(worlds, params.name!)
      const { state } = selected.mock.scenario
      return { scenario, ...(isCurrent(selected, params.name!) ? { state } : {}) }
    },
  },
  {
    method: 'POST',
    path: '/scenarios/{name}/start',
    summary: 'start it from its beginning; {"reset": true}: in the starting world',
    sends: () => s.object({ reset: s.optional(s.bool()) }).toJsonSchema(),
    answers: PROGRESS,
    run: async ({ selected: { mock }, worlds, params, body }) => {
      const scenario = find(worlds, params.name!)
      const { reset } = await readObject(body, 'how to start', ['reset'])
      if (reset === true) mock.reset()
      await mock.scenario.start({ name: params.name!, ...scenario })
      return mock.scenario.state
    },
  },
  {
    method: 'POST',
    path: '/scenarios/{name}/advance',
    summary: 'do the next step without waiting for it, or all up to the one that {"step"} names',
    sends: () => s.object({ step: s.optional(s.string()) }).toJsonSchema(),
    answers: PROGRESS,
    run: async (args) => {
      const { step } = await readObject(args.body, 'how far to go', ['step'])
      if (step !== undefined && typeof step !== 'string')
        throw new UserError('Failed to advance the scenario: "step" is not the name of a step.')
      const { scenario } = current(args)
      await scenario.advance(step)
      return scenario.state
    },
  },
  {
    method: 'POST',
    path: '/scenarios/{name}/stop',
    summary: 'end it and its faults',
    answers: s.object({ stopped: s.string() }),
    run: (args) => {
      current(args).scenario.stop()
      return { stopped: args.params.name }
    },
  },
  {
    method: 'POST',
    path: '/scenarios/{name}/finish',
    summary: 'end it; 409 says what it expected and did not come',
    answers: s.object({ finished: s.string() }),
    run: async (args) => {
      try {
        await current(args).scenario.finish()
      } catch (error) {
        throw error instanceof ExpectationError ? new ExpectationNotMetError(error.message) : error
      }
      return { finished: args.params.name }
    },
  },
]

function all(worlds: Worlds): Map<string, Scenario> {
  return new Map([...Object.entries(shippedScenarios()), ...worlds.keptScenarios])
}

function find(worlds: Worlds, name: string): Scenario {
  const known = all(worlds)
  const found = known.get(name)
  if (found) return found
  const meant = nearestName(name, [...known.keys()])
  const hint = meant === null ? `There are: ${[...known.keys()].join(', ')}.` : `Did you mean "${meant}"?`
  throw new NotFoundError(`There is no scenario "${name}". ${hint}`)
}

function isCurrent({ mock }: ControlledWorld, name: string): boolean {
  const { state } = mock.scenario
  return state.status !== 'none' && state.name === name
}

function current({ selected, worlds, params }: ControlArguments) {
  if (isCurrent(selected, params.name!)) return selected.mock
  find(worlds, params.name!)
  throw new UserError(
    `The scenario "${params.name}" is not played. POST /__admin/scenarios/${params.name}/start starts it.`,
  )
}
