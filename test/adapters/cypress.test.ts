import { beforeAll, describe, expect, it } from 'vitest'
import { RemoteFake } from '#adapters/remote-fake.ts'
import { type CypressConfig, type OcsTasks, startForCypress } from '#cypress.ts'
import { type InterceptedRequest, interceptOcs } from '#cypress-commands.ts'

/** Cypress is not here: what it hands to a configuration and to a test stands in for it. */
describe('a run of Cypress', () => {
  let tasks: OcsTasks
  let config: CypressConfig
  const url = () => String(config.env.OCS_MOCK_URL)

  beforeAll(async () => {
    config = await startForCypress(
      (_, registered) => {
        tasks = registered
      },
      { env: { kept: true } },
      { seed: { users: [{ id: 'alice' }] } },
    )
  })

  /** Where a test's page is sent. */
  function sentTo(asked: string): string {
    const request: InterceptedRequest = { url: asked }
    interceptOcs({ intercept: (pattern, handler) => (pattern.test(asked) ? handler(request) : undefined) }, url())
    return request.url
  }

  it('knows where the fake is', async () => {
    expect(config.env).toEqual({ kept: true, OCS_MOCK_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    expect((await fetch(`${url()}/status.php`)).status).toBe(200)
  })

  it('sends there what a page asks a Nextcloud for, and nothing else', async () => {
    const sent = sentTo('https://cloud.example.com/nextcloud/ocs/v2.php/cloud/capabilities?format=json')
    expect(sent).toBe(`${url()}/nextcloud/ocs/v2.php/cloud/capabilities?format=json`)
    const answer = await fetch(sent, { headers: { 'OCS-APIRequest': 'true' } })
    expect((await answer.json()).ocs.meta.statuscode).toBe(200)
    expect(sentTo('http://localhost:5173/src/main.js')).toBe('http://localhost:5173/src/main.js')
    const elsewhere = 'http://localhost:5173/help?about=/ocs/v2.php/cloud'
    expect(sentTo(elsewhere)).toBe(elsewhere)
  })

  it('drives it by tasks', async () => {
    expect(await tasks['ocs:occ']('user:info alice')).toMatchObject({ exitCode: 0 })
    await tasks['ocs:save']('fresh')
    await tasks['ocs:occ'](['user:delete', 'alice'])
    await tasks['ocs:restore']('fresh')
    expect(await tasks['ocs:occ']('user:info alice')).toMatchObject({ exitCode: 0 })
    await tasks['ocs:reset']({ users: [{ id: 'bob' }] })
    expect(await tasks['ocs:occ']('user:info bob')).toMatchObject({ exitCode: 0 })
    expect(await tasks['ocs:clock']({ freeze: '2030-01-01T00:00:00Z' })).toMatchObject({ frozen: true })
    await tasks['ocs:fault']({ on: { path: '/ocs/**' }, fail: { status: 503 }, times: 1 })
    expect((await fetch(`${url()}/ocs/v2.php/config`)).status).toBe(503)
    expect(await tasks['ocs:requests']({ path: '/ocs/**' })).toMatchObject({ requests: [{ status: 503 }] })
    expect(await tasks['ocs:reset']()).toBeNull()
  })

  it('says what is wrong in the words of the fake', async () => {
    await expect(tasks['ocs:clock']({ advanced: '1h' })).rejects.toThrow('"advanced" is unknown')
    await expect(tasks['ocs:restore']('nonsense')).rejects.toThrow('There is no snapshot "nonsense".')
    await expect(new RemoteFake({ url: url() }, {}).ask('GET', '/nonsense')).rejects.toThrow('has no GET')
  })
})
