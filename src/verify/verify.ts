import { printable } from '#lib/printable.ts'
import type { Catalogue } from '#line/catalogue.ts'
import { allInRelease } from '#line/in-release.ts'
import { type Finding, mergeFindings } from './finding.ts'
import { foldEverywhere, foldMissing } from './fold-findings.ts'
import { type CaseResult, judgeCases } from './judge-cases.ts'
import { planFound } from './plan-found.ts'
import { type ProbeCase, planProbes, type SkippedOperation } from './plan-probes.ts'
import { Sender } from './sender.ts'
import type { StepResult } from './stateful/taken-step.ts'
import { verifyWrites } from './stateful/verify-writes.ts'
import { discover, type Target } from './target.ts'
import type { OperationResult, Verification, VerifyOptions } from './verification.ts'

/**
 * Ask an instance everything that can be asked without changing it, and judge what it answers; where it may be
 * changed, drive stories against it and the model as well.
 * @throws TargetError where there is nothing to ask
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const started = performance.now()
  const { catalogue } = options
  const definitions = await catalogue.loadAll()
  const sender = new Sender({ ...options, base: options.url.replace(/\/+$/, '') })
  sender.stopAt(options.signal)
  const target = await discover(sender, options.logins ?? [], { ...options, ...definitions })
  const endpoints = allInRelease(definitions.endpoints, target.profile)
  const plan = planProbes({ endpoints, only: options.only, ...target })
  const judgeAll = (cases: readonly ProbeCase[]) => judgeCases({ ...options, cases, sender, target, catalogue })
  const planned = await judgeAll(plan.cases)
  const found = planFound(endpoints, target.accounts, planned.results)
  const further = planned.cutShort === undefined && found.length > 0 ? await judgeAll(found) : null
  const results = [...planned.results, ...(further?.results ?? [])]
  const cutShort = planned.cutShort ?? further?.cutShort
  const writes =
    options.write && cutShort === undefined
      ? await verifyWrites({ ...options, ...options.stateful, sender, target, catalogue })
      : null
  const unasked = cutShort ?? writes?.cutShort
  const steps = writes?.steps ?? []
  const told = [...results.flatMap((result) => result.findings), ...(writes?.findings ?? [])]
  const findings = foldMissing(mergeFindings(told.map(knownVersion(target) ? asDeviation : asItIs)))
  const operations = summarise(
    results,
    withoutStoryOperations(plan.skipped, steps),
    findings,
    operationsOfStories(catalogue, steps),
  )
  const milliseconds = performance.now() - started
  return {
    base: target.base,
    product: target.product,
    version: target.version,
    profile: target.profile.id,
    notes: [...target.notes, ...(writes?.notes ?? []), ...(unasked === undefined ? [] : [CUT_SHORT + unasked])].map(
      printable,
    ),
    ...(unasked === undefined ? {} : { cutShort: printable(unasked) }),
    operations,
    findings: foldEverywhere(findings, operations.filter(({ verdict }) => verdict !== 'skipped').length),
    known: [],
    left: writes?.left ?? null,
    requests: sender.requests,
    seconds: milliseconds / 1000,
    waiting: sender.busy / milliseconds,
  }
}

/** The release that the definitions are of: what they do not have, it does not have. */
const knownVersion = ({ profile, version }: Target) => profile.versionString === version
const asDeviation = (finding: Finding): Finding =>
  finding.severity === 'undocumented' ? { ...finding, severity: 'differs' } : finding
const asItIs = (finding: Finding): Finding => finding

const CUT_SHORT = 'The run was cut short: '

function summarise(
  results: readonly CaseResult[],
  skipped: readonly SkippedOperation[],
  findings: readonly Finding[],
  storyOperations: readonly StoryOperation[],
): OperationResult[] {
  const byOperation = new Map<string, CaseResult[]>()
  for (const result of results) {
    const { operation } = result.probe
    byOperation.set(operation, [...(byOperation.get(operation) ?? []), result])
  }
  const deviating = new Set(findings.filter(({ severity }) => severity !== 'noted').map(({ operation }) => operation))
  const all: OperationResult[] = [...byOperation].map(([operation, cases]) => ({
    operation,
    app: cases[0]!.probe.app,
    verdict: deviating.has(operation) ? 'deviates' : 'conforms',
    requests: cases.reduce((sum, result) => sum + result.exchanges.length, 0),
    sawData: cases.some((result) => result.sawData),
  }))
  for (const { operation, app, requests, succeeded } of storyOperations) {
    const at = all.findIndex((result) => result.operation === operation)
    const known = all[at]
    if (known) all[at] = { ...known, requests: known.requests + requests, sawData: known.sawData || succeeded }
    else {
      const verdict = deviating.has(operation) ? 'deviates' : 'conforms'
      all.push({ operation, app, verdict, requests, sawData: succeeded })
    }
  }
  for (const { operation, app, reason } of skipped) {
    all.push({ operation, app, verdict: 'skipped', reason, requests: 0, sawData: false })
  }
  return all.sort((a, b) => (a.operation < b.operation ? -1 : 1))
}

/** What became of an operation in the stories. */
interface StoryOperation {
  readonly operation: string
  readonly app: string
  readonly requests: number
  readonly succeeded: boolean
}

function operationsOfStories(catalogue: Catalogue, steps: readonly StepResult[]): StoryOperation[] {
  return [...new Set(steps.map(({ operation }) => operation))].map((operation) => {
    const own = steps.filter((step) => step.operation === operation)
    const known = catalogue.operations.find(({ id }) => id === operation)
    return {
      operation,
      app: known?.app ?? 'core',
      requests: own.reduce((sum, { requests }) => sum + requests, 0),
      succeeded: own.some(({ succeeded }) => succeeded),
    }
  })
}

/** What no probe covers may be part of a story. */
function withoutStoryOperations(
  skipped: readonly SkippedOperation[],
  steps: readonly StepResult[],
): SkippedOperation[] {
  const taken = new Set(steps.map(({ operation }) => operation))
  return skipped
    .filter(({ operation }) => !taken.has(operation))
    .map((one) =>
      steps.length > 0 && one.reason.endsWith('changes state') ? { ...one, reason: 'no story has it yet' } : one,
    )
}
