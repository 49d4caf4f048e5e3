import { describe, expect, it } from 'vitest'
import { encodeJson, encodeXml } from '#line/encode.ts'
import type { Endpoint } from '#line/endpoint.ts'
import type { Exchange } from '#verify/exchange.ts'
import { Redactor } from '#verify/redact.ts'
import { learnRequestSecrets } from '#verify/traffic/learn-secrets.ts'
import type { ObservedExchange } from '#verify/traffic/observed-exchange.ts'
import { shippedEndpoints } from '../support/catalogue.ts'

const BASE = 'https://cloud.firma.de'
const META = { status: 'ok', statuscode: 200, message: 'OK' }

/** Names of members that let somebody in, or say where a person is to be found. */
const TELLING =
  /(^(auth|sig|refresh|phone|address|hmac)|password|passwd|token|secret|signature|licen[cs]e_?key|client_?id|public_?key|cookie|share_?hash)$/i
/** Objects whose members are secrets under whatever names. */
const HOLDING = /^(auth_?data|headers)$/i

type JsonSchema = Readonly<Record<string, unknown>>

/** All names of members in what an operation takes and answers. */
function membersOf({ input = {}, output, responses = {} }: Endpoint): string[] {
  const names = new Set(Object.keys(input))
  const walk = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties = {}, items, additionalProperties, anyOf = [] } = schema as JsonSchema
    for (const [name, member] of Object.entries(properties as object)) {
      names.add(name)
      walk(member)
    }
    for (const other of [items, additionalProperties, ...(anyOf as unknown[])]) walk(other)
  }
  for (const schema of [output, ...Object.values(responses)]) walk(schema.toJsonSchema())
  return [...names]
}

/** A value that stands nowhere else, in the place of each member that tells something. */
function secretsFor(names: readonly string[]) {
  const told = names.filter((name) => TELLING.test(name))
  const held = names.filter((name) => HOLDING.test(name))
  const values = new Map([...told, ...held].map((name, i) => [name, `Zq9-distinctive-${i}-${name.length}x`]))
  const data = {
    ...Object.fromEntries(told.map((name) => [name, values.get(name)!])),
    ...Object.fromEntries(held.map((name) => [name, { 'X-Whatever': values.get(name)!, Other: 'kept-short' }])),
  }
  return { secrets: [...values.values()], data }
}

function redactor(): Redactor {
  return new Redactor({ base: BASE, secrets: [] })
}

function answered(data: object, body: string): Exchange {
  return {
    request: { as: 'admin', version: 2, format: 'json', method: 'GET', path: '/x', query: '' },
    answer: { status: 200, headers: [], body: Object.keys(data).length === 0 ? '' : body },
  }
}

const telling = shippedEndpoints.filter((endpoint) => secretsFor(membersOf(endpoint)).secrets.length > 0)

describe('a secret in any member of any definition', () => {
  it('is looked for in many operations', () => expect(telling.length).toBeGreaterThan(40))

  it('stands in no recorded answer', () => {
    for (const endpoint of telling) {
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
    for (const endpoint of telling) {
      const { secrets, data } = secretsFor(membersOf(endpoint))
      const form = new URLSearchParams()
      for (const [name, value] of Object.entries(data)) {
        if (typeof value === 'string') form.append(name, value)
        else for (const [key, held] of Object.entries(value)) form.append(`${name}[${key}]`, held)
      }
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
