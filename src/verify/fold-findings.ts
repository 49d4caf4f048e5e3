import { type Finding, SEVERITIES } from './finding.ts'

/** The name under which a finding stands that nearly every operation has. */
export const EVERYWHERE = 'everywhere'

/** How answers of routes begin that there are not: where the legacy exit has the status of HTTP, with that. */
const NO_ROUTE = /^(?:998|404) /
/** Fewer are told one by one. */
const LEAST_OPERATIONS = 12
/** This share of all operations that were asked. */
const LEAST_SHARE = 0.4

/**
 * What is wrong with nearly every operation is wrong with the server, and is told once: a report that says it of each
 * hides what else there is.
 */
export function foldEverywhere(findings: readonly Finding[], operationsAsked: number): Finding[] {
  return foldAlike(findings, Math.max(LEAST_OPERATIONS, operationsAsked * LEAST_SHARE))
}

/** What is said of so many operations in the same words is told once. */
export function foldAlike(findings: readonly Finding[], least: number): Finding[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = likeness(finding)
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  const folded = [...groups.values()].map((group): readonly Finding[] => {
    const operations = new Set(group.map(({ operation }) => operation))
    return operations.size < least ? group : [fold(group, operations.size)]
  })
  const isFirst = ({ operation }: Finding) => (operation === EVERYWHERE ? 0 : 1)
  return folded
    .flat()
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || isFirst(a) - isFirst(b))
}

/** A route that is not there is one finding: that nothing else about it is right follows. */
export function foldMissing(findings: readonly Finding[]): Finding[] {
  const missing = new Map<string, Finding>()
  for (const finding of findings) {
    const isMissing = finding.rule === 'route' && NO_ROUTE.test(finding.got)
    if (isMissing && !missing.has(finding.operation)) missing.set(finding.operation, finding)
  }
  return findings.filter((finding) => (missing.get(finding.operation) ?? finding) === finding)
}

/** Findings that say the same of different operations. What is expected may name what an operation declares. */
const likeness = ({ rule, where, got, severity }: Finding): string =>
  [rule, severity, where.replace(/\/(\d+|element\[\d+\])(?=\/|$)/g, '/*'), got].join(' ')

function fold(group: readonly Finding[], operations: number): Finding {
  const [first] = group
  const others = new Set(group.map(({ expected }) => expected)).size > 1
  return {
    ...first!,
    operation: EVERYWHERE,
    expected: others ? `${first!.expected} (or what the operation declares)` : first!.expected,
    seen: [`in ${operations} operations, first in ${first!.operation}`, ...new Set(group.flatMap(({ seen }) => seen))],
  }
}
