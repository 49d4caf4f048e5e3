import all from '#fixtures/changes-between-releases.json' with { type: 'json' }
import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import { painter } from './colour.ts'
import { columns } from './columns.ts'
import { type Command, readArguments } from './command.ts'

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  app: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** `newer` and `older`: `34.0.1`. Generated: see `scripts/generate-changes.ts`. */
type Change = (typeof all)[number]

const majorOf = (version: string) => Number.parseInt(version, 10)
const releases = [...new Set(all.flatMap(({ newer, older }) => [majorOf(newer), majorOf(older)]))].sort((a, b) => a - b)

/** `ocs-mock changes [TEXT]`: what changed between releases of Nextcloud. */
export const changes: Command = {
  summary: 'search what changed between releases of Nextcloud',
  options: OPTIONS,
  help: `usage: ocs-mock changes [TEXT…] [OPTIONS]

Lists what answers otherwise since which release: operations, parameters, members of answers, codes, messages, capabilities,
apps. With TEXT, only what has all of these words in it: a path, a member, a code, a message. Releases that were measured are
compared, so that what stands under one may have come with a release since the one before.

      --from RELEASE      what changed after this one: ${releases.join(', ')}
      --to RELEASE        and up to this one (default: the newest)
      --app APP           only of this app
      --json              a list for programs
  -h, --help              this text

exit codes: 0 printed, 2 nothing changed that has it
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock changes', args, OPTIONS, true)
    const from = readRelease('--from', values.from) ?? releases[0]!
    const to = readRelease('--to', values.to) ?? releases.at(-1)!
    const words = positionals.flatMap((text) => text.toLowerCase().split(/\s+/))
    const between = all.filter(({ newer, older }) => majorOf(older) >= from && majorOf(newer) <= to)
    const ofApp = between.filter(({ app }) => values.app === undefined || app === values.app)
    if (ofApp.length === 0 && values.app !== undefined) {
      const apps = [...new Set(between.map(({ app }) => app))]
      throw new UserError(
        `Nothing changed in the app ${values.app} from ${from} to ${to}. ${didYouMean(values.app, apps)}`,
      )
    }
    const found = ofApp.filter((change) => words.every((word) => textOf(change).includes(word)))
    if (found.length === 0) {
      const asked = [positionals.join(' '), `from ${from} to ${to}`].filter((text) => text !== '').join(' ')
      throw new UserError(`Nothing is known to have changed with ${asked}.`)
    }
    if (values.json) io.out.write(`${JSON.stringify(found, null, 2)}\n`)
    else for (const newer of new Set(found.map((change) => change.newer))) io.out.write(section(newer, found, io))
    return 0
  },
}

const textOf = ({ app, where, what, newer }: Change) => `${app} ${where} ${what} ${newer}`.toLowerCase()

function readRelease(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const release = majorOf(text.replace(/^nextcloud-/, ''))
  if (releases.includes(release)) return release
  throw new UserError(`Failed to read ${option} "${text}". Releases that were measured: ${releases.join(', ')}.`)
}

function section(newer: string, found: readonly Change[], io: Parameters<Command['run']>[1]): string {
  const of = found.filter((change) => change.newer === newer)
  const title = `Nextcloud ${newer}, since ${of[0]!.older}`
  const rows = of.map(({ app, where, what }) => [app, where, what.replaceAll('`', '')])
  return `${painter(io.out, io.env)('bold', title)}\n${columns(rows, io.out.isTerminal ? io.out.columns : undefined)}\n`
}
