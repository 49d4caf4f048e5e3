/**
 * What compiles for users, and what does not. These files never run: `npm run typecheck` reads them, and fails where a
 * line below `@ts-expect-error` is none, or an expected type is another one.
 */
import type { HttpHandler } from 'msw'
import {
  createOcsMock,
  type JournalEntry,
  type MockEvent,
  OcsMock,
  type OcsMockOptions,
  type OcsMockWithHandlers,
  type ProfileDefinition,
  type ProfileName,
} from 'ocs-mock'
import { createOcsMock as createWithoutMsw } from 'ocs-mock/core'
import { type OcsMockServer, serve } from 'ocs-mock/server'
import { expectTypeOf } from 'vitest'

// A mock needs nothing, and has handlers for MSW where MSW is there.
expectTypeOf(createOcsMock()).toEqualTypeOf<OcsMockWithHandlers>()
expectTypeOf(createOcsMock().handlers).toEqualTypeOf<HttpHandler[]>()
expectTypeOf(createWithoutMsw()).toEqualTypeOf<OcsMock>()
expectTypeOf<OcsMockWithHandlers>().toExtend<OcsMock>()
expectTypeOf(serve).returns.resolves.toEqualTypeOf<OcsMockServer>()

createOcsMock({
  profile: 'nextcloud-34',
  seed: { users: [{ id: 'alice' }] },
  scenario: 'upgrade',
  signedInAs: 'alice',
  baseUrl: 'https://cloud.example.org',
  journalLimit: 0,
  notRecorded: 'fail',
  onNotBuilt: (message) => expectTypeOf(message).toEqualTypeOf<string>(),
  onRequest: (entry) => expectTypeOf(entry).toEqualTypeOf<JournalEntry>(),
  onScenarioFailure: (message) => expectTypeOf(message).toEqualTypeOf<string>(),
  outgoing: async () => new Response(),
  timers: { after: () => () => {}, sleep: async () => {} },
})
expectTypeOf<OcsMockOptions['profile']>().toEqualTypeOf<ProfileName | ProfileDefinition | undefined>()

// Names of what ships are known: editors complete them, and another spelling is an error.
createOcsMock({ profile: 'owncloud-8.1' })
// @ts-expect-error
createOcsMock({ profile: 'nextcloud34' })
// @ts-expect-error
createOcsMock({ scenario: 'expired-shares' })

// A misspelt option is an error, and so is one that nobody can obey.
// @ts-expect-error
createOcsMock({ seeds: {} })
// @ts-expect-error
createOcsMock({ notRecorded: 'ignore' })
// @ts-expect-error
createOcsMock({ journalLimit: '10' })
// @ts-expect-error: an option is there, or it is not
createOcsMock({ signedInAs: undefined })
// @ts-expect-error
serve({ ports: 8080 })

// What a mock has.
const ocs = createOcsMock()
expectTypeOf(ocs.fetch).toBeCallableWith('https://cloud.example.com/status.php', { method: 'GET' })
expectTypeOf(ocs.fetch).returns.resolves.toEqualTypeOf<Response>()
expectTypeOf(ocs.journal.entries).toEqualTypeOf<readonly JournalEntry[]>()
expectTypeOf(ocs.reset).parameter(0).toEqualTypeOf<OcsMockOptions['seed'] | undefined>()
// @ts-expect-error: what was asked and answered is read only
ocs.journal.entries[0].status = 500
// @ts-expect-error
ocs.profile = 'owncloud-8.1'
expectTypeOf(new OcsMock({}).world.clock.now()).toEqualTypeOf<number>()

// An event says what it is by its type.
const told = (event: MockEvent): string => {
  if (event.type === 'request') return event.entry.path
  // @ts-expect-error: only a request has an entry
  return event.entry.path
}
expectTypeOf(told).returns.toEqualTypeOf<string>()
