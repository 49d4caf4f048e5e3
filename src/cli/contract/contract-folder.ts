import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Contract } from '#contract/contract.ts'
import { readContractDocument } from '#contract/read-contract.ts'
import { messageOf, UserError } from '#lib/errors.ts'

/** A contract with the file that it came from. */
export interface ContractFile {
  readonly file: string
  readonly contract: Contract
}

/**
 * Contracts of files, Pact files among them, and of all folders below a folder, in the order of their consumers and tests.
 * @throws UserError where there is none, or one cannot be read
 */
export function readContracts(paths: readonly string[]): ContractFile[] {
  const files = paths.flatMap((path) => {
    if (!existsSync(path)) throw new UserError(`Failed to read the contracts ${path}: there is no such folder.`)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
  if (files.length === 0)
    throw new UserError(
      `Failed to find contracts in ${paths.join(', ')}: write some with createOcsMock({ contract: '${paths[0]}' }).`,
    )
  const read = files.flatMap((file) => readFile(file).map((contract) => ({ file, contract })))
  const keyOf = ({ contract }: ContractFile) => `${contract.consumer}\n${contract.test}`
  return read.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path)
    return entry.name.endsWith('.json') ? [path] : []
  })
}

function readFile(file: string): Contract[] {
  try {
    return readContractDocument(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UserError(`Failed to read the contract ${file}: ${messageOf(error)}`)
  }
}
