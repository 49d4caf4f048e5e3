import type { Contract, Interaction, Sequence } from '#contract/contract.ts'
import { isJsonObject } from '#lib/json.ts'
import { actorsOf, changes } from './play.ts'
import { ADMIN } from './provider-state.ts'
import type { InteractionResult } from './result.ts'
import { type Outcome, unverified } from './sequence-player.ts'

/** Sequences that need the same provider state. */
export interface Group {
  /** Accounts that ask in any of them. */
  readonly actors: Set<string>
  /** Whether any of them looks at what lies in homes. */
  usesFiles: boolean
}

/** One sequence to play. */
export interface Task {
  readonly contract: Contract
  readonly sequence: Sequence
  readonly group: Group
}

/** Paths below which something is said of the files of an account. */
const OF_FILES = /\/(?:dav|webdav|files[\w-]*|search|recommendations|trashbin|versions)(?:\/|$)/

/** All sequences, those that need the same state one after the other, and those first that change nothing. */
export function tasksOf(contracts: readonly Contract[]): Task[] {
  const groups = new Map<string, Group & { readonly tasks: Task[] }>()
  for (const contract of contracts)
    for (const sequence of contract.sequences) {
      const key = JSON.stringify([contract.provider, sequence.providerState])
      const group = groups.get(key) ?? { actors: new Set(), usesFiles: false, tasks: [] }
      groups.set(key, group)
      for (const actor of actorsOf(sequence)) group.actors.add(actor)
      group.usesFiles ||= sequence.interactions.some(({ request }) => OF_FILES.test(request.path))
      group.tasks.push({ contract, sequence, group })
    }
  const changesOf = ({ sequence }: Task) => (sequence.interactions.some(changes) ? 1 : 0)
  return [...groups.values()].flatMap(({ tasks }) => tasks.sort((a, b) => changesOf(a) - changesOf(b)))
}

/** Accounts of a state whose homes somebody may look at. */
export function accountsOf({ providerState }: Sequence, { actors }: Group): string[] {
  const users = Array.isArray(providerState.users) ? providerState.users : []
  const ids = users.flatMap((user) => (isJsonObject(user) && user.enabled !== false ? [String(user.id)] : []))
  return [...new Set([...ids, ...(actors.has(ADMIN) ? [ADMIN] : [])])]
}

export const labelOf = (
  { consumer, test }: Contract,
  { request, as, operation }: Interaction,
): Pick<InteractionResult, 'consumer' | 'test' | 'interaction' | 'operation'> => ({
  consumer,
  test,
  interaction: `${request.method} ${request.path} as ${as}`,
  operation: operation ?? 'protocol',
})

/** What all interactions of a sequence come to that is not played. */
export const unverifiedAll = ({ interactions }: Sequence, reason: string): Outcome[] =>
  interactions.map(({ cannotVerify }) => unverified(cannotVerify ?? reason))
