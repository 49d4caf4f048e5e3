import type { Contract, Interaction } from '#contract/contract.ts'
import { idsOfApps } from '#contract/recorder.ts'
import { printable } from '#lib/printable.ts'
import { mergeFindings } from '../finding.ts'
import { Sender } from '../sender.ts'
import { discover, type Target } from '../target.ts'
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
  const contracts = options.contracts.map((contract) => withoutUnknownApps(contract, options, target))
  const run = new ContractRun({ ...options, contracts }, sender, target, await idsOfApps(options.catalogue))
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

/** What an app of one's own answers can be asked only where it is, and by those who know it. */
function withoutUnknownApps(contract: Contract, { catalogue, apps = [] }: ContractOptions, target: Target): Contract {
  const own = new Set(apps.map(({ profileApp }) => profileApp.id))
  const reasonOf = ({ operation, cannotVerify }: Interaction): string | undefined => {
    const known = catalogue.operations.find(({ id }) => id === operation)
    if (cannotVerify !== undefined || operation === null) return cannotVerify
    if (!known) return `nobody here knows ${operation}: give its app with --app-module`
    return own.has(known.app) && !target.apps.includes(known.app)
      ? `the app ${known.app} is not enabled there`
      : undefined
  }
  const sequences = contract.sequences.map((sequence) => ({
    ...sequence,
    interactions: sequence.interactions.map((one) => {
      const reason = reasonOf(one)
      return reason === undefined ? one : { ...one, cannotVerify: reason }
    }),
  }))
  return { ...contract, sequences }
}
