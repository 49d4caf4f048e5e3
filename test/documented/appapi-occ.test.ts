import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manual from '#fixtures/documented/appapi-occ-command.json' with { type: 'json' }
import { createOcsMock, type OcsMockWithHandlers } from '#index.ts'
import { ExApp } from '../support/exapp.ts'

interface Command {
  readonly name: string
  readonly description?: string
  readonly usages?: readonly string[]
  readonly execute_handler?: string
}

interface Example {
  readonly title: string
  readonly request: { readonly method: string; readonly url: string; readonly exApp: string; readonly json: Command }
  readonly answer: { readonly statuscode: number }
  /** Commands that are there before. */
  readonly registered?: readonly string[]
  /** What a reader then types behind `occ`. */
  readonly commands?: readonly string[]
}

describe.each(['documented', 'nextcloud-34'] as const)(`every example of "${manual.manual}", in %s`, (profile) => {
  const exApp = new ExApp('my_app_id', { 'POST /handler_route': (_, response) => response.end('pong\n') })
  beforeAll(() => exApp.start())
  afterAll(() => exApp.stop())

  /** Send a request as the ExApp does. */
  async function type(ocs: OcsMockWithHandlers, { method, url, json }: Example['request']): Promise<number> {
    const headers = { ...exApp.headers(), Accept: 'application/json', 'Content-Type': 'application/json' }
    const response = await ocs.fetch(url, { method, headers, body: JSON.stringify(json) })
    const answer = (await response.json()) as { ocs: { meta: { statuscode: number } } }
    return answer.ocs.meta.statuscode
  }

  it.each((manual.examples as readonly Example[]).map((example) => [example.title, example] as const))(
    '%s',
    async (_, { request, answer, registered = [], commands = [] }) => {
      const ocs = createOcsMock({ profile, seed: exApp.seed })
      expect(request.exApp).toBe(exApp.id)
      for (const name of registered) {
        const json = { name, description: 'There before', execute_handler: 'handler_route' }
        expect(await type(ocs, { ...request, method: 'POST', json })).toBe(100)
        expect((await ocs.occ(['help', name])).exitCode).toBe(0)
      }

      expect(await type(ocs, request)).toBe(answer.statuscode)

      const { name, description, usages = [] } = request.json
      const help = await ocs.occ(['help', name])
      if (request.method === 'DELETE') expect(help.exitCode).toBe(1)
      else expect(help.stdout).toContain(description)
      for (const usage of usages) expect(help.stdout).toContain(usage)
      for (const command of commands) {
        const before = exApp.heard.length
        expect(await ocs.occ(command)).toEqual({ stdout: 'pong\n', stderr: '', exitCode: 0 })
        expect(exApp.heard.slice(before).map(({ url }) => url)).toEqual(['/handler_route'])
      }
    },
  )

  it('means what the command line says', async () => {
    const ocs = createOcsMock({ profile, seed: exApp.seed })
    const [ping, every] = manual.examples as readonly Example[]
    const inputs: unknown[] = []
    for (const { request, commands = [] } of [ping!, every!]) {
      await type(ocs, request)
      for (const command of commands) {
        await ocs.occ(command)
        inputs.push((exApp.last.json as { occ: unknown }).occ)
      }
    }
    const pinged = (set: boolean) => ({ arguments: { test_arg: '12345' }, options: { 'test-option': set } })
    const named = { arguments: { argument_name: 'argument_name' }, options: { option_name: null } }
    expect(inputs).toEqual([pinged(false), pinged(true), pinged(true), named, named])
  })
})
