import { SECRET_FORMAT } from '#lib/schema.ts'
import type { SecretNames } from '#lib/secrets.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { RECORDED_SECRETS } from './secret-names.ts'

type JsonSchema = Readonly<Record<string, unknown>>

/** Which members are secret in what operations take and answer: by their definitions first, by their names second. */
export class SecretMarks {
  readonly #known = new Map<string, SecretNames>()
  readonly #catalogue: Catalogue

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  /** Read what the definition of an operation marks, if there is one. */
  async read(operation: string): Promise<void> {
    if (this.#known.has(operation)) return
    const known = this.#catalogue.operations.find(({ id, kind }) => id === operation && kind === 'endpoint')
    const definition = known && (await this.#catalogue.load(known))
    this.#known.set(operation, definition?.kind === 'endpoint' ? besides(marksOf(definition)) : RECORDED_SECRETS)
  }

  /** Of an operation by its id; of one whose definition was not read, by the names alone. */
  namesIn(operation: string): SecretNames {
    return this.#known.get(operation) ?? RECORDED_SECRETS
  }
}

function besides(marked: ReadonlySet<string>): SecretNames {
  if (marked.size === 0) return RECORDED_SECRETS
  return {
    ...RECORDED_SECRETS,
    isSecret: (key, value) => marked.has(key) || RECORDED_SECRETS.isSecret(key, value),
    holdsSecrets: (key) => marked.has(key) || RECORDED_SECRETS.holdsSecrets(key),
  }
}

/** The members that a definition calls secret: texts, or objects with nothing else in them. */
function marksOf({ input = {}, output, responses = {} }: Endpoint): ReadonlySet<string> {
  const marked = new Set(Object.keys(input).filter((name) => input[name]!.options.secret))
  for (const schema of [output, ...Object.values(responses)]) walk(schema.toJsonSchema(), (name) => marked.add(name))
  return marked
}

function walk(schema: unknown, onSecret: (name: string) => void): void {
  if (typeof schema !== 'object' || schema === null) return
  const { properties = {}, items, additionalProperties, anyOf = [] } = schema as JsonSchema
  for (const [name, member] of Object.entries(properties as Readonly<Record<string, JsonSchema>>)) {
    if (alternatives(member).some(({ format }) => format === SECRET_FORMAT)) onSecret(name)
    else walk(member, onSecret)
  }
  for (const other of [items, additionalProperties, ...(anyOf as unknown[])]) walk(other, onSecret)
}

/** A schema and those of which its values fit one: `null` or a secret. */
const alternatives = (schema: JsonSchema): readonly JsonSchema[] => [
  schema,
  ...((schema.anyOf ?? []) as readonly JsonSchema[]),
]
