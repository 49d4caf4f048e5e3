import { type Finding, keyOf } from '../finding.ts'
import { isDiverging } from './taken-step.ts'

/** Findings that were told, to know those that only follow from them. */
export class Echoes {
  readonly #keys = new Set<string>()
  /** Members with what they should be. */
  readonly #members = new Set<string>()
  /** Operations that do something else than they should. */
  readonly #operations = new Set<string>()

  add(finding: Finding): void {
    this.#keys.add(keyOf(finding))
    if (!isDiverging(finding)) return
    this.#operations.add(finding.operation)
    const member = memberOf(finding)
    if (member !== null) this.#members.add(member)
  }

  /** Whether an operation is told to do something else than it should: it shows nothing of others. */
  tells(operation: string): boolean {
    return this.#operations.has(operation)
  }

  /**
   * Whether a finding follows from one that was told: the same member is wrong wherever somebody looks, and an operation
   * that does something else fails elsewhere too. The same finding again is none that follows.
   */
  has(finding: Finding): boolean {
    if (this.#keys.has(keyOf(finding)) || !isDiverging(finding)) return false
    const member = memberOf(finding)
    return member === null ? this.#operations.has(finding.operation) : this.#members.has(member)
  }
}

/** A named member of the data with what it should be; `null`: a status, a message, or an item of a list. */
function memberOf({ rule, where, expected }: Finding): string | null {
  const name = /(?:\/data\/|^\/d:multistatus).*?([^/]+)$/.exec(where)?.[1]
  if (rule !== 'state' || name === undefined || /^\d+$|\]$/.test(name)) return null
  return `${name} ${expected.replaceAll('"', '')}`
}
