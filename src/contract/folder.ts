import { crc32 } from '#lib/crc32.ts'
import { messageOf, UserError } from '#lib/errors.ts'
import type { Contract } from './contract.ts'
import { formatJson } from './format.ts'
import { BETWEEN, nodeModule } from './test-name.ts'

/** What is longer is cut: file systems have their limits. */
const MOST_LETTERS = 80

/** Where the contract of a test is: a folder for its file, and in it a file for the test. */
export function contractFile(folder: string, test: string): string {
  const { join } = nodeModule('node:path')
  const parts = test.split(BETWEEN)
  const file = parts.length > 1 ? parts[0]! : null
  const name = parts.slice(file === null ? 0 : 1).join(' ')
  return join(folder, ...(file === null ? [] : [slugOf(file)]), `${slugOf(name)}.json`)
}

/** A name as a file can have it; where that says less than the name, with its checksum. */
function slugOf(name: string): string {
  const plain = name.replaceAll('/', '-')
  if (/^[a-z\d][a-z\d .-]*$/.test(plain) && plain.length <= MOST_LETTERS) return plain.replaceAll(' ', '-')
  const slug = plain
    .toLowerCase()
    .replace(/[^a-z\d.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, MOST_LETTERS)
  const sum = crc32(new TextEncoder().encode(name)).toString(16).padStart(8, '0')
  return slug === '' ? sum : `${slug}-${sum}`
}

/** A contract as its file has it: the same contract gives the same bytes. */
export const contractText = (contract: Contract): string => `${formatJson(JSON.parse(JSON.stringify(contract)))}\n`

/** @throws UserError where it cannot be written */
export function writeContract(file: string, contract: Contract): void {
  const fs = nodeModule('node:fs')
  const beside = `${file}.${process.pid}.new`
  try {
    fs.mkdirSync(nodeModule('node:path').dirname(file), { recursive: true })
    fs.writeFileSync(beside, contractText(contract))
    fs.renameSync(beside, file)
  } catch (error) {
    throw new UserError(`Failed to write the contract ${file}: ${messageOf(error)}.`)
  }
}
