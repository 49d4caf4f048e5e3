import { withApps } from '#app/with-apps.ts'
import { compose } from '#compose.ts'
import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import { isThere } from '#lib/releases.ts'
import type { Operation } from '#line/operation.ts'
import { DEFAULT_PROFILE, profileNames } from '#profiles/index.ts'
import { APP_OPTIONS, AppModules } from './app-module.ts'
import { painter } from './colour.ts'
import { columns } from './columns.ts'
import { type Command, readArguments } from './command.ts'
import { readProfileOption } from './profile-file.ts'

const OPTIONS = { ...APP_OPTIONS, profile: { type: 'string' }, json: { type: 'boolean', default: false } } as const

/** `ocs-mock operations [TEXT]`: what the fake answers, one operation a line. */
export const operations: Command = {
  summary: 'list the operations that are answered, or those with a text in them',
  options: OPTIONS,
  help: `usage: ocs-mock operations [TEXT…] [OPTIONS]

Lists what is answered: methods, path and id, which is what faults, fixtures, assertions and ocs.answer() name. With
TEXT, only those whose method, path, id or app have all of these words in them.

      --profile NAME      what is faked: ${profileNames.join(', ')} (default: ${DEFAULT_PROFILE})
      --app-module FILE   a module with apps of your own; may be given several times
      --openapi FILE      the openapi.json of an app; may be given several times
      --json              a list for programs
  -h, --help              this text

exit codes: 0 printed, 2 there is none such
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock operations', args, OPTIONS, true)
    const { catalogue, addedApps } = compose(await new AppModules(values).read())
    const profile = withApps(await readProfileOption(values.profile), addedApps)
    const apps = new Set(['core', ...profile.apps.map(({ id }) => id)])
    const there = catalogue.operations.filter((one) => isThere(one, profile) && apps.has(one.app))
    const found = there.filter((one) => positionals.every((text) => textOf(one).includes(text.toLowerCase())))
    if (found.length === 0)
      throw new UserError(
        `No operation has ${positionals.join(' ')} in it. ${didYouMean(
          positionals.join('-'),
          there.map(({ id }) => id),
        )}`,
      )
    if (values.json) io.out.write(`${JSON.stringify(found, null, 2)}\n`)
    else {
      const rows = found.map(({ methods, path, id }) => [methods.join('|'), path, id])
      io.out.write(columns(rows, io.out.isTerminal ? io.out.columns : undefined))
      if (io.out.isTerminal)
        io.err.write(painter(io.err, io.env)('dim', `${found.length} of ${there.length} operations\n`))
    }
    return 0
  },
}

const textOf = ({ methods, path, id, app }: Operation) => [...methods, path, id, app].join(' ').toLowerCase()
