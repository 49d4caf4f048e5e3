import { idsOfApps } from '#contract/recorder.ts'
import { printable } from '#lib/printable.ts'
import { mergeFindings } from '../finding.ts'
import { Sender } from '../sender.ts'
import { discover } from '../target.ts'
import type { Verification } from '../verification.ts'
import { type ContractOptions, ContractRun } from './contract-run.ts'
import { testFindings, testResults, unverifiedNotes } from './summary.ts'

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
  const contract = { interactions }
  return {
    base: target.base,
    product: target.product,
    version: target.version,
    profile: [...new Set(options.contracts.map(({ provider }) => provider))].join(', '),
    notes: [...notes, ...unverifiedNotes(contract)].map(printable),
    operations: testResults(contract),
    findings: mergeFindings(testFindings(contract)),
    known: [],
    left,
    requests: sender.requests,
    seconds: milliseconds / 1000,
    waiting: sender.busy / milliseconds,
    contract,
  }
}
