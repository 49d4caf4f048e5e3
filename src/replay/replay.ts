import { UserError } from '#lib/errors.ts'
import { LoadOnce } from '#lib/load-once.ts'
import type { Call } from '#line/call.ts'
import type { Instance } from '#line/instance.ts'
import type { Handled } from '#line/run.ts'
import type { Recording } from '#verify/recording.ts'
import type { Replayer } from './replayer.ts'
import type { NotRecorded, Stub } from './stubs.ts'

/**
 * Answers requests from a recording, in the order in which it has them; the last answer stays. What reads the recording
 * is loaded with the first request: most mocks have none.
 */
export class Replay {
  readonly #recording: Recording
  readonly #notRecorded: NotRecorded
  /** Shared by all forks. */
  readonly #stubs: LoadOnce<'all', readonly Stub[]>
  #replayer: Promise<Replayer> | null = null

  /**
   * @param stubs only for {@link Replay.fork}
   * @throws UserError for an answer with a status that HTTP does not have
   */
  constructor(
    recording: Recording,
    notRecorded: NotRecorded = 'model',
    stubs: LoadOnce<'all', readonly Stub[]> = new LoadOnce(),
  ) {
    checkStatuses(recording)
    this.#recording = recording
    this.#notRecorded = notRecorded
    this.#stubs = stubs
  }

  /** The same recording from its first answers on. */
  fork(): Replay {
    return new Replay(this.#recording, this.#notRecorded, this.#stubs)
  }

  /** Every request gets its first answer again. */
  reset(): void {
    this.#replayer = null
  }

  /** The recorded answer; `null`: the model is to answer. */
  async answer(call: Call, instance: Instance): Promise<Handled | null> {
    this.#replayer ??= this.#load()
    return (await this.#replayer).answer(call, instance)
  }

  async #load(): Promise<Replayer> {
    const [{ Replayer }, { stubsOf }] = await Promise.all([import('./replayer.ts'), import('./stubs.ts')])
    const stubs = await this.#stubs.get('all', async () => stubsOf(this.#recording))
    return new Replayer(this.#recording, this.#notRecorded, stubs)
  }
}

/** Somebody may have written an OCS status where HTTP's belongs; no server could send that. */
function checkStatuses({ cases }: Recording): void {
  for (const { method = 'GET', path, answers } of cases)
    for (const { status } of answers)
      if (!Number.isInteger(status) || status < 200 || status > 599)
        throw new UserError(
          `Failed to replay the recording: an answer to ${method} ${path} has the status ${status}. Write one of HTTP, from 200 to 599; that of OCS stands in the body.`,
        )
}
