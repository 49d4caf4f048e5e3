import { afterEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { compose } from '#compose.ts'
import { OcsMock } from '#mock.ts'
import { loadProfile } from '#profiles/index.ts'
import { profileMatrix } from '#profiles/matrix.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import { verify } from '#verify/verify.ts'

let server: RunningServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

const LOGINS = [
  { user: 'admin', password: 'admin' },
  { user: 'zoe', password: 'Corr3ct-h0rse!' },
]

/** Judge a fake of a profile, as far as apps whose answers changed most are concerned. */
async function judged(profile: ProfileDefinition, as?: ProfileDefinition) {
  const seed = { users: [{ id: 'zoe', password: 'Corr3ct-h0rse!' }] }
  server = await startServer(new OcsMock({ profile, seed, onNotBuilt: () => {} }))
  const { catalogue } = compose()
  return verify({
    url: server.url,
    catalogue,
    logins: LOGINS,
    only: /^(?:provisioning_api|user_status|dashboard)$/,
    as,
  })
}

const breaking = ({ findings }: Awaited<ReturnType<typeof judged>>) =>
  findings.filter(({ severity }) => severity !== 'noted')

describe.each(profileMatrix('nextcloud'))('a server of $name', ({ name, load }) => {
  it('is judged by its own profile, and conforms', async () => {
    const verification = await judged(await load())

    expect(verification.profile).toBe(name)
    expect(breaking(verification)).toEqual([])
    // Some thousand questions, and the definitions are read by the first one: a busy machine takes its time.
  }, 120_000)
})

describe('a server that is judged as another version', () => {
  it('deviates in what changed: the preview of an upgrade', async () => {
    const verification = await judged(await loadProfile('nextcloud-27'), await loadProfile('nextcloud-34'))
    const operations = new Set(breaking(verification).map(({ operation }) => operation))

    expect(verification.profile).toBe('nextcloud-34')
    expect(verification.notes.join(' ')).toContain('it was asked to be judged as nextcloud-34')
    expect(operations).toContain('provisioning_api-users-get-enabled-apps')
  })

  it('conforms no more to its own where it has what came later', async () => {
    const [nextcloud27, nextcloud34] = await Promise.all([loadProfile('nextcloud-27'), loadProfile('nextcloud-34')])
    // It says that it is 27, and answers as 34 does.
    const upgraded = { ...nextcloud34, versionString: '27.1.10', version: nextcloud27.version }
    const verification = await judged(upgraded)
    const found = breaking(verification).filter(
      ({ operation }) => operation === 'provisioning_api-users-get-current-user',
    )

    expect(verification.profile).toBe('nextcloud-27')
    expect(found.map(({ where }) => where)).toContain('/ocs/data/pronouns')
  })
})
