import { idsOfApps } from '#contract/recorder.ts'
import { mergeFindings } from '../finding.ts'
import { Sender } from '../sender.ts'
import { discover } from '../target.ts'
import type { OperationResult, Verification } from '../verification.ts'
import { type ContractOptions, ContractRun } from './contract-run.ts'
import type { InteractionResult } from './result.ts'

/**
 * Ask a server what the tests of consumers asked, in states that are made there for it, and say what is not as they saw it.
 * @throws TargetError where there is nothing to ask
 */
export async function verifyContracts(options: ContractOptions): Promise<Verification> {
  const started = performance.now()
  const sender = new Sender({ ...options, base: options.url.replace(/\/+$/, '') })
  sender.stopAt(options.signal)
  const target = await discover(sender, options.logins ?? [], options)
  const run = new ContractRun(options, sender, target, await idsOfApps(options.catalogue))
  const { interactions, notes, left } = await run.all()
  const milliseconds = performance.now() - started
  const findings = mergeFindings(interactions.flatMap((one) => one.findings))
  return {
    base: target.base,
    product: target.product,
    version: target.version,
    profile: [...new Set(options.contracts.map(({ provider }) => provider))].join(', '),
    notes,
    operations: operationsOf(interactions, options),
    findings,
    known: [],
    left,
    requests: sender.requests,
    seconds: milliseconds / 1000,
    waiting: sender.busy / milliseconds,
    contract: { interactions },
  }
}

function operationsOf(results: readonly InteractionResult[], { catalogue }: ContractOptions): OperationResult[] {
  const byOperation = new Map<string, InteractionResult[]>()
  for (const one of results) byOperation.set(one.operation, [...(byOperation.get(one.operation) ?? []), one])
  return [...byOperation]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([operation, own]) => {
      const asked = own.filter(({ verdict }) => verdict !== 'unverified')
      const app = catalogue.operations.find(({ id }) => id === operation)?.app ?? 'core'
      if (asked.length === 0)
        return { operation, app, verdict: 'skipped', reason: own[0]!.reason ?? '', requests: 0, sawData: false }
      const verdict = asked.some((one) => one.verdict === 'differs') ? 'deviates' : 'conforms'
      return { operation, app, verdict, requests: asked.length, sawData: true }
    })
}
