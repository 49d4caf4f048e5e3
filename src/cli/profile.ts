import { writeFile } from 'node:fs/promises'
import { UserError } from '#lib/errors.ts'
import { loadNearest } from '#profiles/nearest.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import type { Json, Source } from '#profiles/reading/parts.ts'
import { readProfile, type ServerStatus } from '#profiles/reading/profile-document.ts'
import { sourceOfRecording, statusOfRecording } from '#verify/recorded-source.ts'
import { isRecording, readRecording } from '#verify/recording.ts'
import { type Command, type Io, readArguments } from './command.ts'
import { readProfileOption } from './profile-file.ts'
import { readLogins, readUrl, TARGET_OPTIONS } from './verify/arguments.ts'

const OPTIONS = {
  user: TARGET_OPTIONS.user,
  password: TARGET_OPTIONS.password,
  over: { type: 'string' },
  to: { type: 'string' },
} as const

/** `ocs-mock profile from URL` or a recording: a profile for a server that no shipped one describes. */
export const profile: Command = {
  summary: 'make a profile of what a server tells about itself',
  options: OPTIONS,
  words: ['from'],
  help: `usage: ocs-mock profile from URL --user NAME --password PASSWORD [OPTIONS]
       ocs-mock profile from RECORDING [OPTIONS]

Asks a server for its apps and what they tell of themselves, its menus, search providers, statuses and the like, and
prints a profile that says how it differs from the shipped one that is nearest to it. It only reads. RECORDING is a
folder that "ocs-mock record" made: what nobody asked then is as in the shipped profile. Use it with
"ocs-mock serve --profile FILE".

      --user NAME         an administrator of the server
      --password PASSWORD the password (or OCS_MOCK_PASSWORD)
      --over PROFILE      the profile to lie over (default: the nearest)
      --to FILE           where to write it (default: standard output)
  -h, --help              this text

exit codes: 0 made, 2 could not
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock profile', args, OPTIONS, true)
    const [what, url, ...more] = positionals
    if (what !== 'from' || url === undefined || more.length > 0) {
      throw new UserError(
        'Failed to find what to do: write "ocs-mock profile from URL" or "ocs-mock profile from RECORDING". See "ocs-mock profile --help".',
      )
    }
    const teller = isRecording(url) ? recordingIn(url) : serverAt(url, values, io)
    const status = await teller.status()
    const over =
      values.over === undefined
        ? await loadNearest(status.productname, status.versionstring)
        : await readProfileOption(values.over)
    const id = `${over.product}-${status.versionstring.replace(/[^\w.]+/g, '-')}`
    const { document, untold } = await readProfile(await teller.source(over), { id, status, over })
    const text = `${JSON.stringify(document, null, 1)}\n`
    if (values.to === undefined) io.out.write(text)
    else await writeFile(values.to, text)
    const differing = Object.keys(document.layers).join(', ') || 'nothing'
    io.err.write(
      `${status.productname} ${status.versionstring} over ${over.id}: ${differing} ${differing.includes(',') ? 'differ' : 'differs'}.\n`,
    )
    if (untold.length > 0) io.err.write(`As in ${over.id}, because that is not told: ${untold.join(', ')}.\n`)
    return 0
  },
}

/** Who tells of a server: itself, or a recording of it. */
interface Teller {
  status(): Promise<ServerStatus>
  /** @param over the profile that the new one lies over */
  source(over: ProfileDefinition): Promise<Source>
}

function recordingIn(folder: string): Teller {
  const recording = readRecording(folder)
  return {
    status: async () => statusOfRecording(recording),
    source: (over) => sourceOfRecording(recording, over),
  }
}

interface Values {
  readonly user?: readonly string[] | undefined
  readonly password?: readonly string[] | undefined
}

function serverAt(address: string, values: Values, io: Io): Teller {
  const { url, login: given } = readUrl(address)
  const login = given ?? readLogins(values, io.env)[0]
  if (!login) throw new UserError('Failed to ask for apps: give an administrator with --user and --password.')
  const headers = {
    Authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`,
    'OCS-APIRequest': 'true',
    Accept: 'application/json',
  }
  const ask = async (path: string): Promise<unknown> => {
    const answer = await (io.fetch ?? fetch)(url + path, { headers }).catch((error: Error) => {
      throw new UserError(`Failed to reach ${url}: ${error.message}.`)
    })
    if (!answer.ok) throw new UserError(`GET ${path} was answered with ${answer.status}.`)
    return answer.json()
  }
  const source: Source = {
    occ: null,
    // Releases before 28 do not look at Accept everywhere.
    ocs: async (path) =>
      ((await ask(`/ocs/v2.php${path}${path.includes('?') ? '&' : '?'}format=json`)) as { ocs: { data: Json } }).ocs
        .data,
  }
  return { status: async () => (await ask('/status.php')) as ServerStatus, source: async () => source }
}
