import { createOcsMock, defineScenario, type Scenario, type ScenarioState, type Step } from 'ocs-mock'
import { expectTypeOf } from 'vitest'

const scenario = defineScenario({
  description: 'An app goes for an hour.',
  seed: { users: [{ id: 'alice' }] },
  steps: [
    { name: 'the app goes', when: 'advanced', disableApp: 'user_status' },
    { after: '1h', enableApp: ['user_status', 'weather_status'] },
    { after: '5m', occ: { args: ['maintenance:mode', '--on'], exitCode: 0 } },
  ],
})
expectTypeOf(scenario).toEqualTypeOf<Scenario>()
expectTypeOf<Scenario['steps'][number]>().toEqualTypeOf<Step>()
createOcsMock({ scenario })
createOcsMock({ scenario: 'upgrade' })

const told = createOcsMock().scenario
expectTypeOf(told.advance('the app goes')).resolves.toExtend<unknown>()
expectTypeOf(told.state).toEqualTypeOf<ScenarioState>()

// @ts-expect-error: a scenario has steps
defineScenario({ description: 'x' })
// @ts-expect-error: misspelt
defineScenario({ description: 'x', steps: [{ enableapp: 'user_status' }] })
// @ts-expect-error
defineScenario({ description: 'x', steps: [{ enableApp: 1 }] })
// @ts-expect-error
defineScenario({ description: 'x', steps: [{ seed: { user: [] } }] })
// @ts-expect-error
createOcsMock({ scenario: 7 })
