import { md5 } from '#lib/md5.ts'
import { type Finding, keyOf } from '../finding.ts'
import { EVERYWHERE } from '../fold-findings.ts'
import type { Verification } from '../verification.ts'

/** Findings that say the same of one or several operations of an app. */
export interface Cause {
  /** Stays the same from run to run: what a link to it names. */
  readonly id: string
  readonly app: string
  /** The first says it, the others say where else. */
  readonly findings: readonly [Finding, ...Finding[]]
}

/** Findings by app and by cause, the worst and most frequent first, each app's together. */
export function causesOf({ findings, operations }: Pick<Verification, 'findings' | 'operations'>): Cause[] {
  const appOf = new Map(operations.map(({ operation, app }) => [operation, app]))
  const causes = new Map<string, Cause>()
  for (const finding of findings) {
    const { operation } = finding
    const app = appOf.get(operation) ?? (operation === EVERYWHERE ? EVERYWHERE : 'core')
    const key = `${app} ${likeness(finding)}`
    const known = causes.get(key)
    causes.set(
      key,
      known
        ? { ...known, findings: [...known.findings, finding] }
        : { id: `f-${md5(`${app} ${keyOf(finding)}`).slice(0, 10)}`, app, findings: [finding] },
    )
  }
  return [...causes.values()]
}

/** By app, those with findings that stand first, first. */
export function byApp(causes: readonly Cause[]): ReadonlyMap<string, readonly Cause[]> {
  const grouped = new Map<string, Cause[]>()
  for (const cause of causes) grouped.set(cause.app, [...(grouped.get(cause.app) ?? []), cause])
  return grouped
}

/** Of what is expected only the beginning: the rest may name what an operation declares. */
const likeness = ({ rule, severity, where, expected, got }: Finding): string =>
  [rule, severity, where.replace(/\/(\d+|element\[\d+\])(?=\/|$)/g, '/*'), /^\S*/.exec(expected)?.[0], got].join(' ')

/** `files-api-get`, or `files-api-get and 3 others`. */
export function placesText({ findings }: Cause): string {
  const [first, ...others] = new Set(findings.map(({ operation }) => operation))
  if (others.length === 0) return first!
  return `${first} and ${others.length} ${others.length === 1 ? 'other' : 'others'}`
}
