import { describe, expect, it } from 'vitest'
import { encodeJson, encodeXml } from '#line/encode.ts'
import type { Exchange } from '#verify/exchange.ts'
import { Redactor } from '#verify/redact.ts'
import { learnRequestSecrets } from '#verify/traffic/learn-secrets.ts'
import type { ObservedExchange } from '#verify/traffic/observed-exchange.ts'
import { formOf, membersOf, secretsFor, tellingEndpoints } from '../support/telling-members.ts'

const BASE = 'https://cloud.firma.de'
const META = { status: 'ok', statuscode: 200, message: 'OK' }

function redactor(): Redactor {
  return new Redactor({ base: BASE, secrets: [] })
}

function answered(data: object, body: string): Exchange {
  return {
    request: { as: 'admin', version: 2, format: 'json', method: 'GET', path: '/x', query: '' },
    answer: { status: 200, headers: [], body: Object.keys(data).length === 0 ? '' : body },
  }
}

describe('a secret in any member of any definition', () => {
  it('is looked for in many operations', () => expect(tellingEndpoints.length).toBeGreaterThan(40))

  it('stands in no recorded answer', () => {
    for (const endpoint of tellingEndpoints) {
      const { secrets, data } = secretsFor(membersOf(endpoint))
      const both = [encodeJson(META, data), encodeXml(META, data)].map((body) => answered(data, body))
      const taking = redactor()
      for (const one of both) taking.learn(one)
      const kept = JSON.stringify(both.map((one) => taking.redact(one)))
      expect(
        secrets.filter((secret) => kept.includes(secret)),
        endpoint.id,
      ).toEqual([])
    }
  })

  it('stands nowhere of what a client asked, in a form, JSON or the address', () => {
    for (const endpoint of tellingEndpoints) {
      const { secrets, data } = secretsFor(membersOf(endpoint))
      const form = formOf(data)
      const asked = (type: string, body: string, query = ''): ObservedExchange => ({
        method: 'POST',
        path: '/ocs/v2.php/x',
        query,
        headers: [['content-type', type]],
        body: new TextEncoder().encode(body),
        answer: { status: 200, headers: [], body: '' },
        credentials: 'none',
      })
      const all = [
        asked('application/json', JSON.stringify(data)),
        asked('application/x-www-form-urlencoded', form.toString()),
        asked('', '', form.toString()),
      ]
      const taking = redactor()
      for (const one of all) learnRequestSecrets(taking, one, {})
      const kept = all.map(({ body, query }) => taking.text(`${new TextDecoder().decode(body)} ${query}`)).join('\n')
      expect(
        secrets.filter((secret) => kept.includes(secret)),
        endpoint.id,
      ).toEqual([])
    }
  })
})
