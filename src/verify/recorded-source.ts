import type { ProfileDefinition } from '#profiles/profile.ts'
import type { Json, Source } from '#profiles/reading/parts.ts'
import type { ServerStatus } from '#profiles/reading/profile-document.ts'
import { decodeEnvelope, plain } from './decode-answer.ts'
import { exchangesOf, type RecordedCase, type Recording } from './recording.ts'

/** What a recording says of its server in `status.php`, as far as it was kept. */
export function statusOfRecording({ target }: Recording): ServerStatus {
  const told = target.status ?? {}
  const text = (name: string, otherwise: string) => (typeof told[name] === 'string' ? told[name] : otherwise)
  return {
    productname: text('productname', target.product),
    versionstring: text('versionstring', target.version),
    // The fourth number counts builds, and is in `status.php` alone.
    version: text('version', `${target.version.split(' ')[0]}.0`),
    edition: text('edition', ''),
  }
}

/**
 * What a recording tells of the server that a profile shall describe, as an administrator was answered. Of apps it has who
 * is enabled; what the apps tell of themselves is as in the profile below where nobody asked.
 */
export async function sourceOfRecording({ target, cases }: Recording, over: ProfileDefinition): Promise<Source> {
  const known = ((await over.data['app-info']?.()) ?? {}) as Readonly<Record<string, Json>>
  const answers = new Map<string, Json>([['/cloud/apps?filter=enabled', { apps: [...target.apps] }]])
  for (const recorded of cases) {
    const address = recorded.path + (recorded.query === '' ? '' : `?${recorded.query}`)
    const data = answers.has(address) ? undefined : answerTo(recorded)
    if (data !== undefined) answers.set(address, data)
  }
  const ofApp = (path: string): Json | undefined => {
    const [, id] = /^\/cloud\/apps\/([^/?]+)$/.exec(path) ?? []
    return id === undefined ? undefined : (known[id] ?? { id, name: id })
  }
  return {
    occ: null,
    ocs: async (path) => {
      const data = answers.get(path) ?? ofApp(path)
      if (data === undefined) throw new Error(`Nobody asked for ${path}.`)
      return data
    },
  }
}

/** What an administrator was told; `undefined`: something else was asked, or by somebody else, or nothing was told. */
function answerTo(recorded: RecordedCase): Json | undefined {
  if (recorded.as !== 'admin' || (recorded.method ?? 'GET') !== 'GET') return undefined
  for (const { request, answer } of exchangesOf(recorded)) {
    if (request.format !== 'json' || request.query !== recorded.query) continue
    const decoded = decodeEnvelope(answer)
    if (typeof decoded !== 'string' && (decoded.status === 200 || decoded.status === 100))
      return plain(decoded.data) as Json
  }
  return undefined
}
