import { readFile } from 'node:fs/promises'
import { codeOf, messageOf, UserError } from '#lib/errors.ts'
import { type Finding, keyOf } from './finding.ts'
import { writeWhole } from './write-whole.ts'

/** What identifies a finding from one run to the next. */
type KnownFinding = Pick<Finding, 'operation' | 'rule' | 'where' | 'expected'>

/** Findings that somebody has looked at and accepted. */
export interface Baseline {
  readonly findings: readonly KnownFinding[]
}

export interface Compared {
  /** Findings that the baseline does not have. */
  readonly fresh: readonly Finding[]
  /** Findings that it has. */
  readonly known: readonly Finding[]
  /** What it has and nobody found any more. */
  readonly gone: readonly KnownFinding[]
}

/** Findings against a baseline. */
export function compareWithBaseline(findings: readonly Finding[], baseline: Baseline): Compared {
  const accepted = new Set(baseline.findings.map(keyOf))
  const found = new Set(findings.map(keyOf))
  return {
    fresh: findings.filter((finding) => !accepted.has(keyOf(finding))),
    known: findings.filter((finding) => accepted.has(keyOf(finding))),
    gone: baseline.findings.filter((known) => !found.has(keyOf(known))),
  }
}

/** A baseline file; one that is not there yet has no findings. @throws UserError */
export async function readBaseline(file: string): Promise<Baseline> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { findings: [] }
    throw new UserError(`Failed to read the baseline ${file}: ${messageOf(error)}.`)
  }
  const baseline = parse(text)
  if (!baseline) throw new UserError(`Failed to read the baseline ${file}: write it with --update-baseline.`)
  return baseline
}

function parse(text: string): Baseline | null {
  try {
    const value = JSON.parse(text) as Partial<Baseline> | null
    return Array.isArray(value?.findings) ? { findings: value.findings } : null
  } catch {
    return null
  }
}

/** Accept these findings from now on. */
export function writeBaseline(file: string, findings: readonly Finding[]): void {
  const known = findings.map(
    ({ operation, rule, where, expected }): KnownFinding => ({ operation, rule, where, expected }),
  )
  writeWhole(file, `${JSON.stringify({ findings: known }, null, 2)}\n`)
}
