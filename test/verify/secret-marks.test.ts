import { describe, expect, it } from 'vitest'
import { startServer } from '#adapters/node-server.ts'
import { compose } from '#compose.ts'
import { createOcsMock, defineApp, defineEndpoint, p, s } from '#index.ts'
import { encodeJson, encodeXml } from '#line/encode.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { record } from '#verify/record.ts'
import { targetOfTraffic } from '#verify/traffic/har-target.ts'
import type { ObservedExchange } from '#verify/traffic/observed-exchange.ts'
import { TrafficRecorder } from '#verify/traffic/traffic-recorder.ts'

const META = { status: 'ok', statuscode: 200, message: 'OK' }
/** Members whose names tell nothing. */
const VAULT = { combination: 'left-31-right-7', nick: 'the old safe', drawers: { upper: 'under-the-mat-9' } }

const vaults = defineApp('vaults', {
  endpoints: [
    defineEndpoint({
      id: 'vaults-open',
      app: 'vaults',
      method: 'GET',
      path: '/apps/vaults/open',
      access: 'user',
      summary: 'Open a vault',
      input: { riddle: p.string().secret().orNull() },
      output: s.object({
        combination: s.secret(s.nullable(s.string())),
        nick: s.string(),
        drawers: s.secret(s.record(s.string())),
      }),
      handle: ({ ok }) => ok(VAULT),
    }),
  ],
})

const text = { type: 'string' }
const hidden = { format: 'password' }
const members = {
  combination: { ...text, ...hidden, nullable: true },
  nick: text,
  drawers: { type: 'object', ...hidden, additionalProperties: text },
}
const data = { type: 'object', required: Object.keys(members), properties: members }
const envelope = { type: 'object', properties: { ocs: { type: 'object', properties: { meta: {}, data } } } }

const published = fromOpenApi({
  openapi: '3.0.3',
  info: { title: 'vaults', version: '1.0.0' },
  paths: {
    '/ocs/v2.php/apps/vaults/open': {
      get: {
        operationId: 'vault-open',
        parameters: [{ name: 'riddle', in: 'query', schema: { ...text, ...hidden, nullable: true } }],
        responses: { '200': { description: '', content: { 'application/json': { schema: envelope } } } },
      },
    },
  },
})

const observed = (format: 'json' | 'xml', riddle: string): ObservedExchange => ({
  method: 'GET',
  path: '/ocs/v2.php/apps/vaults/open',
  query: `riddle=${riddle}&format=${format}`,
  headers: [['ocs-apirequest', 'true']],
  body: new Uint8Array(),
  answer: {
    status: 200,
    headers: [['Content-Type', `application/${format}; charset=utf-8`]],
    body: format === 'json' ? encodeJson(META, VAULT) : encodeXml(META, VAULT),
  },
  credentials: 'unknown',
})

describe.each([
  ['a definition', vaults],
  ["somebody's openapi.json", published],
])('what %s calls secret, whatever it is named', (_, app) => {
  const { catalogue, addedApps } = compose([app])

  it.each(['json', 'xml'] as const)('stands in no recording of traffic in %s', async (format) => {
    const all = [observed(format, 'speak-friend-and-enter'), observed(format, 'short')]
    const recorder = new TrafficRecorder({ target: await targetOfTraffic('http://cloud', all, addedApps), catalogue })
    for (const one of all) await recorder.add(one)
    const kept = JSON.stringify(recorder.recording())
    recorder.close()
    expect(kept).toContain('the old safe')
    for (const secret of ['left-31', 'under-the-mat', 'speak-friend', 'riddle=short'])
      expect(kept, secret).not.toContain(secret)
  })
})

it('stands in no recording of a server either', async () => {
  const { catalogue, addedApps } = compose([vaults])
  const ocs = createOcsMock({ apps: [vaults] })
  const server = await startServer({ handle: (call) => ocs.handle(call) })
  try {
    const logins = [{ user: 'admin', password: 'admin' }]
    const recording = await record({ url: server.url, logins, catalogue, apps: addedApps, only: /^vaults$/ })
    const kept = JSON.stringify(recording)
    expect(kept).toContain('the old safe')
    for (const secret of ['left-31', 'under-the-mat']) expect(kept, secret).not.toContain(secret)
  } finally {
    await server.close()
  }
})
