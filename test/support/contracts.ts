import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readContracts } from '#cli/contract/contract-folder.ts'
import { compose } from '#compose.ts'
import type { Contract } from '#contract/contract.ts'
import { OcsMock } from '#mock.ts'
import type { ContractOptions } from '#verify/contract/contract-run.ts'
import type { InteractionResult } from '#verify/contract/result.ts'
import { verifyContracts } from '#verify/contract/verify-contract.ts'
import type { Verification } from '#verify/verification.ts'
import { greetings } from './consumer.ts'

/** A folder for the contracts of one test, which goes with it. */
export function contractFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-contract-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'my-app')
}

/** The contracts below a folder. */
export const contractsIn = (folder: string): Contract[] => readContracts([folder]).map(({ contract }) => contract)

/** Ask a server what contracts ask. */
export function verifyOn(
  fetch: typeof globalThis.fetch,
  contracts: readonly Contract[],
  more: Partial<ContractOptions> = {},
): Promise<Verification> {
  const { catalogue, addedApps } = compose([greetings])
  return verifyContracts({
    url: 'https://nextcloud.example.org',
    catalogue,
    apps: addedApps,
    logins: [{ user: 'admin', password: 'admin' }],
    fetch,
    write: true,
    sleep: async () => {},
    contracts,
    mock: (options) => new OcsMock({ ...options, apps: [greetings], onNotBuilt: () => {} }),
    ...more,
  })
}

/** What does not hold, as `test: place`. */
export const differing = ({ contract }: Verification): string[] =>
  (contract?.interactions ?? []).flatMap(({ test, findings }) => findings.map(({ where }) => `${test}: ${where}`))

/** Why interactions were not verified. */
export const reasons = ({ contract }: Verification): (string | undefined)[] =>
  (contract?.interactions ?? []).filter(({ verdict }) => verdict === 'unverified').map(({ reason }) => reason)

export const verdicts = ({ contract }: Verification): InteractionResult['verdict'][] =>
  (contract?.interactions ?? []).map(({ verdict }) => verdict)
