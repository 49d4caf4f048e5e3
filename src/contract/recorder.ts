import type { JsonObject } from '#lib/json.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { Contract } from './contract.ts'
import { contractFile, writeContract } from './folder.ts'
import type { IdsOfApp } from './naming.ts'
import type { RawExchange } from './raw-exchange.ts'
import { layOver } from './touched.ts'
import { isReading, type RawSequence, writeSequence } from './write-sequence.ts'

export interface BookOptions {
  readonly folder: string
  readonly consumer: string
  /** The profile that answers. */
  readonly provider: string
  readonly idsOf: IdsOfApp
}

/** A sequence that is still growing. */
interface GrowingSequence extends RawSequence {
  readonly exchanges: RawExchange[]
}

/** What tests relied on so far, in all worlds of a mock. Each test is a file, which is written with each of its requests. */
export class ContractBook {
  readonly #options: BookOptions
  readonly #tests = new Map<string, GrowingSequence[]>()

  constructor(options: BookOptions) {
    this.#options = options
  }

  /** Another world of a test. */
  begin(test: string, sequence: GrowingSequence): void {
    this.#tests.set(test, [...(this.#tests.get(test) ?? []), sequence])
  }

  /** @throws UserError where the file cannot be written */
  write(test: string): void {
    const { folder, consumer, provider, idsOf } = this.#options
    const sequences = (this.#tests.get(test) ?? []).map((one) => writeSequence(one, idsOf))
    const contract: Contract = { consumer, test, provider, sequences }
    writeContract(contractFile(folder, test), contract)
  }
}

/** Writes down what tests ask of one world. */
export class ContractRecorder {
  readonly #book: ContractBook
  #seed: JsonObject
  /** Changes since the world began. */
  #changes: RawExchange[] = []
  #current = new Map<string, GrowingSequence>()
  #reason: string | null = null

  constructor(book: ContractBook, seed: JsonObject) {
    this.#book = book
    this.#seed = seed
  }

  /** A request was answered. @param test which asked; `null`: none, it prepared something */
  record(exchange: Omit<RawExchange, 'cannotVerify'>, test: string | null): void {
    const raw: RawExchange = { ...exchange, cannotVerify: this.#reason }
    if (test !== null) {
      let sequence = this.#current.get(test)
      if (!sequence) {
        sequence = { seed: this.#seed, earlier: [...this.#changes], exchanges: [] }
        this.#current.set(test, sequence)
        this.#book.begin(test, sequence)
      }
      sequence.exchanges.push(raw)
    }
    if (!isReading(exchange.call.method) && exchange.answer.status < 400) this.#changes.push(raw)
    if (test !== null) this.#book.write(test)
  }

  /** Something changed the world that no request did: what is asked from now on cannot be asked of a real server. */
  note(reason: string): void {
    this.#reason ??= reason
  }

  /** The world begins again. @param seed laid over the one that it began with */
  reset(begun: JsonObject, seed: JsonObject | undefined, reason: string | null): void {
    this.#seed = seed ? (layOver(begun, seed) as JsonObject) : begun
    this.#changes = []
    this.#current = new Map()
    this.#reason = reason
  }
}

/** What stories say of ids that apps give out. */
export async function idsOfApps(catalogue: Catalogue): Promise<IdsOfApp> {
  const ids = new Map<string, Record<string, string>>()
  for (const { contribution } of await catalogue.gather('stories')) {
    const app = contribution.apps[0] ?? 'core'
    if (contribution.ids) ids.set(app, { ...ids.get(app), ...contribution.ids })
  }
  return (app) => ids.get(app) ?? NONE
}

const NONE = {}
