import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createOcsMock, loadProfile, profileMatrix } from '#index.ts'

/** What real servers answered to a row of the table of changes. */
interface Checked {
  readonly change: string
  /** `GET /path`, and a body or a header where there is one. */
  readonly request: string
  /** `meta`: the status, and what the meta element says; `status`; or `has /member` of the data. */
  readonly look: string
  readonly answers: Readonly<Record<string, unknown>>
}

const checked: readonly Checked[] = JSON.parse(
  readFileSync(new URL('../../spec/changes-checked.json', import.meta.url), 'utf8'),
)
const all = await Promise.all(profileMatrix('nextcloud').map(({ load }) => load()))
const measured = all.filter(({ knownBy }) => knownBy !== 'unverified')

async function ask(version: string, { request, look }: Checked): Promise<unknown> {
  const profile = measured.find(({ versionString }) => versionString.split(' ')[0] === version)!
  const ocs = createOcsMock({ profile: await loadProfile(profile) })
  const [method = '', path = '', extra = ''] = request.split(' ')
  const [, asksForApi = 'true'] = /^ocs-apirequest=(.*)$/.exec(extra) ?? []
  const response = await ocs.fetch(`http://localhost${path}`, {
    method,
    headers: {
      Authorization: `Basic ${btoa('admin:admin')}`,
      'OCS-APIRequest': asksForApi,
      Accept: 'application/json',
    },
    ...(method === 'POST' && extra !== '' ? { body: new URLSearchParams(extra) } : {}),
  })
  const text = await response.text()
  const { meta, data } = (/^\{"ocs"/.test(text) ? JSON.parse(text).ocs : {}) as {
    meta?: { readonly statuscode: number; readonly message: string }
    data?: unknown
  }
  if (look === 'status') return response.status
  if (look === 'meta') return meta ? [response.status, meta.statuscode, meta.message] : [response.status]
  const member = (value: unknown, name: string) => (value as Record<string, unknown> | undefined)?.[name]
  return look.slice('has /'.length).split('/').reduce(member, data) !== undefined
}

describe('rows of the table of changes that real servers were asked about', () => {
  it('are at least twenty', () => {
    expect(checked.length).toBeGreaterThanOrEqual(20)
  })

  it.each(checked)('$change', async (one) => {
    const answers = await Promise.all(Object.keys(one.answers).map((version) => ask(version, one)))

    expect(Object.fromEntries(Object.keys(one.answers).map((version, i) => [version, answers[i]]))).toEqual(one.answers)
  })
})
