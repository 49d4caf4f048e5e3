import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, parseJson } from '#lib/json.ts'
import { printable } from '#lib/printable.ts'
import { type Command, readArguments } from '../command.ts'

/** How a consumer did on one version. */
interface Row {
  readonly consumer: string
  readonly server: string
  readonly holds: number
  readonly differs: number
  readonly unverified: number
  /** Tests of which something does not hold. */
  readonly tests: readonly string[]
}

const OPTIONS = { consumer: { type: 'string' }, json: { type: 'boolean', default: false } } as const

/** `ocs-mock can-i-use FOLDER`: which versions a consumer works with, by what verifications said. */
export const canIUse: Command = {
  options: OPTIONS,
  summary: 'say which versions of a product a consumer works with',
  help: `usage: ocs-mock can-i-use FOLDER... [--consumer NAME] [--json]

Reads what "ocs-mock verify URL --contract CONTRACTS --report FOLDER/NAME.json" wrote, and says for each consumer and each
version whether all that its tests rely on holds there.

      --consumer NAME     only this one
      --json              print JSON
  -h, --help              this text

exit codes: 0 it works with all of them, 1 not with all, 2 could not read
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock can-i-use', args, OPTIONS, true)
    if (positionals.length === 0)
      throw new UserError('Failed to find results: give a folder. See "ocs-mock can-i-use --help".')
    const rows = positionals
      .flatMap(filesIn)
      .flatMap(rowsOf)
      .filter(({ consumer }) => values.consumer === undefined || consumer === values.consumer)
      .sort((a, b) => a.consumer.localeCompare(b.consumer) || a.server.localeCompare(b.server, 'en', { numeric: true }))
    if (rows.length === 0) throw new UserError(`Failed to find results of contracts in ${positionals.join(', ')}.`)
    if (values.json) io.out.write(`${JSON.stringify(rows, null, 2)}\n`)
    else for (const row of rows) io.out.write(`${printable(lineOf(row))}\n`)
    return rows.every(({ differs }) => differs === 0) ? 0 : 1
  },
}

function lineOf({ consumer, server, holds, differs, unverified, tests }: Row): string {
  const left = unverified === 0 ? '' : `, ${unverified} not verified`
  if (differs === 0) return `${consumer} works with ${server}: ${holds} interactions hold${left}`
  return `${consumer} does not work with ${server}: ${differs} of ${holds + differs} do not hold${left}: ${tests.join(', ')}`
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) throw new UserError(`Failed to read the results ${path}: there is no such folder.`)
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(path, name))
}

function rowsOf(file: string): Row[] {
  const document = parseJson(readFileSync(file, 'utf8'))
  if (!isJsonObject(document) || !isJsonObject(document.contract)) return []
  const { interactions } = document.contract
  const all = Array.isArray(interactions) ? (interactions as readonly Json[]).filter(isJsonObject) : []
  const server = `${String(document.product)} ${String(document.version)}`
  return [...new Set(all.map(({ consumer }) => String(consumer)))].map((consumer) => {
    const own = all.filter((one) => one.consumer === consumer)
    const count = (verdict: string) => own.filter((one) => one.verdict === verdict).length
    const tests = own.filter(({ verdict }) => verdict === 'differs').map(({ test }) => String(test))
    return {
      consumer,
      server,
      holds: count('holds'),
      differs: count('differs'),
      unverified: count('unverified'),
      tests: [...new Set(tests)],
    }
  })
}
