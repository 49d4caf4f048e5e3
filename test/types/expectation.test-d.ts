import {
  createOcsMock,
  type Expectation,
  type JournalEntry,
  type KnownOperations,
  type OperationId,
  type RequestMatcher,
} from 'ocs-mock'
import { expectTypeOf } from 'vitest'

const { journal } = createOcsMock()

journal.expect({ method: 'POST', path: '/ocs/v*.php/cloud/users', actor: 'admin', times: 1 })
journal.expect({ pathPattern: '/shares/\\d+$', query: { format: 'json' }, body: { permissions: 1 }, atLeast: 2 })
journal.expect({ actor: null, operation: null, outcome: 'unknown-route', status: 404, atMost: 0 })
journal.expect({ inOrder: [{ method: 'PUT' }, { method: 'PROPFIND' }] })
expectTypeOf(journal.expect).returns.toEqualTypeOf<void>()
expectTypeOf(journal.find({ method: 'GET' })).toEqualTypeOf<JournalEntry[]>()
expectTypeOf<Expectation>().toExtend<RequestMatcher>()

// @ts-expect-error: a misspelt member would match everything
journal.expect({ methd: 'POST' })
// @ts-expect-error
journal.expect({ times: '1' })
// @ts-expect-error
journal.expect({ outcome: 'fine' })
// @ts-expect-error
journal.expect({ status: '404' })
// @ts-expect-error: how often is said of all of them, or of one
journal.expect({ inOrder: [{ method: 'PUT', times: 1 }] })
// @ts-expect-error: numbers belong to what is expected, not to what is looked for
journal.find({ method: 'PUT', times: 1 })
// @ts-expect-error
journal.find('/status.php')

// Operations that ship are known by their ids; others, of apps of one's own, may be named too.
expectTypeOf<'provisioning_api-users-get-users'>().toExtend<KnownOperations[keyof KnownOperations]>()
expectTypeOf<'provisioning_api-users-get-user-list'>().not.toExtend<KnownOperations[keyof KnownOperations]>()
expectTypeOf<'bookmarks-bookmarks-list'>().toExtend<OperationId>()
