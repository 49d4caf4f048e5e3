import { checkMembers } from '#lib/check-members.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Call } from '#line/call.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { Handled } from '#line/run.ts'
import type { World } from '#world/world.ts'
import type { ContractBook, ContractRecorder } from './recorder.ts'
import type { AnsweredCall, ContractOptions, ContractSubject } from './subject.ts'

interface Loaded {
  readonly recorder: ContractRecorder
  readonly write: typeof import('./record-call.ts')
}

/** Lets a mock write down what tests rely on: `ocs.contract`. What writes is loaded with the first request. */
export class ContractHandle {
  readonly #options: ContractOptions
  readonly #subject: ContractSubject
  readonly #book: { made: Promise<ContractBook> | null }
  readonly #waiting: ((recorder: ContractRecorder) => void)[] = []
  #answering = 0
  #test: string | undefined
  #loaded: Promise<Loaded> | null = null

  constructor(
    options: ContractOptions,
    subject: ContractSubject,
    book: { made: Promise<ContractBook> | null } = { made: null },
  ) {
    this.#options = options
    this.#subject = subject
    this.#book = book
    this.#test = options.test
  }

  /**
   * From now on this test asks. Test runners that are not known by themselves, and tests that run at the same time, need it.
   * @param name such as `groups.spec.ts › shows the groups`: file, groups and test, with ` › ` between them
   */
  test(name: string): void {
    this.#test = name
  }

  /** The handle of another world, in the same contracts. */
  fork(): ContractHandle {
    const test = this.#test === undefined ? {} : { test: this.#test }
    return new ContractHandle({ ...this.#options, ...test }, this.#subject, this.#book)
  }

  /** Notice what changes a world without a request: that is nothing that a real server could be asked. */
  watch(world: World): void {
    world.on(({ type }) => this.#changed(`the test itself changed the world (${type})`))
    world.clock.on(() => this.#changed('the test itself set the clock'))
  }

  #changed(reason: string): void {
    if (this.#answering === 0) this.#waiting.push((recorder) => recorder.note(reason))
  }

  /**
   * Write down a request with what answers it.
   * @throws UserError where it cannot be written
   */
  async during(call: Call, world: World, answer: () => Promise<Handled>): Promise<Handled> {
    this.#answering++
    try {
      const handled = await answer()
      await this.#record({ call, body: await call.body(), handled, at: world.clock.now() })
      return handled
    } finally {
      this.#answering--
    }
  }

  /** The world begins again. */
  reset(seed: JsonObject | undefined): void {
    const { seed: begun, reason } = this.#subject
    this.#waiting.push((recorder) => recorder.reset(begun, seed, reason))
  }

  async #record(answered: AnsweredCall): Promise<void> {
    // Which test asks is known now; what came before was said before.
    const before = this.#waiting.splice(0)
    this.#loaded ??= this.#load()
    const { recorder, write } = await this.#loaded
    for (const tell of before) tell(recorder)
    write.recordCall(recorder, answered, this.#subject.catalogue, this.#test)
  }

  async #load(): Promise<Loaded> {
    const write = await import('./record-call.ts')
    this.#book.made ??= write.makeBook(this.#options, this.#subject)
    return { recorder: write.makeRecorder(await this.#book.made, this.#subject), write }
  }
}

/** What is to be written down of a mock; `undefined`: nothing. */
export function contractOf(
  { contract, seed, replay, scenario }: OptionsForContracts,
  provider: string,
  catalogue: Catalogue,
): ContractHandle | undefined {
  if (contract === undefined) return undefined
  const options = typeof contract === 'string' ? { folder: contract } : contract
  checkMembers('Failed to read the option "contract"', options, CONTRACT_OPTIONS)
  const reason =
    scenario !== undefined ? 'a scenario changes the world' : replay ? 'recorded answers are given first' : null
  return new ContractHandle(options, { provider, catalogue, seed: (seed ?? {}) as JsonObject, reason })
}

interface OptionsForContracts {
  readonly contract?: string | ContractOptions
  readonly seed?: unknown
  readonly replay?: unknown
  readonly scenario?: unknown
}

const CONTRACT_OPTIONS = ['folder', 'consumer', 'test'] as const satisfies readonly (keyof ContractOptions)[]
