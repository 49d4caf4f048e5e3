import { UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, parseJson } from '#lib/json.ts'
import { checkValue, s } from '#lib/schema.ts'
import type { Contract } from './contract.ts'
import { fromPact, isPact } from './pact.ts'

const texts = s.record(s.string())
const interaction = s.object({
  operation: s.nullable(s.string()),
  as: s.string(),
  with: s.optional(s.literal('app password', 'bearer token', 'ExApp')),
  request: s.object({
    method: s.string(),
    path: s.string(),
    query: s.optional(s.record(s.json())),
    headers: s.optional(texts),
    body: s.optional(s.record(s.json())),
  }),
  response: s.object({
    status: s.int(),
    type: s.optional(s.string()),
    location: s.optional(s.string()),
    body: s.optional(s.record(s.json())),
  }),
  cannotVerify: s.optional(s.string()),
})

const schema = s.object({
  consumer: s.string(),
  test: s.string(),
  provider: s.string(),
  sequences: s.list(
    s.object({
      providerState: s.record(s.json()),
      earlier: s.optional(s.list(interaction)),
      interactions: s.list(interaction),
    }),
  ),
})

/** The contracts of a file's text, which may be a Pact file. @throws UserError that names what is wrong, and where */
export function readContractDocument(text: string): Contract[] {
  const json = parseJson(text)
  if (json === undefined) throw new UserError('it is no JSON.')
  return isPact(json) ? fromPact(json) : [readContract(json)]
}

function readContract(json: Json): Contract {
  const [wrong] = checkValue(schema, json)
  if (wrong) throw new UserError(`${wrong.pointer || 'it'}: expected ${wrong.expected}, found ${wrong.got}.`)
  return contractOf(json)
}

/** What was checked is a contract. */
function contractOf(json: Json): Contract {
  if (!isJsonObject(json)) throw new UserError('it is no object.')
  return json as unknown as Contract
}
