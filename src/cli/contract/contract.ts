import { rmSync, statSync } from 'node:fs'
import type { Contract } from '#contract/contract.ts'
import { explainContract } from '#contract/explain.ts'
import { contractFile, writeContract } from '#contract/folder.ts'
import { formatJson } from '#contract/format.ts'
import { toPact } from '#contract/pact.ts'
import { UserError } from '#lib/errors.ts'
import { printable, printableLines } from '#lib/printable.ts'
import { writeWhole } from '#verify/write-whole.ts'
import { type Command, type Io, readArguments, readInteger } from '../command.ts'
import { type ContractFile, readContracts } from './contract-folder.ts'

const OPTIONS = {
  test: { type: 'string' },
  to: { type: 'string' },
  pact: { type: 'string' },
  minutes: { type: 'string', default: '60' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values']

/** `ocs-mock contract`: looks at what tests left, and tidies it up. */
export const contract: Command = {
  options: OPTIONS,
  words: ['list', 'explain', 'prune', 'merge'],
  summary: 'list, explain, prune and merge what the tests of consumers relied on',
  help: `usage: ocs-mock contract list FOLDER... [--json]
       ocs-mock contract explain FOLDER... [--test TEXT]
       ocs-mock contract prune FOLDER [--minutes N] [--dry-run]
       ocs-mock contract merge FOLDER... --to FOLDER
       ocs-mock contract merge FOLDER... --pact FILE

Contracts are what createOcsMock({ contract: FOLDER }) writes; FOLDER may also be a file, and a Pact file of version 4.

list      the tests, how many interactions each has, and which operations they rely on
explain   what each test had, asked and was answered
prune     removes contracts that the last run of the tests did not write again: tests that are gone, or have new names
merge     puts contracts of several folders, such as those of parallel jobs, into one

      --test TEXT         only tests whose name has this in it
      --to FOLDER         where merged contracts go
      --pact FILE         write them as a Pact file of version 4 for a broker: one consumer, one provider
      --minutes N         how long before the newest one a contract may have been written to stay (default: 60)
      --dry-run           only say what would be removed
      --json              print JSON
  -h, --help              this text

exit codes: 0 done, 2 could not
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock contract', args, OPTIONS, true)
    const [what = '', ...folders] = positionals
    const act = Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined
    if (!act || folders.length === 0)
      throw new UserError(
        `Failed to find what to do: write ${Object.keys(ACTIONS).join(', ')} and a folder. See "ocs-mock contract --help".`,
      )
    const files = readContracts(folders).filter(({ contract: { test } }) => test.includes(values.test ?? ''))
    act(files, values, io)
    return 0
  },
}

const ACTIONS: Readonly<Record<string, (files: readonly ContractFile[], values: Values, io: Io) => void>> = {
  list,
  explain: (files, _, io) =>
    io.out.write(printableLines(files.map(({ contract }) => explainContract(contract)).join('\n'))),
  prune,
  merge,
}

const interactionsOf = ({ sequences }: Contract) => sequences.flatMap(({ interactions }) => interactions)

function list(files: readonly ContractFile[], { json }: Values, io: Io): void {
  const rows = files.map(({ file, contract: { consumer, test, provider, ...rest } }) => {
    const all = interactionsOf({ consumer, test, provider, ...rest })
    return {
      file,
      consumer,
      test,
      provider,
      interactions: all.length,
      cannotVerify: all.filter((one) => one.cannotVerify !== undefined).length,
      operations: [...new Set(all.map(({ operation }) => operation ?? 'protocol'))].sort(),
    }
  })
  if (json) {
    io.out.write(`${JSON.stringify(rows, null, 2)}\n`)
    return
  }
  for (const { test, interactions, cannotVerify, operations } of rows) {
    const left = cannotVerify === 0 ? '' : `, ${cannotVerify} only here`
    io.out.write(`${printable(test)}: ${interactions}${left}  ${printable(operations.join(' '))}\n`)
  }
  const sum = (member: 'interactions' | 'cannotVerify') => rows.reduce((total, row) => total + row[member], 0)
  const operations = new Set(rows.flatMap((row) => row.operations))
  io.out.write(
    `${rows.length} tests of ${[...new Set(rows.map((row) => row.consumer))].map(printable).join(', ')} rely on ${sum('interactions')} interactions of ${operations.size} operations; ${sum('cannotVerify')} cannot be verified on a real server.\n`,
  )
}

const MINUTE = 60_000

function prune(files: readonly ContractFile[], values: Values, io: Io): void {
  const minutes = readInteger('--minutes', values.minutes, 1, 1_000_000)
  const written = files.map(({ file }) => [file, statSync(file).mtimeMs] as const)
  const newest = Math.max(...written.map(([, at]) => at))
  const gone = written.filter(([, at]) => at < newest - minutes * MINUTE).map(([file]) => file)
  for (const file of gone) {
    if (!values['dry-run']) rmSync(file)
    io.out.write(`${values['dry-run'] ? 'Would remove' : 'Removed'} ${file}.\n`)
  }
  io.out.write(`${files.length - gone.length} contracts stay.\n`)
}

function merge(files: readonly ContractFile[], { to, pact }: Values, io: Io): void {
  const merged = new Map<string, Contract>()
  for (const { contract: one } of files) {
    const key = JSON.stringify([one.consumer, one.provider, one.test])
    const known = merged.get(key)
    merged.set(key, known ? { ...known, sequences: withoutTwins([...known.sequences, ...one.sequences]) } : one)
  }
  const contracts = [...merged.values()]
  if (pact !== undefined) {
    writeWhole(pact, `${formatJson(toPact(contracts))}\n`)
    io.err.write(`Wrote ${contracts.length} contracts into ${pact}.\n`)
  }
  if (to !== undefined) {
    for (const one of contracts) writeContract(contractFile(to, one.test), one)
    io.err.write(`Wrote ${contracts.length} contracts into ${to}.\n`)
  }
  if (pact === undefined && to === undefined) throw new UserError('Failed to merge: say with --to or --pact where to.')
}

const withoutTwins = (sequences: Contract['sequences']): Contract['sequences'] => {
  const texts = sequences.map((one) => JSON.stringify(one))
  return sequences.filter((_, i) => texts.indexOf(texts[i]!) === i)
}
