import type { Contract, Interaction, Sequence } from '#contract/contract.ts'
import { printable, printableLines } from '#lib/printable.ts'
import type { Finding } from '../finding.ts'
import { compare } from './compare.ts'
import { translate } from './expectation.ts'
import type { MadeState, ModelPlay, PlayerTools } from './made-state.ts'
import type { ConcreteRequest, Party } from './party.ts'
import { ask, type OwnPlay, type Played } from './play.ts'
import type { Renaming } from './renaming.ts'
import type { InteractionResult } from './result.ts'

/** What became of one interaction. */
export type Outcome = Pick<InteractionResult, 'verdict' | 'reason' | 'findings'>

export const unverified = (reason: string): Outcome => ({ verdict: 'unverified', reason, findings: [] })

/** Asks a server what a sequence asks, in a state that was made, and compares. */
export class SequencePlayer {
  readonly #tools: PlayerTools
  readonly #contract: Contract
  readonly #sequence: Sequence
  readonly #own: OwnPlay

  constructor(tools: PlayerTools, contract: Contract, sequence: Sequence, own: OwnPlay) {
    this.#tools = tools
    this.#contract = contract
    this.#sequence = sequence
    this.#own = own
  }

  async play(state: MadeState, model: ModelPlay): Promise<Outcome[]> {
    const server = state.serverFor(this.#own.names)
    const renaming = state.renaming?.with(this.#own.names) ?? null
    const { interactions, earlier = [] } = this.#sequence
    for (const interaction of earlier) await ask(server, interaction)
    const outcomes: Outcome[] = []
    for (const [i, interaction] of interactions.entries())
      outcomes.push(await this.#verify(interaction, this.#own.played[i]!, model.played[i]!, server, renaming))
    state.goOn(model)
    return outcomes
  }

  async #verify(
    interaction: Interaction,
    own: Played,
    renamed: Played,
    server: Party,
    renaming: Renaming | null,
  ): Promise<Outcome> {
    const { idsOf, appOf, others, clean } = this.#tools
    if (renamed.answer === null) return unverified(renamed.reason ?? '')
    if (own.answer?.status === interaction.response.status && renamed.answer.status !== own.answer.status)
      return unverified(`under other names ocs-mock itself answers ${renamed.answer.status}`)
    const got = await ask(server, interaction)
    if (got.answer === null) return unverified(got.reason ?? '')
    const how = { renaming, idsOf, app: appOf(interaction.operation) }
    const expected = translate(interaction.response, own.answer ?? renamed.answer, renamed.answer, how)
    const whose = { prefix: renaming?.prefix ?? '', others }
    const differences = compare(interaction.response, expected, got.answer, server.values, whose)
    const findings = differences.map(
      (difference): Finding => ({
        operation: interaction.operation ?? 'protocol',
        ...difference,
        where: printable(clean(difference.where)),
        expected: printable(clean(difference.expected)),
        got: printable(clean(difference.got)),
        seen: [this.#contract.test],
        reproduce: printableLines(clean(curlOf(server.requestOf(interaction), interaction.as, this.#tools.base))),
      }),
    )
    const differs = findings.some(({ severity }) => severity === 'breaks' || severity === 'differs')
    return { verdict: differs ? 'differs' : 'holds', findings }
  }
}

/** A shell command that sends the same request. Credentials are variables, never values. */
function curlOf({ method, target, headers, body }: ConcreteRequest, as: string, base: string): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const args = ['curl', '-i', '-X', method]
  if (as !== 'anonymous') args.push('-u', '"$OCS_USER"')
  for (const [name, value] of Object.entries(headers)) args.push('-H', quote(`${name}: ${value}`))
  if (typeof body === 'string') args.push('--data-binary', quote(body))
  return [...args, quote(base + target)].join(' ')
}
