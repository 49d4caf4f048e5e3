import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import { textReport } from '#verify/reports/text.ts'
import { verify } from '#verify/verify.ts'
import { shipped } from '../../support/catalogue.ts'
import { ADMIN, drive, openCloud, remains } from '../../support/written.ts'

/** All stories take a while on a busy machine. */
const WHOLE = { timeout: 120_000 }

describe('our own fake', () => {
  it('does what the model says, and is afterwards as it was before', WHOLE, async () => {
    const cloud = await openCloud()
    const before = remains(cloud)
    const { findings, notes, steps } = await drive(cloud.fetch)
    expect(findings).toEqual([])
    expect(notes).toEqual([])
    expect(steps.length).toBeGreaterThan(300)
    expect(remains(cloud)).toEqual(before)
  })

  it('is asked in both versions and both formats', WHOLE, async () => {
    const cloud = await openCloud()
    const ways = new Set<string>()
    await drive(async (input, init) => {
      const { method, url, headers } = new Request(input, init)
      const version = /\/ocs\/v(\d)\.php/.exec(url)?.[1]
      if (version)
        ways.add(
          `${method} v${version} ${/format=xml/.test(url) || /xml/.test(headers.get('accept') ?? '') ? 'xml' : 'json'}`,
        )
      return cloud.fetch(input, init)
    })
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      for (const way of ['v1 json', 'v1 xml', 'v2 json', 'v2 xml']) expect(ways).toContain(`${method} ${way}`)
    }
  })
})

describe('a server without an app', () => {
  it('is told the other stories, and the report says which were not', async () => {
    const ocs = createOcsMock({ seed: { apps: { disabled: ['user_status', 'systemtags'] } }, onNotBuilt: () => {} })
    const { findings, notes } = await drive(ocs.fetch, { only: /^(user_status|systemtags|notifications)$/ })
    expect(findings).toEqual([])
    expect(notes).toContain('Not run, as the app user_status is not enabled there: "a status".')
    expect(notes).toContain('Not run, as the app systemtags is not enabled there: "a tag on a file".')
  })
})

describe('a server of which no administrator is known', () => {
  it('is not changed', async () => {
    const ocs = await openCloud()
    const run = () =>
      verify({
        url: 'https://cloud.example.com',
        catalogue: shipped.catalogue,
        logins: [{ user: 'erin', password: 'erin' }],
        only: /^notifications$/,
        fetch: ocs.fetch,
        write: true,
      })
    await run()
    const before = remains(ocs)
    const verification = await run()
    expect(verification.notes).toContain('Nothing was changed: making accounts of our own takes an administrator.')
    expect(remains(ocs)).toEqual(before)
  })
})

describe('a whole run', () => {
  it('says of operations that only stories ask how they did', async () => {
    const ocs = await openCloud()
    const verification = await verify({
      url: 'https://cloud.example.com',
      catalogue: shipped.catalogue,
      logins: [ADMIN],
      only: /^notifications$/,
      fetch: ocs.fetch,
      write: true,
    })
    expect(verification.findings, textReport(verification)).toEqual([])
    const operation = 'notifications-endpoint-delete-notification'
    expect(verification.operations.find((one) => one.operation === operation)).toMatchObject({
      verdict: 'conforms',
      sawData: true,
    })
    expect(verification.operations.map(({ reason }) => reason)).toContain('no story has it yet')
    expect(verification.left).toBeNull()
  })

  it('leaves out a story where the settings of a server forbid what it does, without a finding', async () => {
    const config = { apps: { core: { shareapi_allow_links: 'no' }, password_policy: { minLength: '24' } } }
    const ocs = createOcsMock({ seed: { config }, onNotBuilt: () => {} })
    const stories = (await shipped.catalogue.gather('stories')).map(({ contribution }) => contribution)
    const { findings } = await drive(ocs.fetch, {
      stories: stories.filter(({ name }) => /by link|cannot be made/.test(name)),
    })
    expect(findings).toEqual([])
  })
})
