import type { Endpoint } from '#line/endpoint.ts'
import { shippedEndpoints } from './catalogue.ts'

/** Names of members that let somebody in, or say where a person is to be found. */
const TELLING =
  /(^(auth|sig|refresh|phone|address|hmac)|password|passwd|token|secret|signature|licen[cs]e_?key|client_?id|public_?key|cookie|share_?hash)$/i
/** Objects whose members are secrets under whatever names. */
const HOLDING = /^(auth_?data|headers|backend_?options)$/i

type JsonSchema = Readonly<Record<string, unknown>>

/** All names of members in what an operation takes and answers. */
export function membersOf({ input = {}, output, responses = {} }: Endpoint): string[] {
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

/** Values that stand nowhere else, in the place of each member that tells something. */
export function secretsFor(names: readonly string[]) {
  const told = names.filter((name) => TELLING.test(name))
  const held = names.filter((name) => HOLDING.test(name))
  const values = new Map([...told, ...held].map((name, i) => [name, `Zq9-distinctive-${i}-${name.length}x`]))
  const data: Record<string, string | Record<string, string>> = {
    ...Object.fromEntries(told.map((name) => [name, values.get(name)!])),
    ...Object.fromEntries(held.map((name) => [name, { 'X-Whatever': values.get(name)!, Other: 'kept-short' }])),
  }
  return { secrets: [...values.values()], data }
}

/** The same as a form has it. */
export function formOf(data: Readonly<Record<string, string | Readonly<Record<string, string>>>>): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'string') form.append(name, value)
    else for (const [key, held] of Object.entries(value)) form.append(`${name}[${key}]`, held)
  }
  return form
}

/** The operations that take or answer something that tells. */
export const tellingEndpoints = shippedEndpoints.filter((one) => secretsFor(membersOf(one)).secrets.length > 0)
