import { setupServer } from 'msw/node'
import { showRequest } from '#journal/expectation.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'
import { checkObject, checkOption } from '#lib/check-members.ts'
import { OcsMock, type OcsMockOptions } from '#mock.ts'
import { checkPageOption, type PageOptions } from '#page/open-page.ts'
import { isAtOnce, loadProfile } from '#profiles/index.ts'
import { createHandlers } from './msw.ts'

/** What of the fake a file of tests may choose. */
export interface FakePerTestOptions extends OcsMockOptions {
  /** Mount a page of the product before each test: who is signed in, initial states, `OC`. Needs jsdom or happy-dom. */
  readonly page?: PageOptions | true
  /** What becomes of requests to other servers, as MSW has it. Default: `error`. */
  readonly onUnhandledRequest?: 'error' | 'warn' | 'bypass'
}

/** The fake of one test, while it runs. */
export interface FakeOfTest {
  readonly ocs: OcsMock
  /** Its page goes, and requests go where they went before. */
  end(): void
}

/** Gives each test a fake of its own in the same starting world, which answers what the code under test fetches. */
export class FakePerTest {
  readonly #options: FakePerTestOptions
  /** A mistake in the options is told at once where nothing has to be loaded. */
  readonly #root: Promise<OcsMock>

  /** @throws UserError for an unknown profile or a mistake in the seed */
  constructor(options: FakePerTestOptions = {}) {
    checkOptions(options)
    this.#options = options
    this.#root = isAtOnce(options.profile) ? Promise.resolve(mockOf(options)) : loadMock(options)
    // Whoever begins a test is told.
    this.#root.catch(() => {})
  }

  /** @param changed laid over the options that all tests have */
  async begin(changed: FakePerTestOptions = {}): Promise<FakeOfTest> {
    checkOptions(changed)
    const options = { ...this.#options, ...changed }
    const ocs = Object.keys(changed).length === 0 ? (await this.#root).fork() : await loadMock(options)
    // Before anything listens: a page that cannot be mounted leaves nothing behind.
    const unmount = options.page ? (await ocs.page(options.page === true ? {} : options.page)).mount() : () => {}
    const server = setupServer(...createHandlers(ocs))
    server.listen({ onUnhandledRequest: options.onUnhandledRequest ?? 'error' })
    return {
      ocs,
      end: () => {
        unmount()
        server.close()
      },
    }
  }
}

const UNHANDLED = ['error', 'warn', 'bypass'] as const

function checkOptions(options: FakePerTestOptions): void {
  const what = 'Failed to use a fake for each test'
  checkObject(what, options)
  checkOption(what, 'onUnhandledRequest', options.onUnhandledRequest, UNHANDLED)
  checkPageOption(what, options.page)
}

function mockOf({ page: _, onUnhandledRequest: __, ...options }: FakePerTestOptions): OcsMock {
  return new OcsMock(options)
}

const loadMock = async (options: FakePerTestOptions): Promise<OcsMock> =>
  mockOf({ ...options, profile: await loadProfile(options.profile) })

const MOST_TOLD = 20

/** What a failed test asked, for its output. */
export function toldRequests(entries: readonly JournalEntry[]): string {
  if (entries.length === 0) return 'ocs-mock: the test asked nothing.'
  const shown = entries.slice(-MOST_TOLD).map((entry) => `  ${showRequest(entry)}`)
  const of = entries.length > MOST_TOLD ? `the last ${MOST_TOLD} of ${entries.length} requests` : 'what the test asked'
  return `ocs-mock: ${of}:\n${shown.join('\n')}`
}
