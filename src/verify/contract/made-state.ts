import type { Interaction, Sequence } from '#contract/contract.ts'
import { type IdsOfApp, Naming } from '#contract/naming.ts'
import { isReading } from '#contract/write-sequence.ts'
import type { Json } from '#lib/json.ts'
import type { Answer } from '#line/call.ts'
import type { OcsMock } from '#mock.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import type { World } from '#world/world.ts'
import { evenHome } from './even-homes.ts'
import { documentOf } from './expectation.ts'
import { type ConcreteRequest, type Login, Party } from './party.ts'
import { ask, type MakeMock, type Played, partyOf, takeStep } from './play.ts'
import { ADMIN, GIVEN_ADMIN, type StatePlan } from './provider-state.ts'
import type { Names, Renaming } from './renaming.ts'
import { sharedChanges } from './shared-changes.ts'

/** What all sequences are played with. */
export interface PlayerTools {
  readonly mock: MakeMock
  readonly idsOf: IdsOfApp
  readonly appOf: (operation: string | null) => string
  readonly base: string
  readonly isWriting: boolean
  /** Accounts and groups that were there before. */
  readonly others: ReadonlySet<string>
  readonly password: (name: string) => string
  readonly logins: ReadonlyMap<string, Login>
  readonly send: (request: ConcreteRequest) => Promise<Answer>
  readonly now: () => number
  readonly clean: (text: string) => string
}

/** What a sequence came to on ocs-mock under the names of the run. */
export interface ModelPlay {
  readonly played: readonly Played[]
  /** The world afterwards. */
  readonly world: World
}

/** An interaction may have changed what everybody shares. */
type SharedPlayed = Played & { readonly isShared?: true }

/** Names of accounts and groups. */
export interface MadeNames {
  readonly user: Set<string>
  readonly group: Set<string>
}

/**
 * A provider state on ocs-mock and on the server. Sequences that need it share it, as long as what others did in it shows
 * in none of their answers.
 */
export class MadeState {
  readonly renaming: Renaming | null
  /** Accounts and groups that sequences may have made on the server. */
  readonly names: MadeNames = { user: new Set(), group: new Set() }
  readonly #mock: OcsMock
  readonly #model: Party
  readonly #server: Party
  readonly #tools: PlayerTools
  #fresh: World
  #current: World

  constructor(tools: PlayerTools, renaming: Renaming | null, profile: ProfileDefinition) {
    const { base, send, now, logins, password, isWriting } = tools
    this.#tools = tools
    this.renaming = renaming
    if (renaming) this.#note(renaming)
    this.#mock = tools.mock({ profile, baseUrl: base })
    const login = { user: ADMIN, password: ADMIN }
    const known = new Map([[GIVEN_ADMIN, login], ...(isWriting ? [] : [[ADMIN, login] as const])])
    this.#model = partyOf(this.#mock, base, renaming, { password, logins: known })
    this.#server = new Party({ base, renaming, send, now, logins, password })
    this.#fresh = this.#mock.world.fork()
    this.#current = this.#fresh
  }

  /**
   * Make it.
   * @param homes accounts whose homes have to begin as the consumer's did
   * @returns why it could not be made, or `null`
   */
  async make({ steps }: StatePlan, homes: readonly string[]): Promise<string | null> {
    for (const step of steps) {
      const own = await takeStep(this.#model, step)
      if (own !== null) return `its state cannot be made: ocs-mock itself answers ${own.status} to ${step.what}`
      const got = await takeStep(this.#server, step)
      if (got !== null) return `its state could not be made: the server answers ${got.status} to ${step.what}`
    }
    for (const account of homes) await evenHome(account, this.#model, this.#server)
    this.#fresh = this.#mock.world.fork()
    this.#current = this.#fresh
    return null
  }

  /**
   * Play a sequence on ocs-mock in this state as it is by now.
   * @returns `null` where it would be answered otherwise than in the state as it was made
   */
  async play(sequence: Sequence, names: Names): Promise<ModelPlay | null> {
    const first = await this.#playFrom(this.#fresh, sequence, names)
    if (this.#current === this.#fresh) return first
    const now = await this.#playFrom(this.#current, sequence, names)
    return this.#keyOf(sequence, first) === this.#keyOf(sequence, now) ? now : null
  }

  /** The server as a sequence asks it. */
  serverFor(names: Names): Party {
    const renaming = this.renaming?.with(names) ?? null
    if (renaming) this.#note(renaming)
    return this.#server.fork(renaming)
  }

  #note(renaming: Renaming): void {
    for (const id of renaming.names('user')) this.names.user.add(id)
    for (const id of renaming.names('group')) this.names.group.add(id)
  }

  /** A sequence was played on the server too. */
  goOn({ world }: ModelPlay): void {
    this.#current = world
  }

  async #playFrom(world: World, { earlier = [], interactions }: Sequence, names: Names): Promise<ModelPlay> {
    this.#mock.world.restore(world.fork())
    const party = this.#model.fork(this.renaming?.with(names) ?? null)
    for (const interaction of earlier) await ask(party, interaction)
    const played: Played[] = []
    let stopped: string | null = null
    for (const interaction of interactions) {
      const reason: string | null = interaction.cannotVerify ?? stopped
      const one: SharedPlayed = reason === null ? await this.#ask(party, interaction) : { answer: null, reason }
      if (one.isShared) stopped = one.reason
      played.push(one)
    }
    return { played, world: this.#mock.world.fork() }
  }

  async #ask(party: Party, interaction: Interaction): Promise<SharedPlayed> {
    if (!this.#tools.isWriting || isReading(interaction.request.method)) return ask(party, interaction)
    const before = this.#mock.world.fork()
    const played = await ask(party, interaction)
    const shared = sharedChanges(before, this.#mock.world)
    if (shared.length === 0) return played
    const reason = `it changes what everybody on a server shares (${shared.join(', ')}), or comes after that`
    return { answer: null, reason, isShared: true }
  }

  /** What was answered, with what a world gives out by the order in which it came. */
  #keyOf({ interactions }: Sequence, { played }: ModelPlay): string {
    const { idsOf, appOf, base } = this.#tools
    const naming = new Naming(idsOf, new Set())
    const now = this.#mock.world.clock.now()
    return JSON.stringify(
      played.map(({ answer, reason }, i): Json => {
        const where = { key: '', app: appOf(interactions[i]!.operation), now, origin: base }
        const document = documentOf(answer?.body)
        return [reason, answer?.status ?? 0, document === undefined ? null : naming.tree(document, where)]
      }),
    )
  }
}
