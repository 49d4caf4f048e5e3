import { s } from '#lib/schema.ts'
import { VERSION } from '#version.ts'
import type { ControlCall } from './call.ts'
import { clockCalls } from './clock.ts'
import { dashboardCalls, dashboardPage } from './dashboard.ts'
import { eventCalls } from './events.ts'
import { faultCalls } from './faults.ts'
import { fileCalls } from './files.ts'
import { occCalls } from './occ.ts'
import { requestCalls } from './requests.ts'
import { scenarioCalls } from './scenarios.ts'
import { snapshotCalls } from './snapshots.ts'
import { stateCalls } from './state.ts'
import { tableCalls } from './tables.ts'
import { worldCalls } from './world-calls.ts'

/** Below this, what is asked is asked of us and not of the product. */
export const PREFIX = '/__admin'

/** What works on worlds, in the order in which it is listed. */
const OF_WORLDS: readonly ControlCall[] = [
  ...stateCalls,
  ...snapshotCalls,
  ...clockCalls,
  ...scenarioCalls,
  ...faultCalls,
  ...requestCalls,
  ...tableCalls,
  ...fileCalls,
  ...occCalls,
  ...eventCalls,
  ...dashboardCalls,
  ...worldCalls,
]

/** What tells of the API itself. */
function aboutItself(calls: readonly ControlCall[]): ControlCall[] {
  const own: ControlCall[] = [
    {
      method: 'GET',
      path: '/',
      summary: 'the dashboard for browsers; for others, what the control API has',
      answers: s.object({ ocsMock: s.string(), calls: s.list(s.object({ call: s.string(), does: s.string() })) }),
      run: ({ wantsPage }) =>
        wantsPage
          ? dashboardPage()
          : {
              ocsMock: VERSION,
              calls: [...calls, ...own].map(({ method, path, summary }) => ({
                call: `${method} ${PREFIX}${path}`,
                does: summary,
              })),
            },
    },
    {
      method: 'GET',
      path: '/openapi.json',
      summary: 'the control API as a document of OpenAPI 3.1',
      answers: s.record(s.any()),
      run: async ({ selected: { mock } }) => {
        const { controlOpenApi } = await import('./openapi.ts')
        return controlOpenApi([...calls, ...own], mock.scenarioVocabulary)
      },
    },
  ]
  return own
}

/** All that the control API has. */
export const CONTROL_CALLS: readonly ControlCall[] = [...OF_WORLDS, ...aboutItself(OF_WORLDS)]
